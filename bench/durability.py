"""The promises of docs/durability.md at length: kills, damage, disk errors, two writers, edited articles.

`python -m bench.durability` takes half an hour, most of it the thousand kills; `python -m bench durability` makes do
with a hundred.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.report import Row
from tests.durability import anchors, damage, faulty, kills, together

KILLS = 1000
DAMAGED = 200
EACH = 5000
ARTICLES = 400


def measure(kill: int = 100) -> Iterator[Row]:
    """Yield a row for each number that is promised."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _anchors(_sub(folder, "anchors"))
        yield from _damage(_sub(folder, "damage"))
        if faulty.compiler() is not None:
            yield from _faults(_sub(folder, "faults"))
        yield from _together(_sub(folder, "together"))
        yield from _kills(kill, _sub(folder, "kills"))


def _anchors(folder: Path) -> Iterator[Row]:
    found = anchors.run(ARTICLES, folder)
    detail = f"{found.decisions:,} decisions on {found.articles} edited articles, {found.orphans:,} orphans"
    yield Row("decisions attached to a wrong place", found.wrong, 0, "", detail)
    yield Row("decisions neither in effect nor listed", found.unaccounted, 0, "", detail)
    for what, followed, all_ in (
        ("lost of those that stand clearly", found.clear_followed, found.clear),
        ("lost of all whose mention is left", found.followed, found.standing),
    ):
        yield Row(what, 100 - 100 * followed / all_, 2, "%", f"{followed:,} of {all_:,} followed")


def _damage(folder: Path) -> Iterator[Row]:
    found = damage.run(DAMAGED, folder)
    detail = f"{found.stores} stores, {found.readable:,} records that SQLite could read"
    yield Row("damaged stores that raised", found.raised, 0, "", detail)
    yield Row("damaged stores that could not be written to", found.unusable, 0, "", detail)
    yield Row("readable records lost to damage", found.lost, 0, "", detail)


def _faults(folder: Path) -> Iterator[Row]:
    found = faulty.run(folder)
    detail = f"{found.runs} runs, {found.errors:,} errors"
    yield Row("“saved” after a failed write", found.false_saved, 0, "", detail)
    yield Row("decisions lost to disk errors", found.lost + found.twice, 0, "", detail)


def _together(folder: Path) -> Iterator[Row]:
    found = together.run(EACH, folder)
    detail = f"{found.decisions:,} decisions in the log, views {'equal' if found.equal else 'NOT equal'}"
    yield Row("decisions that two writers lost", 2 * EACH - found.decisions, 0, "", detail)
    yield Row("views that differ", int(not found.equal), 0, "", detail)


def _kills(count: int, folder: Path) -> Iterator[Row]:
    found = kills.run(count, folder, forked=True)
    detail = f"{found.kills:,} kills, {found.called_saved:,} decisions called saved, {found.made:,} found"
    yield Row("saved decisions lost to kills", found.lost, 0, "", detail)
    yield Row("stores that did not open soundly", found.broken, 0, "", detail)


def _sub(folder: str, name: str) -> Path:
    path = Path(folder) / name
    path.mkdir()
    return path


if __name__ == "__main__":
    for row in measure(int(sys.argv[1]) if sys.argv[1:] else KILLS):
        print(row, flush=True)
