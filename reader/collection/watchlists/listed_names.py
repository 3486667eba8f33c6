"""The names of watchlists, each with its words, as they are made ready to be searched for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reader.collection.watchlists.name_words import folded_words, split_legal_form
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.collection.watchlists.watchlist import Watchlist

SAME: Final = "the same name"
REORDERED: Final = "the words in another order"
NO_LEGAL_FORM: Final = "without the legal form"


class ListedName(NamedTuple):
    """One name of a listed entity."""

    list_index: int
    entity_index: int
    name_index: int
    """0 for its name, then its aliases."""
    form: str
    """How the words that are searched for differ from the name as listed: one of the constants of this module."""


class NameWords(NamedTuple):
    """A listed name and its words."""

    listed: ListedName
    name: str
    words: list[str]
    """Its folded words, at least one."""
    bare: list[str]
    """The words without those of a legal form."""


def split_names(watchlists: Sequence[Watchlist]) -> Iterator[NameWords]:
    """Yield every name of some watchlists that has a word."""
    for list_index, watchlist in enumerate(watchlists):
        for entity_index, entity in enumerate(watchlist.entities):
            for name_index, name in enumerate(entity.names):
                if words := folded_words(name):
                    listed = ListedName(list_index, entity_index, name_index, SAME)
                    yield NameWords(listed, name, words, split_legal_form(words)[0])
