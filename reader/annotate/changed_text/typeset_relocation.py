"""Finds spans of a text in a changed copy that may be typeset differently. Pure."""

from __future__ import annotations

from typing import Final

from reader.annotate.changed_text.relocate import Relocation
from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.document.normal_text import NormalText
from reader.structures.lazy_pattern import lazy_pattern

_BEYOND_ASCII: Final = lazy_pattern(r"[^\x00-\x7f]")


class TypesetRelocation:
    """Finds spans of an old text in a new one that may be typeset differently."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old_text = old_text
        self._is_decoded_anew = _is_decoded_anew(old_text, new_text)
        self._old, self._new = _normal_text(old_text), _normal_text(new_text)
        self._relocation = Relocation(self._old.text, self._new.text)

    @property
    def is_version(self) -> bool:
        """Whether the two texts are versions of one document."""
        return self._is_decoded_anew or self._relocation.is_version

    def new_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span in the new text of a span in the old one; None if it is not certain."""
        if self._is_decoded_anew:
            return start, end
        span = self._relocation.new_span(*self._old.to_normal(start, end))
        return None if span is None or span[0] >= span[1] else self._new.to_document(*span)


def _is_decoded_anew(old: str, new: str) -> bool:
    """Return whether two texts are the same bytes in two encodings: only characters beyond ASCII differ."""
    if len(old) != len(new) or old == new:
        return False
    is_ascii_alike = _BEYOND_ASCII.sub("\0", old) == _BEYOND_ASCII.sub("\0", new)
    return is_ascii_alike and len(_BEYOND_ASCII.findall(old)) < len(old) / 2


def _normal_text(text: str) -> NormalText:
    return NormalText(Document(text, plain_blocks(text), title="", source=""))
