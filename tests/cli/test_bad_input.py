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
from reader.directories import data_dir
from reader.document import load
from reader.resolve import Name
from tests.cli.conftest import Result, in_process_of_its_own

Reader = Callable[..., Result]
COMMANDS = [["show"], ["entities"], ["mentions"], ["export", "--to", "jsonl"], []]


def _is_one_line(err: str) -> bool:
    return err.startswith("reader: ") and err.count("\n") == 1 and err.endswith("\n")


@pytest.fixture(params=["missing", "directory", "empty", "blank", "binary", "forbidden"])
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
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
                pytest.skip("this user may read everything")
    return path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0] if command else "open")
def test_a_bad_source_is_one_clear_line(command: list[str], bad: Path, reader: Reader) -> None:
    result = reader(*command, bad)
    assert result.code == 1
    assert result.out == ""
    assert _is_one_line(result.err), result.err
    assert bad.name in result.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0] if command else "open")
def test_empty_standard_input(command: list[str]) -> None:
    done = in_process_of_its_own(*command, "-")
    assert (done.returncode, done.stdout) == (1, b"")
    assert _is_one_line(done.stderr.decode())


@pytest.mark.parametrize("command", COMMANDS[1:4], ids=lambda command: command[0])
@pytest.mark.parametrize("kind", ["missing", "file", "empty folder", "damaged", "unknown package"])
def test_a_broken_pipeline_is_one_clear_line(
    command: list[str], kind: str, reader: Reader, article: Path, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    if kind == "file":
        model.write_text("x")
    elif kind != "missing":
        model.mkdir()
    if kind == "damaged":
        (model / "meta.json").write_text('{"lang": "en", "name": "x"}')
        (model / "config.cfg").write_text("[nlp]\nlang = 3\n")
    result = reader(*command, article, "--model", "no_such_package" if kind == "unknown package" else model)
    assert (result.code, result.out) == (1, "")
    assert _is_one_line(result.err), result.err


def test_one_bad_source_does_not_keep_the_others_from_being_exported(reader: Reader, article: Path) -> None:
    result = reader("export", article, article.parent / "none.txt", article, "--to", "jsonl")
    assert result.code == 1
    assert result.out.count('"schema"') == 2
    assert _is_one_line(result.err)


@pytest.mark.parametrize(
    "line",
    [
        "show", "show a b", "export a", "export a --to docx", "entities a --format xml", "--nonsense", "a b",
        "show a --width 3", "show a --width wide", "doctor now",
    ],
)  # fmt: skip
def test_wrong_usage(line: str, reader: Reader) -> None:
    result = reader(*line.split())
    assert (result.code, result.out) == (2, "")
    assert "usage: reader" in result.err


def test_a_mistyped_command_is_recognized(reader: Reader) -> None:
    result = reader("docter")
    assert result.code == 1
    assert "did you mean `reader doctor`?" in result.err


def _keep_a_decision(article: Path) -> Path:
    store = Store.open()
    store.append(load(str(article)), [NamesSame((Name("Estonia", "GPE"), Name("Tallinn", "GPE")), "Estonia")])
    store.close()
    assert store.saved
    return data_dir() / STORE_FILE


@pytest.mark.parametrize("command", COMMANDS[1:4], ids=lambda command: command[0])
def test_a_locked_store_is_not_passed_over(
    command: list[str], reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _keep_a_decision(article)
    monkeypatch.setattr(Store, "open", staticmethod(lambda **_: _impatient(path)))
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    result = reader(*command, article)
    assert (result.code, result.out) == (1, "")
    assert _is_one_line(result.err)
    assert "locked" in result.err
    assert "--no-annotations" in result.err
    assert reader(*command, article, "--no-annotations").code == 0
    assert "shown without" in reader("show", article).err
    other.close()


_open = Store.open


def _impatient(path: Path) -> Store:
    return _open(path, busy_timeout=0.05)


def test_a_damaged_store_is_kept_aside_and_said(reader: Reader, article: Path) -> None:
    path = _keep_a_decision(article)
    path.write_bytes(b"not a database at all" * 400)
    result = reader("show", article)
    assert result.code == 1
    assert "Tallinn" in result.out
    assert _is_one_line(result.err)
    kept = [each for each in path.parent.iterdir() if "damaged" in each.name]
    assert [each.read_bytes()[:5] for each in kept] == [b"not a"]
    assert str(kept[0]) in result.err


def test_a_newer_store_is_left_alone_and_said(reader: Reader, article: Path) -> None:
    path = _keep_a_decision(article)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    result = reader("show", article)
    assert result.code == 0, "it is read, which is no fault"
    assert "Tallinn" in result.out
    assert _is_one_line(result.err)
    assert "newer" in result.err
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()


def test_another_programs_database_is_left_alone(reader: Reader, article: Path) -> None:
    path = data_dir() / STORE_FILE
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = path.read_bytes()
    result = reader("entities", article)
    assert (result.code, result.out) == (1, "")
    assert _is_one_line(result.err)
    assert path.read_bytes() == before


def test_reading_makes_no_store(reader: Reader, article: Path) -> None:
    for command in COMMANDS:
        assert reader(*command, article).code == 0
    assert not data_dir().exists()


def test_a_read_only_directory_is_no_fault_for_reading(reader: Reader, article: Path) -> None:
    path = _keep_a_decision(article)
    path.chmod(stat.S_IRUSR)
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        result = reader("entities", article)
    finally:
        path.parent.chmod(0o700)
    assert (result.code, result.err) == (0, "")
    assert "Tallinn ×2" in result.out


def test_a_full_disk() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reader", "library"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"reader: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams(closed: str, tmp_path: Path) -> None:
    command = f'"$0" -m reader library --no-annotations {closed}'
    done = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_whoever_leaves_early_hears_no_complaint(tmp_path: Path, primed: Callable[..., list[str]]) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"{number} They met in Tallinn again." for number in range(20_000)))
    command = [sys.executable, "-m", "reader", "show", str(path), *primed(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_an_interrupt_ends_quietly(reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reader.reading.analyze", interrupted)
    assert reader("show", article) == (130, "", "")
