"""How much of an article the loader of web pages keeps, what else it lets in, and its CPU time, beside trafilatura.

`python -m bench pages [--folder FOLDER] [--each]`: the folder has pages (`NAME.html`) and, next to each, what a reader
should see of it (`NAME.json`: lists of `paragraphs`, `headings`, `items`, `quotes` and `rows`, and the `title`). By
default these are the pages of the tests. Both extractors run in one process, by turns, so that their times can be
compared.
"""

from __future__ import annotations

import json
import re
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from reader.document import DocumentError
from reader.document.loaders.web.html import load_content
from reader.document.raw_source import RawSource

_DEFAULT_FOLDER: Final = Path(__file__).parents[1] / "tests/document/loaders/pages"
_KINDS: Final = ("paragraphs", "headings", "items", "quotes", "rows")
_WORD: Final = re.compile(r"\w+")
_RUNS: Final = 5
_MIN_PARAGRAPH: Final = 30
"""Code points of a paragraph that counts: shorter ones may occur on any page."""


@dataclass
class Score:
    """The results of one extractor over all pages."""

    common: int = 0
    extracted: int = 0
    expected: int = 0
    paragraphs: int = 0
    whole: int = 0
    titles: int = 0
    page_scores: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, text: str, title: str, page: dict[str, Any]) -> None:
        """Add the text and title extracted from a page."""
        expected = [line for kind in _KINDS for line in page.get(kind, ())]
        words, gold = Counter(_WORD.findall(text)), Counter(_WORD.findall(" ".join([page["title"], *expected])))
        common = (words & gold).total()
        self.common += common
        self.extracted += words.total()
        self.expected += gold.total()
        self.page_scores.append(2 * common / max(words.total() + gold.total(), 1))
        folded = _folded(text)
        long_paragraphs = [line for line in page.get("paragraphs", ()) if len(line) >= _MIN_PARAGRAPH]
        self.paragraphs += len(long_paragraphs)
        self.whole += sum(_folded(line) in folded for line in long_paragraphs)
        self.titles += _folded(title) == _folded(page["title"])

    def row(self, name: str) -> str:
        """Return the results as a line of the report."""
        precision, recall = self.common / max(self.extracted, 1), self.common / max(self.expected, 1)
        mean = sum(self.page_scores) / max(len(self.page_scores), 1)
        return (
            f"{name:12} words: P {precision:.3f}  R {recall:.3f}  F {mean:.4f} (mean of pages)  "
            f"paragraphs whole {self.whole}/{self.paragraphs}  titles {self.titles}/{len(self.page_scores)}  "
            f"{1000 * self.seconds / max(len(self.page_scores), 1):.2f} ms a page"
        )


def main() -> bool:
    """Print a line for each extractor and the ratio of their times. Return whether a page could not be read."""
    parser = ArgumentParser()
    parser.add_argument("--folder", type=Path, default=_DEFAULT_FOLDER)
    parser.add_argument("--each", action="store_true", help="print a line for each page too")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.html"))
    if not paths:
        print(f"{options.folder}: no pages")
        return True
    scores: dict[str, Score] = {name: Score() for name in _EXTRACTORS}
    failed = False
    ratios = []
    for path in paths:
        data, page = path.read_bytes(), json.loads(path.with_suffix(".json").read_text("utf-8"))
        seconds: dict[str, list[float]] = {name: [] for name in _EXTRACTORS}
        for run in range(_RUNS + 1):
            for name, extract in _EXTRACTORS.items():
                start = time.process_time()
                text, title = extract(data)
                if run:  # the first run imports modules and fills caches
                    seconds[name].append(time.process_time() - start)
        for name, extract in _EXTRACTORS.items():
            text, title = extract(data)
            scores[name].add(text, title, page)
            scores[name].seconds += median(seconds[name])
            failed = failed or (name == "reader" and not text)
        ratios.append(median(seconds["reader"]) / median(seconds["trafilatura"]))
        if options.each:
            marks = "  ".join(f"{name} {score.page_scores[-1]:.3f}" for name, score in scores.items())
            print(f"{path.stem:40.40} {marks}  CPU × {ratios[-1]:.2f}", flush=True)
    for name, score in scores.items():
        print(score.row(name), flush=True)
    total = scores["reader"].seconds / scores["trafilatura"].seconds
    print(f"CPU time of reader / trafilatura: {total:.2f} in all, {median(ratios):.2f} in the median of pages")
    return failed


def _read(data: bytes) -> tuple[str, str]:
    try:
        content = load_content(RawSource(data, "page.html"))
    except DocumentError:
        return "", ""
    return content.text, content.title


def _trafilatura(data: bytes) -> tuple[str, str]:
    from trafilatura import bare_extraction

    document = bare_extraction(data, include_comments=False, with_metadata=True)
    if document is None or isinstance(document, dict):
        return "", ""
    return document.text or "", document.title or ""


_EXTRACTORS: Final[dict[str, Callable[[bytes], tuple[str, str]]]] = {"trafilatura": _trafilatura, "reader": _read}


def _folded(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()
