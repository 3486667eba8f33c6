from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded
from reader.document import load
from reader.reading import Reading
from tests.cli.conftest import TEXT, Result

Reader = Callable[..., Result]


def _doccano(path: Path, text: str, *names: tuple[str, str], **more: object) -> Path:
    spans = [[text.index(name), text.index(name) + len(name), label] for name, label in names]
    path.write_text(json.dumps({"text": text, "label": spans, **more}))
    return path


def test_a_new_text_is_saved_opened_and_listed(reader: Reader, tmp_path: Path) -> None:
    names = [("Ada Quill", "PER"), ("Oslo", "Stadt"), ("Voss", "人物"), ("Monday", "DATE")]
    file = _doccano(tmp_path / "a.jsonl", "Ada Quill left Oslo for Voss on Monday.", *names, title="A trip", x=1)
    result = reader("import", file, "--label", "stadt=GPE")
    assert result.code == 0
    first_line, second_line = result.out.splitlines()
    assert first_line == "imported 4 decisions about 4 mentions in 1 document from doccano; 0 were already stored"
    assert second_line.startswith("  new: A trip  ")
    assert result.err.splitlines() == [
        "reader: labels mapped: PER as PERSON, Stadt as GPE, 人物 as MISC",
        "reader: left out: metadata fields (1)",
    ]
    source = second_line.removeprefix("  new: A trip  ")
    assert "Ada Quill" in reader("show", source).out
    with Store.open() as store:
        (recent,) = store.recent()
        assert (recent.title, recent.source) == ("A trip", source)
        reading = Reading(load(source), store)
    assert [mention.label for mention in reading.mentions] == ["PERSON", "GPE", "MISC", "DATE"]
    again = reader("import", file, "--label", "stadt=GPE")
    assert again.out.splitlines()[0].startswith("imported 0 decisions about 4 mentions in 1 document from doccano; 4")
    assert "  known: A trip" in again.out


def test_a_known_text_keeps_its_file_and_its_own_mentions(reader: Reader, source: Path, tmp_path: Path) -> None:
    document = load(str(source))
    start = TEXT.index("World Port")
    with Store.open() as store:
        store.remember(document, 7)
        store.append(document, [MentionAdded(start, start + len("World Port Council (WPC)"), "ORG")])
    file = _doccano(tmp_path / "a.jsonl", TEXT, ("World Port Council", "ORG"), ("Estonia", "GPE"))
    result = reader("import", file)
    assert f"  known: The harbor inquiry  {source}" in result.out
    with Store.open() as store:
        reading = Reading(document, store)
        assert {TEXT[mention.start : mention.end] for mention in reading.mentions} == {
            "World Port Council (WPC)",
            "World Port Council",
            "Estonia",
        }
        recalled = store.recall(document)
        assert recalled is not None
        assert recalled.position == 7


def test_annotations_are_laid_over_a_changed_document(reader: Reader, source: Path, tmp_path: Path) -> None:
    old = TEXT.replace("Nobody from Estonia answered.", "Oslo was silent.")
    file = _doccano(tmp_path / "a.jsonl", old, ("WPC", "ORG"), ("Oslo", "GPE"))
    result = reader("import", file, "--onto", source)
    assert result.code == 0
    assert result.err == "reader: left out: mentions that have no certain position in this text (1)\n"
    assert f"known: The harbor inquiry  {source}" in result.out
    with Store.open() as store:
        reading = Reading(load(str(source)), store)
        assert [TEXT[mention.start : mention.end] for mention in reading.mentions] == ["WPC"]


