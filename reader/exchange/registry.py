"""The formats by name."""

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

    return {form.name: form for form in (JsonLines(),)}


def _readers() -> dict[str, Callable[[BinaryIO], Iterator[ImportedDocument]]]:
    from reader.exchange import jsonl

    return {"jsonl": jsonl.read}


READERS: Final[Mapping[str, Callable[[BinaryIO], Iterator[ImportedDocument]]]] = MappingProxyType(_readers())
"""How every format that can be read is read; each raises `ExchangeError` where it cannot."""

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(_formats())
"""Every format that can be written, in the order in which they are offered."""
