"""Searches the user's watchlists in another process: long lists take seconds to prepare."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from reader.document import one_line
from reader.structures.named_tuple import NamedTuple
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.base.child_process import ChildProcess

if TYPE_CHECKING:
    from reader.collection.watchlists.list_matches import ListMatches
    from reader.document import Block

_COMMAND: Final = (sys.executable, "-P", "-m", "reader.collection.watchlists.search_process")


class WatchlistAnswer(NamedTuple):
    """What the search of the watchlists says."""

    matches: ListMatches | None
    """None if the lists could not be searched."""
    problem: str
    """A problem with the lists, as one line; "" if there is none."""


class WatchlistSearch:
    """One search at a time."""

    def __init__(self) -> None:
        self._process = ChildProcess()

    async def run(self, request: bytes) -> WatchlistAnswer:
        """Search every watchlist for what `search_request` returned."""
        try:
            return await run_in_thread(_answer, await self._process.run(_COMMAND, request))
        except (OSError, ValueError):
            return WatchlistAnswer(None, "the watchlists could not be searched")

    async def stop(self) -> None:
        """End the search."""
        await self._process.stop()


def search_request(text: str, blocks: Iterable[Block], names: Sequence[str]) -> bytes:
    """Return what the process needs to know.

    Args:
        text: The text to search, in normal form.
        blocks: Its blocks, in order.
        names: The names that are compared by similarity.
    """
    spans = [(block.start, block.end) for block in blocks]
    return json.dumps({"text": text, "blocks": spans, "names": names}).encode()


def _answer(output: bytes) -> WatchlistAnswer:
    """Return what the process reports.

    Raises:
        ValueError: It reports nothing.
    """
    from reader.collection.watchlists.list_matches import ListMatches

    answer: dict[str, Any] = json.loads(output)
    return WatchlistAnswer(ListMatches.from_json(answer["matches"]), one_line("; ".join(answer["problems"])))
