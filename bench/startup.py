"""From the start of the program to text and to highlights on the screen, against minimal programs.

What one process does is compared by its processor time, which other work on the machine changes little.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.harness.output_times import output_times
from bench.report import Row, ratio
from reader.display.colors.labels import look_of
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
import reader.recognize.network.tagger  # the components of the bundled pipeline
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
"""The length of the long text in characters."""
_NAME: Final = "World Bank"


def generated_text(number: int, word_count: int = _WORDS) -> str:
    """Return a text of about `word_count` words that differs from those of other numbers."""
    paragraph_count = word_count // len(_PARAGRAPH.split()) - 1
    paragraphs = [f"In week {number + week} it began again. {_PARAGRAPH}" for week in range(paragraph_count)]
    return "\n\n".join([f"Quillwort {number} is what this text is called.", _PARAGRAPH, *paragraphs]) + "\n"


def _highlighted() -> bytes:
    """Return a pattern for the escape sequence of the color of an organization, followed by its name."""
    color = look_of("ORG").dark.lstrip("#")
    parts = ";".join(str(int(color[i : i + 2], 16)) for i in (0, 2, 4))
    return rf"38;2;{parts}[\d;]*m{_NAME}".encode()


def measure(runs: int = 7) -> Iterator[Row]:
    """Yield the rows. The programs run in turn, so that a disturbance affects all of them."""
    bare_app: list[float] = []
    new_highlights: list[float] = []
    bare_spacy: list[float] = []
    cached_text: list[float] = []
    cached_highlights: list[float] = []
    long_text: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        book = work / "book.txt"
        book.write_text(generated_text(0, word_count=_LONG // 6), "utf-8")
        directories = {f"READER_{kind}_DIR": str(work / kind) for kind in ("DATA", "CACHE", "CONFIG")}
        for run in range(-1, runs):
            path = work / f"{run}.txt"
            path.write_text(generated_text(run), "utf-8")
            command = [sys.executable, "-m", "reader", str(path)]
            spacy_command = [sys.executable, "-c", _BARE_SPACY, str(BUNDLED), str(path)]
            patterns = [b"delegation", _highlighted()]
            times = [
                *output_times([sys.executable, "-c", _BARE_APP], [b"Quillwort"], directories, processor=True),
                *output_times(command, patterns, directories),
                *output_times(spacy_command, [rb"found \d+"], directories),
                *output_times(command, patterns, directories, processor=True),
                *output_times([*command[:-1], str(book)], [b"delegation"], directories, processor=True),
            ]
            if run < 0:
                continue  # the first run of each program reads its files from disk
            for series, seconds in zip(
                (bare_app, [], new_highlights, bare_spacy, cached_text, cached_highlights, long_text),
                times,
                strict=True,
            ):
                series.append(seconds)
    yield ratio("first text, against a bare Textual app", cached_text, bare_app, 1.45)
    yield ratio("highlights of a cached document, against its text", cached_highlights, cached_text, 1.15)
    yield ratio("highlights of 500 new words, against bare spaCy", new_highlights, bare_spacy, 1.3)
    yield ratio("first text of 3 MB, against 3 kB", long_text, cached_text, 1.3)
