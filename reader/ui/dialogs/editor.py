"""Writing a note, and giving tags."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from reader.document.sanitize import sanitize
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.choice import Choice
from reader.ui.dialogs.input_line import InputLine
from reader.ui.dialogs.question import ChoiceRows, Dialog
from reader.ui.keys.key_names import name_of_key

_ROWS: Final = 14
_FEW: Final = 3
_AROUND: Final = 8
"""Rows of a dialog around what is written."""
_TAB: Final = "    "


class NoteArea(TextArea):
    """Several lines of plain text. The dialog has every key first, as with a `InputLine`."""

    def __init__(self, text: str) -> None:
        super().__init__(sanitize(text), soft_wrap=True, highlight_cursor_line=False, compact=True)
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Go on writing where the text ends."""
        self.move_cursor(self.document.end)

    def take(self, event: events.Key) -> None:
        """Edit the text as the key says; other keys are left alone."""
        written = {"enter": "\n", "tab": _TAB}.get(event.key) or (event.character if event.is_printable else None)
        if written:
            consume(event)
            self.put(written)
        elif action := _actions().get(event.key):
            consume(event)
            name, _, selecting = action.partition("(")
            getattr(self, f"action_{name}")(*[True] * bool(selecting))

    def put(self, text: str) -> None:
        """Write something in the place of what is selected, but nothing that could steer a terminal."""
        text = sanitize(text)
        self.replace(text, *self.selection, maintain_selection_offset=False)


@cache
def _actions() -> dict[str, str]:
    """Return the actions of a text area by their keys."""
    found = {each.key: each.action for each in Binding.make_bindings(TextArea.BINDINGS)}
    found["ctrl+k"] = "delete_to_end_of_line"  # the longer one is a coroutine
    return found


class Editor(Dialog[str]):
    """Asks for several lines of text; leaving asks first where something was typed that would be lost."""

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__()
        self._heading = title
        self._area = NoteArea(value)
        self._before = self._area.text
        self._hint = Static(classes="dialog--hint")
        self._leaving = False

    def compose(self) -> ComposeResult:
        """Lay out title, text and keys."""
        with Vertical(classes="dialog -note"):
            yield Static(Content(self._heading), classes="dialog--title")
            yield self._area
            yield self._hint

    def on_mount(self) -> None:
        """Begin to write."""
        self._ask(leaving=False)
        self._area.focus()

    def on_resize(self) -> None:
        """Leave room for title and keys."""
        super().on_resize()
        self._area.styles.height = max(min(_ROWS, self.app.size.height - _AROUND), _FEW)

    def take(self, event: events.Key) -> None:
        """Keep, leave or write."""
        key = name_of_key(event)
        if key == "ctrl+s" or (self._leaving and key in {"y", "Y"}):
            consume(event)
            self.answer(self._area.text)
        elif self._leaving:
            consume(event)
            if key in {"n", "N"}:
                self.answer(None)
            elif key == "escape":
                self._ask(leaving=False)
        elif key == "escape":
            consume(event)
            self.withdraw()
        else:
            self._area.take(event)

    def put(self, text: str) -> None:
        """Write what is pasted."""
        if not self._leaving:
            self._area.put(text)

    def withdraw(self) -> None:
        """Leave, after a question where something would be lost."""
        if self._area.text == self._before:
            super().withdraw()
        else:
            self._ask(leaving=True)

    def _ask(self, *, leaving: bool) -> None:
        self._leaving = leaving
        question = "Keep what was written?  y yes · n no, forget it · Esc go on writing"
        self._hint.update(Content(question if leaving else "Ctrl+S keeps it · Esc leaves · Markdown, several lines"))
        self._hint.set_class(leaving, "-alarm")


class TagPrompt(Dialog[str]):
    """Asks for tags, separated by commas; those that were used before are offered."""

    def __init__(self, title: str, value: str, known: Sequence[str]) -> None:
        super().__init__()
        self._heading = title
        self._value = f"{value}, " if value else ""
        self._known = known
        self._line = InputLine(placeholder="words, separated by commas")
        self._rows = ChoiceRows((), ticking=False)
        self._rows.can_focus = False

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._heading), classes="dialog--title")
            yield self._line
            yield self._rows
            yield Static(Content("commas between · Tab takes one · Enter done · Esc leave"), classes="dialog--hint")

    def on_mount(self) -> None:
        """Go on after the tags that are there."""
        self._write(self._value + self._line.value)
        self._line.focus()

    def on_resize(self) -> None:
        """Show as many tags as there is room for."""
        super().on_resize()
        self._rows.styles.height = max(min(len(self._known), _ROWS - _AROUND, self.app.size.height - _AROUND), 1)

    def take(self, event: events.Key) -> None:
        """Answer, leave, complete or type."""
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

    def put(self, text: str) -> None:
        """Type what is pasted."""
        self._line.insert_pasted(text)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._fill()

    def _fill(self) -> None:
        taken, _, begun = self._line.value.rpartition(",")
        used = {each.strip().lstrip("#").lower() for each in taken.split(",")}
        part = begun.strip().lstrip("#").lower()
        fitting = [tag for tag in self._known if part in tag and tag not in used]
        fitting.sort(key=lambda tag: not tag.startswith(part))
        self._rows.choices = [Choice(f"#{tag}") for tag in fitting]
        self._rows.refill(cursor=0)

    def _complete(self) -> None:
        if self._rows.choices:
            taken = self._line.value.rpartition(",")[0]
            tag = self._rows.choices[self._rows.cursor].text.removeprefix("#")
            self._write(f"{taken}, {tag}, ".removeprefix(", "))

    def _write(self, value: str) -> None:
        self._line.value = value
        self._line.cursor_position = len(value)
        self._fill()
