"""Answers to the questions of a collection: whether two profiles are one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.annotate import Store
from reader.annotate.decisions import Decision, ProfilesDifferent, ProfilesSame
from reader.annotate.decisions.appearances import Appearance
from reader.collection.queries.profiles.profile_suggestions import SuggestedPair, SuggestedSide
from reader.resolve import Name
from reader.ui.collection_session import CollectionSession
from reader.ui.screens.collection.decided_profiles import DecidedProfiles
from reader.ui.screens.collection.line_list import LineList, ListLine


class CollectionAnswers:
    """Answers the question under the cursor of a list, and takes its lines out of the list."""

    def __init__(self, rows: LineList, profiles: DecidedProfiles, store: Store, session: CollectionSession) -> None:
        self._rows = rows
        self._profiles = profiles
        self._store = store
        self._session = session

    def prepare(self) -> None:
        """Get ready for the answer to the question under the cursor."""
        if (pair := self._question) is not None:
            self._profiles.prepare(_key(pair))

    def answer_same(self) -> str:
        """Answer that the two are one. Return what to say, "" if the cursor is on no question."""
        return self._answer(lambda pair: ProfilesSame((_appearance(pair.a), _appearance(pair.b))))

    def answer_different(self) -> str:
        """Answer that the two are not one. Return what to say, "" if the cursor is on no question."""
        return self._answer(lambda pair: ProfilesDifferent((_appearance(pair.a),), (_appearance(pair.b),)))

    def open_lines(self, lines: Sequence[ListLine]) -> list[ListLine]:
        """Return the lines without those about an answered question."""
        return [
            line
            for line in lines
            if not isinstance(pair := line.item, SuggestedPair) or not self._profiles.is_answered(_key(pair))
        ]

    @property
    def _question(self) -> SuggestedPair | None:
        line = self._rows.current
        return line.item if line is not None and isinstance(line.item, SuggestedPair) else None

    def _answer(self, decision_about: Callable[[SuggestedPair], Decision]) -> str:
        pair = self._question
        if pair is None:
            return ""
        decision = decision_about(pair)
        self._session.record_answer(self._profiles.decide(decision, _key(pair)))
        first = next(index for index, line in enumerate(self._rows.lines) if line.item is pair)
        lines = self.open_lines(self._rows.lines)
        self._rows.show_lines(lines, "Nothing to review here.", cursor=min(first, max(len(lines) - 1, 0)))
        return decision.describe("") + ("" if self._store.safe else f" NOT SAVED: {self._store.problem}")


def _key(pair: SuggestedPair) -> tuple[str, str]:
    return pair.a.key, pair.b.key


def _appearance(side: SuggestedSide) -> Appearance:
    return Appearance(side.digest, side.title, Name(side.entity_name, side.entity_label))
