"""How many calls of our own functions a key press costs, counted over the running app on the first sample.

A call is one start or resumption of a function, generator or comprehension of `reader/` in the thread of the app.
Unlike times, counts are the same on every machine. A budget that is exceeded shows work that is done twice.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Final

from textual.pilot import Pilot

import reader
from bench.report import Row
from reader.annotate import Store
from reader.document import load
from reader.library import samples
from reader.settings import Settings
from reader.ui.app import ReaderApp
from reader.ui.keys.keymap import default_keymap
from reader.ui.recognition import ProcessRecognition

_FOLDER: Final = str(Path(reader.__file__).parent) + os.sep
_RUNS: Final = 5
_SIZE: Final = (120, 40)
_PATIENCE_SECONDS: Final = 30.0


class CallCounter:
    """Counts calls by module while it is the context of a `with` statement."""

    def __init__(self) -> None:
        self.by_module: Counter[str] = Counter()

    def __enter__(self) -> CallCounter:
        sys.setprofile(self._count)
        return self

    def __exit__(self, *error: object) -> None:
        sys.setprofile(None)

    def _count(self, frame: FrameType, event: str, argument: object) -> None:
        del argument
        if event == "call" and frame.f_code.co_filename.startswith(_FOLDER):
            self.by_module[frame.f_code.co_filename.removeprefix(_FOLDER)] += 1


def measure() -> Iterator[Row]:
    """Yield a row for each command."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("DATA", "CACHE", "CONFIG"):
            os.environ[f"READER_{kind}_DIR"] = str(Path(folder) / kind)
        source = str(samples()[0].path)
        # Recognition runs first, so that the app finds the mentions in the cache.
        subprocess.run([sys.executable, "-m", "reader", "entities", source], check=True, stdout=subprocess.DEVNULL)
        counts = asyncio.run(_count(source, Path(folder) / "annotations.db"))
    for command, budget in _BUDGETS.items():
        calls = [sum(counter.by_module.values()) for counter in counts[command]]
        by_module = counts[command][-1].by_module
        modules, (most, most_calls) = len(by_module), by_module.most_common(1)[0]
        detail = f"in {modules} modules, most in {most} ({most_calls}); median of {len(calls)}"
        yield Row(f"calls: {command}", statistics.median(calls), budget, "", detail)


_BUDGETS: Final = {
    "open a document": 75_000.0,
    "line down (j)": 160.0,
    "next mention (])": 1_150.0,
    "mark a word (a, o)": 8_000.0,
    "confirm (y)": 7_500.0,
    "review (R)": 3_000.0,
}
"""The calls allowed for each command, about a third more than were counted."""


async def _count(source: str, path: Path) -> dict[str, list[CallCounter]]:
    document = load(source)
    counts: dict[str, list[CallCounter]] = {command: [] for command in _BUDGETS}
    store = Store.open(path)
    opening = CallCounter()
    with opening:
        app = ReaderApp(store, default_keymap(), ProcessRecognition(), document=document, settings=Settings())
        async with app.run_test(size=_SIZE) as pilot:
            await _until_recognized(pilot)
            sys.setprofile(None)
            counts["open a document"].append(opening)
            for run in range(_RUNS + 1):
                for command, counter in (await _press_keys(pilot)).items():
                    if run:  # the first press of each key imports modules and fills caches
                        counts[command].append(counter)
    return counts


async def _press_keys(pilot: Pilot[int]) -> dict[str, CallCounter]:
    """Press each key once, from the same position, and undo its decision."""
    counts = {}
    await pilot.press("g", "g")
    counts["line down (j)"] = await _counted(pilot, "j")
    await pilot.press("g", "g", "]")  # opens the details
    counts["next mention (])"] = await _counted(pilot, "]")
    counts["confirm (y)"] = await _counted(pilot, "y")
    await pilot.press("u", "escape", "g", "g", "w", "w", "w")
    counts["mark a word (a, o)"] = await _counted(pilot, "a", "o")
    await pilot.press("u", "escape")
    counts["review (R)"] = await _counted(pilot, "R")
    await pilot.press("escape")
    await pilot.pause()
    return counts


async def _counted(pilot: Pilot[int], *keys: str) -> CallCounter:
    await pilot.pause()
    with CallCounter() as counter:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
    return counter


async def _until_recognized(pilot: Pilot[int]) -> None:
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not pilot.app.screen.query_one("#article").reading.mentions:  # type: ignore[attr-defined]  # the article
            await pilot.pause(0.05)
    await pilot.pause(0.2)
