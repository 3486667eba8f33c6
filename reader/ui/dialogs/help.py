"""The help screen, which is read like a pager: where to start, labels and signs, then every key by pane."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.display.cells import fit, pad
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.input_line import InputLine
from reader.ui.dialogs.help_rows import HelpRow, HelpSection, help_rows, help_sections, keys_width
from reader.ui.keys.commands import Command
from reader.ui.keys.contexts import Context
from reader.ui.keys.key_names import name_of_key
from reader.ui.keys.keymap import Keymap

_HINT: Final = "j k Space b G move · / find · Esc leave · a count goes before a key: 5j"
_FINDING_HINT: Final = "Enter keep · Esc show all"


class HelpRows(RowList):
    """The rows of the help."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--key", "help--title"}

    def __init__(self, sections: list[HelpSection]) -> None:
        super().__init__()
        self._sections = sections
        self._rows: list[HelpRow] = []
        self.typed = ""
        """Words that the entries shown must have."""

    def item_count(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def marks_cursor(self) -> bool:
        """Return False: there is nothing to choose."""
        return False

    def refill(self, *, cursor: int | None = None) -> None:
        """Wrap the entries to the current width, and draw them."""
        self._rows = help_rows(self._sections, max(self.scrollable_content_region.width, 20), self.typed)
        super().refill(cursor=cursor)

    def fit(self) -> None:
        """Wrap the entries to the new width."""
        self.refill()
        super().fit()

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return that nothing has the typed words, if so."""
        return [] if self._rows else [[Segment(fit(f"   Nothing here has “{self.typed}”.", width))]]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return a row of an entry or a title."""
        row = self._rows[index]
        if row.is_title:
            return [[Segment(f" {row.text}", self.get_component_rich_style("help--title", partial=True))]]
        key_style = self.get_component_rich_style("help--key", partial=True)
        column = keys_width(width)
        keys = [Segment("   "), Segment(row.keys, key_style)]
        if row.label:
            letter, name = row.keys[:3], row.keys[3:]
            keys = [Segment("   "), Segment(letter, key_style), Segment(name, LabelStyles(self).plain(row.label))]
        gap = pad("", max(column - len(row.keys), 0) + 1)
        return [[*keys, Segment(gap), Segment(fit(row.text, max(width - column - 4, 4)))]]


class HelpScreen(Dialog[None]):
    """Shows the keys to begin with, labels and signs, and every key, those of the current pane first."""

    def __init__(self, keymap: Keymap, context: Context, can_run: Callable[[Command], bool]) -> None:
        super().__init__()
        self._rows = HelpRows(help_sections(keymap, context, can_run))
        self._line = InputLine(placeholder="words of what you look for")
        self.hint_line.show(_HINT)
        self._last_key = ""

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        self._line.display = False
        with Vertical(classes="dialog -large"):
            yield Static(Content("Help"), classes="dialog--title")
            yield self._line
            yield self._rows
            yield self.hint_line

    def on_mount(self) -> None:
        """Fill the list."""
        self._rows.refill()
        self._rows.focus()

    def process_key(self, event: events.Key) -> None:
        """Scroll, find or leave."""
        key = name_of_key(event)
        if self._line.display and key not in ("enter", "escape"):
            self._line.process_key(event)
            return
        consume(event)
        if self._line.display:
            self._end_finding(keep=key == "enter")
        elif key == "/":
            self._begin_finding()
        elif key == "escape" and self._rows.typed:
            self._end_finding(keep=False)
        elif key in {"escape", "q", "?", "f1", "enter"}:
            self.answer(None)
        else:
            self._scroll("g g" if key == self._last_key == "g" else key)
        self._last_key = "" if self._last_key == "g" else key

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text into the line, if it is open."""
        if self._line.display:
            self._line.insert_pasted(text)

    def _scroll(self, key: str) -> None:
        page = self._rows.page_size()
        half = max(page // 2, 1)
        distances = {
            "j": 1, "down": 1, "k": -1, "up": -1, "space": page, "pagedown": page, "b": -page, "pageup": -page,
            "ctrl+d": half, "ctrl+u": -half, "ctrl+f": page, "ctrl+b": -page, "d": half, "u": -half,
        }  # fmt: skip
        if key in ("G", "end"):
            self._rows.scroll_end(animate=False)
        elif key in ("g g", "home"):
            self._rows.scroll_home(animate=False)
        elif distance := distances.get(key):
            self._rows.scroll_relative(y=distance, animate=False)

    def _begin_finding(self) -> None:
        self._line.display = True
        self._line.focus()
        self.show_hint(_FINDING_HINT)

    def _end_finding(self, *, keep: bool) -> None:
        if not keep:
            self._line.value = ""
            self._show_matching()
        self._line.display = False
        self._rows.focus()
        self.show_hint(_HINT)

    @on(Input.Changed)
    def _show_matching(self) -> None:
        self._rows.typed = self._line.value
        self._rows.refill()
        self._rows.scroll_home(animate=False)
