"""Words recognized a second, and what the program adds to the bare pipeline; processor time, one thread."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.report import Row, ratio
from reader.document import BlockKind, Document, load

_ROOT: Final = Path(__file__).parent.parent
_TEXTS: Final = ("seeds/*.txt", "seeds/*.html", "seeds/*.md", "tests/articles/*.txt")
"""Articles with names in them."""
_MICROSECONDS: Final = 100.0
"""A word: 10,000 words a second."""


def measure(runs: int = 5) -> Iterator[Row]:
    """Yield the rows: time a word, and the ratio to the bare pipeline."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # before NumPy is imported
    from reader.recognize.models.find import BUNDLED
    from reader.recognize.process.analysis import load_recognizer, recognize

    recognizer = load_recognizer()
    import spacy

    nlp = spacy.load(BUNDLED)
    documents = list(_documents())
    texts = [text for document in documents for text in _blocks(document)]
    words = sum(len(text.split()) for text in texts)

    def bare() -> Any:
        return [len(doc.ents) for doc in nlp.pipe(texts, batch_size=64)]

    def whole() -> Any:
        return [len(recognize(document, recognizer)) for document in documents]

    whole(), bare()
    times = [(_time(whole), _time(bare)) for _ in range(runs)]
    ours, base = [t[0] for t in times], [t[1] for t in times]
    mine, wall = median(t[0] for t in ours), median(t[1] for t in ours)
    detail = f"{words / mine:,.0f} words a second of processor time, {words / wall:,.0f} by the clock; {words:,} words"
    yield Row("recognizing a word, document pass included", mine / words * 1e6, _MICROSECONDS, "µs", detail)
    yield ratio("recognizing, against nlp.pipe alone", [t[0] for t in ours], [t[0] for t in base], 1.1)


def _documents() -> Iterator[Document]:
    for pattern in _TEXTS:
        for path in sorted(_ROOT.glob(pattern)):
            yield load(str(path))


def _blocks(document: Document) -> Iterator[str]:
    for block in document.blocks:
        text = document.text[block.start : block.end].replace("\n", " ")
        if block.kind is not BlockKind.CODE and not text.isspace():
            yield text


def _time(work: Callable[[], Any]) -> tuple[float, float]:
    """Return seconds of processor time and by the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - clock
