"""What a database must offer to keep the index of a collection.

SQL is the same for all databases, with `?` for values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

from reader.collection.storage.search_phrase import SearchPhrase

_CHUNK: Final = 400
"""Values in one statement, or pairs of them; databases limit their number."""


class CollectionError(Exception):
    """The index cannot be read or written. The message is one clear line for the user."""


class CollectionDamagedError(CollectionError):
    """The index is damaged or not complete; it must be built again."""


class CollectionBusyError(CollectionError):
    """Another process writes the index."""


class CollectionStorage(Protocol):
    """An open index. Not safe for use by several threads at once.

    Every method raises `CollectionError` if the database fails.
    """

    @property
    def description(self) -> str:
        """Where the index is, for messages: a path or an address."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return all of its rows."""

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a query and yield its rows as they come. Nothing may be written meanwhile."""

    def execute_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each sequence of parameters."""

    def transaction(self) -> AbstractContextManager[None]:
        """Write everything inside the block, or nothing."""

    def lock(self) -> AbstractContextManager[None]:
        """Keep every other process from writing the index.

        Raises:
            CollectionBusyError: Another process is writing it.
        """

    def add_text(self, document: int, text: str) -> None:
        """Make the text of a document searchable."""

    def remove_texts(self, documents: Sequence[int]) -> None:
        """Remove documents from the full-text search."""

    def matching(self, phrases: Sequence[SearchPhrase]) -> tuple[str, str, list[Any]]:
        """Return SQL for the documents whose text has every phrase, and none of the excluded ones.

        Returns:
            A query that yields columns `document` and `rank` (less is better), an order for it, and its parameters.
        """

    def optimize(self) -> None:
        """Make queries fast after many changes."""

    def settle(self) -> None:
        """Finish now what the next transactions would otherwise have to do for earlier ones. It takes no lock."""

    def check(self) -> tuple[str, ...]:
        """Check the whole index. Return what is wrong with it, one line each."""

    def close(self) -> None:
        """Close the database."""


def rows_in_chunks(storage: CollectionStorage, sql: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query about any number of values, which takes the place of "{}" as `?, ?, …`."""
    remaining = list(values)
    for start in range(0, len(remaining), _CHUNK):
        chunk = remaining[start : start + _CHUNK]
        yield from storage.rows(sql.format(", ".join("?" * len(chunk))), chunk)


def rows_of_pairs(storage: CollectionStorage, sql: str, pairs: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query about any number of pairs, which take the place of "{}" as in `(a, b) IN ({})`."""
    remaining = list(pairs)
    for start in range(0, len(remaining), _CHUNK):
        chunk = remaining[start : start + _CHUNK]
        placeholders = f"VALUES {', '.join(['(?, ?)'] * len(chunk))}"
        yield from storage.rows(sql.format(placeholders), [value for pair in chunk for value in pair])
