"""The processor time from start to first text, for long texts of every kind against a short one."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.harness.long_texts import KINDS, long_text
from bench.harness.output_times import output_times
from bench.report import Row, ratio

_SHORT: Final = 3_000
_LONG: Final = 3_000_000
"""The lengths of the texts in code points."""
_BUDGET: Final = 1.3


def measure(runs: int = 5) -> Iterator[Row]:
    """Yield a row for each kind of text. The texts are opened in turn, so that a disturbance affects all of them."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        directories = {f"READER_{kind}_DIR": str(work / kind) for kind in ("DATA", "CACHE", "CONFIG")}
        short = work / "short.txt"
        short.write_text(long_text("prose", _SHORT), "utf-8")
        paths = {kind: work / f"{number}.txt" for number, kind in enumerate(KINDS)}
        for kind, path in paths.items():
            path.write_text(long_text(kind, _LONG), "utf-8")
        short_times: list[float] = []
        times: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for run in range(-1, runs):
            seconds = _first_text(short, directories)
            long_seconds = {kind: _first_text(path, directories) for kind, path in paths.items()}
            if run < 0:
                continue  # the first run reads the program's files from disk
            short_times.append(seconds)
            for kind in KINDS:
                times[kind].append(long_seconds[kind])
    for kind in KINDS:
        yield ratio(f"first text of 3 MB: {kind}, against 3 kB", times[kind], short_times, _BUDGET)


def _first_text(path: Path, directories: dict[str, str]) -> float:
    command = [sys.executable, "-m", "reader", str(path)]
    return output_times(command, [b"delegation"], directories, processor=True)[0]
