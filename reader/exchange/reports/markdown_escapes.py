"""Escapes text for Markdown."""

from __future__ import annotations

import re
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_SPECIAL: Final = lazy_pattern(r"([\\`*_{}\[\]<>|~#=$&])|(?<=^)(\d+)([.)])|(?<=^)([-+])", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is: no markup, links, HTML or lists."""
    return _SPECIAL.sub(_escape, text)


def escape_line(text: str) -> str:
    """Return text as one line that Markdown shows as it is."""
    return escape_markdown(" ".join(text.split()))


def _escape(match: re.Match[str]) -> str:
    special, number, after_number, bullet = match.groups()
    if number:
        return f"{number}\\{after_number}"
    return f"\\{special or bullet}"
