"""Look for the names of watchlists in a text and among the names of its entities. Knows no readings.

The results are plain values that travel as JSON, since the app searches long lists in another process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, Final

from reader.collection.watchlists.exact_names import ExactNames
from reader.collection.watchlists.listed_names import NO_LEGAL_FORM, REORDERED, SAME, ListedName, split_names
from reader.collection.watchlists.similar_names import SimilarNames
from reader.collection.watchlists.watchlist import ListedEntity, Watchlist
from reader.structures.garbage_pause import garbage_collection_paused
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.document.blocks import Block

_SCORES: Final = {SAME: 1.0, REORDERED: 0.97, NO_LEGAL_FORM: 0.95}


class ListMatch(NamedTuple):
    """A listed name that is the same as another name, or like it."""

    watchlist: str
    listed: ListedEntity
    listed_name: str
    """The name or alias that is alike."""
    score: float
    """How much alike the names are, 0 to 1."""
    reasons: tuple[str, ...]
    """What is the same or differs, each in a few words."""


class TextMatch(NamedTuple):
    """A listed name in a text: `text[start:end]` of the normal form, in code points, end exclusive."""

    start: int
    end: int
    match: ListMatch


@dataclass(frozen=True, slots=True)
class ListMatches:
    """What was found in one document."""

    in_text: tuple[TextMatch, ...] = ()
    by_name: Mapping[str, tuple[ListMatch, ...]] = field(default_factory=dict)
    """The listed names that are like a name, for every name that was compared."""

    def to_json(self) -> dict[str, Any]:
        """Return the matches as a JSON object."""
        return {
            "in_text": [[start, end, _to_json(match)] for start, end, match in self.in_text],
            "by_name": {name: [_to_json(match) for match in matches] for name, matches in self.by_name.items()},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ListMatches:
        """Return matches from a JSON object."""
        in_text = tuple(TextMatch(start, end, _from_json(match)) for start, end, match in value["in_text"])
        return cls(in_text, {name: tuple(map(_from_json, matches)) for name, matches in value["by_name"].items()})


class ListSearcher:
    """Watchlists, ready to be searched for in one document after another."""

    def __init__(self, watchlists: Sequence[Watchlist]) -> None:
        self._watchlists = tuple(watchlists)
        with garbage_collection_paused():
            self._exact, self._similar = ExactNames(), SimilarNames()
            for item in split_names(self._watchlists):
                self._exact.add(item)
                self._similar.add(item)

    def search(self, text: str, blocks: Iterable[Block], names: Iterable[str]) -> ListMatches:
        """Return the listed names in a text and those that are like some names.

        Args:
            text: The text, in normal form.
            blocks: Its blocks, in order.
            names: The names of its entities that are to be compared.
        """
        in_text = tuple(
            TextMatch(
                match.start, match.end, self._match(match.listed, _SCORES[match.listed.form], (match.listed.form,))
            )
            for match in self._exact.search(text, blocks)
        )
        by_name = {
            name: tuple(
                self._match(similar.listed, similar.score, similar.reasons) for similar in self._similar.search(name)
            )
            for name in dict.fromkeys(names)
        }
        return ListMatches(in_text, by_name)

    def _match(self, listed_name: ListedName, score: float, reasons: tuple[str, ...]) -> ListMatch:
        watchlist = self._watchlists[listed_name.list_index]
        listed = watchlist.entities[listed_name.entity_index]
        if listed_name.name_index:
            reasons = (*reasons, f"an alias of {listed.name}")
        return ListMatch(watchlist.name, listed, listed.names[listed_name.name_index], score, reasons)


def _to_json(match: ListMatch) -> list[Any]:
    listed = match.listed
    return [
        match.watchlist,
        [listed.id, listed.name, list(listed.aliases), listed.type],
        match.listed_name,
        match.score,
        list(match.reasons),
    ]


def _from_json(value: Sequence[Any]) -> ListMatch:
    watchlist, (id, name, aliases, type_name), listed_name, score, reasons = value
    listed = ListedEntity(id, name, tuple(aliases), type_name)
    return ListMatch(watchlist, listed, listed_name, score, tuple(reasons))
