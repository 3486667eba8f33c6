"""Scripted annotation runs in a real terminal, each killed at a random moment."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

from bench.harness.forked_terminal import ForkedTerminal, preload
from bench.harness.terminal import PATIENCE, Terminal
from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed
from reader.document import load

SAMPLE = str(Path(__file__).parents[2] / "seeds" / "desert-governor.txt")
_PROMPT = "New name of “"
"""The prompt for the new name of an entity."""
_RUNS_PER_STORE = 40
"""Runs after which a new store is used: a longer log only makes each run slower."""
_MAX_SECONDS = 1.0
"""Seconds after which a run is killed at the latest, from the moment its entities are shown."""


@dataclass(slots=True)
class KillResult:
    """What killed runs left in their stores."""

    kills: int = 0
    called_saved: int = 0
    """Decisions that the status line had called saved."""
    recorded: int = 0
    """Decisions found in the stores, whether called saved or not."""
    lost: int = 0
    """Decisions called saved that were not in the store afterwards."""
    broken: int = 0
    """Stores that did not open, or that reported a problem or damage."""


def run(count: int, folder: Path, seed: int = 0, *, forked: bool = False, min_saved: int = 0) -> KillResult:
    """Kill `count` runs and examine the store after each.

    Args:
        count: The number of runs.
        folder: The directory for their stores.
        seed: The seed for the moments at which they are killed.
        forked: Whether to fork the runs from this process, so that they need not import their modules.
        min_saved: The number of decisions that must be called saved before a run may be killed.
    """
    rng = random.Random(seed)
    result = KillResult()
    cache = {"READER_CACHE_DIR": str(folder / "cache")}
    first = Terminal([SAMPLE], folder / "first", environment=cache)  # fills the cache, so no later run needs a pipeline
    first.wait_for(r"[1-9]\d* (?:entities|decided)")
    first.wait_for("saved")
    first.close()
    if forked:
        preload()
    terminal_class = ForkedTerminal if forked else Terminal
    for number in range(count):
        home = folder / f"home{number // _RUNS_PER_STORE}"
        terminal = terminal_class([SAMPLE], home, environment=cache)
        try:
            last_saved = _annotate(terminal, number, rng, min_saved)
        finally:
            terminal.kill()
            terminal.close()
        result.kills += 1
        _examine_store(home / "data" / "annotations.db", number, last_saved, result)
    return result


def _annotate(terminal: Terminal, number: int, rng: random.Random, min_saved: int) -> int:
    """Make decisions until the run is to be killed; return the number of the last one called saved, -1 for none."""
    if rng.random() < 0.1 and not min_saved:
        _read_for(terminal, rng.random() * 0.8)
        return -1
    terminal.wait_for(r"[1-9]\d* (?:entities|decided)")
    terminal.press("g", "e")
    duration = rng.random() * _MAX_SECONDS
    end = time.monotonic() + duration
    last_saved, prompted, typed = -1, False, False
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < end or last_saved + 1 < min_saved:
        assert time.monotonic() < deadline, f"nothing was called saved; the screen was:\n{terminal.text}"
        if not prompted:
            terminal.press("r")
            prompted = True
        elif not typed and _PROMPT in terminal.text:
            terminal.press("\x15", f"N{number}x{last_saved + 1}", "enter")
            typed = True
        terminal.read(0.01)
        if _number_called_saved(terminal.text, number) == last_saved + 1:
            last_saved, prompted, typed = last_saved + 1, False, False
            if last_saved + 1 == min_saved:
                end = time.monotonic() + duration
    return last_saved


def _read_for(terminal: Terminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.read(0.02)


def _number_called_saved(screen: str, number: int) -> int:
    """Return the number of the decision in the status line if the line calls everything saved, otherwise -1."""
    for line in screen.splitlines():
        match = re.search(rf"renamed .* to “N{number}x(\d+)”", line)
        if match and re.search(r"\bsaved\b", line) and "NOT SAVED" not in line:
            return int(match[1])
    return -1


def _examine_store(path: Path, number: int, last_saved: int, result: KillResult) -> None:
    result.called_saved += last_saved + 1
    with Store.open(path, busy_timeout=20) as store:
        history = store.history(load(SAMPLE))
        if store.problem or store.notices or history.unreadable:
            result.broken += 1
    names = {decision.name for decision in history.decisions if isinstance(decision, EntityRenamed)}
    recorded = {name for name in names if name.startswith(f"N{number}x")}
    result.recorded += len(recorded)
    result.lost += len({f"N{number}x{saved}" for saved in range(last_saved + 1)} - recorded)
