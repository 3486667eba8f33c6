from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, Result, in_process_of_its_own

Reader = Callable[..., Result]


def test_one_object_per_source_in_order(article: Path, primed: Callable[..., list[str]]) -> None:
    other = article.parent / "other.txt"
    other.write_text("Tallinn.\n")
    done = in_process_of_its_own("export", article, other, article, "--to", "jsonl", *primed(article, other))
    assert (done.returncode, done.stderr) == (0, b"")
    objects = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [each["document"]["source"] for each in objects] == [str(article), str(other), str(article)]
    assert objects[0]["document"]["text"] == ARTICLE
    assert objects[0] == objects[2]
    assert objects[0]["model"] == {"name": "en_primed", "version": "1"}


def test_output_is_utf_8_whatever_the_locale(
    article: Path, primed: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = article.parent / "tokyo.txt"
    path.write_text("Tallinn, 東京 🜁\n", "utf-8")
    options = primed(path)
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    done = in_process_of_its_own("export", path, "--to", "jsonl", *options)
    assert json.loads(done.stdout.decode("utf-8"))["document"]["text"] == "Tallinn, 東京 🜁\n"
    shown = in_process_of_its_own("show", path, *options)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"Tallinn" in shown.stdout


def test_into_a_file(reader: Reader, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    result = reader("export", article, "--to", "jsonl", "-o", path)
    assert result == (0, "", "")
    assert json.loads(path.read_text("utf-8"))["document"]["text"] == ARTICLE


def test_a_file_is_left_alone_when_there_is_nothing_to_write(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")
    assert reader("export", tmp_path / "none", "--to", "jsonl", "-o", path).code == 1
    assert path.read_text() == "before"


def test_a_file_that_cannot_be_written_is_one_clear_line(reader: Reader, article: Path, tmp_path: Path) -> None:
    result = reader("export", article, "--to", "jsonl", "-o", tmp_path / "no" / "such" / "folder")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("reader: cannot write ")
    assert result.err.count("\n") == 1


def test_values_come_along_only_when_asked_for(reader: Reader, article: Path) -> None:
    plain = json.loads(reader("export", article, "--to", "jsonl").out)
    more = json.loads(reader("export", article, "--to", "jsonl", "--values").out)
    values = [each for each in more["mentions"] if each not in plain["mentions"]]
    assert [(each["text"], each["label"], each["entity"], each["origin"]) for each in values] == [
        ("Monday", "DATE", None, "rule")
    ]
    assert [each for each in more["mentions"] if each not in values] == plain["mentions"]
    assert more["entities"] == plain["entities"]
