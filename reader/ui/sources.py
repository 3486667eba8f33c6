"""Where an article came from, in a few cells."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

_ROOM: Final = 40


def short_source(source: str) -> str:
    """Return a source as a title line shows it: the whole of a short path, else its last part; a page's site."""
    if source == "-":
        return "standard input"
    if source.startswith(("http://", "https://")):
        return urlsplit(source).hostname or source
    return source if len(source) <= _ROOM else "…/" + source.rstrip("/").rpartition("/")[2]
