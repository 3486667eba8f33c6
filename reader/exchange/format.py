"""Descriptions of the exchange formats. Their modules are imported only when they are used."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from reader.exchange.annotated_document import AnnotatedDocument, Exportable, annotated_document
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from reader.annotate.log.records import Record
    from reader.document import Document
    from reader.reading import Reading


ExportedDocument: TypeAlias = AnnotatedDocument | bytes
"""What a format needs of a document, independent of a store: plain values, or the bytes of its file."""


class ExchangeError(Exception):
    """Data cannot be written or read. The message is one clear line for the user."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format to export readings.

    Its module defines `write(readings, out, *, decided)`. It writes readings in order, each as soon as the iterable
    yields it, and raises `ExchangeError` if the format cannot represent one of them. With `decided`, it leaves out
    every mention that no person decided about.
    """

    name: str
    """The name of the format for users, such as "jsonl"."""
    description: str
    """One line that describes the format and the unit of its offsets."""
    suffix: str
    """The suffix of its files, such as ".jsonl"; "" for a folder of files."""
    module: str
    """The module, relative to `reader.exchange`."""
    omits: tuple[str, ...] = ()
    """What the format cannot carry, in words for the user: "notes", "nested mentions"."""
    is_binary: bool = False
    """Whether its files are not text, so that they must not reach a terminal."""
    is_separate: bool = False
    """Whether the file of several readings is the files of each reading, one after the other. Its module may need more
    of a reading than an `AnnotatedDocument` has."""

    @property
    def is_folder(self) -> bool:
        """Whether an export is a folder of files."""
        return not self.suffix

    def write(self, readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
        """Write readings to a file.

        Args:
            readings: The readings, written in order.
            out: The file.
            decided: Whether to leave out the mentions that no person decided about.

        Raises:
            ExchangeError: The format cannot represent one of the readings, or its package is not installed.
        """
        self._imported().write(readings, out, decided=decided)

    def exported(self, reading: Reading, *, decided: bool = False) -> ExportedDocument:
        """Return what the format needs of a reading, as a value that can be handed to another process.

        Args:
            reading: The reading.
            decided: Whether to leave out the mentions that no person decided about.

        Raises:
            ExchangeError: The format cannot represent the reading, or its package is not installed.
        """
        if not self.is_separate:
            return annotated_document(reading, decided=decided)
        out = BytesIO()
        self.write((reading,), out, decided=decided)
        return out.getvalue()

    def write_exported(self, documents: Iterable[ExportedDocument], out: BinaryIO, *, decided: bool = False) -> None:
        """Write what `exported` has returned for each reading; the file is the one that `write` writes.

        Raises:
            ExchangeError: The format cannot represent one of the documents, or its package is not installed.
        """
        if not self.is_separate:
            self._imported().write(documents, out, decided=decided)
            return
        for data in documents:
            if isinstance(data, bytes):
                out.write(data)
                out.flush()

    def write_folder(
        self, readings: Iterable[Exportable | ExportedDocument], folder: Path, *, decided: bool = False
    ) -> None:
        """Write readings as files of a folder, which exists; as `write` does.

        Raises:
            ExchangeError: The format cannot represent one of the readings.
            OSError: A file cannot be written.
        """
        self._imported().write(readings, folder, decided=decided)

    def _imported(self) -> Any:
        return import_module(f"reader.exchange.{self.module}")


class ImportedDocument(NamedTuple):
    """A document from another store, with its log."""

    document: Document
    records: tuple[Record, ...]
