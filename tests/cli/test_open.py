from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.annotate import NullStore, Store
from reader.cli import arguments
from reader.cli.commands.reading import open as opening
from reader.document import Document, load
from reader.settings import Settings
from tests.cli.conftest import Result, run_program

Reader = Callable[..., Result]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Replace the app, and pretend that there is a terminal. Return the calls of the app."""
    calls: list[tuple[Any, ...]] = []

    def run(document: Document, store: Store, settings: Settings, *, model: str | None, first_offset: int) -> int:
        assert settings.theme == "dark"
        calls.append((document.source, type(store), model, first_offset))
        return 0

    def run_library(store: Store, settings: Settings, *, model: str | None, language: str) -> int:
        del settings
        calls.append((None, type(store), model, 0, language))
        return 0

    monkeypatch.setattr("reader.ui.run", run)
    monkeypatch.setattr("reader.ui.run_library", run_library)
    monkeypatch.setattr(opening, "is_terminal", lambda: True)
    monkeypatch.setattr(opening, "_terminal", contextlib.nullcontext)
    return calls


def test_a_document_is_opened_at_the_last_position(reader: Reader, source: Path, app: list[tuple[Any, ...]]) -> None:
    assert reader(source).code == 0
    store = Store.open()
    store.remember(load(str(source)), 21)
    store.close()
    assert reader("--model", "somewhere", source).code == 0
    assert reader(source, "--no-annotations").code == 0
    assert app == [
        (str(source), Store, None, 0),
        (str(source), Store, "somewhere", 21),
        (str(source), NullStore, None, 0),
    ]


def test_the_library_is_opened_without_a_source(reader: Reader, app: list[tuple[Any, ...]]) -> None:
    assert reader().code == 0
    assert reader("--language", "fr").code == 0
    assert app == [(None, Store, None, 0, ""), (None, Store, None, 0, "fr")]


def test_the_settings_can_name_the_pipeline(
    reader: Reader, source: Path, app: list[tuple[Any, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "config.toml").write_text('model = "set_here"\n', encoding="utf-8")
    assert reader(source).code == 0
    assert reader("--model", "named", source).code == 0
    assert [call[2] for call in app] == ["set_here", "named"]


def test_the_document_is_printed_on_a_dumb_terminal(
    reader: Reader, source: Path, app: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert "[Tallinn GPE]" in reader(source).out
    assert app == []


def test_the_library_is_printed_into_a_pipe() -> None:
    process = run_program()
    assert (process.returncode, process.stderr) == (0, b"")
    assert "The desert governor" in process.stdout.decode()


def test_a_file_with_the_name_of_a_command_can_be_opened(
    reader: Reader, tmp_path: Path, app: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "show").write_text("Tallinn waits.")
    monkeypatch.chdir(tmp_path)
    assert reader("./show").code == 0
    assert reader("--", "show").code == 0
    assert [call[0] for call in app] == ["./show", "show"]


@pytest.mark.parametrize(
    ("line", "command", "values"),
    [
        ("--model m show x", "show", {"model": "m", "sources": ["x"], "annotations": True}),
        ("--no-annotations entities x", "entities", {"annotations": False, "sources": ["x"]}),
        ("entities x --model=m", "entities", {"model": "m"}),
        ("-", "open", {"source": "-"}),
        ("export a b --to jsonl -o c", "export", {"sources": ["a", "b"], "output": "c"}),
        ("--model show x", "open", {"model": "show", "source": "x"}),
    ],
)
def test_the_command_is_the_first_argument_that_is_not_an_option(
    line: str, command: str, values: dict[str, object]
) -> None:
    module, parsed = arguments.parse(line.split())
    assert module.__name__.rpartition(".")[2] == command  # type: ignore[attr-defined]  # any module
    assert values.items() <= vars(parsed).items()
