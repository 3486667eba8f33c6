"""Run commands in separate directories, with a recognizer that needs no pipeline."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.cli import main
from reader.document import load
from reader.recognize import Mention
from reader.recognize.models.find import identify
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process import analysis, cache

TEXT = """\
The harbor inquiry

The World Port Council (WPC) met in Tallinn on Monday. Maria Okonkwo, who chairs the WPC, said that Tallinn had waited
long enough.

“We asked three times,” Okonkwo told reporters. Nobody from Estonia answered.
"""
NAMES = {
    "World Port Council": "ORG",
    "WPC": "ORG",
    "Tallinn": "GPE",
    "Maria Okonkwo": "PERSON",
    "Okonkwo": "PERSON",
    "Estonia": "GPE",
    "John Smith": "PERSON",
}


class Result(NamedTuple):
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


class ListRecognizer:
    """A recognizer that finds exactly the names in `NAMES`."""

    name = "en_known"
    version = "1.2.3"

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """See `Recognizer.recognize`."""
        yield from map(find_names, texts)


def find_names(text: str) -> list[Mention]:
    """Return the mentions of the names in `NAMES`, in order. Longer names take precedence."""
    pattern = "|".join(rf"\b{re.escape(name)}\b" for name in sorted(NAMES, key=len, reverse=True))
    return [Mention(match.start(), match.end(), NAMES[match[0]]) for match in re.finditer(pattern, text)]


@pytest.fixture(autouse=True)
def _own_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("DATA", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"READER_{kind}_DIR", str(tmp_path / "dirs" / kind.lower()))
    for name in ("NO_COLOR", "COLORTERM", "COLORFGBG", "PAGER", "LESS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The path of a short document."""
    path = tmp_path / "harbor.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Return a function that runs a command in this process, with the names in `NAMES`."""
    identity = ModelIdentity("en_known", "1.2.3", "f" * 8, Path("nowhere"))
    monkeypatch.setattr(analysis, "identify", lambda model=None: identify(model) if model else identity)
    list_recognizer = ListRecognizer()
    load_recognizer = analysis.load_recognizer
    monkeypatch.setattr(
        analysis, "load_recognizer", lambda model=None: load_recognizer(model) if model else list_recognizer
    )

    def run(*arguments: str | Path) -> Result:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def cache_names(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that caches the names of documents for an empty pipeline, and returns the options to use it."""
    folder = tmp_path / "pipeline"
    folder.mkdir()
    (folder / "meta.json").write_text(json.dumps({"lang": "en", "name": "primed", "version": "1"}))
    (folder / "config.cfg").write_text("")

    def fill_cache(*sources: Path) -> list[str]:
        for source in sources:
            document = load(str(source))
            cache.store(document, identify(str(folder)), find_names(document.text))
        return ["--model", str(folder)]

    return fill_cache


def run_program(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, with its output in pipes."""
    return subprocess.run(
        [sys.executable, "-m", "reader", *map(str, arguments)], input=stdin, capture_output=True, check=False
    )
