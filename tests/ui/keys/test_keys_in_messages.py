"""Messages name the keys of the keymap: after a change of the keymap they name the new keys."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

import reader.ui
from reader.annotate import Store
from reader.ui.keys.commands import COMMANDS, COMMANDS_BY_ID
from reader.ui.keys.keymap import Keymap, build_keymap
from reader.ui.screens.base.command_screen import CommandScreen
from tests.ui.conftest import AppHarness

ROOM = Path(reader.ui.__file__).parent
FIXED_KEYS = ("dialogs",)
"""Folders whose messages name keys that are not in the keymap: dialogs have keys of their own."""
NAMED = {"Esc", "Escape", "escape", "Enter", "enter", "Space", "Tab", "tab", "Return"}
WORDS = {"a", ":", ",", "%", "."}
"""Default keys that are also words or punctuation."""


def is_style(node: ast.AST) -> TypeGuard[ast.Assign]:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DEFAULT_CSS"


def messages_in(path: Path) -> Iterator[str]:
    """Yield the strings of a module of three words and more, values as "_", without docstrings, styles and types."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ignored = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) or is_style(node)}
    bases = [base for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases]
    ignored |= {id(node) for base in bases for node in ast.walk(base)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "_" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in ignored | parts:
            text = node.value
        if len(text.split()) > 2:
            yield text


def keys_named_in(message: str) -> set[str]:
    defaults = {key for command in COMMANDS for keys in command.keys for key in keys.split() if len(key) == 1}
    words = {word if len(word) == 1 else word.strip("“”,;:.") for word in message.split()}
    return {word for word in words if word in (defaults | NAMED) - WORDS or word.lower().startswith("ctrl+")}


def test_no_message_names_a_default_key() -> None:
    named = {}
    for path in sorted(ROOM.rglob("*.py")):
        if path.relative_to(ROOM).parts[0] in FIXED_KEYS or path.name in {"commands.py", "keymap_page.py"}:
            continue
        for message in messages_in(path):
            if keys := keys_named_in(message):
                named[f"{path.relative_to(ROOM)}: {message}"] = keys
    assert named == {}


ELSEWHERE = {
    "all-text",
    "messages",
    "go-to-position",
    "orphans",
    "orphan-attach",
    "review-merge",
    "review-part",
    "retag-entity",
    *("collection-open", "collection-path", "collection-update", "collection-forget"),
}
"""Named in messages that need a special text, terminal or collection, rivals or mixed labels; other tests read them."""
SCENES: list[tuple[list[str], list[str]]] = [
    (["repeat"], ["repeat"]),
    (["remove-mention"], ["next-mention", "add-mention"]),
    (["previous-of-entity"], ["next-mention"]),
    (["only-entity"], ["next-mention"]),
    (["open-entity"], ["next-mention"]),
    (["note-mention"], ["next-mention", "select"]),
    (["select", "text-end", "add-selection"], ["copy-selection", "note-mention"]),
    (["note-entity"], ["next-mention"]),
    (["next-mention", "line-down", "line-end", "note-entity"], ["next-mention", "go-details"]),
    (["cancel"], ["next-mention", "go-entities"]),
    (["text-end", "next-undecided"], ["previous-undecided"]),
    (["next-mention", "retag-mention", "press enter"], ["confirm-mention"]),
    (["next-mention", "resize-mention"], ["right-out", "right-in", "left-out", "left-in"]),
    (["next-mention", "resize-mention", "press S"], ["keep-size", "drop-size"]),
    (["go-entities", "press )"], ["go-text"]),
    (["go-to-position", "press w", "press q", "press enter"], ["quit"]),
    (["search-next"], ["search"]),
    (["search"], ["search-kind", "search-earlier"]),
    (["next-mention", "pin-entity"], ["pin-entity"]),
    (["pin-entity"], ["next-mention"]),
    (["next-mention", "line-down", "line-down"], ["next-of-entity"]),
    (["set-bookmark", "press b"], ["go-to-bookmark"]),
    (["go-to-bookmark", "press b"], ["set-bookmark"]),
    (["bookmarks"], ["set-bookmark"]),
    (["reasons"], ["next-mention"]),
    (["set-bookmark", "press b", "set-bookmark", "press -"], ["undo"]),
    (["next-mention", "split-mention"], ["resize-mention"]),
    (["go-entities", "entity-merge"], ["entity-mark", "entity-merge"]),
    (["go-entities", "entity-mark"], ["entity-merge"]),
    (["go-entities", "entity-junk"], ["entity-dismiss"]),
    (["go-entities", "entity-filter", "press t", "press enter"], ["cancel"]),
    (["next-mention", "open-entity", "details-mark"], ["details-attach"]),
    (["next-mention", "open-entity", "details-companions", "details-confirm"], ["details-companions"]),
    (["names"], ["hold-everywhere", "review-everywhere", "names-add"]),
    (["names", "names-add", "press b", "press enter", "press p"], ["undo"]),
    (["notes"], ["note-mention", "note-entity", "note-document"]),
    (["next-mention", "confirm-mention", "history", "list-up"], ["history-undo-to"]),
    (["next-mention", "confirm-mention", "history", "list-up", "history-undo-to"], ["redo"]),
    (["names", "press Q"], ["help"]),
    (["collection", "next-pane"], ["collection-add"]),
    (["collection", "collection-same"], ["next-pane"]),
    (["collection", "collection-label"], ["collection-filter"]),
    (["collection", "collection-filter", "press %", "press enter"], ["collection-filter", "cancel"]),
    (["review"], ["review-turn", "cancel"]),
    (["review", "undo"], ["cancel", "undo"]),
    (["review", "review-everywhere"], ["review-everywhere"]),
    (["review", "review-turn"], ["review-open", "open-entity"]),
    (["review", "review-turn", "review-tick", "review-merge"], ["review-tick"]),
]


def remapped() -> Keymap:
    """Return a keymap in which every command that a scene expects has another key, and only that one."""
    named = sorted({command_id for _, expected in SCENES for command_id in expected})
    return build_keymap({command_id: f"f2 {chr(0x03B1 + number)}" for number, command_id in enumerate(named)})


@pytest.mark.parametrize(("commands", "expected"), SCENES, ids=lambda value: " ".join(value))
async def test_messages_name_the_users_keys(store: Store, commands: list[str], expected: list[str]) -> None:
    keymap = remapped()
    assert keymap.problems == ()
    harness = AppHarness(store, keymap=keymap)
    async with harness.app.run_test(size=(200, 40)) as pilot:
        await pilot.pause()
        for command in commands:
            if command.startswith("press "):
                await pilot.press(command.removeprefix("press "))
            else:
                screen = harness.app.screen
                assert isinstance(screen, CommandScreen)
                await screen.start_command(COMMANDS_BY_ID[command])
            await pilot.pause()
        text = "\n".join(harness.rows()[:-1])  # without the footer, which shows every key
        for command_id in expected:
            key = keymap.key_of(command_id)
            assert key.startswith("f2 ")
            assert key in text


def test_there_is_a_scene_for_every_command_that_a_message_names() -> None:
    named = {
        node.value
        for path in ROOM.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and "key_of" in ast.unparse(call)
        for node in ast.walk(call)
        if isinstance(node, ast.Constant) and node.value in COMMANDS_BY_ID
    }
    assert named - {command_id for _, expected in SCENES for command_id in expected} == ELSEWHERE
