from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Result, run_program

Reader = Callable[..., Result]


def test_jsonl_has_one_object_per_source_in_order(source: Path, cache_names: Callable[..., list[str]]) -> None:
    other_source = source.parent / "other.txt"
    other_source.write_text("Tallinn.\n")
    process = run_program("export", source, other_source, source, "--to", "jsonl", *cache_names(source, other_source))
    assert (process.returncode, process.stderr) == (0, b"")
    objects = [json.loads(line) for line in process.stdout.decode().splitlines()]
    assert [exported["document"]["source"] for exported in objects] == [str(source), str(other_source), str(source)]
    assert objects[0]["document"]["text"] == TEXT
    assert objects[0] == objects[2]
    assert objects[0]["model"] == {"name": "en_primed", "version": "1"}


def test_every_document_of_an_archive_is_exported(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("c.txt", "Tallinn again.")
        archive.writestr("d.txt", "Tallinn once more.")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("blank.txt", " \n")
        archive.writestr("b.zip", inner.getvalue())
    result = reader("export", path, "--to", "jsonl")
    documents = [json.loads(line)["document"] for line in result.out.splitlines()]
    assert [document["text"] for document in documents] == [TEXT, "Tallinn again.", "Tallinn once more."]
    assert [document["source"] for document in documents] == [
        f"{path}::a.txt",
        f"{path}::b.zip::c.txt",
        f"{path}::b.zip::d.txt",
    ]
    assert (result.code, result.err) == (1, f"reader: {path}::blank.txt: no text to read\n")


def test_output_is_utf_8_in_every_locale(
    source: Path, cache_names: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = source.parent / "tokyo.txt"
    path.write_text("Tallinn, 東京 🜁\n", "utf-8")
    options = cache_names(path)
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    process = run_program("export", path, "--to", "jsonl", *options)
    assert json.loads(process.stdout.decode("utf-8"))["document"]["text"] == "Tallinn, 東京 🜁\n"
    result = run_program("show", path, *options)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"Tallinn" in result.stdout


def test_an_export_can_be_written_to_a_file(reader: Reader, source: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    result = reader("export", source, "--to", "jsonl", "-o", path)
    assert result == (0, "", "")
    assert json.loads(path.read_text("utf-8"))["document"]["text"] == TEXT


def test_a_file_is_left_unchanged_if_there_is_nothing_to_write(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")
    assert reader("export", tmp_path / "none", "--to", "jsonl", "-o", path).code == 1
    assert path.read_text() == "before"


def test_a_file_that_cannot_be_written_gives_a_one_line_error(reader: Reader, source: Path, tmp_path: Path) -> None:
    result = reader("export", source, "--to", "jsonl", "-o", tmp_path / "no" / "such" / "folder")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("reader: cannot write ")
    assert result.err.count("\n") == 1


def test_values_are_exported_only_with_the_option_values(reader: Reader, source: Path) -> None:
    without_values = json.loads(reader("export", source, "--to", "jsonl").out)
    with_values = json.loads(reader("export", source, "--to", "jsonl", "--values").out)
    values = [mention for mention in with_values["mentions"] if mention not in without_values["mentions"]]
    assert [(value["text"], value["label"], value["entity"], value["origin"]) for value in values] == [
        ("Monday", "DATE", None, "rule")
    ]
    assert [mention for mention in with_values["mentions"] if mention not in values] == without_values["mentions"]
    assert with_values["entities"] == without_values["entities"]


def test_an_export_says_what_it_leaves_out(reader: Reader, source: Path, tmp_path: Path) -> None:
    result = reader("export", source, "--to", "patterns", "-o", tmp_path / "out.jsonl")
    assert result.code == 0
    assert "patterns leaves out the text, mentions, notes and tags, the history of decisions" in result.err
    assert "leaves out" not in reader("export", source, "--to", "jsonl").err


def test_a_folder_with_files_is_not_written_to(reader: Reader, source: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Tallinn.md").write_text("my own note")
    result = reader("export", source, "--to", "obsidian", "-o", vault)
    assert result.code == 1
    assert "is not empty; name a new folder" in result.err
    assert (vault / "Tallinn.md").read_text() == "my own note"
    assert reader("export", source, "--to", "obsidian", "-o", tmp_path / "new" / "vault").code == 0
    assert (tmp_path / "new" / "vault" / "Tallinn.md").exists()


def test_a_folder_format_needs_a_folder(reader: Reader, source: Path) -> None:
    result = reader("export", source, "--to", "brat")
    assert (result.code, result.out) == (1, "")
    assert "name one with -o" in result.err


def test_a_terminal_gets_no_binary_files(reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    result = reader("export", source, "--to", "docbin")
    assert (result.code, result.out) == (1, "")
    assert "name a file with -o" in result.err


@pytest.mark.parametrize("command", [("export", "--to", "jsonl"), ("entities",), ("mentions",), ("show",)])
def test_every_command_that_finds_names_takes_the_language(
    reader: Reader, source: Path, command: tuple[str, ...], cache_names: Callable[..., list[str]]
) -> None:
    pipeline = cache_names(source)
    assert "--language" not in reader(*command, source, *pipeline).err
    result = reader(*command, source, *pipeline, "--language", "fr")
    assert "--language says French, but en_primed reads English" in result.err
