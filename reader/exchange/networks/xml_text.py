"""Text that XML 1.0 can contain."""

from __future__ import annotations

from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_FORBIDDEN: Final = lazy_pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return text with the characters replaced that XML forbids, such as lone surrogates."""
    return _FORBIDDEN.sub("\ufffd", text)
