"""Words recognized per second, and the cost on top of the bare pipeline; processor time, one thread."""

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
"""Documents with names in them."""
_MICROSECONDS: Final = 100.0
"""The budget per word: 10,000 words per second."""


def measure(runs: int = 5) -> Iterator[Row]:
    """Yield the rows: the time per word, and the ratio to the bare pipeline."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # before NumPy is imported
    from reader.recognize.models.find import BUNDLED
    from reader.recognize.process.analysis import load_recognizer, recognize

    recognizer = load_recognizer()
    import spacy

    nlp = spacy.load(BUNDLED)
    documents = list(_documents())
    texts = [text for document in documents for text in _blocks(document)]
    word_count = sum(len(text.split()) for text in texts)

    def run_pipeline() -> Any:
        return [len(doc.ents) for doc in nlp.pipe(texts, batch_size=64)]

    def run_reader() -> Any:
        return [len(recognize(document, recognizer, "en")) for document in documents]

    run_reader(), run_pipeline()
    times = [(_time(run_reader), _time(run_pipeline)) for _ in range(runs)]
    ours, base = [pair[0] for pair in times], [pair[1] for pair in times]
    processor_median = median(processor for processor, _ in ours)
    clock_median = median(clock for _, clock in ours)
    detail = (
        f"{word_count / processor_median:,.0f} words per second of processor time,"
        f" {word_count / clock_median:,.0f} by the clock; {word_count:,} words"
    )
    per_word = processor_median / word_count * 1e6
    yield Row("recognizing a word, document pass included", per_word, _MICROSECONDS, "µs", detail)
    ours_processor, base_processor = [processor for processor, _ in ours], [processor for processor, _ in base]
    yield ratio("recognizing, against nlp.pipe alone", ours_processor, base_processor, 1.1)


def _documents() -> Iterator[Document]:
    for pattern in _TEXTS:
        for path in sorted(_ROOT.glob(pattern)):
            yield load(str(path))


def _blocks(document: Document) -> Iterator[str]:
    for block in document.blocks:
        text = document.text[block.start : block.end].replace("\n", " ")
        if block.kind is not BlockKind.CODE and not text.isspace():
            yield text


def _time(task: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds that a task takes: processor time, and by the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    task()
    return time.process_time() - processor, time.perf_counter() - clock
