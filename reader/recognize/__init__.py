"""Recognition: where the names of a document stand, and what kind of name each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.recognize.mention import LABELS, VALUE_LABELS, Mention, Origin
from reader.recognize.protocol import Recognizer, RecognizerError

if TYPE_CHECKING:
    from reader.recognize.analysis import Analysis, cached_mentions, load_recognizer, mentions_of, recognize

__all__ = [
    "LABELS",
    "VALUE_LABELS",
    "Analysis",
    "Mention",
    "Origin",
    "Recognizer",
    "RecognizerError",
    "cached_mentions",
    "load_recognizer",
    "mentions_of",
    "recognize",
]

_LATE = frozenset({"Analysis", "cached_mentions", "load_recognizer", "mentions_of", "recognize"})


def __getattr__(name: str) -> Any:
    """Resolve what needs more than the mention itself late: merging imports this package for `Mention` only."""
    if name in _LATE:
        from reader.recognize import analysis

        return getattr(analysis, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
