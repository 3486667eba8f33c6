"""What the rest of the program asks of anything that finds names in text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from reader.recognize.mention import Mention


class RecognizerError(Exception):
    """A recognizer that is missing, broken or does not fit; the message is one clear line for the user."""


@runtime_checkable
class Recognizer(Protocol):
    """Finds the names in stretches of text.

    Whoever brings another way of finding names (another library, a language model, a set of rules) implements this.
    Texts are paragraphs or parts of long ones, a few thousand code points at most, and independent of each other: the
    document pass that follows settles what only the whole article can tell.
    """

    @property
    def name(self) -> str:
        """What the user knows it by: "en_core_web_sm"."""

    @property
    def version(self) -> str:
        """Changes whenever the answers may change: cached results are kept under name and version."""

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """Yield for each text, in order, its mentions by place, none overlapping another.

        Offsets are code points within that text. Labels are the program's own (see `reader.recognize.label_mapping`).
        """
