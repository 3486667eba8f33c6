"""What the details list of an entity: its mentions in an order, or its companions. Long ones are computed in slices."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from time import perf_counter

from reader.display.entity_context.companions import CompanionCount, EntityCompanion
from reader.display.entity_context.concordance import Concordance, MentionOrder
from reader.reading import Reading
from reader.resolve import Entity


class DetailsView(StrEnum):
    """What the details list."""

    MENTIONS = "mentions"
    CONCORDANCE = "concordance"
    """The mentions, one a row, with the words on either side in columns."""
    COMPANIONS = "companions"


class DetailsListing:
    """The items of one view of an entity. Before they are complete there are no companions."""

    def __init__(self, reading: Reading, entity: Entity, view: DetailsView, order: MentionOrder) -> None:
        self._reading = reading
        self._resolution = reading.resolution
        self._entity = entity
        self._view = view
        self._order = order if view is DetailsView.CONCORDANCE else MentionOrder.POSITION
        self._concordance = Concordance(reading.document, entity.mentions, self._order)
        self._companion_count: CompanionCount | None = None
        self._steps = self._concordance.run()
        if view is DetailsView.COMPANIONS:
            self._companion_count = CompanionCount(reading.document, reading.mentions, entity, reading.entity_of)
            self._steps = self._companion_count.run()
        self.companions: Sequence[EntityCompanion] = ()
        """The companions, the most frequent first."""
        self.complete = False
        """Whether all is computed."""

    @property
    def mention_indexes(self) -> Sequence[int]:
        """The indexes of the mentions in the order in which they are listed."""
        return self._concordance.result

    def is_of(self, entity: Entity, view: DetailsView, order: MentionOrder) -> bool:
        """Return whether this is still what a view of an entity lists, after any decisions."""
        if view is not self._view or (view is DetailsView.CONCORDANCE and order is not self._order):
            return False
        if view is DetailsView.COMPANIONS:
            return entity is self._entity and self._reading.resolution is self._resolution
        return entity is self._entity or entity.mentions == self._entity.mentions

    def compute(self, seconds: float) -> None:
        """Compute for some seconds, or until all is done."""
        end = perf_counter() + seconds
        for _ in self._steps:
            if perf_counter() >= end:
                return
        if self._companion_count is not None:
            self.companions = self._companion_count.result
        self.complete = True
