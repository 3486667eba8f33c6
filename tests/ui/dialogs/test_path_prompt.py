"""Folders are read beside the keys: one that does not answer holds up nothing."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.ui.dialogs import path_prompt
from reader.ui.dialogs.base import path_completion
from reader.ui.dialogs.base.choice_rows import ChoiceRows
from reader.ui.dialogs.base.input_line import InputLine
from reader.ui.dialogs.path_prompt import PathPrompt
from tests.ui.conftest import AppHarness
from tests.ui.waiting import shown


class Gate:
    """Reads folders, and waits before it reads one called "slow"."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.folders: list[str] = []

    def read(self, folder: str) -> tuple[str, ...]:
        self.folders.append(folder)
        if folder.endswith("slow"):
            self.opened.wait()
        return path_completion_read(folder)


path_completion_read = path_completion.read_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("quay.txt", "slow/ferry.txt", "slow/fog.txt", "reports/one.txt"):
        path = tmp_path / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Words.")
    return tmp_path / "documents"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr(path_completion, "read_folder", gate.read)
    yield gate
    gate.opened.set()


class Asking:
    """An app that asks for a path."""

    def __init__(self, harness: AppHarness) -> None:
        self.app = harness.app
        self.answer: str | None = "not yet"

    @asynccontextmanager
    async def run(self) -> AsyncIterator[Pilot[int]]:
        async with self.app.run_test() as pilot:
            self.app.push_screen(PathPrompt("Open what?"), self._take)
            await shown(pilot, lambda: isinstance(self.app.screen, PathPrompt))
            yield pilot

    def _take(self, answer: str | None) -> None:
        self.answer = answer


@pytest.fixture
def asking(harness: AppHarness) -> Asking:
    return Asking(harness)


def line(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one(InputLine).value


def candidates(pilot: Pilot[int]) -> list[str]:
    return [Path(choice.text).name for choice in pilot.app.screen.query_one(ChoiceRows).choices]


async def test_keys_are_taken_while_a_folder_is_read(asking: Asking, folder: Path, gate: Gate) -> None:
    async with asking.run() as pilot:
        await pilot.press(*f"{folder}/slow/f")
        assert line(pilot) == f"{folder}/slow/f"
        assert candidates(pilot) == []
        gate.opened.set()
        await shown(pilot, lambda: candidates(pilot) == ["ferry.txt", "fog.txt"])


async def test_the_path_typed_last_is_offered_whichever_folder_is_read_first(
    asking: Asking, folder: Path, gate: Gate
) -> None:
    async with asking.run() as pilot:
        await pilot.press(*f"{folder}/slow/f", "ctrl+u", *f"{folder}/reports/")
        await shown(pilot, lambda: candidates(pilot) == ["one.txt"])
        gate.opened.set()
        await pilot.press("ctrl+u", *f"{folder}/q")
        await shown(pilot, lambda: candidates(pilot) == ["quay.txt"])


async def test_a_folder_is_read_once_while_a_name_is_typed(asking: Asking, folder: Path, gate: Gate) -> None:
    async with asking.run() as pilot:
        await pilot.press(*f"{folder}/")
        await shown(pilot, lambda: len(candidates(pilot)) == 3)
        gate.folders.clear()
        await pilot.press("q", "u", "a", "tab")
        assert candidates(pilot) == ["quay.txt"]
        assert line(pilot) == f"{folder}/quay.txt"
        assert gate.folders == []


async def test_keys_typed_after_tab_wait_for_the_folder(asking: Asking, folder: Path, gate: Gate) -> None:
    async with asking.run() as pilot:
        await pilot.press(*f"{folder}/slow/fe", "tab", "enter")
        assert asking.answer == "not yet"
        gate.opened.set()
        await shown(pilot, lambda: asking.answer == f"{folder}/slow/ferry.txt")


async def test_a_key_does_not_wait_forever(
    asking: Asking, folder: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(path_prompt, "_MOST_SECONDS", 0.01)
    async with asking.run() as pilot:
        await pilot.press(*f"{folder}/slow/fe", "down", "x")
        await shown(pilot, lambda: line(pilot) == f"{folder}/slow/fex")
        assert not gate.opened.is_set()
        await pilot.press("escape")
        await shown(pilot, lambda: asking.answer is None)


@pytest.mark.usefixtures("gate")
async def test_a_candidate_is_chosen_by_arrow_and_enter(asking: Asking, folder: Path) -> None:
    async with asking.run() as pilot:
        await pilot.press(*f"{folder}/r", "down", "enter")
        await shown(pilot, lambda: line(pilot) == f"{folder}/reports/")
        await pilot.press("down", "enter")
        await shown(pilot, lambda: asking.answer == f"{folder}/reports/one.txt")
