"""Sorts and filters lists of documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Final

from reader.collection.listing.listed_document import ListedDocument
from reader.collection.listing.source_state import SourceState
from reader.display.search.unaccented import unaccented
from reader.structures.lazy_dataclass import dataclass

_STATUS: Final = "status:"


class DocumentOrder(StrEnum):
    """How documents are sorted. The values name the column."""

    OPENED = "opened"
    NAME = "name"
    DATE = "date"
    SIZE = "size"
    MENTIONS = "mentions"
    UNDECIDED = "undecided"


def natural_key(title: str) -> list[tuple[int, str]]:
    """Return a key that sorts titles as people do: without case, and numbers by their value."""
    return [
        (int(part), "") if part.isdecimal() and len(part) < 20 else (-1, part)
        for part in re.split(r"([0-9]+)", title.casefold())
        if part
    ]


_KEYS: Final[dict[DocumentOrder, Callable[[ListedDocument], Any]]] = {
    DocumentOrder.OPENED: lambda document: document.opened,
    DocumentOrder.NAME: lambda document: natural_key(document.name),
    DocumentOrder.DATE: lambda document: document.date,
    DocumentOrder.SIZE: lambda document: document.length,
    DocumentOrder.MENTIONS: lambda document: document.mentions or 0,
    DocumentOrder.UNDECIDED: lambda document: document.undecided,
}
_HAS_STATUS: Final[dict[str, Callable[[ListedDocument], bool]]] = {
    "decided": lambda document: document.is_decided,
    "undecided": lambda document: document.undecided > 0,
    "opened": lambda document: bool(document.opened),
    "new": lambda document: not document.opened and not document.sample,
    "sample": lambda document: bool(document.sample),
}
STATUSES: Final = (*_HAS_STATUS, *map(str, SourceState))
"""The values that `status:` accepts."""


def sort_documents(
    documents: Iterable[ListedDocument], order: DocumentOrder, *, is_reversed: bool = False
) -> list[ListedDocument]:
    """Sort documents: names from A, all else from the latest, largest or most. Equal ones keep their order.

    Args:
        documents: The documents.
        order: What they are sorted by.
        is_reversed: Whether from the other end.
    """
    descending = (order is not DocumentOrder.NAME) is not is_reversed
    return sorted(documents, key=_KEYS[order], reverse=descending)


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What a document must have. It must meet every condition."""

    words: tuple[str, ...] = ()
    """Parts of its title, author, source or date, in lower case and without accents."""
    statuses: frozenset[str] = frozenset()

    @property
    def asks_for_files(self) -> bool:
        """Whether the states of files must be known."""
        return not self.statuses.isdisjoint(map(str, SourceState))

    def accepts(self, document: ListedDocument, state: str | None = "") -> bool:
        """Return whether a document meets every condition.

        Args:
            document: The document.
            state: The state of its file, if the filter asks for that; None if any will do.
        """
        for status in self.statuses:
            has_status = _HAS_STATUS.get(status)
            if not (has_status(document) if has_status else state in (status, None)):
                return False
        if not self.words:
            return True
        parts = (document.title, document.author, document.source, document.date, document.sample)
        text = unaccented("\n".join(parts), lower=True)
        return all(word in text for word in self.words)


NO_FILTER: Final = DocumentFilter()
"""What every document meets."""


def parse_document_filter(typed: str) -> DocumentFilter:
    """Parse a filter such as `harbor status:undecided`.

    The start of a status stands for it. As long as it may become one of several, it is no condition: a filter is
    applied while it is typed.

    Raises:
        ValueError: The filter has an unknown status. The message lists the known ones.
    """
    words, statuses = [], set[str]()
    for word in unaccented(typed, lower=True).split():
        if word.startswith(_STATUS):
            typed_status = word.removeprefix(_STATUS)
            candidates = [status for status in STATUSES if status.startswith(typed_status)]
            if not candidates:
                raise ValueError(f"{word} is not one of {', '.join(STATUSES)}")
            if len(candidates) == 1:
                statuses.add(candidates[0])
        else:
            words.append(word)
    return DocumentFilter(tuple(words), frozenset(statuses))
