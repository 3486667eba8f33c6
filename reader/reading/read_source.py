"""Reads a source as a whole: loads the document, finds its names and merges them, in this process."""

from __future__ import annotations

from reader.annotate import NullStore
from reader.annotate.loading_choices import saved_choices
from reader.reading.document_reading import Reading


def read(source: str, *, model: str | None = None, annotations: bool = True) -> Reading:
    """Load a document, find its names and merge them.

    Args:
        source: A path, a URL, or "-" for standard input.
        model: The name of an installed spaCy pipeline or the path of one; None for the bundled one.
        annotations: Whether to apply stored decisions and to store new ones.

    Raises:
        DocumentError: The source cannot be read.
        RecognizerError: The pipeline is missing, broken or failed.
        StoreError: The stored decisions cannot be read.
    """
    from reader.annotate import Store
    from reader.document import load
    from reader.document.load_options import LoadOptions

    store = Store.open() if annotations else NullStore()
    reading = Reading(load(source, LoadOptions(saved=saved_choices(store))), store)
    if not reading.store.readable and reading.store.error is not None:
        raise reading.store.error
    analyze(reading, model)
    return reading


def analyze(reading: Reading, model: str | None = None) -> None:
    """Find the names of a document in this process, or take them from the cache.

    Raises:
        RecognizerError: The pipeline is missing, broken or failed.
    """
    from reader.recognize import mentions_of

    analysis = mentions_of(reading.document, model)
    reading.model_name, reading.model_version = analysis.model_name, analysis.model_version
    reading.notice = analysis.notice
    reading.set_recognized(analysis.mentions)
