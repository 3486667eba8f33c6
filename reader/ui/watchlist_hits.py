"""The hits of the user's watchlists in the document on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from reader.reading import Reading
from reader.resolve import Entity
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.watchlist_search import WatchlistSearch, search_request

if TYPE_CHECKING:
    from reader.collection.watchlists.list_matches import ListMatches
    from reader.collection.watchlists.screening import WatchlistHit

ANSWER_WORDS: Final = {"": "not reviewed", "yes": "the listed one", "no": "not the listed one", "unsure": "unsure"}
"""What lists say of a hit, by the user's answer."""


class WatchlistHits:
    """Searches the watchlists in another process, and says which entities are like listed ones."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.hits: tuple[WatchlistHit, ...] = ()
        """All hits, the best first, refused ones included."""
        self.spans: Sequence[tuple[int, int]] = ()
        """Where the text has hits that were not refused, sorted and without overlaps."""
        self._by_entity: dict[str, list[WatchlistHit]] = {}
        self._matches: ListMatches | None = None
        """What the search found, None before its end."""
        self._search = WatchlistSearch()

    @property
    def entity_ids(self) -> frozenset[str]:
        """The ids of the entities with hits that were not refused."""
        return frozenset(self._by_entity)

    def of(self, entity: Entity) -> Sequence[WatchlistHit]:
        """Return the hits of an entity that were not refused, the best first."""
        return self._by_entity.get(entity.id, ())

    async def search(self) -> str:
        """Search every watchlist.

        Returns:
            A problem with the lists, as one line; "" if there is none.
        """
        request = await run_in_thread(_request, self._reading)
        if request is None:
            return ""
        self._matches, problem = await self._search.run(request)
        self.update()
        return problem

    def update(self) -> None:
        """Follow the entities and the answers of the reading as they are now."""
        if self._matches is None:
            return
        from reader.collection.watchlists.screening import hits_in

        self.hits = tuple(hits_in(self._reading, self._matches))
        open_hits = [hit for hit in self.hits if hit.answer != "no"]
        self._by_entity = {}
        for hit in open_hits:
            if hit.entity is not None:
                self._by_entity.setdefault(hit.entity.id, []).append(hit)
        self.spans = _disjoint(span for hit in open_hits for span in hit.spans)

    async def stop(self) -> None:
        """End the search."""
        await self._search.stop()


def _request(reading: Reading) -> bytes | None:
    """Return what the process needs to know of a reading; None if there are no watchlists."""
    from reader.collection.watchlists.saved_lists import saved_names
    from reader.collection.watchlists.screening import compared_names

    if not saved_names():
        return None
    normal = reading.normal
    return search_request(normal.text, normal.blocks, compared_names(reading))


def _disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans, sorted, without those that overlap an earlier one."""
    disjoint: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not disjoint or start >= disjoint[-1][1]:
            disjoint.append((start, end))
    return disjoint
