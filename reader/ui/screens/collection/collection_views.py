"""What the collection screen lists in its views of entities, passages and questions. Functions of an open index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from reader.collection.listing.document_order import DocumentOrder
from reader.collection.queries.profiles.profile_lookup import ProfileOrder, list_profiles
from reader.collection.queries.profiles.profile_suggestions import (
    SuggestedPair,
    SuggestedSide,
    count_suggestions,
    suggested_pairs,
    suggestion_reason,
)
from reader.collection.queries.search_advice import why_nothing_matches
from reader.collection.queries.text_search import search_collection
from reader.collection.storage.collection_storage import CollectionStorage
from reader.display.counted import counted
from reader.resolve.rules import Rule
from reader.structures.lazy_dataclass import dataclass
from reader.ui.screens.collection.entity_columns import EntityColumns
from reader.ui.screens.collection.line_list import DocumentTarget, ListLine, ProfileTarget, Table, excerpt_line

_MOST_LINES: Final = 2_000
"""Entities in a list; a filter finds the others."""
_MOST_HITS: Final = 200


class CollectionView(StrEnum):
    """One list of the collection screen. The values are its title."""

    DOCUMENTS = "Documents"
    ENTITIES = "Entities"
    PASSAGES = "Passages"
    REVIEW = "Review"


@dataclass(frozen=True, slots=True)
class ViewState:
    """What the user has chosen in a view."""

    view: CollectionView
    text: str = ""
    """The filter, or what is searched for."""
    label: str = ""
    order: int = 0
    is_reversed: bool = False
    """Whether it is sorted from the other end."""


@dataclass(frozen=True, slots=True)
class ViewContent:
    """The lines of a view."""

    lines: Sequence[ListLine]
    total: str
    """How many there are, for the title bar."""
    advice: str = ""
    """What to say if there are no lines."""
    table: Table | None = None
    """What draws the lines in columns, None if they are text."""


def orders_of(view: CollectionView) -> Sequence[str]:
    """Return the orders in which a view can be sorted."""
    orders: dict[CollectionView, Sequence[str]] = {
        CollectionView.ENTITIES: tuple(ProfileOrder),
        CollectionView.DOCUMENTS: tuple(DocumentOrder),
    }
    return orders.get(view, ())


def load_view(storage: CollectionStorage, state: ViewState, forgotten: Collection[str] = ()) -> ViewContent:
    """Read what a view shows, other than that of the documents.

    Args:
        storage: The index.
        state: What the user has chosen.
        forgotten: The digests of documents that leave the index when the app ends. They have no passages any more.
    """
    return _LOADERS[state.view](storage, state, forgotten)


def _entities(storage: CollectionStorage, state: ViewState, _: Collection[str]) -> ViewContent:
    order = tuple(ProfileOrder)[state.order]
    profiles = list_profiles(storage, state.text, label=state.label, order=order, limit=_MOST_LINES)
    lines = tuple(ListLine(profile.name, target=ProfileTarget(profile.key), item=profile) for profile in profiles)
    total = f"the first {len(lines):,} entities" if len(lines) == _MOST_LINES else counted(len(lines), "entity")
    return ViewContent(lines, total, "No entity matches.", EntityColumns(profiles, order))


def _passages(storage: CollectionStorage, state: ViewState, forgotten: Collection[str]) -> ViewContent:
    if not state.text.strip():
        return ViewContent((), "")
    page = search_collection(storage, state.text, label=state.label, without=forgotten, limit=_MOST_HITS)
    lines = []
    for hit in page.hits:
        first = hit.excerpt.highlights[0][0] if hit.excerpt.highlights else 0
        detail = " · ".join(filter(None, (hit.title, hit.date[:10])))
        lines.append(excerpt_line(hit.excerpt, detail, DocumentTarget(hit.source, hit.excerpt.start + first)))
    total = counted(page.total, "document") if page.total is not None else f"{len(lines):,} documents or more"
    if lines:
        return ViewContent(tuple(lines), total)
    if forgotten and search_collection(storage, state.text, label=state.label, limit=1).hits:
        return ViewContent((), total, "Nothing found: only documents that you forgot match.")
    return ViewContent((), total, f"Nothing found: {why_nothing_matches(storage, state.text, label=state.label)}.")


def _review(storage: CollectionStorage, state: ViewState, _: Collection[str]) -> ViewContent:
    rule = state.text if state.text in set(Rule) else ""
    pairs = suggested_pairs(storage, "" if rule else state.text, label=state.label, rule=rule, limit=_MOST_HITS)
    lines = [line for pair in pairs for line in pair_lines(pair)]
    total = f"{len(pairs):,} of {count_suggestions(storage):,} questions"
    return ViewContent(tuple(lines), total, "Nothing to review here.")


def pair_lines(pair: SuggestedPair) -> list[ListLine]:
    """Return the lines of a question: the two names with the reason, and a sentence of each."""
    reason = suggestion_reason(pair.rule, pair.a.entity_name, pair.b.entity_name)
    shared = f"; both: {', '.join(pair.shared[:3])}" if pair.shared else ""
    question = f"{_both_names(pair.a, pair.b)}: one? — {reason}{shared}"
    return [
        ListLine(question, f"{pair.score:.0%}", ProfileTarget(pair.a.key), is_heading=True, item=pair),
        *(
            replace(excerpt_line(side.excerpt, _origin(side), DocumentTarget(side.source, side.start)), item=pair)
            for side in (pair.a, pair.b)
        ),
        ListLine("", item=pair),
    ]


def _both_names(a: SuggestedSide, b: SuggestedSide) -> str:
    """Return the names of both sides with their labels; what they have in common once."""
    if a.label != b.label:
        return f"“{a.entity_name}” ({a.label}) and “{b.entity_name}” ({b.label})"
    if a.entity_name == b.entity_name:
        return f"Two “{a.entity_name}” ({a.label})"
    return f"“{a.entity_name}” and “{b.entity_name}” ({a.label})"


def _origin(side: SuggestedSide) -> str:
    """Return the document of the excerpt of a side, and how many others there are."""
    return f"{side.title} and {side.documents - 1:,} more" if side.documents > 1 else side.title


_LOADERS: Final[dict[CollectionView, Callable[[CollectionStorage, ViewState, Collection[str]], ViewContent]]] = {
    CollectionView.ENTITIES: _entities,
    CollectionView.PASSAGES: _passages,
    CollectionView.REVIEW: _review,
}