def test_an_export_is_imported_elsewhere(reader: Reader, source: Path, tmp_path: Path) -> None:
    reader("export", source, "--to", "web-annotation", "-o", tmp_path / "a.jsonld")
    assert "the file does not have the text that it annotates" in reader("import", tmp_path / "a.jsonld").err
    result = reader("import", tmp_path / "a.jsonld", "--onto", source)
    assert result.err == "reader: left out: machine-found mentions (8)\n"
    result = reader("import", tmp_path / "a.jsonld", "--onto", source, "--all")
    assert "about 8 mentions in 1 document from web-annotation" in result.out
    assert reader("export", source, "--to", "csv", "--decided").out.count("\n") == 1
    exported = reader("export", source, "--to", "csv").out
    assert exported.count("\n") == 9
    (tmp_path / "b.csv").write_text(exported)
    result = reader("import", "--all", tmp_path / "b.csv")
    assert "about 8 mentions in 1 document from csv" in result.out  # by its digest


def test_logs_of_unknown_documents_are_opened_from_saved_texts(
    reader: Reader, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open() as store:
        store.append(load(str(source)), [MentionAdded(0, 3, "ORG")])
    reader("export", source, "--to", "jsonl", "-o", tmp_path / "a.jsonl")
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "elsewhere"))
    assert reader("import", tmp_path / "a.jsonl").out == (
        "imported 1 of 1 record about 1 document; 0 were already stored\n"
    )
    assert reader("import", tmp_path / "a.jsonl").out.startswith("imported 0 of 1 record")
    with Store.open() as store:
        (recent,) = store.recent()
        assert len(Reading(load(recent.source), store).mentions) == 1


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("", (), "the file is empty"),
        ("What is this?\n", (), "the format is not known; name it with --from FORMAT"),
        ("{", ("--from", "doccano"), "line 1 is not JSON"),
        ('{"text": "Ada"}\n{"x": 1}\n', ("--from", "prodigy"), "line 2 has no “text”"),
        ("Ada left\n", ("--from", "conll"), "no column with tags such as B-PER and O"),
        ("Ada", ("--from", "docbin"), "not a spaCy DocBin, or it is damaged"),
        ("Ada", ("--from", "webanno"), "is not WebAnno TSV 3"),
        ("Ada", ("--from", "brat"), "no .ann file"),
        ("{}", ("--from", "label-studio"), "line 1 has no text"),
        ("a,b\n", ("--from", "csv"), "has no column “text”"),
        ("{}", ("--from", "web-annotation"), "has no web annotations"),
        ('{"text": "Ada", "label": []}', ("--onto", "missing.txt"), "missing.txt"),
        ('{"text": "Ada", "label": []}', ("--label", "PER"), "--label PER: not of the form FROM=TO"),
    ],
)
def test_bad_input_is_one_line_and_imports_nothing(
    reader: Reader, tmp_path: Path, content: str, arguments: tuple[str, ...], message: str
) -> None:
    file = tmp_path / "file"
    file.write_text(content)
    result = reader("import", file, *arguments)
    assert result.code == 1
    assert result.out == ""
    assert message in result.err
    assert len(result.err.splitlines()) == 1
    assert not (tmp_path / "dirs" / "data" / "imported").exists()


def test_one_bad_line_imports_nothing(reader: Reader, tmp_path: Path) -> None:
    file = _doccano(tmp_path / "a.jsonl", "Ada Quill left.", ("Ada Quill", "PERSON"))
    file.write_text(file.read_text() + "\n[]\n")
    result = reader("import", file)
    assert (result.code, result.err) == (1, f"reader: {file}: line 2 is not a JSON object\n")
    with Store.open() as store:
        assert not store.annotated()
        assert not store.recent()


def test_own_exports_may_be_larger_than_other_files(
    reader: Reader, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.exchange.importing import source_files

    monkeypatch.setattr(source_files, "MAX_BYTES", 100)
    file = _doccano(tmp_path / "b.jsonl", "Ada Quill left Oslo. " * 10, ("Oslo", "GPE"))
    assert "MB; split it first" in reader("import", file).err
    with Store.open() as store:
        store.append(load(str(source)), [MentionAdded(0, 3, "ORG")])
    reader("export", source, "--to", "jsonl", "-o", tmp_path / "a.jsonl")
    assert reader("import", tmp_path / "a.jsonl").out.startswith("imported 0 of 1 record")
