"""Recognition: find the names in a document and label them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.lazy import lazy_names
from reader.recognize.mention import LABELS, VALUE_LABELS, Mention, Origin
from reader.recognize.protocol import Recognizer, RecognizerError

if TYPE_CHECKING:
    from reader.recognize.process.analysis import load_recognizer, mentions_of, recognize
    from reader.recognize.process.cached_analysis import Analysis, cached_mentions

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

__getattr__ = lazy_names(
    __name__,
    dict.fromkeys(("load_recognizer", "mentions_of", "recognize"), "process.analysis")
    | dict.fromkeys(("Analysis", "cached_mentions"), "process.cached_analysis"),
)
