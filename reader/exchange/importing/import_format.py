"""Descriptions of the formats to import. Their modules are imported only when they are used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.exchange.format import ImportedDocument
    from reader.exchange.importing.imported_annotations import ImportedAnnotations
    from reader.exchange.importing.source_files import SourceFile


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """A format to import.

    The module of the program's own format defines `read(source)`, which yields documents with their logs. Those of
    other formats define `read_annotations(files)`, which yields what the files say about each text. Both raise
    `ExchangeError` for invalid data, and nothing else.
    """

    name: str
    description: str
    """One line that describes what can be imported."""
    module: str
    """The module, relative to `reader.exchange`."""
    has_log: bool = False
    """Whether its files have the log of decisions."""

    def read(self, source: BinaryIO) -> Iterator[ImportedDocument]:
        """Yield the documents of a file that has their logs.

        Raises:
            ExchangeError: The data is invalid.
        """
        documents: Iterator[ImportedDocument] = import_module(f"reader.exchange.{self.module}").read(source)
        return documents

    def read_annotations(self, files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
        """Yield what files without logs say about each text.

        Raises:
            ExchangeError: The data is invalid, or a package is not installed.
        """
        module = import_module(f"reader.exchange.{self.module}")
        annotations: Iterator[ImportedAnnotations] = module.read_annotations(files)
        return annotations
