"""The same words give the same entities, however they are typeset."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from bench.typesetting import (
    TYPESETTINGS,
    UNDECIDABLE,
    Difference,
    difference_of,
    entities,
    normal_form,
    plain,
    texts_of,
)
from reader.document import Document, load
from reader.exchange import jsonl
from reader.names.normal import surface
from reader.reading import Reading
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.resources import resource_folder

SAMPLES = [*sorted(resource_folder("seeds").glob("*.txt")), Path(__file__).parent / "articles" / "astrid-maren.txt"]
FOLDER = os.environ.get("READER_TYPESETTING_TEXTS", "")
"""A folder of other texts (`.txt`, or `.jsonl` with a field `text`) whose normal forms are compared, if it is set."""


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", TYPESETTINGS)
def test_entities_do_not_depend_on_typesetting(sample: Path, kind: str, tmp_path: Path) -> None:
    source = plain(sample.read_text(encoding="utf-8"), tmp_path)
    expected = entities(source, tmp_path)
    assert expected
    assert entities(TYPESETTINGS[kind](source), tmp_path) == expected


@pytest.mark.skipif(not FOLDER, reason="READER_TYPESETTING_TEXTS names no folder")
@pytest.mark.parametrize("kind", TYPESETTINGS)
def test_the_normal_form_of_other_texts_does_not_depend_on_typesetting(kind: str, tmp_path: Path) -> None:
    decidable: list[str] = []
    undecidable: list[str] = []
    count = 0
    for path in sorted(path for path in Path(FOLDER).iterdir() if path.suffix in {".txt", ".jsonl"}):
        for number, text in enumerate(texts_of(path)):
            count += 1
            source = plain(text, tmp_path)
            difference = difference_of(normal_form(source, tmp_path), normal_form(TYPESETTINGS[kind](source), tmp_path))
            if difference is not Difference.NONE:
                (undecidable if difference in UNDECIDABLE else decidable).append(f"{path.name} {number}")
    assert count
    assert len(decidable) <= count // 1_000, decidable
    assert len(undecidable) <= count // 100, undecidable


def test_differences_are_told_apart() -> None:
    form = ["Ada Brill left. The boat - a cutter - was old.", "It sank."]
    assert difference_of(form, form) is Difference.NONE
    assert difference_of(form, ["Ada Brill left.", "The boat - a cutter - was old.", "It sank."]) in UNDECIDABLE
    assert difference_of(form, ["Ada Brill left. The boat - a cutter", "- was old.", "It sank."]) in UNDECIDABLE
    assert difference_of(form, ["Ada", "Brill left. The boat - a cutter - was old.", "It sank."]) not in UNDECIDABLE
    assert difference_of(form, ["Ada Brill left. The boat - a cutter - is old.", "It sank."]) is Difference.WORDS


@pytest.mark.parametrize("kind", ["40", "spaces", "soft-hyphens", "decomposed", "windows", "soft-line-ends"])
def test_an_export_has_the_text_of_every_mention(kind: str, tmp_path: Path) -> None:
    source = plain(SAMPLES[0].read_text(encoding="utf-8"), tmp_path)
    path = tmp_path / "typeset.txt"
    path.write_bytes(TYPESETTINGS[kind](source).encode("utf-8"))
    reading = Reading(load(str(path)))
    reading.set_recognized(recognize(reading.document, load_recognizer()))
    out = io.BytesIO()
    jsonl.write([reading], out, decided=False)
    exported = json.loads(out.getvalue())
    text = exported["document"]["text"]
    assert text == reading.document.text
    assert len(exported["mentions"]) > 100
    for mention in exported["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert surface(mention["text"]) in source


def test_a_document_is_not_altered(tmp_path: Path) -> None:
    text = "Ignacio Del\u00admonte met Conor O’Hara in Mar-\nseille."
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    document: Document = load(str(path))
    assert document.text == text
