"""The interface of recognizers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from reader.recognize.mention import Mention


class RecognizerError(Exception):
    """A recognizer is missing, broken or incompatible. The message is one line for the user."""


@runtime_checkable
class Recognizer(Protocol):
    """Finds names in texts.

    Implement this to add another way of finding names, such as a different library, a language model or a set of
    rules. Each text is a paragraph or a part of a long one, a few thousand code points at most. Texts are independent
    of each other: the document pass that follows handles everything that depends on the whole document.
    """

    @property
    def name(self) -> str:
        """The name that the user knows, such as "en_core_web_sm"."""

    @property
    def version(self) -> str:
        """The version. It must change whenever results may change: the cache is keyed by name and version."""

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """Yield the mentions of each text in turn, sorted by offset and without overlaps.

        Offsets are code points within that text. Labels are those of `reader.recognize.mention`; map other labels with
        `reader.recognize.label_mapping`.
        """
