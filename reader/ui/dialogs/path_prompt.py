"""A dialog that asks for a path or an address, and completes paths."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.document import one_line
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.base.background_work import start_work
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.base.choice_rows import ChoiceRows
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.input_line import InputLine
from reader.ui.dialogs.base.path_completion import (
    PathCompleter,
    PathCompletion,
    expanded_path,
    is_address,
    path_problem,
)
from reader.ui.keys.key_names import name_of_key

_MOST_ROWS: Final = 8
"""Candidates in view."""
_OTHER_ROWS: Final = 8
"""Rows of the dialog besides the candidates."""
_MOST_SECONDS: Final = 2.0
"""How long a key waits for a folder that does not answer, such as one of a network."""
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
        self.hint_line.show(_HINT)
        self._completer = PathCompleter()
        self._has_moved = False
        """Whether the user moved to a candidate, which Enter then takes."""

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog -wide"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._line
            yield self._rows
            yield self.hint_line

    def on_mount(self) -> None:
        """Begin with the given path, and keep what was typed before the line was shown."""
        self._set_text(self._initial_text + self._line.value)
        self._line.focus()

    def on_resize(self) -> None:
        """Show as many candidates as fit."""
        super().on_resize()
        self._rows.styles.height = min(_MOST_ROWS, self.room_beside(_OTHER_ROWS))

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
            self._when_read(partial(self._move, step))
        elif key == "tab":
            self._when_read(self._complete)
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
        if typed := self._line.value.strip():
            self.typing_queue.pause()
            start_work(self, partial(self._check, typed), group="key")
        else:
            self.answer(None)

    async def _check(self, typed: str) -> None:
        """Answer with what was typed, or say what is wrong with it."""
        problem = ""
        try:
            with suppress(TimeoutError):  # whoever opens it will say so
                checking = run_in_thread(path_problem, typed, takes_patterns=self._takes_patterns)
                problem = await asyncio.wait_for(checking, _MOST_SECONDS)
            if problem:
                self.show_hint(one_line(problem), alarm=True)
            else:
                self.answer(typed if is_address(typed) else expanded_path(typed))
        finally:
            self.typing_queue.resume()

    def _when_read(self, act: Callable[[PathCompletion], None]) -> None:
        """Do what a key asks for once the folder was read. Keys wait for that, but not for long."""
        completion = self._completer.known(self._line.value)
        if completion is not None:
            act(completion)
            return
        self.typing_queue.pause()
        start_work(self, partial(self._act_when_read, act), group="key")

    async def _act_when_read(self, act: Callable[[PathCompletion], None]) -> None:
        try:
            completion = await asyncio.wait_for(self._completer.complete(self._line.value), _MOST_SECONDS)
            self._show_candidates(completion)
            act(completion)
        except TimeoutError:
            self.show_hint("the folder is still being read", alarm=True)
        finally:
            self.typing_queue.resume()

    def _move(self, step: int, completion: PathCompletion) -> None:
        if self._has_moved:
            self._rows.move(step)
        self._has_moved = bool(completion.candidates)

    def _complete(self, completion: PathCompletion) -> None:
        """Extend the path as far as the candidates agree; if they already do, take the one under the cursor."""
        if completion.text != self._line.value and not self._has_moved:
            self._set_text(completion.text)
        elif completion.candidates:
            self._set_text(completion.candidates[self._rows.cursor])

    def _fill(self) -> None:
        """Offer what the path can be. What was typed last is offered, in whatever order folders are read."""
        self._has_moved = False
        self.show_hint(_HINT)
        completion = self._completer.known(self._line.value)
        self._show_candidates(completion or PathCompletion(self._line.value))
        if completion is None:
            start_work(self, self._fill_when_read, group="candidates", exclusive=True)

    async def _fill_when_read(self) -> None:
        typed = self._line.value
        completion = await self._completer.complete(typed)
        if typed == self._line.value and not self._has_moved:
            self._show_candidates(completion)

    def _show_candidates(self, completion: PathCompletion) -> None:
        self._rows.choices = [Choice(candidate) for candidate in completion.candidates]
        self._rows.refill(cursor=0)

    def _set_text(self, text: str) -> None:
        self._line.value = text
        self._line.cursor_position = len(text)
        self._fill()
