"""The registry of exchange formats by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final

from reader.exchange.format import Format

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.exchange.format import ImportedDocument


def _formats() -> dict[str, Format]:
    from reader.exchange.jsonl import JsonLines

    return {export_format.name: export_format for export_format in (JsonLines(),)}


def _readers() -> dict[str, Callable[[BinaryIO], Iterator[ImportedDocument]]]:
    from reader.exchange import jsonl

    return {"jsonl": jsonl.read}


READERS: Final[Mapping[str, Callable[[BinaryIO], Iterator[ImportedDocument]]]] = MappingProxyType(_readers())
"""The function that reads each import format; it raises `ExchangeError` for invalid data."""

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(_formats())
"""The export formats, in the order of the help."""
