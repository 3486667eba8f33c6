"""Mutations of valid files of every import format: each is read, or refused by one line, in bounded time and memory.

`READER_IMPORT_MUTATIONS=2000` tries that many per format instead of a few.
"""

from __future__ import annotations

import json
import os
import random
import zlib
from collections.abc import Callable, Sequence

import pytest

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.exchange import READERS, ExchangeError
from reader.exchange.importing.format_guess import guess_format
from reader.exchange.importing.import_decisions import decisions_for
from reader.exchange.importing.import_labels import LabelTable
from reader.exchange.importing.placement import place
from reader.exchange.importing.source_files import SourceFile
from reader.reading import Reading
from tests.exchange.annotated import reading_of
from tests.exchange.imported import ANNOTATION_FORMATS, exported_files
from tests.mutations import mutated, mutated_json, peak_memory

MUTATIONS = int(os.environ.get("READER_IMPORT_MUTATIONS", "25"))
MAX_MEMORY_GROWTH = 256 << 20
"""Bytes by which the mutations of one format may raise the peak of the process, which earlier tests may have raised."""

TEXT = "Lena Arkwright met Odd Tveit in 東京.\nTveit stayed."


def mutate_files(name: str, files: Sequence[SourceFile], rng: random.Random) -> list[SourceFile]:
    """Return files of which one was changed, most DocBins under their compression, most JSON in its values."""
    index = rng.randrange(len(files))
    data = files[index].data
    if name in ("prodigy", "doccano", "label-studio", "web-annotation") and rng.random() < 0.7:
        data = mutated_json(data, rng)
    elif name == "docbin" and rng.random() < 0.7:
        data = zlib.compress(mutated(zlib.decompress(data), rng))
    else:
        data = mutated(data, rng)
    return [file._replace(data=data) if number == index else file for number, file in enumerate(files)]


def import_in_memory(name: str, files: Sequence[SourceFile], document: Document) -> bool:
    """Read files up to the decisions they become; return whether they were refused by one line."""
    labels = LabelTable()
    try:
        items = list(READERS[name].read_annotations(files))
    except ExchangeError as error:
        message = str(error)
        assert message
        assert "\n" not in message
        return True
    for item in items:
        if item.has_text:
            decisions_for(item.annotated, Reading(item.annotated.document), labels)
        placed = place(item, document)
        if placed is not None:
            reading = Reading(document)
            result = decisions_for(placed.annotated, reading, labels)
            if result.decisions:
                reading.decide(*result.decisions)  # raises if one of them is invalid
    return False


@pytest.mark.parametrize("name", ANNOTATION_FORMATS)
def test_mutated_files_are_read_or_refused(name: str, record_property: Callable[[str, object], None]) -> None:
    if name == "uima":
        pytest.importorskip("cassis")
    rng = random.Random(name)
    document = Document(TEXT, plain_blocks(TEXT), "t", "t.txt")
    files = exported_files(name, reading_of())
    assert not import_in_memory(name, files, document)
    refused = 0
    peak = peak_memory()
    for _ in range(MUTATIONS):
        changed = mutate_files(name, files, rng)
        guess_format(changed)
        refused += import_in_memory(name, changed, document)
    growth = peak_memory() - peak
    assert growth < MAX_MEMORY_GROWTH
    record_property("refused", f"{refused} of {MUTATIONS}")
    print(f"{name}: {refused} of {MUTATIONS} refused, peak raised by {growth >> 20} MiB")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("prodigy", b"[" * 100_000),
        ("label-studio", b'{"a":' * 100_000),
        ("web-annotation", json.dumps({"items": [[[{"items": []}]]]}).encode()),
        ("docbin", zlib.compress(b"\0" * (200 << 20), 1)),
        ("conll", b"a O\n" * 200_000 + b"b\n"),
        ("brat", b"T1\tPer 0 " + b"9" * 5000 + b"\tx"),
        ("webanno", b"#FORMAT=WebAnno TSV 3.3\n#Text=a\n1-1\t99999999999-99999999999\ta\t_\n"),
        ("csv", b'text,label\n"' + b"a" * 200_000 + b'",x\n'),
    ],
)
def test_bombs_are_refused(name: str, data: bytes) -> None:
    files = [SourceFile("a.ann" if name == "brat" else "a", data), SourceFile("a.txt", b"")]
    with pytest.raises(ExchangeError):
        list(READERS[name].read_annotations(files if name == "brat" else files[:1]))
