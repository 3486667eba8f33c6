"""A text of 3 MB with 50,000 mentions in a real terminal: keys, resizes, decisions, memory.

The mentions are put into the cache first, so that what is measured is the app and not the pipeline. A latency is the
time from a key written to the terminal to the first byte of what is drawn for it; "with the sides" to the last byte,
for the panes beside the text are drawn after it. A decision counts to the paint that says it was made, which all panes
share.
"""

from __future__ import annotations

import os
import random
import select
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.report import Row
from reader.document import Document, load
from reader.recognize import Mention
from tests.terminal.terminal import Terminal

SIZE = 3_000_000
MENTIONS = 50_000
NAMES = 1_500
KEYS = 200
_PATIENCE = 10.0
_QUIET = 0.12
"""Seconds without a byte after which everything has been drawn."""
_SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "sa", "te", "vu", "ka", "mi", "zo")
_WORDS = ("the", "of", "and", "river", "council", "report", "after", "water", "with", "for", "town", "on", "people")


def measure() -> Iterator[Row]:
    """Yield the measures."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(Path(folder))


def _measure(folder: Path) -> Iterator[Row]:
    names = _names()
    article = folder / "long.txt"
    article.write_text(_text(names), encoding="utf-8", newline="\n")
    document = load(str(article))
    _remember(folder, document, _mentions(document, names))
    terminal = Terminal([str(article)], folder, size=(120, 40))
    try:
        terminal.wait_for(r"[1-9][\d,]* entities")
        for words, key in (("line down", "j"), ("page", "space"), ("next mention", "]"), ("next of entity", "}")):
            spent = [latencies(terminal, key) for _ in range(KEYS)]
            yield _row(f"3 MB: {words} ({key})", [first for first, _ in spent], 16)
            if key in "]}":
                yield _row(f"3 MB: {words}, with the sides", [last for _, last in spent], 50)
        terminal.press("/", "river", "enter")
        terminal.wait_for(r"“river” [\d,]+/")
        yield _row("3 MB: next match (n)", [latency(terminal, "n") for _ in range(KEYS)], 16)
        yield _row("3 MB: retag a mention", [_retag(terminal, key) for key in "fgle" * 5], 50)
        yield _row("3 MB: resize", [_resize(terminal, width) for width in (100, 140, 70, 120) * 5], 100)
        yield Row("3 MB: memory of the app", _memory(terminal.process.pid), 250, "MB")
    finally:
        terminal.close()


def latency(terminal: Terminal, *keys: str) -> float:
    """Return the milliseconds from a key to the first byte drawn for it."""
    return latencies(terminal, *keys)[0]


def latencies(terminal: Terminal, *keys: str) -> tuple[float, float]:
    """Return the milliseconds from a key to the first and to the last byte drawn for it."""
    chunks = _drawn(terminal, *keys)
    return (chunks[0][0], chunks[-1][0]) if chunks else (_PATIENCE * 1000, _PATIENCE * 1000)


def _drawn(terminal: Terminal, *keys: str) -> list[tuple[float, bytes]]:
    """Return what is drawn for a key, and after how many milliseconds; looked at only when all of it is there."""
    _drain(terminal)
    chunks: list[tuple[float, bytes]] = []
    begin = time.perf_counter()
    terminal.press(*keys)
    while select.select([terminal._leader], [], [], _QUIET if chunks else _PATIENCE)[0]:
        data = os.read(terminal._leader, 65536)
        chunks.append(((time.perf_counter() - begin) * 1000, data))
    terminal.show(b"".join(data for _, data in chunks))
    return chunks


def _retag(terminal: Terminal, key: str) -> float:
    """Return the milliseconds from the letter of a label to the paint that says that the mention has it now."""
    terminal.press("g", "t", "]")
    _drain(terminal)
    terminal.press("t")
    terminal.wait_for("a building, road or bridge")
    return next(spent for spent, data in _drawn(terminal, key) if b"retagged" in data)


def _resize(terminal: Terminal, width: int) -> float:
    _drain(terminal)
    begin = time.perf_counter()
    terminal.resize(width, 40)
    select.select([terminal._leader], [], [], 10)
    spent = time.perf_counter() - begin
    _drain(terminal)
    return spent * 1000


def _drain(terminal: Terminal) -> None:
    while terminal._read(0.06):
        pass


def _row(what: str, spent: list[float], budget: float) -> Row:
    spent.sort()
    p99 = spent[min(int(len(spent) * 0.99), len(spent) - 1)]
    return Row(what, p99, budget, "ms", f"99 % of {len(spent)}; median {statistics.median(spent):.1f} ms")


def _names() -> list[str]:
    chance = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < NAMES:
        parts = ["".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(chance.choice((1, 2, 2)))]
        found[" ".join(parts)] = None
    return list(found)


def _text(names: list[str]) -> str:
    chance = random.Random(11)
    every = SIZE // MENTIONS
    paragraphs, length, since = [], 0, 0
    while length < SIZE:
        words: list[str] = []
        for _ in range(110):
            if since >= every:
                words.append(chance.choice(names))
                since -= every
            else:
                words.append(chance.choice(_WORDS))
            since += len(words[-1]) + 1
        paragraphs.append(" ".join(words) + ".")
        length += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)


def _mentions(document: Document, names: list[str]) -> list[Mention]:
    known = set(names)
    labels = {name: ("PERSON", "ORG", "GPE")[number % 3] for number, name in enumerate(names)}
    found, at = [], 0
    for paragraph in document.text.split("\n"):
        words, offset = paragraph.rstrip(".").split(" "), at
        index = 0
        while index < len(words):
            pair = " ".join(words[index : index + 2])
            name = pair if pair in known else words[index] if words[index] in known else ""
            if name:
                found.append(Mention(offset, offset + len(name), labels[name]))
            step = 2 if name and name == pair and " " in pair else 1
            offset += sum(len(word) + 1 for word in words[index : index + step])
            index += step
        at += len(paragraph) + 1
    return found


def _remember(folder: Path, document: Document, mentions: list[Mention]) -> None:
    from reader.recognize.models.find import identify
    from reader.recognize.process import cache

    os.environ["READER_CACHE_DIR"] = str(folder / "cache")
    cache.store(document, identify(None), mentions)


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
