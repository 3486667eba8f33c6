"""Names of exported files, made from titles."""

from __future__ import annotations

import re
from typing import Final

from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern

_FORBIDDEN: Final = lazy_pattern(r'[\\/:*?"<>|#^\[\]\x00-\x1f]+')
"""What file systems forbid, and what Obsidian forbids in the names of notes."""
_LONGEST: Final = 120
"""Bytes: file systems allow 255 with the suffix, and paths on Windows 260 code points in all."""
_RESERVED: Final = lazy_pattern(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class FileNames:
    """Makes unique names for files of one folder, also where case does not distinguish names."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def unique(self, title: str) -> str:
        """Return a file name without suffix for a title; "untitled" if nothing of the title is allowed."""
        base = file_name(title)
        name, number = base, 2
        while name.casefold() in self._used:
            name = f"{base} {number}"
            number += 1
        self._used.add(name.casefold())
        return name


def file_name(title: str) -> str:
    """Return a title as a file name without suffix."""
    name = _FORBIDDEN.sub(" ", one_line(title))
    name = " ".join(name.split()).strip(" .")
    name = name.encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name or "untitled"
