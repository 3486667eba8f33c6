"""A text of 3 MB with 50,000 mentions in a real terminal: keys, resizes, decisions, memory.

The mentions are put into the cache first, so the app is measured and not the pipeline. A latency is the time from a key
written to the terminal to the first byte drawn for it; "with the side panes" to the last byte, because the panes
beside the text are drawn after it. A decision is measured up to the paint that confirms it, which all panes share.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.harness.terminal import Terminal
from bench.report import Row
from reader.document import Document, load
from reader.recognize import Mention

SIZE = 3_000_000
MENTIONS = 50_000
NAMES = 1_500
KEYS = 200
_PATIENCE = 10.0
"""Seconds to wait for the first byte."""
_QUIET = 0.12
"""Seconds without a byte after which everything has been drawn."""
_SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "sa", "te", "vu", "ka", "mi", "zo")
_WORDS = ("the", "of", "and", "river", "council", "report", "after", "water", "with", "for", "town", "on", "people")


def measure() -> Iterator[Row]:
    """Yield the rows."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure(Path(folder))


def cached_long_text(folder: Path) -> Path:
    """Write the text into a folder, and its mentions into the cache there. Return the path of the text."""
    names = _names()
    path = folder / "long.txt"
    path.write_text(_text(names), encoding="utf-8", newline="\n")
    document = load(str(path))
    cache_mentions(folder, document, _mentions(document, names))
    return path


def _measure(folder: Path) -> Iterator[Row]:
    path = cached_long_text(folder)
    terminal = Terminal([str(path)], folder, size=(120, 40))
    try:
        terminal.wait_for(r"[1-9][\d,]* entities")
        for command, key in (("line down", "j"), ("page", "space"), ("next mention", "]"), ("next of entity", "}")):
            times = [latencies(terminal, key) for _ in range(KEYS)]
            yield _row(f"3 MB: {command} ({key})", [first for first, _ in times], 16)
            if key in "]}":
                yield _row(f"3 MB: {command}, with the side panes", [last for _, last in times], 50)
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
    chunks = _output(terminal, *keys)
    return (chunks[0][0], chunks[-1][0]) if chunks else (_PATIENCE * 1000, _PATIENCE * 1000)


def _output(terminal: Terminal, *keys: str) -> list[tuple[float, bytes]]:
    """Return the output for a key, each chunk with its milliseconds after the key; draw it only when it is complete."""
    _drain(terminal)
    chunks: list[tuple[float, bytes]] = []
    start = time.perf_counter()
    terminal.press(*keys)
    while terminal.has_output(_QUIET if chunks else _PATIENCE):
        data = terminal.receive()
        if not data:
            break
        chunks.append(((time.perf_counter() - start) * 1000, data))
    terminal.draw(b"".join(data for _, data in chunks))
    return chunks


def _retag(terminal: Terminal, key: str) -> float:
    """Return the milliseconds from the key of a label to the paint that confirms the new label of the mention."""
    terminal.press("g", "t", "]")
    _drain(terminal)
    terminal.press("t")
    terminal.wait_for("a building, road or bridge")
    return next(milliseconds for milliseconds, data in _output(terminal, key) if b"retagged" in data)


def _resize(terminal: Terminal, width: int) -> float:
    """Return the milliseconds from a resize to the first byte drawn for it."""
    _drain(terminal)
    start = time.perf_counter()
    terminal.resize(width, 40)
    terminal.has_output(_PATIENCE)
    seconds = time.perf_counter() - start
    _drain(terminal)
    return seconds * 1000


def _drain(terminal: Terminal) -> None:
    while terminal.read(0.06):
        pass


def _row(subject: str, times: list[float], budget: float) -> Row:
    times.sort()
    p99 = times[min(int(len(times) * 0.99), len(times) - 1)]
    return Row(subject, p99, budget, "ms", f"99 % of {len(times)}; median {statistics.median(times):.1f} ms")


def _names() -> list[str]:
    rng = random.Random(7)
    names: dict[str, None] = {}
    while len(names) < NAMES:
        parts = ["".join(rng.choices(_SYLLABLES, k=3)).capitalize() for _ in range(rng.choice((1, 2, 2)))]
        names[" ".join(parts)] = None
    return list(names)


def _text(names: list[str]) -> str:
    rng = random.Random(11)
    interval = SIZE // MENTIONS
    paragraphs, length, since_name = [], 0, 0
    while length < SIZE:
        words: list[str] = []
        for _ in range(110):
            if since_name >= interval:
                words.append(rng.choice(names))
                since_name -= interval
            else:
                words.append(rng.choice(_WORDS))
            since_name += len(words[-1]) + 1
        paragraphs.append(" ".join(words) + ".")
        length += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)


def _mentions(document: Document, names: list[str]) -> list[Mention]:
    name_set = set(names)
    labels = {name: ("PERSON", "ORG", "GPE")[number % 3] for number, name in enumerate(names)}
    mentions, paragraph_start = [], 0
    for paragraph in document.text.split("\n"):
        words, offset = paragraph.rstrip(".").split(" "), paragraph_start
        index = 0
        while index < len(words):
            pair = " ".join(words[index : index + 2])
            name = pair if pair in name_set else words[index] if words[index] in name_set else ""
            if name:
                mentions.append(Mention(offset, offset + len(name), labels[name]))
            word_count = 2 if name and name == pair and " " in pair else 1
            offset += sum(len(word) + 1 for word in words[index : index + word_count])
            index += word_count
        paragraph_start += len(paragraph) + 1
    return mentions


def cache_mentions(folder: Path, document: Document, mentions: list[Mention]) -> None:
    """Store mentions as if recognition had found them, so that the app is measured and not the pipeline."""
    from reader.recognize.models.find import identify
    from reader.recognize.process import cache

    os.environ["READER_CACHE_DIR"] = str(folder / "cache")
    cache.store(document, identify(None), mentions)


def _memory(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
