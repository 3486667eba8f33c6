"""From starting the program to text, and to highlights, on a screen; against the least that could do it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.report import Row, ratio
from bench.screen import times_of
from reader.display.labels import look_of
from reader.recognize.models.find import BUNDLED

_BARE_APP: Final = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("Quillwort")

Bare().run()
"""
_BARE_SPACY: Final = """
import sys
import spacy
import reader.recognize.network.tagger  # the bundled pipeline's own parts
nlp = spacy.load(sys.argv[1])
doc = nlp(open(sys.argv[2], encoding="utf-8").read())
print("found", len(doc.ents))
"""
_PARAGRAPH: Final = (
    "The World Bank sent a delegation to Nairobi in March, and the delegation stayed for a week. Its members met the "
    "finance minister of Kenya twice, toured the port of Mombasa, and heard from farmers about the price of water. "
    "Angela Merkel, who had come as a guest, asked more questions than all the others together. What they learned "
    "fills a report of ninety pages that nobody has published. Officials in Uganda, who were given a copy, said that "
    "they agreed with most of it and would answer the rest before the summer."
)
_WORDS: Final = 500
_LONG: Final = 3_000_000
_NAME: Final = "World Bank"


def article(number: int, words: int = _WORDS) -> str:
    """Return a text of about so many words that no other number has."""
    count = words // len(_PARAGRAPH.split()) - 1
    more = [f"In week {number + week} it began again. {_PARAGRAPH}" for week in range(count)]
    return "\n\n".join([f"Quillwort {number} is what this text is called.", _PARAGRAPH, *more]) + "\n"


def _highlighted() -> bytes:
    color = look_of("ORG").dark.lstrip("#")
    parts = ";".join(str(int(color[i : i + 2], 16)) for i in (0, 2, 4))
    return rf"38;2;{parts}[\d;]*m{_NAME}".encode()


def measure(runs: int = 7) -> Iterator[Row]:
    """Yield the measures; the programs run in turn, so that what disturbs one disturbs all."""
    bare: list[float] = []
    first: list[float] = []
    fresh: list[float] = []
    script: list[float] = []
    seen_text: list[float] = []
    seen: list[float] = []
    long: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        book = work / "book.txt"
        book.write_text(article(0, words=_LONG // 6), "utf-8")
        own = {f"READER_{kind}_DIR": str(work / kind) for kind in ("DATA", "CACHE", "CONFIG")}
        for run in range(-1, runs):
            path = work / f"{run}.txt"
            path.write_text(article(run), "utf-8")
            command = [sys.executable, "-m", "reader", str(path)]
            spacy = [sys.executable, "-c", _BARE_SPACY, str(BUNDLED), str(path)]
            (one,) = times_of([sys.executable, "-c", _BARE_APP], [b"Quillwort"], own)
            two, three = times_of(command, [b"delegation", _highlighted()], own)
            (four,) = times_of(spacy, [rb"found \d+"], own)
            five, six = times_of(command, [b"delegation", _highlighted()], own)
            (seven,) = times_of([*command[:-1], str(book)], [b"delegation"], own)
            if run < 0:
                continue  # the first of each reads its files from disk
            for series, value in zip(
                (bare, first, fresh, script, seen_text, seen, long),
                (one, two, three, four, five, six, seven),
                strict=True,
            ):
                series.append(value)
    yield ratio("first text, against a bare Textual app", first, bare, 1.6)
    yield ratio("highlights of an article seen before, against its text", seen, seen_text, 1.2)
    yield ratio("highlights of 500 new words, against bare spaCy", fresh, script, 1.3)
    yield ratio("first text of 3 MB, against 3 kB", long, first, 1.5)
