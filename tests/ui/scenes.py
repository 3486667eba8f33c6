"""The screens and dialogs of the app with contents that never change, for tests of how they look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.pilot import Pilot

from reader.annotate import NullStore
from reader.document import load
from reader.library import tutorial
from reader.settings import Settings
from reader.ui.app import ReaderApp
from reader.ui.keys.keymap import default_keymap
from tests.ui.conftest import AppHarness, FixedRecognition
from tests.ui.screens.test_review_screen import reviewed

Keys = Sequence[str]


@dataclass(frozen=True)
class Scene:
    """A screen, and the keys that lead to it."""

    start: Callable[[str], ReaderApp]
    """Returns an app with a theme."""
    keys: Keys
    shows: str
    """Words that appear once the screen is complete."""
    needs_collection: bool = False
    """Whether the documents of the fixture `indexed` are a collection."""


def _reading(theme: str) -> ReaderApp:
    return AppHarness(NullStore(), settings=Settings(theme=theme)).app


def _in_doubt(theme: str) -> ReaderApp:
    document, mentions = reviewed()
    recognition = FixedRecognition(mentions)
    return AppHarness(NullStore(), document=document, recognition=recognition, settings=Settings(theme=theme)).app


def _start(theme: str) -> ReaderApp:
    return ReaderApp(NullStore(), default_keymap(), FixedRecognition(), settings=Settings(theme=theme))


def _tutorial(theme: str) -> ReaderApp:
    sample = tutorial()
    assert sample is not None
    document = replace(load(str(sample.path)), source="tutorial.md")
    return AppHarness(NullStore(), document=document, settings=Settings(theme=theme)).app


SCENES = {
    "text": Scene(_reading, (), "entities"),
    "text with details": Scene(_reading, ("]", "]", "]", "}"), "3 of 5"),
    "pane of details": Scene(_reading, ("]", "]", "g", "d"), "Harbor Relief Agency"),
    "pane of entities": Scene(_reading, ("g", "e", "j", "j", "m"), "marked"),
    "selection": Scene(_reading, ("J", "v", "w", "w"), "SELECT"),
    "search": Scene(_reading, ("/", "t", "h", "a", "n"), "than"),
    "jump labels": Scene(_reading, ("f",), "JUMP"),
    "label menu": Scene(_reading, ("]", "t"), "a person"),
    "menu": Scene(_reading, ("]", "g", "m"), "Confirm"),
    "palette": Scene(_reading, ("ctrl+p",), "next mention"),
    "palette without matches": Scene(_reading, ("ctrl+p", "q", "z", "q", "z"), "qzqz"),
    "help": Scene(_reading, ("?",), "Start here"),
    "move to": Scene(_reading, ("]", "e"), "Mira"),
    "go to entity": Scene(_reading, ("g", "/", "c"), "Castellan"),
    "note": Scene(_reading, ("]", "c"), "Note on"),
    "notes": Scene(_reading, ("g", "i"), "No notes yet"),
    "reasons": Scene(_in_doubt, ("]", "]", "]", "W"), "Reasons"),
    "history": Scene(_reading, ("]", "y", "g", "h"), "step"),
    "names in every document": Scene(_reading, ("g", "n"), "Nothing yet"),
    "message log": Scene(_reading, ("]", "y", "g", "l"), "Tarn"),
    "export": Scene(_reading, ("g", "x"), "JSON"),
    "themes": Scene(_reading, ("g", "C"), "color-blind-dark"),
    "contents": Scene(_reading, ("g", "O"), "Relief"),
    "watchlists": Scene(_reading, ("g", "w"), "watch add"),
    "zen": Scene(_reading, ("Z",), "Relief"),
    "tags": Scene(_reading, ("]", "I"), "ags"),
    "orphans": Scene(_reading, ("g", "o"), "ext"),
    "collection": Scene(_reading, ("g", "b"), "5 documents", needs_collection=True),
    "entities of the collection": Scene(_reading, ("g", "b", "tab"), "Castellan", needs_collection=True),
    "filter without documents": Scene(_reading, ("g", "b", "f", "%", "enter"), "No document", needs_collection=True),
    "open a file": Scene(_reading, ("g", "f", "s", "e", "e", "d", "s", "/", "d"), "desert-governor"),
    "profile": Scene(_reading, ("]", "]", "P"), "Timeline", needs_collection=True),
    "tutorial": Scene(_tutorial, (), "entities"),
    "review": Scene(_in_doubt, ("R",), "Brill"),
    "start": Scene(_start, (), "desert governor"),
    "help of the collection": Scene(_start, ("?",), "Open the document or"),
}


async def play(scene: Scene, pilot: Pilot[Any]) -> None:
    """Go to the screen of a scene."""
    await pilot.pause()
    for key in scene.keys:
        await pilot.press(key)
    for _ in range(200):
        await pilot.pause()
        if scene.shows in "\n".join(rows_of(pilot)):
            await pilot.pause()
            return
        await asyncio.sleep(0.01)
    raise AssertionError("\n".join(rows_of(pilot)))


def rows_of(pilot: Pilot[Any]) -> list[str]:
    """Return the text of the rows of the screen."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]
