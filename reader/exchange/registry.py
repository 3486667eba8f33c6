"""The formats by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.exchange.log import Incoming
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


def _formats() -> dict[str, Format]:
    from reader.exchange.jsonl import JsonLines

    return {form.name: form for form in (JsonLines(),)}


def _readers() -> dict[str, Callable[[BinaryIO], Iterator[Incoming]]]:
    from reader.exchange import jsonl

    return {"jsonl": jsonl.read}


READERS: Final[Mapping[str, Callable[[BinaryIO], Iterator[Incoming]]]] = MappingProxyType(_readers())
"""How every format that can be read is read; each raises `ExchangeError` where it cannot."""

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(_formats())
"""Every format that can be written, in the order in which they are offered."""
