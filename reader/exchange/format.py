"""The interface of exchange formats, and the types they exchange."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

if TYPE_CHECKING:
    from reader.annotate.records import Record
    from reader.document import Document
    from reader.reading import Reading


class ExchangeError(Exception):
    """Data cannot be written or read. The message is one clear line for the user."""


class Format(Protocol):
    """A format to export readings. A new one is a module with such a class and an entry in the registry."""

    @property
    def name(self) -> str:
        """The name of the format for users, such as "jsonl"."""

    @property
    def description(self) -> str:
        """One line that describes the format and the unit of its offsets."""

    @property
    def suffix(self) -> str:
        """The suffix of its files, such as ".jsonl"."""

    def write(self, readings: Iterable[Reading], out: BinaryIO) -> None:
        """Write readings in order, each as soon as the iterable yields it.

        Raises:
            ExchangeError: The format cannot represent one of the readings.
        """


class ImportedDocument(NamedTuple):
    """A document from another store, with its log."""

    document: Document
    records: tuple[Record, ...]
