"""Recognition: where the names of a document stand, and what kind of name each is."""

from __future__ import annotations

from reader.recognize.mention import LABELS, VALUE_LABELS, Mention, Origin

__all__ = ["LABELS", "VALUE_LABELS", "Mention", "Origin"]
