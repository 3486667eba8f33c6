"""Screening: what a watchlist of 300,000 names adds to reading 1,000 articles.

The budget is twice the processor time of reading the articles and of an Aho-Corasick automaton that does nothing but
find the listed names, as they are written, in the texts.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.harness import made_collection
from bench.report import Row

_NAMES: Final = 300_000
_ARTICLES: Final = 1_000
_MOST: Final = 2.0
_FORMS: Final = ("Ltd", "LLC", "GmbH", "Holdings plc", "S.A.", "Trading Co.")
_AUTOMATON: Final = """
import sys
from pathlib import Path
from ahocorasick_rs import AhoCorasick
names = Path(sys.argv[1]).read_text("utf-8").lower().splitlines()
automaton = AhoCorasick(names, store_patterns=False)
print(sum(len(automaton.find_matches_as_indexes(path.read_text("utf-8").lower()))
          for path in Path(sys.argv[2]).rglob("*.txt")))
"""


def measure() -> Iterator[Row]:
    """Yield the rows: articles that are read for the first time, and again with their names in the cache."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles, names, no_names = folder / "articles", folder / "list.txt", folder / "none.txt"
        made_collection.write_files(articles, _ARTICLES)
        names.write_text("\n".join(listed_names(_NAMES)), "utf-8")
        no_names.write_text("Quillwort Marlinspike\n", "utf-8")
        automaton = _seconds([sys.executable, "-c", _AUTOMATON, str(names), str(articles)], folder / "automaton")
        for moment in ("first read", "read again"):
            read = _seconds(_screening(no_names, articles), folder / "read")
            screened = _seconds(_screening(names, articles), folder / "screened")
            detail = f"{screened:.1f} s; reading {read:.1f} s, the automaton {automaton:.1f} s"
            subject = f"{_NAMES:,} names over {_ARTICLES:,} articles, {moment}"
            yield Row(subject, screened / (read + automaton), _MOST, detail=detail)


def listed_names(count: int, seed: int = 3) -> Iterator[str]:
    """Yield different names: people with a surname in capitals or not, and companies with a legal form."""
    numbers = random.Random(seed)

    def word(low: int, high: int) -> str:
        return "".join(numbers.choices(made_collection.SYLLABLES, k=numbers.randint(low, high))).capitalize()

    given_names = [word(2, 3) for _ in range(3_000)]
    surnames = [word(2, 4) for _ in range(20_000)]
    names: set[str] = set()
    while len(names) < count:
        kind = numbers.random()
        if kind < 0.6:
            name = f"{numbers.choice(given_names)} {numbers.choice(surnames)}"
        elif kind < 0.8:
            name = f"{numbers.choice(surnames).upper()}, {numbers.choice(given_names)} {numbers.choice(given_names)}"
        else:
            name = f"{word(2, 4)} {word(2, 3)} {numbers.choice(_FORMS)}"
        if name not in names:
            names.add(name)
            yield name


def _screening(names: Path, articles: Path) -> list[str]:
    return [sys.executable, "-m", "reader", "screen", str(names), str(articles), "--processes", "1"]


def _seconds(command: Sequence[str], folder: Path) -> float:
    """Return the processor time of a command that keeps its data in a folder, in seconds.

    Raises:
        RuntimeError: The command failed.
    """
    directories = {f"READER_{kind}_DIR": str(folder / kind.lower()) for kind in ("DATA", "CACHE", "CONFIG")}
    process = subprocess.Popen(command, env=os.environ | directories, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 3}:  # 3: there are hits
        raise RuntimeError(f"{command[3]} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime
