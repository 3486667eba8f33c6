from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import NamesSame
from reader.annotate.storage.store import STORE_FILE
from reader.cli.command_list import COMMANDS as COMMAND_LIST
from reader.cli.command_list import DOCUMENT_OPTIONS
from reader.directories import data_dir
from reader.document import load
from reader.resolve import Name
from tests.cli.conftest import Result, run_program

Reader = Callable[..., Result]
COMMANDS = [["show"], ["entities"], ["mentions"], ["export", "--to", "jsonl"], []]


def _is_one_line(err: str) -> bool:
    return err.startswith("reader: ") and err.count("\n") == 1 and err.endswith("\n")


@pytest.fixture(params=["missing", "directory", "empty", "blank", "binary", "forbidden"])
def bad_source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.txt"
    match request.param:
        case "directory":
            path.mkdir()
        case "empty":
            path.touch()
        case "blank":
            path.write_text(" \n\n\t\n")
        case "binary":
            path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8)
        case "forbidden":
            path.write_text("Tallinn")
            path.chmod(0)
            if os.access(path, os.R_OK):
                pytest.skip("this user can read every file")
    return path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0] if command else "open")
def test_a_source_that_cannot_be_read_gives_a_one_line_error(
    command: list[str], bad_source: Path, reader: Reader
) -> None:
    result = reader(*command, bad_source)
    assert result.code == 1
    assert result.out == ""
    assert _is_one_line(result.err), result.err
    assert bad_source.name in result.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0] if command else "open")
def test_empty_standard_input_gives_a_one_line_error(command: list[str]) -> None:
    process = run_program(*command, "-")
    assert (process.returncode, process.stdout) == (1, b"")
    assert _is_one_line(process.stderr.decode())


@pytest.mark.parametrize("command", COMMANDS[1:4], ids=lambda command: command[0])
@pytest.mark.parametrize("defect", ["missing", "file", "empty folder", "damaged", "unknown package"])
def test_a_broken_pipeline_gives_a_one_line_error(
    command: list[str], defect: str, reader: Reader, source: Path, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    if defect == "file":
        model.write_text("x")
    elif defect != "missing":
        model.mkdir()
    if defect == "damaged":
        (model / "meta.json").write_text('{"lang": "en", "name": "x"}')
        (model / "config.cfg").write_text("[nlp]\nlang = 3\n")
    result = reader(*command, source, "--model", "no_such_package" if defect == "unknown package" else model)
    assert (result.code, result.out) == (1, "")
    assert _is_one_line(result.err), result.err


def test_an_export_skips_a_source_that_cannot_be_read(reader: Reader, source: Path) -> None:
    result = reader("export", source, source.parent / "none.txt", source, "--to", "jsonl")
    assert result.code == 1
    assert result.out.count('"schema"') == 2
    assert _is_one_line(result.err)


@pytest.mark.parametrize(
    "line",
    [
        "show", "history a b", "export a", "export a --to docx", "entities a --format xml", "--nonsense", "a b",
        "show a --width 3", "show a --width wide", "doctor now",
    ],
)  # fmt: skip
def test_wrong_usage_says_how_to_get_help(line: str, reader: Reader) -> None:
    result = reader(*line.split())
    assert (result.code, result.out) == (2, "")
    error, advice = result.err.splitlines()
    assert error.startswith("reader")
    assert advice.startswith("for help, run `reader")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("entites a", "there is no command entites; did you mean `reader entities`?"),
        ("a b", "`reader show` prints several"),
        ("--lang en a", "there is no option --lang; did you mean --language?"),
        ("--color always a", "there is no option --color\n"),
        ("toc a b c", "too many arguments: b c"),
        ("export a", "--to is jsonl, docbin, "),
        ("export a --to grapml", "argument --to: there is no grapml; did you mean graphml?"),
        ("watch shwo", "there is no shwo; did you mean show?"),
        ("show a --color purple", "argument --color: there is no purple; it is auto, always or never\n"),
        ("completion", "SHELL is bash, zsh or fish"),
        ("model", "ACTION is list, info, add, remove, evaluate or train"),
    ],
)
def test_wrong_usage_says_what_is_right(line: str, expected: str, reader: Reader) -> None:
    assert expected in reader(*line.split()).err


def test_two_documents_are_not_taken_for_a_misspelled_command(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "entites").touch()
    monkeypatch.chdir(tmp_path)
    assert "the app opens one document" in reader("entites", "a").err


