"""A scripted annotation run in a real terminal, killed at a random moment, over and over."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed
from reader.document import load
from tests.durability.forked import ForkedTerminal, preload
from tests.terminal.terminal import PATIENCE, Terminal

SAMPLE = str(Path(__file__).parents[2] / "seeds" / "desert-governor.txt")
_PROMPT = "” is called"
"""What the program asks when an entity is to be renamed."""
_EVERY = 40
"""Runs after which a new store is begun: a longer log only makes each run slower."""
_LONGEST = 1.0
"""Seconds after which a run is killed at the latest, from the moment its entities are shown."""


@dataclass(slots=True)
class Outcome:
    """What came of some runs."""

    kills: int = 0
    called_saved: int = 0
    """Decisions that the status line had called saved."""
    made: int = 0
    """Decisions found in the stores, called saved or not."""
    lost: int = 0
    """Decisions called saved that were not there afterwards."""
    broken: int = 0
    """Stores that did not open, or opened with a word of damage."""


def run(count: int, folder: Path, seed: int = 0, *, forked: bool = False, least: int = 0) -> Outcome:
    """Kill `count` runs and look at the store after each.

    Args:
        count: How many.
        folder: Where their stores are.
        seed: Of the moments at which they are killed.
        forked: Whether they start without importing everything anew.
        least: How many decisions are called saved before a run may be killed.
    """
    chance = random.Random(seed)
    outcome = Outcome()
    cache = {"READER_CACHE_DIR": str(folder / "cache")}
    first = Terminal([SAMPLE], folder / "first", environment=cache)  # so that later ones need no pipeline
    first.wait_for(r"[1-9]\d* (?:entities|decided)")
    first.wait_for("saved")
    first.close()
    if forked:
        preload()
    for number in range(count):
        home = folder / f"home{number // _EVERY}"
        terminal = (
            ForkedTerminal([SAMPLE], home, folder / "cache") if forked else Terminal([SAMPLE], home, environment=cache)
        )
        try:
            said = _annotate(terminal, number, chance, least)
        finally:
            terminal.kill()
            terminal.close()
        outcome.kills += 1
        _look(home / "data" / "annotations.db", number, said, outcome)
    return outcome


def _annotate(terminal: Terminal, number: int, chance: random.Random, least: int) -> int:
    """Type decisions and read the screen until the run is to end; return the last decision that was called saved."""
    if chance.random() < 0.1 and not least:
        _wait(terminal, chance.random() * 0.8)
        return -1
    terminal.wait_for(r"[1-9]\d* (?:entities|decided)")
    terminal.press("g", "e")
    given = chance.random() * _LONGEST
    end = time.monotonic() + given
    said, asked, typed = -1, False, False
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < end or said + 1 < least:
        assert time.monotonic() < limit, f"nothing was called saved; the screen was:\n{terminal.text}"
        if not asked:
            terminal.press("r")
            asked = True
        elif not typed and _PROMPT in terminal.text:
            terminal.press("\x15", f"N{number}x{said + 1}", "enter")
            typed = True
        terminal._read(0.01)
        if _called_saved(terminal.text, number) == said + 1:
            said, asked, typed = said + 1, False, False
            if said + 1 == least:
                end = time.monotonic() + given
    return said


def _wait(terminal: Terminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal._read(0.02)


def _called_saved(screen: str, number: int) -> int:
    """Return the number of the decision in the status line if all is called saved there, otherwise -1."""
    for line in screen.splitlines():
        found = re.search(rf"renamed .* to “N{number}x(\d+)”", line)
        if found and re.search(r"\bsaved\b", line) and "NOT SAVED" not in line:
            return int(found[1])
    return -1


def _look(path: Path, number: int, said: int, outcome: Outcome) -> None:
    outcome.called_saved += said + 1
    with Store.open(path, busy_timeout=20) as store:
        history = store.history(load(SAMPLE))
        if store.problem or store.notices or history.unreadable:
            outcome.broken += 1
    names = {each.name for each in history.decisions if isinstance(each, EntityRenamed)}
    there = {name for name in names if name.startswith(f"N{number}x")}
    outcome.made += len(there)
    outcome.lost += len({f"N{number}x{each}" for each in range(said + 1)} - there)
