"""What every format offers, and what it hands on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

if TYPE_CHECKING:
    from reader.annotate.records import Record
    from reader.document import Document
    from reader.reading import Reading


class ExchangeError(Exception):
    """Data that cannot be written or read; the message is one clear line for the user."""


class Format(Protocol):
    """One way to hand readings on. A new format is one module with one of these, and one line in `FORMATS`."""

    @property
    def name(self) -> str:
        """What the user calls it: "jsonl"."""

    @property
    def description(self) -> str:
        """What it is and which offsets it counts in, in one line."""

    @property
    def suffix(self) -> str:
        """How its files end: ".jsonl"."""

    def write(self, readings: Iterable[Reading], out: BinaryIO) -> None:
        """Write readings in order, each as soon as it comes.

        Raises:
            ExchangeError: The format cannot express one of them.
        """


class ImportedDocument(NamedTuple):
    """A document with a log that was kept elsewhere."""

    document: Document
    records: tuple[Record, ...]
