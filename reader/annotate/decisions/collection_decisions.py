"""Decisions about entities of several documents and of watchlists."""

from __future__ import annotations

from reader.annotate.decisions.appearances import Appearance
from reader.annotate.decisions.decision import Decision, Filled, NamesDecision, stored_as
from reader.annotate.decisions.phrases import in_document, list_appearances, quoted
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass


@stored_as("watchlist-answered")
@dataclass(frozen=True, slots=True)
class WatchlistAnswered(NamesDecision):
    """The user's answer whether the entity that has these names is the one that a watchlist lists."""

    is_general = True

    watchlist: Filled
    """The name of the list."""
    listed_id: Filled
    """The id of the listed entity in the list."""
    listed_name: str
    answer: str
    """"yes", "no" or "unsure"; "" takes an earlier answer back."""

    def _describe(self, quote: str) -> str:
        listed = f"{quoted(self.listed_name)} of the list {self.watchlist}"
        is_listed = {"yes": "is", "no": "is not", "unsure": "may be"}.get(self.answer)
        if is_listed is None:
            return f"took back the answer on {quoted(self.names[0].text)} and {listed}"
        return f"noted that {quoted(self.names[0].text)} {is_listed} {listed}"


@stored_as("profiles-same")
@dataclass(frozen=True, slots=True)
class ProfilesSame(Decision):
    """The entities that have these names in these documents are one. Always a general decision."""

    is_general = True

    appearances: tuple[Appearance, ...]

    def _describe(self, quote: str) -> str:
        first, *more = self.appearances
        return f"merged {in_document(first)} with {list_appearances(more or [first])}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the names of the entities."""
        return tuple(appearance.name for appearance in self.appearances)


@stored_as("profiles-different")
@dataclass(frozen=True, slots=True)
class ProfilesDifferent(Decision):
    """No entity on the left is one with an entity on the right: two namesakes. Always a general decision."""

    is_general = True

    left: tuple[Appearance, ...]
    right: tuple[Appearance, ...]

    def _describe(self, quote: str) -> str:
        return f"kept {list_appearances(self.left)} apart from {list_appearances(self.right)}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the names of both sides."""
        return tuple(appearance.name for appearance in (*self.left, *self.right))