@pytest.mark.parametrize("command", sorted(COMMAND_LIST))
def test_options_for_reading_documents_are_refused_without_effect(command: str, reader: Reader) -> None:
    result = reader(command, "--refresh", "--help")
    takes_it = "refresh" in DOCUMENT_OPTIONS.get(command, ())
    assert ("--refresh" in result.out) == takes_it
    assert result.code == 0
    if not takes_it:
        assert "there is no option --refresh" in reader("--refresh", command, *_ARGUMENTS.get(command, ())).err


_ARGUMENTS = {
    "import": ("x",), "profile": ("x",), "timeline": ("x",), "together": ("x", "y"), "restore": ("x",),
    "completion": ("bash",), "model": ("list",), "forget": ("x",),
}  # fmt: skip
"""The arguments that a command needs."""


def test_a_mistyped_command_is_suggested(reader: Reader) -> None:
    result = reader("docter")
    assert result.code == 1
    assert "did you mean `reader doctor`?" in result.err


def _store_decision(source: Path) -> Path:
    store = Store.open()
    store.append(load(str(source)), [NamesSame((Name("Estonia", "GPE"), Name("Tallinn", "GPE")), "Estonia")])
    store.close()
    assert store.saved
    return data_dir() / STORE_FILE


@pytest.mark.parametrize("command", COMMANDS[1:4], ids=lambda command: command[0])
def test_a_locked_store_is_an_error_unless_annotations_are_off(
    command: list[str], reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _store_decision(source)
    monkeypatch.setattr(Store, "open", staticmethod(lambda **_: _open_with_short_timeout(path)))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN EXCLUSIVE")
    result = reader(*command, source)
    assert (result.code, result.out) == (1, "")
    assert _is_one_line(result.err)
    assert "locked" in result.err
    assert "--no-annotations" in result.err
    assert reader(*command, source, "--no-annotations").code == 0
    assert "shown without" in reader("show", source).err
    connection.close()


_open_store = Store.open


def _open_with_short_timeout(path: Path) -> Store:
    return _open_store(path, busy_timeout=0.05)


def test_a_damaged_store_is_set_aside_and_reported(reader: Reader, source: Path) -> None:
    path = _store_decision(source)
    path.write_bytes(b"not a database at all" * 400)
    result = reader("show", source)
    assert result.code == 1
    assert "Tallinn" in result.out
    assert _is_one_line(result.err)
    damaged_files = [file for file in path.parent.iterdir() if "damaged" in file.name]
    assert [file.read_bytes()[:5] for file in damaged_files] == [b"not a"]
    assert str(damaged_files[0]) in result.err


def test_a_newer_store_is_reported_and_left_unchanged(reader: Reader, source: Path) -> None:
    path = _store_decision(source)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    result = reader("show", source)
    assert result.code == 0, "reading from a newer store is not an error"
    assert "Tallinn" in result.out
    assert _is_one_line(result.err)
    assert "newer" in result.err
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()


def test_a_database_of_another_program_is_left_unchanged(reader: Reader, source: Path) -> None:
    path = data_dir() / STORE_FILE
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    content = path.read_bytes()
    result = reader("entities", source)
    assert (result.code, result.out) == (1, "")
    assert _is_one_line(result.err)
    assert path.read_bytes() == content


def test_reading_does_not_create_a_store(reader: Reader, source: Path) -> None:
    for command in COMMANDS:
        assert reader(*command, source).code == 0
    assert not data_dir().exists()


def test_reading_works_in_a_read_only_directory(reader: Reader, source: Path) -> None:
    path = _store_decision(source)
    path.chmod(stat.S_IRUSR)
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        result = reader("entities", source)
    finally:
        path.parent.chmod(0o700)
    assert (result.code, result.err) == (0, "")
    assert "Tallinn ×2" in result.out


def test_a_full_disk_gives_a_one_line_error() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [sys.executable, "-m", "reader", "library"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert process.returncode == 1
    assert process.stderr == b"reader: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("redirections", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_are_not_an_error(redirections: str, tmp_path: Path) -> None:
    command = f'"$0" -m reader library {redirections}'
    process = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, cwd=tmp_path, check=False)
    assert (process.returncode, process.stderr) == (0, b"")


def test_closing_the_pipe_early_is_not_an_error(tmp_path: Path, cache_names: Callable[..., list[str]]) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"{number} They met in Tallinn again." for number in range(20_000)))
    command = [sys.executable, "-m", "reader", "show", str(path), *cache_names(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_an_interrupt_exits_without_a_message(reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reader.reading.analyze", interrupt)
    assert reader("show", source) == (130, "", "")
