"""The editor of notes, and the prompt for tags."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from reader.document.sanitize import sanitize
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.base.choice_rows import ChoiceRows
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.edit_keys import edit_actions, run_edit_action
from reader.ui.dialogs.base.input_line import InputLine
from reader.ui.keys.key_names import name_of_key
from reader.ui.terminal.external_editor import EditorError, edit_outside

_MAX_NOTE_ROWS: Final = 14
_MIN_NOTE_ROWS: Final = 3
_MAX_TAG_ROWS: Final = 6
_OTHER_ROWS: Final = 8
"""Rows of a dialog besides the note or the tags, and above and below it."""
_TAB: Final = "    "


class NoteArea(TextArea):
    """Several lines of plain text. The dialog handles every key first, as with an `InputLine`."""

    def __init__(self, text: str) -> None:
        super().__init__(sanitize(text), soft_wrap=True, highlight_cursor_line=False, compact=True)
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Move the cursor to the end of the text."""
        self.move_cursor(self.document.end)

    def process_key(self, event: events.Key) -> None:
        """Edit the text by a key; other keys are left alone."""
        typed = {"enter": "\n", "tab": _TAB}.get(event.key) or (event.character if event.is_printable else None)
        if typed:
            consume(event)
            self.insert_sanitized(typed)
        elif action := _area_actions().get(event.key):
            consume(event)
            run_edit_action(self, action)

    def insert_sanitized(self, text: str) -> None:
        """Replace the selection with a text, without what a terminal could take for a command."""
        self.replace(sanitize(text), *self.selection, maintain_selection_offset=False)


@cache
def _area_actions() -> dict[str, str]:
    """Return the editing actions of a text area by key."""
    # The default action of Ctrl+K is a coroutine, which cannot be run at once.
    return edit_actions(TextArea.BINDINGS) | {"ctrl+k": "delete_to_end_of_line"}


class Editor(Dialog[str]):
    """Asks for several lines of text, and for confirmation before changes are lost."""

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__()
        self._title = title
        self._area = NoteArea(value)
        self._initial_text = self._area.text
        self._confirming = False
        """Whether the user is asked about the changes."""

    def compose(self) -> ComposeResult:
        """Lay out title, text and hints."""
        with Vertical(classes="dialog -note"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._area
            yield self.hint_line

    def on_mount(self) -> None:
        """Give the text the focus."""
        self._set_confirming(confirming=False)
        self._area.focus()

    def on_resize(self) -> None:
        """Leave room for title and hints."""
        super().on_resize()
        self._area.styles.height = max(min(_MAX_NOTE_ROWS, self.room_beside(_OTHER_ROWS)), _MIN_NOTE_ROWS)

    def process_key(self, event: events.Key) -> None:
        """Save, leave or edit."""
        key = name_of_key(event)
        if not self._confirming and key not in {"ctrl+s", "ctrl+g", "escape"}:
            self._area.process_key(event)
            return
        consume(event)
        if key == "ctrl+s":
            self.answer(self._area.text)
        elif self._confirming:
            self._confirm(key)
        elif key == "ctrl+g":
            self._edit_outside()
        else:
            self.withdraw()

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text."""
        if not self._confirming:
            self._area.insert_sanitized(text)

    def withdraw(self) -> None:
        """Leave, or ask first if there are changes."""
        if self._area.text == self._initial_text:
            super().withdraw()
        else:
            self._set_confirming(confirming=True)

    def _edit_outside(self) -> None:
        """Continue in the user's editor; its text replaces the one here, and is not saved yet."""
        try:
            written = edit_outside(self._area.text, self.app.suspend)
        except SuspendNotSupported:
            self.show_hint("no other editor can run in this terminal", alarm=True)
        except EditorError as error:
            self.show_hint(str(error), alarm=True)
        else:
            changed = written != self._area.text
            if changed:
                self._area.select_all()
                self._area.insert_sanitized(written)
            self.show_hint(f"{'changed' if changed else 'nothing changed'} in the editor · Ctrl+S save · Esc leave")
        self.refresh()

    def _confirm(self, key: str) -> None:
        if key in {"y", "Y"}:
            self.answer(self._area.text)
        elif key in {"n", "N"}:
            self.answer(None)
        elif key == "escape":
            self._set_confirming(confirming=False)

    def _set_confirming(self, *, confirming: bool) -> None:
        self._confirming = confirming
        question = "Keep your changes?  y yes · n no, discard them · Esc continue writing"
        keys = "Ctrl+S save · Ctrl+G in your editor · Esc leave · Markdown"
        self.show_hint(question if confirming else keys, alarm=confirming)


class TagPrompt(Dialog[str]):
    """Asks for tags, separated by commas, and offers tags that were used before."""

    def __init__(self, title: str, value: str, known_tags: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._initial_text = f"{value}, " if value else ""
        self._known_tags = known_tags
        self.hint_line.show("commas between tags · Tab complete · Enter done · Esc leave")
        self._line = InputLine(placeholder="tags, separated by commas")
        self._rows = ChoiceRows((), ticking=False)
        self._rows.can_focus = False

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._line
            yield self._rows
            yield self.hint_line

    def on_mount(self) -> None:
        """Begin after the present tags, and keep what was typed before the line was shown."""
        self._set_text(self._initial_text + self._line.value)
        self._line.focus()

    def on_resize(self) -> None:
        """Show as many tags as fit."""
        super().on_resize()
        room = self.room_beside(_OTHER_ROWS)
        self._rows.styles.height = max(min(len(self._known_tags), _MAX_TAG_ROWS, room), 1)

    def process_key(self, event: events.Key) -> None:
        """Answer, leave, complete, move or type."""
        key = name_of_key(event)
        step = {"down": 1, "up": -1}.get(key)
        if key not in {"enter", "ctrl+s", "escape", "tab"} and step is None:
            self._line.process_key(event)
            return
        consume(event)
        if key == "tab":
            self._complete()
        elif step:
            self._rows.move(step)
        else:
            self.answer(None if key == "escape" else self._line.value)

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text into the line."""
        self._line.insert_pasted(text)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._fill()

    def _fill(self) -> None:
        """List the known tags that contain the one being typed, those that begin with it first."""
        complete_tags, _, last_tag = self._line.value.rpartition(",")
        used = {tag.strip().lstrip("#").lower() for tag in complete_tags.split(",")}
        typed = last_tag.strip().lstrip("#").lower()
        matching = [tag for tag in self._known_tags if typed in tag and tag not in used]
        matching.sort(key=lambda tag: not tag.startswith(typed))
        self._rows.choices = [Choice(f"#{tag}") for tag in matching]
        self._rows.refill(cursor=0)

    def _complete(self) -> None:
        """Replace the tag being typed with the one under the cursor."""
        if self._rows.choices:
            complete_tags = self._line.value.rpartition(",")[0]
            tag = self._rows.choices[self._rows.cursor].text.removeprefix("#")
            self._set_text(f"{complete_tags}, {tag}, ".removeprefix(", "))

    def _set_text(self, text: str) -> None:
        self._line.value = text
        self._line.cursor_position = len(text)
        self._fill()
