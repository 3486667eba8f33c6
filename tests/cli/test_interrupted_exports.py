"""An export that was interrupted goes on with the documents that are not done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.cli.commands.exchange import export
from reader.reading import Reading
from tests.cli.conftest import Result, run_program

Reader = Callable[..., Result]
FORMATS = ("jsonl", "csv", "brat", "obsidian", "docbin", "graphml", "ftm")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of four documents, an archive of three, and a file that cannot be read."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("a", "b", "d", "e"):
        (folder / f"{name}.txt").write_text(f"Report {name}\n\nOkonkwo left Tallinn. Estonia waits.\n", "utf-8")
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        for name in ("x", "y", "z"):
            archive.writestr(f"{name}.txt", f"The WPC met in Tallinn, says {name}.")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    return folder


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    """Return a function that interrupts exports at a document, and returns the list of the documents that are read."""
    sources: list[str] = []
    make = export._Exported.__call__

    def at(count: int) -> list[str]:
        sources.clear()

        def exported(self: export._Exported, reading: Reading) -> object:
            if len(sources) == count:
                raise KeyboardInterrupt
            sources.append(Path(reading.document.source).name)
            return make(self, reading)

        monkeypatch.setattr(export._Exported, "__call__", exported)
        return sources

    return at


def contents(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of the files in a folder, by name."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name.replace(path.name, "out"): file.read_bytes() for file in files}


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_interrupted_export_goes_on(
    format_name: str, reader: Reader, folder: Path, tmp_path: Path, interrupted: Callable[[int], list[str]]
) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    arguments = ("export", folder, "--to", format_name, "--processes", "1")
    sources = interrupted(100)
    expected = reader(*arguments, "-o", whole)
    assert sources == ["a.txt", "b.txt", "c.zip::x.txt", "c.zip::y.txt", "c.zip::z.txt", "d.txt", "e.txt"]
    interrupted(4)
    stopped = reader(*arguments, "-o", out)
    assert (stopped.code, out.exists()) == (130, False)
    assert "4 documents are done; the same command goes on with the others" in stopped.err
    sources = interrupted(100)
    result = reader(*arguments, "-o", out)
    assert sources == ["c.zip::z.txt", "d.txt", "e.txt"]
    assert "4 documents are kept from an interrupted export; --rebuild reads all of them again" in result.err
    assert "picture.txt" in result.err
    assert result.code == expected.code
    assert contents(out) == contents(whole)
    sources = interrupted(100)
    assert "kept" not in reader(*arguments, "-o", tmp_path / "out").err


@pytest.mark.parametrize("change", ["text", "decision", "option", "rebuild", "general", "damage"])
def test_what_has_changed_is_read_again(
    change: str, reader: Reader, folder: Path, tmp_path: Path, interrupted: Callable[[int], list[str]]
) -> None:
    arguments = ["export", folder, "--to", "csv", "--processes", "1", "-o", tmp_path / "out"]
    interrupted(2)
    reader(*arguments)
    if change == "text":
        (folder / "a.txt").write_text("Report of Tallinn.")
    elif change == "decision":
        assert reader("import", aliases(tmp_path), "--from", "aliases", "--onto", folder / "a.txt").code == 0
    elif change == "general":
        assert reader("names", "add", "Orm Bay", "GPE").code == 0
    elif change == "damage":
        (file,) = (tmp_path / "dirs" / "cache" / "unfinished").glob("*.batch")
        file.write_bytes(file.read_bytes()[:400])
    else:
        arguments += ["--rebuild"] if change == "rebuild" else ["--values"]
    sources = interrupted(100)
    result = reader(*arguments)
    changed = {"text": "a.txt", "decision": "a.txt"}
    again = [changed[change]] if change in changed else ["a.txt", "b.txt"]
    assert [name for name in sources if name in ("a.txt", "b.txt")] == again
    assert ("kept" in result.err) == (len(again) == 1)


def aliases(folder: Path) -> Path:
    """Return a table that merges two names."""
    path = folder / "aliases.csv"
    path.write_text("entity,entity_id,label,alias,decided\nEstonia,1,GPE,Estonia,1\nEstonia,1,GPE,Tallinn,1\n")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="signals as on Linux")
@pytest.mark.parametrize("format_name", ["jsonl", "brat", "obsidian"])
def test_a_killed_export_goes_on(format_name: str, tmp_path: Path, cache_names: Callable[..., list[str]]) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number}.txt").write_text(f"Number {number}\n\nOkonkwo left Tallinn on day {number}.", "utf-8")
    options = ["--to", format_name, "--processes", "2", *cache_names(*folder.iterdir())]
    assert run_program("export", folder, "-o", tmp_path / "whole", *options).returncode == 0
    command = [sys.executable, "-m", "reader", "export", str(folder), "-o", str(tmp_path / "out"), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not any(
            path.stat().st_size > 5_000 for path in (tmp_path / "dirs" / "cache").glob("unfinished/*.batch")
        ):
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
    assert not (tmp_path / "out").exists()
    result = run_program("export", folder, "-o", tmp_path / "out", *options)
    assert b"kept from an interrupted export" in result.stderr
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert list((tmp_path / "dirs" / "cache").glob("unfinished/*")) == []
