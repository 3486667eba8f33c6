"""The contexts in which keys are looked up."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Context(StrEnum):
    """Where a key is looked up."""

    ANYWHERE = "anywhere"
    TEXT = "text"
    SELECTING = "selecting"
    RESIZING = "resizing"
    SEARCHING = "searching"
    FILTERING = "filtering"
    ENTITIES = "entities"
    DETAILS = "details"
    REVIEW = "review"
    NAMES = "names"
    NOTES = "notes"
    REASONS = "reasons"
    HISTORY = "history"
    ORPHANS = "orphans"
    WATCHLISTS = "watchlists"
    DOCUMENTS = "documents"
    COLLECTION = "collection"
    PROFILE = "profile"
    LIST = "list"


CONTEXT_TITLES: Final = {
    Context.TEXT: "In the text",
    Context.SELECTING: "While selecting",
    Context.RESIZING: "While resizing",
    Context.SEARCHING: "While typing a search",
    Context.FILTERING: "While typing a filter",
    Context.ENTITIES: "In the entities",
    Context.DETAILS: "In the details",
    Context.REVIEW: "In the review",
    Context.NAMES: "In the list of names",
    Context.NOTES: "In the list of notes",
    Context.REASONS: "In the list of reasons",
    Context.HISTORY: "In the history",
    Context.ORPHANS: "In the list of orphans",
    Context.WATCHLISTS: "In the hits of the watchlists",
    Context.DOCUMENTS: "In a file of many documents, or a folder",
    Context.COLLECTION: "In the collection",
    Context.PROFILE: "In a profile",
    Context.LIST: "In every list",
    Context.ANYWHERE: "Everywhere",
}
"""Headings of the help screen and the page of keys."""

_LISTS: Final = (
    *(
        Context.NAMES,
        Context.NOTES,
        Context.REASONS,
        Context.HISTORY,
        Context.ORPHANS,
        Context.WATCHLISTS,
        Context.DOCUMENTS,
    ),
    *(Context.COLLECTION, Context.PROFILE),
)
FALLBACKS: Final = {
    Context.SELECTING: (Context.SELECTING, Context.TEXT, Context.ANYWHERE),
    **{context: (context, Context.LIST, Context.ANYWHERE) for context in _LISTS},
}
"""The contexts in which a key is looked up, one after the other. Contexts not listed fall back to ANYWHERE only."""


def contexts_of(context: Context) -> tuple[Context, ...]:
    """Return the contexts whose keys work in `context`, nearest first."""
    return FALLBACKS.get(context, (context, Context.ANYWHERE))
