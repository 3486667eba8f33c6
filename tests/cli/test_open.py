from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.annotate import NullStore, Store
from reader.cli import arguments
from reader.cli.commands import open as opening
from reader.document import Document, load
from reader.settings import Settings
from tests.cli.conftest import Result, in_process_of_its_own

Reader = Callable[..., Result]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Stand in for the app, and for a terminal; return what it was called with."""
    calls: list[tuple[Any, ...]] = []

    def run(document: Document, store: Store, settings: Settings, *, model: str | None, first_offset: int) -> int:
        assert settings.theme == "dark"
        calls.append((document.source, type(store), model, first_offset))
        return 0

    def run_library(store: Store, settings: Settings, *, model: str | None) -> int:
        del settings
        calls.append((None, type(store), model, 0))
        return 0

    import contextlib

    monkeypatch.setattr("reader.ui.run", run)
    monkeypatch.setattr("reader.ui.run_library", run_library)
    monkeypatch.setattr(opening, "is_terminal", lambda: True)
    monkeypatch.setattr(opening, "_terminal", contextlib.nullcontext)
    return calls


def test_a_source_is_opened_where_it_was_left(reader: Reader, article: Path, app: list[tuple[Any, ...]]) -> None:
    assert reader(article).code == 0
    store = Store.open()
    store.remember(load(str(article)), 21)
    store.close()
    assert reader("--model", "somewhere", article).code == 0
    assert reader(article, "--no-annotations").code == 0
    assert app == [
        (str(article), Store, None, 0),
        (str(article), Store, "somewhere", 21),
        (str(article), NullStore, None, 0),
    ]


def test_without_a_source_the_library_is_opened(reader: Reader, app: list[tuple[Any, ...]]) -> None:
    assert reader().code == 0
    assert app == [(None, Store, None, 0)]


def test_the_pipeline_may_come_from_the_settings(
    reader: Reader, article: Path, app: list[tuple[Any, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "config.toml").write_text('model = "set_here"\n', encoding="utf-8")
    assert reader(article).code == 0
    assert reader("--model", "named", article).code == 0
    assert [call[2] for call in app] == ["set_here", "named"]


def test_a_dumb_terminal_gets_the_printed_document(
    reader: Reader, article: Path, app: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert "[Tallinn GPE]" in reader(article).out
    assert app == []


def test_into_a_pipe_the_library_is_printed() -> None:
    done = in_process_of_its_own()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "The desert governor" in done.stdout.decode()


def test_a_file_that_is_called_like_a_command(
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
        ("--model m show x", "show", {"model": "m", "source": "x", "annotations": True}),
        ("--no-annotations entities x", "entities", {"annotations": False, "source": "x"}),
        ("entities x --model=m", "entities", {"model": "m"}),
        ("-", "open", {"source": "-"}),
        ("export a b --to jsonl -o c", "export", {"sources": ["a", "b"], "output": "c"}),
        ("--model show x", "open", {"model": "show", "source": "x"}),
    ],
)
def test_the_command_is_the_first_word_that_is_no_option(line: str, command: str, values: dict[str, object]) -> None:
    module, parsed = arguments.parse(line.split())
    assert module.__name__ == f"reader.cli.commands.{command}"  # type: ignore[attr-defined]  # any module
    assert values.items() <= vars(parsed).items()
