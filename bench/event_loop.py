"""The longest that the event loop is held while long texts are opened, jumped through and resized at once.

`python -m bench event_loop` opens each kind of text of 3 MB without a terminal and sends keys before its rows are laid
out. No key is answered while one callback of the loop runs, so its processor time is the least that a key waits.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from asyncio.events import Handle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.harness.long_texts import KINDS, long_text
from bench.report import Row
from reader.annotate import Store
from reader.document import load
from reader.reading import Reading
from reader.ui.app import ReaderApp
from reader.ui.keys.keymap import default_keymap
from reader.ui.recognition import RecognitionListener

_SIZE: Final = 3_000_000
_STEPS: Final = (
    *("G", "space", "g g", "5 0 %", "K", "s", "ctrl+d", "ctrl+u"),
    *("/ e enter", "n", "N", "(60)", "G", "(100)", "9 9 9 9 G", "g g"),
)
"""Keys, and widths in brackets. The first ones come right after the first paint."""
_BUDGET: Final = 50.0
"""Milliseconds."""


class _NoRecognition:
    """Finds nothing, so that only reading, layout and drawing are measured."""

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        """Say that it has finished."""
        del reading, first_block
        listener.show_activity("")

    async def stop(self) -> None:
        """Do nothing: it has no worker."""

    def another(self) -> _NoRecognition:
        """Return the recognition itself: it keeps nothing of a document."""
        return self


def measure() -> Iterator[Row]:
    """Yield a row for each kind of text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        for kind in KINDS:
            path.write_text(long_text(kind, _SIZE), "utf-8")
            gc.collect()
            times = asyncio.run(_longest(path))
            step = max(times, key=lambda step: times[step])
            yield Row(f"3 MB: {kind}: longest callback", times[step], _BUDGET, "ms", f"after {step}")


async def _longest(path: Path) -> dict[str, float]:
    """Return the processor time of the longest callback after each step, in milliseconds."""
    times: dict[str, float] = {}
    app = ReaderApp(
        Store.open(path.parent / "annotations.db"), default_keymap(), _NoRecognition(), document=load(str(path))
    )
    with _timed_callbacks() as callbacks:
        async with app.run_test(size=(120, 40)) as pilot:
            callbacks.clear()  # the app and its styles are not made yet when a program starts
            for number, step in enumerate(_STEPS, 1):
                if step.startswith("("):
                    await pilot.resize_terminal(int(step[1:-1]), 40)
                else:
                    await pilot.press(*step.split())
                await pilot.pause()
                times[f"{step} (step {number})"] = 1000 * max(callbacks, default=0)
                callbacks.clear()
    return times


@contextmanager
def _timed_callbacks() -> Iterator[list[float]]:
    """Collect the processor time of every callback of the event loop, in seconds of its thread."""
    run, seconds = Handle._run, list[float]()

    def timed_run(handle: Handle) -> None:
        start = time.thread_time()
        run(handle)
        seconds.append(time.thread_time() - start)

    Handle._run = timed_run  # type: ignore[method-assign, assignment]  # nothing else runs every callback
    try:
        yield seconds
    finally:
        Handle._run = run  # type: ignore[method-assign]  # as before
