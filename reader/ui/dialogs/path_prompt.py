"""A dialog that asks for a path or an address, and completes paths."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.document import one_line
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.base.choice_rows import ChoiceRows
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.input_line import InputLine
from reader.ui.dialogs.base.path_completion import complete_path, expanded_path, is_address, path_problem
from reader.ui.keys.key_names import name_of_key

_MOST_ROWS: Final = 8
"""Candidates in view."""
_OTHER_ROWS: Final = 8
"""Rows of the dialog besides the candidates."""
_HINT: Final = "Tab complete · ↓ choose · Enter open · Esc leave"


class PathPrompt(Dialog[str]):
    """Asks for a path or an address. The answer has no "~" and is not blank; a path exists, unless it is a pattern."""

    def __init__(self, title: str, value: str = "", *, takes_patterns: bool = False) -> None:
        """Ask for a path.

        Args:
            title: The question.
            value: The path that the line begins with.
            takes_patterns: Whether the path may be a pattern, such as `reports/*.pdf`.
        """
        super().__init__()
        self._title = title
        self._initial_text = value
        self._takes_patterns = takes_patterns
        self._line = InputLine(placeholder="a path, ~/… or https://…")
        self._rows = ChoiceRows((), ticking=False)
        self._rows.can_focus = False
        self._hint = Static(Content(_HINT), classes="dialog--hint")
        self._has_moved = False
        """Whether the user moved to a candidate, which Enter then takes."""

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog -wide"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._line
            yield self._rows
            yield self._hint

    def on_mount(self) -> None:
        """Begin with the given path, and keep what was typed before the line was shown."""
        self._set_text(self._initial_text + self._line.value)
        self._line.focus()

    def on_resize(self) -> None:
        """Show as many candidates as fit."""
        super().on_resize()
        self._rows.styles.height = max(min(_MOST_ROWS, self.most_rows - _OTHER_ROWS), 1)

    def process_key(self, event: events.Key) -> None:
        """Answer, leave, complete, move or type."""
        key = name_of_key(event)
        step = {"down": 1, "up": -1}.get(key)
        if key not in {"enter", "escape", "tab"} and step is None:
            self._line.process_key(event)
            self._fill()
            return
        consume(event)
        if step is not None:
            if self._has_moved:
                self._rows.move(step)
            self._has_moved = bool(self._rows.choices)
        elif key == "tab":
            self._complete()
        elif key == "escape":
            self.answer(None)
        else:
            self._accept()

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text into the line."""
        self._line.insert_pasted(text)
        self._fill()

    def _accept(self) -> None:
        if self._has_moved:
            self._set_text(self._rows.choices[self._rows.cursor].text)
            if self._line.value.endswith("/"):
                return
        typed = self._line.value.strip()
        if not typed:
            self.answer(None)
        elif problem := path_problem(typed, takes_patterns=self._takes_patterns):
            self._show_hint(one_line(problem), alarm=True)
        else:
            self.answer(typed if is_address(typed) else expanded_path(typed))

    def _complete(self) -> None:
        """Extend the path as far as the candidates agree; if they already do, take the one under the cursor."""
        completed = complete_path(self._line.value)
        if completed.text != self._line.value and not self._has_moved:
            self._set_text(completed.text)
        elif completed.candidates:
            self._set_text(completed.candidates[self._rows.cursor])

    def _fill(self) -> None:
        typed = self._line.value
        self._has_moved = False
        self._rows.choices = [Choice(candidate) for candidate in complete_path(typed).candidates] if typed else []
        self._rows.refill(cursor=0)
        self._show_hint(_HINT)

    def _set_text(self, text: str) -> None:
        self._line.value = text
        self._line.cursor_position = len(text)
        self._fill()

    def _show_hint(self, hint: str, *, alarm: bool = False) -> None:
        self._hint.update(Content(hint))
        self._hint.set_class(alarm, "-alarm")
