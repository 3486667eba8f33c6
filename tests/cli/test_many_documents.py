"""Commands that take folders, patterns and files of many documents."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Result, run_program

Reader = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two documents and a file that cannot be read, and an archive of two documents."""
    folder = tmp_path / "papers"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (folder / "sub" / "b.txt").write_text("Nothing but Estonia.", "utf-8")
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as archive:
        archive.writestr("c.txt", "Tallinn again.")
        archive.writestr("d.txt", "Estonia again.")
    return folder


def test_one_document_is_printed_as_a_list_of_its_entities(reader: Reader, source: Path) -> None:
    assert json.loads(reader("entities", source, "--format", "json").out)[0]["id"] == "e1"


def test_a_file_that_cannot_be_read_is_reported_and_skipped(reader: Reader, folder: Path) -> None:
    result = reader("entities", folder, "--format", "json")
    assert [entry["source"] for entry in json.loads(result.out)] == [f"{folder}/a.txt", f"{folder}/sub/b.txt"]
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert f"{folder}/picture.txt" in result.err


def test_tables_and_rows_of_many_documents_name_their_sources(reader: Reader, folder: Path) -> None:
    path = folder.parent / "papers.zip"
    table = reader("mentions", path)
    assert [line for line in table.out.splitlines() if "papers.zip" in line] == [f"{path}::c.txt", f"{path}::d.txt"]
    rows = list(csv.DictReader(io.StringIO(reader("mentions", path, "--format", "csv").out)))
    assert [(row["source"], row["text"]) for row in rows] == [
        (f"{path}::c.txt", "Tallinn"),
        (f"{path}::d.txt", "Estonia"),
    ]


def test_documents_without_the_entity_are_left_out(reader: Reader, folder: Path) -> None:
    result = reader("mentions", folder / "*.txt", folder / "sub", "--entity", "WPC", "--format", "json")
    assert [entry["source"] for entry in json.loads(result.out)] == [f"{folder}/a.txt"]
    result = reader("mentions", folder / "sub", folder.parent / "papers.zip", "--entity", "WPC")
    assert (result.code, result.out, result.err) == (1, "", "reader: no entity is named WPC\n")


def test_an_empty_folder_is_an_error_of_one_line(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for command in (("export", "--to", "jsonl"), ("entities",), ("mentions",)):
        result = reader(*command, tmp_path / "empty")
        assert (result.code, result.err) == (1, f"reader: {tmp_path / 'empty'}: a folder without files\n")


def test_many_documents_are_the_same_whatever_the_number_of_processes(
    folder: Path, cache_names: Callable[..., list[str]]
) -> None:
    for number in range(12):
        (folder / f"n{number}.txt").write_text(f"Okonkwo left Tallinn on day {number}.", "utf-8")
    options = cache_names(*folder.glob("[an]*.txt"), folder / "sub" / "b.txt")
    for command in (("export", "--to", "jsonl"), ("export", "--to", "csv"), ("entities", "--format", "csv")):
        one = run_program(*command, folder, "--processes", "1", *options)
        two = run_program(*command, folder, "--processes", "2", *options)
        assert one == two or (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
        assert one.stdout.count(b"n11.txt") >= 1


@pytest.mark.skipif(sys.platform != "linux", reason="signals as on Linux")
def test_an_interrupt_ends_the_program_and_its_processes(tmp_path: Path, cache_names: Callable[..., list[str]]) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(300)]
    for path in paths:
        path.write_text(f"Tallinn {path.name}", "utf-8")
    command = [sys.executable, "-m", "reader", "export", *map(str, paths), "--to", "jsonl", *cache_names(*paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does for Ctrl+C
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process is left")


def test_a_number_of_processes_must_be_one(reader: Reader, source: Path) -> None:
    assert reader("entities", source, "--processes", "0").code == 2


def test_show_prints_each_document(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("id,text\n1,First words of Oslo\n2,Second words of Bergen\n")
    (tmp_path / "blank.txt").write_text(" ")
    result = reader("show", tmp_path, "--color", "never")
    assert result.code == 1
    assert "blank.txt: no text to read" in result.err
    assert 0 < result.out.index("First words") < result.out.index("Second words")
