"""The hits of the user's watchlists in the document on the screen."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

from reader.collection.watchlists.list_matches import ListMatches
from reader.collection.watchlists.saved_lists import saved_names
from reader.collection.watchlists.screening import WatchlistHit, compared_names, hits_in
from reader.document import one_line
from reader.reading import Reading
from reader.resolve import Entity

_COMMAND: Final = (sys.executable, "-P", "-m", "reader.collection.watchlists.search_process")


class WatchlistHits:
    """Searches the watchlists in another process, and says which entities are like listed ones."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.hits: tuple[WatchlistHit, ...] = ()
        """All hits, the best first, refused ones included."""
        self.spans: Sequence[tuple[int, int]] = ()
        """Where the text has hits that were not refused, sorted and without overlaps."""
        self._by_entity: dict[str, list[WatchlistHit]] = {}
        self._matches = ListMatches()
        self._process: asyncio.subprocess.Process | None = None

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
        if not saved_names():
            return ""
        normal = self._reading.normal
        request = {
            "text": normal.text,
            "blocks": [(block.start, block.end) for block in normal.blocks],
            "names": compared_names(self._reading),
        }
        try:
            self._process = await asyncio.create_subprocess_exec(
                *_COMMAND, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
            )
            data = await asyncio.to_thread(lambda: json.dumps(request).encode())
            out, _ = await self._process.communicate(data)
            answer = await asyncio.to_thread(json.loads, out)
        except (OSError, ValueError):
            return "the watchlists could not be searched"
        finally:
            await self.stop()
        self._matches = ListMatches.from_json(answer["matches"])
        self.update()
        return one_line("; ".join(answer["problems"]))

    def update(self) -> None:
        """Follow the entities and the answers of the reading as they are now."""
        if not self._matches.in_text and not self._matches.by_name:
            return
        self.hits = tuple(hits_in(self._reading, self._matches))
        open_hits = [hit for hit in self.hits if hit.answer != "no"]
        self._by_entity = {}
        for hit in open_hits:
            if hit.entity is not None:
                self._by_entity.setdefault(hit.entity.id, []).append(hit)
        self.spans = _disjoint(span for hit in open_hits for span in hit.spans)

    async def stop(self) -> None:
        """End the search."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans, sorted, without those that overlap an earlier one."""
    disjoint: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not disjoint or start >= disjoint[-1][1]:
            disjoint.append((start, end))
    return disjoint
