"""What the user chose about how a document is loaded holds in every command."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.annotate import Store
from reader.annotate.loading_choices import load_as_chosen, save_choices
from reader.cli.commands.reading import open as opening
from reader.document import Document, load
from reader.document.load_options import LoadChoices
from tests.cli.conftest import Result

Reader = Callable[..., Result]
TEXT = "Maria Okonkwo met the mayor of Łęgon in Tallinn, and nobody else from the county came to the same meeting.\n"
ARTICLE = "<p>The harbor board met for two hours on Monday and agreed on a plan for the northern quay.</p>" * 3
PAGE = f"<html><body><nav><a href='/'>Maria Okonkwo</a></nav><article>{ARTICLE}<p>Tallinn.</p></article></body></html>"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("iso8859-2"))
    return path


def choose(path: Path, choices: LoadChoices) -> None:
    document = load(str(path))
    with Store.open() as store:
        save_choices(store, document, document.choices, choices)


@pytest.mark.parametrize("command", [["show"], ["mentions"], ["export", "--to", "csv"]])
def test_commands_use_the_encoding_that_was_chosen(reader: Reader, path: Path, command: list[str]) -> None:
    assert "mayor of £êgon" in reader(*command, path).out
    choose(path, LoadChoices("iso8859-2"))
    assert "mayor of Łęgon" in reader(*command, path).out
    assert "mayor of £êgon" in reader(*command, "--encoding", "auto", path).out
    assert "mayor of Јкgon" in reader(*command, "--encoding", "cp1251", path).out
    assert "mayor of £êgon" in reader(*command, "--no-annotations", path).out


def test_an_imported_log_says_how_its_source_is_loaded(
    reader: Reader, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log.jsonl"
    document = load(str(path))
    with Store.open() as store:
        decisions = save_choices(store, document, document.choices, LoadChoices("iso8859-2"))
        store.append(load_as_chosen(str(path), store), decisions)
    assert reader("export", path, "--to", "jsonl", "-o", log).code == 0
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "elsewhere"))
    copy = tmp_path / "copy.txt"
    copy.write_bytes(path.read_bytes())
    assert "mayor of £êgon" in reader("show", copy).out
    assert reader("import", log).code == 0
    assert "mayor of Łęgon" in reader("show", copy).out
    choose(copy, LoadChoices("cp1251"))
    assert reader("import", log).code == 0
    assert "mayor of Јкgon" in reader("show", copy).out


def test_info_shows_what_was_chosen(reader: Reader, path: Path) -> None:
    facts = json.loads(reader("info", "--format", "json", path).out)
    assert (facts["encoding"], facts.get("chosen_encoding"), facts.get("all_text")) == ("cp1252", None, None)
    choose(path, LoadChoices("iso8859-2", all_text=True))
    facts = json.loads(reader("info", "--format", "json", path).out)
    assert (facts["encoding"], facts["chosen_encoding"], facts["all_text"]) == ("iso8859-2", "iso8859-2", True)
    assert "chosen encoding" in reader("info", path).out


def test_all_text_of_a_page_is_shown_on_request(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    names = ["--format", "json", path]
    assert "Okonkwo" not in reader("entities", *names).out
    assert "Okonkwo" in reader("entities", "--all-text", *names).out
    assert "Okonkwo" not in reader("entities", *names).out  # only the app remembers it
    choose(path, LoadChoices(all_text=True))
    assert "Okonkwo" in reader("entities", *names).out
    assert "Okonkwo" not in reader("entities", "--no-all-text", *names).out


def test_a_choice_makes_the_index_read_the_file_again(reader: Reader, path: Path) -> None:
    other = path.with_name("other.txt")
    other.write_text("Tallinn slept.")
    assert reader("index", path, other).out == "2 indexed, 0 unchanged\n"
    assert reader("search", "Łęgon").code == 1
    choose(path, LoadChoices("iso8859-2"))
    assert reader("index").out == "1 indexed, 1 unchanged\n"
    assert reader("search", "Łęgon").code == 0
    assert reader("index").out == "0 indexed, 2 unchanged\n"
    choose(path, LoadChoices("cp1250"))
    assert reader("index").out == "1 indexed, 1 unchanged\n"


def test_the_app_remembers_the_options_with_which_it_is_opened(
    reader: Reader, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []

    def run(document: Document, *_: Any, **__: Any) -> int:
        texts.append(document.text)
        return 0

    monkeypatch.setattr("reader.ui.run", run)
    monkeypatch.setattr(opening, "is_terminal", lambda: True)
    monkeypatch.setattr(opening, "_terminal", contextlib.nullcontext)
    assert reader("--encoding", "latin2", path).code == 0
    assert reader(path).code == 0
    assert texts == [TEXT, TEXT]
    assert "read the text as iso8859-2" in reader("history", path).out
    assert reader("--encoding", "auto", path).code == 0
    assert reader(path).code == 0
    assert texts[2:] == [load(str(path)).text] * 2
    with Store.open() as store:
        assert load_as_chosen(str(path), store).choices == LoadChoices()


def test_an_unknown_encoding_is_said_in_one_line(reader: Reader, path: Path) -> None:
    result = reader("show", "--encoding", "no-such", path)
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
