from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from reader.annotate import Store
from reader.annotate.decisions import MentionConfirmed
from reader.document import Document
from reader.exchange import FORMATS
from reader.reading import Reading
from reader.ui.actions.export_path import default_path
from reader.ui.dialogs.base.input_line import InputLine
from reader.ui.dialogs.choosing.export_dialog import ExportDialog
from reader.ui.dialogs.choosing.question import Question
from reader.ui.dialogs.line_prompt import Prompt
from tests.ui.conftest import AppHarness, make_document
from tests.ui.screens.test_review_screen import settle

NAMES = list(FORMATS)


def document_in(folder: Path) -> Document:
    """Return the usual document, as if it was read from a file of a folder."""
    file = folder / "relief.txt"
    file.write_text("…")
    return replace(make_document(), source=str(file))


def contents(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text("utf-8")


def listed(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return [path.name for path in folder.iterdir()]


async def choose(pilot: Pilot[int], harness: AppHarness, name: str) -> None:
    """Open the dialog, choose a format, and go on to the question for the path."""
    await pilot.press("g", "x")
    await settle(pilot)
    assert isinstance(harness.app.screen, ExportDialog)
    await pilot.press(*["down"] * NAMES.index(name), "enter")
    await settle(pilot)
    assert isinstance(harness.app.screen, Prompt)


async def until_written(pilot: Pilot[int], harness: AppHarness) -> str:
    """Wait until the export has ended; return the message."""
    await settle(pilot)
    for _ in range(600):
        if not harness.screen.background_export.is_running and "…" not in harness.screen.message:
            break
        await asyncio.sleep(0.05)
    await pilot.pause()
    return harness.screen.message


async def test_an_export_is_what_the_screen_shows(store: Store, tmp_path: Path) -> None:
    harness = AppHarness(store, document=document_in(tmp_path))
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await settle(pilot)
        await choose(pilot, harness, "doccano")
        path = Path(harness.app.screen.query_one(InputLine).value)
        assert path == tmp_path / "relief.jsonl"
        await pilot.press("enter")
        assert await until_written(pilot, harness) == f"exported as doccano to {path}"
        spans = json.loads(contents(path))["label"]
        assert len(spans) == len(harness.reading.mentions)


async def test_only_decided_mentions_are_exported_if_asked_for(store: Store, tmp_path: Path) -> None:
    harness = AppHarness(store, document=document_in(tmp_path))
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await settle(pilot)
        mention = harness.reading.mentions[0]
        harness.reading.decide(MentionConfirmed(*mention[:3]))
        await pilot.press("g", "x")
        await settle(pilot)
        assert "all mentions" in str(harness.app.screen.query_one(".export--scope", Static).render())
        await pilot.press("d", *["down"] * NAMES.index("conll"), "enter")
        await settle(pilot)
        await pilot.press("enter")
        await until_written(pilot, harness)
        rows = (tmp_path / "relief.conll").read_text("utf-8")
        assert rows.count(" B-") == 1
        await pilot.press("g", "x")  # begins with what was chosen last
        await settle(pilot)
        assert "only mentions that a person decided" in str(
            harness.app.screen.query_one(".export--scope", Static).render()
        )
        assert "Leaves out: mentions inside" in str(harness.app.screen.query_one(".export--preview", Static).render())
        await pilot.press("escape")


async def test_the_preview_says_what_each_format_leaves_out(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("g", "x")
        await settle(pilot)
        preview = harness.app.screen.query_one(".export--preview", Static)
        for entry in FORMATS.values():
            shown = str(preview.render())
            assert shown.startswith(entry.description)
            assert all(words in shown for words in entry.omits) or "Leaves out nothing" in shown
            await pilot.press("j")
            await pilot.pause()


async def test_no_file_is_replaced_without_a_question(store: Store, tmp_path: Path) -> None:
    harness = AppHarness(store, document=document_in(tmp_path))
    taken = tmp_path / "taken.csv"
    taken.write_text("mine")
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await settle(pilot)
        for key, content in (("a", "mine"), ("r", "document,source")):
            await choose(pilot, harness, "csv") if key == "a" else None
            harness.app.screen.query_one(InputLine).value = str(taken)
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(harness.app.screen, Question)
            await pilot.press(key)
            await settle(pilot)
            if key == "r":
                assert await until_written(pilot, harness) == f"exported as csv to {taken}"
            assert taken.read_text("utf-8").startswith(content)


async def test_folders_are_new_and_failures_leave_nothing(store: Store, tmp_path: Path) -> None:
    harness = AppHarness(store, document=document_in(tmp_path))
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await settle(pilot)
        await choose(pilot, harness, "brat")
        assert harness.app.screen.query_one(InputLine).value == str(tmp_path / "relief-brat")
        await pilot.press("enter")
        await until_written(pilot, harness)
        assert sorted(path.suffix for path in (tmp_path / "relief-brat").iterdir()) == [".ann", ".conf", ".txt"]
        await pilot.press("g", "x", "enter")
        await settle(pilot)
        harness.app.screen.query_one(InputLine).value = str(tmp_path / "relief-brat")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(harness.app.screen, Question)
        assert "replace" not in "\n".join(harness.rows())
        await pilot.press("enter")
        await settle(pilot)
        harness.app.screen.query_one(InputLine).value = str(tmp_path / "missing" / "out")
        await pilot.press("enter")
        message = await until_written(pilot, harness)
        assert message.startswith("not exported: cannot write ")
        assert "No such file or directory" in message
        assert "missing" not in listed(tmp_path)
        assert not [name for name in listed(tmp_path) if name.startswith(".")]


async def test_typing_finds_a_format_and_end_goes_to_the_last(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("g", "x", *"html")
        await settle(pilot)
        screen = "\n".join(harness.rows())
        assert "/html" in screen
        assert "a standalone page" in screen
        assert "jsonl" not in screen
        await pilot.press("x")
        await settle(pilot)
        assert "No format has “htmlx”." in "\n".join(harness.rows())
        await pilot.press("enter", *["backspace"] * 5, "end")
        await settle(pilot)
        dialog = harness.app.screen
        assert isinstance(dialog, ExportDialog)
        assert dialog._rows.cursor == len(NAMES) - 1
        await pilot.press("g", "/", *"md", "enter")
        await settle(pilot)
        assert isinstance(harness.app.screen, Prompt)
        assert harness.app.screen.query_one(InputLine).value.endswith(".md")


async def test_leaving_the_dialog_exports_nothing(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await choose(pilot, harness, "html")
        await pilot.press("escape")
        await settle(pilot)
        assert harness.screen.message == "nothing was exported"
        await pilot.press("g", "x", "q", "escape")
        await settle(pilot)
        assert not isinstance(harness.app.screen, ExportDialog)
        assert not harness.screen.background_export.is_running


def test_default_paths_are_free_and_beside_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "a.html"
    file.write_text("…")
    document = replace(make_document(), source=str(file))
    assert default_path(Reading(document), "csv") == tmp_path / "a.csv"
    assert default_path(Reading(document), "html") == tmp_path / "a-html.html"
    (tmp_path / "a.csv").write_text("")
    assert default_path(Reading(document), "csv") == tmp_path / "a-2.csv"
    for source in ("-", "", "https://example.org/a", str(tmp_path / "gone.txt")):
        assert default_path(Reading(replace(document, source=source)), "markdown") == Path("Relief reaches Tarn.md")


async def test_formats_are_described_where_they_are_chosen(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 30)) as pilot:
        await pilot.press("g", "x")
        await pilot.pause()
        assert any("docbin" in row and "spaCy DocBin to train pipelines" in row for row in harness.rows())
