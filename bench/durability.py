"""The promises of docs/durability.md at length: kills, damage, disk errors, two writers, edited documents.

`python -m bench.durability` takes half an hour, mostly for a thousand kills. `python -m bench durability` makes only a
hundred.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.harness import carry_over, damage, disk_errors, kills, two_writers
from bench.report import Row

KILLS = 1000
DAMAGED_STORES = 200
DECISIONS_PER_WRITER = 5000
DOCUMENTS = 400


def measure(kill_count: int = 100) -> Iterator[Row]:
    """Yield a row for each number that is promised."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure_carry_over(_subfolder(folder, "carry-over"))
        yield from _measure_damage(_subfolder(folder, "damage"))
        if disk_errors.compiler() is not None:
            yield from _measure_disk_errors(_subfolder(folder, "disk-errors"))
        yield from _measure_two_writers(_subfolder(folder, "two-writers"))
        yield from _measure_kills(kill_count, _subfolder(folder, "kills"))


def _measure_carry_over(folder: Path) -> Iterator[Row]:
    result = carry_over.run(DOCUMENTS, folder)
    detail = f"{result.decisions:,} decisions on {result.documents} edited documents, {result.orphans:,} orphans"
    yield Row("decisions carried over to a wrong span", result.wrong, 0, "", detail)
    yield Row("decisions neither in effect nor listed", result.unaccounted, 0, "", detail)
    for subject, followed, total in (
        ("lost of those with a clear context", result.clear_followed, result.clear),
        ("lost of all with a surviving mention", result.followed, result.surviving),
    ):
        yield Row(subject, 100 - 100 * followed / total, 2, "%", f"{followed:,} of {total:,} followed")


def _measure_damage(folder: Path) -> Iterator[Row]:
    result = damage.run(DAMAGED_STORES, folder)
    detail = f"{result.stores} stores, {result.readable:,} records that SQLite could read"
    yield Row("damaged stores that raised an exception", result.raised, 0, "", detail)
    yield Row("damaged stores that could not be written", result.not_writable, 0, "", detail)
    yield Row("readable records lost to damage", result.lost, 0, "", detail)


def _measure_disk_errors(folder: Path) -> Iterator[Row]:
    result = disk_errors.run(folder)
    detail = f"{result.runs} runs, {result.errors:,} errors"
    yield Row("“saved” after a failed write", result.false_saved, 0, "", detail)
    yield Row("decisions lost to disk errors", result.lost + result.duplicates, 0, "", detail)


def _measure_two_writers(folder: Path) -> Iterator[Row]:
    result = two_writers.run(DECISIONS_PER_WRITER, folder)
    detail = f"{result.decisions:,} decisions in the log, views {'equal' if result.same_view else 'NOT equal'}"
    yield Row("decisions that two writers lost", 2 * DECISIONS_PER_WRITER - result.decisions, 0, "", detail)
    yield Row("views that differ", int(not result.same_view), 0, "", detail)


def _measure_kills(count: int, folder: Path) -> Iterator[Row]:
    result = kills.run(count, folder, forked=True)
    detail = f"{result.kills:,} kills, {result.called_saved:,} decisions called saved, {result.recorded:,} recorded"
    yield Row("saved decisions lost to kills", result.lost, 0, "", detail)
    yield Row("stores with a problem or damage after a kill", result.broken, 0, "", detail)


def _subfolder(folder: str, name: str) -> Path:
    path = Path(folder) / name
    path.mkdir()
    return path


if __name__ == "__main__":
    for row in measure(int(sys.argv[1]) if sys.argv[1:] else KILLS):
        print(row, flush=True)
