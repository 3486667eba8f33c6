"""A search in 3 MB, from its keys to the painted match, against the same search in `less`.

Both programs run in pseudo-terminals with the text open, and the searches are typed in turn. The reader searches while
a word is typed, `less` after Enter. The processor time of all threads is compared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.harness.long_texts import long_text
from bench.harness.output_times import processor_seconds
from bench.harness.terminal import Terminal
from bench.interaction import cache_mentions
from bench.report import Row, ratio
from reader.document import load

_SEARCHES: Final = 15
_SIZE: Final = (120, 40)
_QUIET: Final = 0.15
"""Seconds without output after which everything has been drawn."""
_PATIENCE: Final = 10.0
_BUDGET: Final = 2.0
_LENGTH: Final = 3_000_000
_QUERIES: Final = (
    ("a word in the middle", "marigold", "marigold", b" stands in the middle"),
    ("a word at the end", "quixotry", "quixotry", b" stands at the end"),
    ("a regular expression at the end", r"\vqui[x-z]otr.", "qui[x-z]otr.", b" stands at the end"),
)
"""What is searched for, what is typed in the reader and in `less`, and what is painted beside the match."""


def measure() -> Iterator[Row]:
    """Yield a row for each search."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.txt")
        half = long_text("prose", _LENGTH // 2)
        path.write_text(f"{half}\nA marigold stands in the middle.\n\n{half}\nA quixotry stands at the end.\n", "utf-8")
        cache_mentions(Path(folder), load(str(path)), [])
        ours = Terminal([str(path)], Path(folder), size=_SIZE)
        less = Terminal([str(path)], Path(folder), size=_SIZE, program=["less"], environment={"LESSHISTFILE": "-"})
        try:
            for terminal in (ours, less):
                terminal.wait_for("delegation")
                while terminal.read(3):
                    pass
            for subject, typed, typed_in_less, painted in _QUERIES:
                yield _compare(subject, ours, typed, less, typed_in_less, painted)
        finally:
            ours.close()
            less.close()


def _compare(subject: str, ours: Terminal, typed: str, less: Terminal, typed_in_less: str, painted: bytes) -> Row:
    our_times, less_times = [], []
    for _ in range(_SEARCHES):
        our_times.append(_search(ours, "gg", typed, painted))
        less_times.append(_search(less, "g", typed_in_less, painted))
    return ratio(f"3 MB: {subject}", our_times, less_times, _BUDGET, base_name=" of less")


def _search(terminal: Terminal, to_start: str, typed: str, painted: bytes) -> float:
    """Go to the start, type a query, and return the seconds of processor time until its match is painted."""
    terminal.press(*to_start)
    while terminal.has_output(_QUIET):
        terminal.receive()
    start, output = processor_seconds(terminal.process.pid), b""
    terminal.press("/", typed, "enter")
    while painted not in output:
        assert terminal.has_output(_PATIENCE), output[-500:]
        output += terminal.receive()
    used = processor_seconds(terminal.process.pid) - start
    while terminal.has_output(_QUIET):
        terminal.receive()
    return used
