"""Moving the edges of a mention."""

from __future__ import annotations

from reader.ui.actions.workspace import Desk
from reader.ui.article.resizing import Resizing, resize_decisions


class ResizingCommands:
    """Commands while the edges of a mention are being moved."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_right_out(self, count: int) -> None:
        """Move the right edge to the right."""
        self._move_right(count)

    def do_right_in(self, count: int) -> None:
        """Move the right edge to the left."""
        self._move_right(-count)

    def do_left_out(self, count: int) -> None:
        """Move the left edge to the left."""
        self._move_left(count)

    def do_left_in(self, count: int) -> None:
        """Move the left edge to the right."""
        self._move_left(-count)

    def do_keep_size(self, count: int) -> None:
        """Let the mention reach as far as is shown."""
        del count
        desk, state = self._desk, self._desk.article.resizing
        desk.resize(None)
        if state is None:
            return
        decisions = resize_decisions(desk.reading, state)
        if not decisions:
            desk.say("it reaches as far as before")
            return
        desk.decide(*decisions)
        desk.article.move_cursor(state.start)
        if mention := desk.reading.mention_with(state.start, state.end):
            desk.select(desk.reading.entity_of(mention), mention)
        text = desk.reading.document.text
        before, after = text[state.mention.start : state.mention.end], text[state.start : state.end]
        desk.say(f"resized “{before}” to “{after}”")

    def do_drop_size(self, count: int) -> None:
        """Leave the mention as it was."""
        del count
        self._desk.resize(None)
        self._desk.say("it reaches as far as before")

    def _move_right(self, words: int) -> None:
        if state := self._desk.article.resizing:
            self._show(state, state.right_edge_moved(words))

    def _move_left(self, words: int) -> None:
        if state := self._desk.article.resizing:
            self._show(state, state.left_edge_moved(words))

    def _show(self, before: Resizing, now: Resizing) -> None:
        self._desk.resize(now)
        self._desk.say(f"“{now.text[now.start : now.end]}”" if now != before else "no further")
