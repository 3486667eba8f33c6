"""Small questions: a choice from a list, ticks in a list, a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.ui.cells import cells, fit, pad
from reader.ui.keys import name_of_key
from reader.ui.looks import LABEL_CLASSES, LabelStyles
from reader.ui.rows import RowList


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of a question."""

    text: str
    note: str = ""
    """Shown at the right."""
    key: str = ""
    """The letter that chooses it at once."""
    label: str = ""
    """In whose color the text is drawn."""


class ChoiceRows(RowList):
    """The rows of a question."""

    COMPONENT_CLASSES: ClassVar[set[str]] = LABEL_CLASSES | {"choices--faint", "choices--key"}

    def __init__(self, choices: Sequence[Choice], *, ticking: bool) -> None:
        super().__init__()
        self.choices = choices
        self.ticking = ticking
        self.ticked: set[int] = set()

    def item_count(self) -> int:
        """Return the number of choices."""
        return len(self.choices)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of one choice."""
        choice = self.choices[index]
        faint = self.get_component_rich_style("choices--faint", partial=True)
        key_style = self.get_component_rich_style("choices--key", partial=True)
        lead = ("[x] " if index in self.ticked else "[ ] ") if self.ticking else f"{choice.key or ' '}  "
        note = choice.note + " "
        text = fit(choice.text, max(width - cells(lead) - cells(note) - 3, 4))
        style = LabelStyles(self).plain(choice.label) if choice.label else Style()
        gap = pad("", width - 2 - cells(lead) - cells(text) - cells(note))
        return [[Segment("  " + lead, key_style), Segment(text, style), Segment(gap + note, faint)]]


class Question(ModalScreen[tuple[int, ...] | None]):
    """Asks for one choice, or for ticks; answers with indices, or None where it was left."""

    def __init__(self, title: str, choices: Sequence[Choice], *, ticking: bool = False, cursor: int = 0) -> None:
        super().__init__()
        self._heading = title
        self._rows = ChoiceRows(choices, ticking=ticking)
        self._start = cursor

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        letters = "a letter, or " if any(choice.key for choice in self._rows.choices) else ""
        hint = "Space tick · Enter done · Esc leave" if self._rows.ticking else f"{letters}j k and Enter · Esc leave"
        with Vertical(classes="dialog"):
            yield Static(Content(self._heading), classes="dialog--title")
            yield self._rows
            yield Static(Content(hint), classes="dialog--hint")

    def on_mount(self) -> None:
        """Put the cursor where the likely answer is."""
        self._rows.styles.height = min(len(self._rows.choices), 20)
        self._rows.refill(cursor=self._start)
        self._rows.focus()

    async def on_key(self, event: events.Key) -> None:
        """Answer, move or leave."""
        key = name_of_key(event)
        rows = self._rows
        by_letter = {choice.key: index for index, choice in enumerate(rows.choices) if choice.key}
        event.stop()
        event.prevent_default()
        if key in by_letter and not rows.ticking:
            self.dismiss((by_letter[key],))
        elif key == "escape":
            self.dismiss(None)
        elif key == "enter":
            self.dismiss(tuple(sorted(rows.ticked)) if rows.ticking else (rows.cursor,))
        elif key == "space" and rows.ticking:
            rows.ticked ^= {rows.cursor}
            rows.refresh()
        elif step := {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": 10, "pageup": -10}.get(key):
            rows.move(step)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        if self._rows.ticking:
            self._rows.ticked ^= {event.index}
            self._rows.refresh()
        else:
            self.dismiss((event.index,))


class Prompt(ModalScreen[str | None]):
    """Asks for a line of text."""

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__()
        self._heading = title
        self._value = value

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._heading), classes="dialog--title")
            yield Input(self._value, select_on_focus=True)
            yield Static(Content("Enter done · Esc leave"), classes="dialog--hint")

    async def on_key(self, event: events.Key) -> None:
        """Leave."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)
