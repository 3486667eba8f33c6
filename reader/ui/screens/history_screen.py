"""What was decided about the article, step by step; everything after a step can be taken back."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import on

from reader.annotate import Step, describe_step
from reader.annotate.describe import describe_state, local_time
from reader.display.cells import cells, fit, pad
from reader.document import one_line
from reader.reading import Reading
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.choice import Choice
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.list_screen import DecisionsScreen

_WIDE, _NARROW = 100, 70
"""Cells below which the seconds, and then the day, are left out."""


class StepRows(RowList):
    """A row for the beginning, then one for each step, in the order in which they were made."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}

    def __init__(self, reading: Reading) -> None:
        super().__init__(id="steps")
        self._reading = reading
        self._standing: set[str] = set()
        self._undone: set[str] = set()
        self._authors = 0

    def item_count(self) -> int:
        """Return the number of steps and the beginning."""
        return len(self._reading.history.past) + 1

    def refill(self, *, cursor: int | None = None) -> None:
        """Take over what holds now."""
        history = self._reading.history
        self._standing = {step.id for step in history.steps}
        self._undone = {step.id for step in history.undone}
        self._authors = max((cells(one_line(step.author, 16)) for step in history.past), default=0)
        super().refill(cursor=cursor)

    @property
    def step(self) -> Step | None:
        """The step under the cursor; None at the beginning."""
        past = self._reading.history.past
        return past[self.cursor - 1] if 0 < self.cursor <= len(past) else None

    def holds(self, step: Step) -> bool:
        """Tell whether a step was not taken back."""
        return step.id in self._standing

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a step; what was taken back is dim."""
        faint = self.get_component_rich_style("sides--faint", partial=True)
        if index == 0:
            return [[Segment("  the beginning: nothing decided yet", faint)]]
        step = self._reading.history.past[index - 1]
        state = describe_state(step, self._standing, self._undone)
        when = local_time(step.time)
        lead = f"  {when if width >= _WIDE else when[:16] if width >= _NARROW else when[11:16]}  "
        if self._authors:
            lead += pad(one_line(step.author, 16), self._authors) + "  "
        what = fit(describe_step(step, self._reading.document.text), max(width - cells(lead) - cells(state) - 3, 8))
        style = faint if not self.holds(step) else None
        return [[Segment(lead, faint), Segment(what, style), Segment(f"  {state}", faint)]]


class HistoryScreen(DecisionsScreen[None]):
    """Shows the steps, and takes back what came after one of them."""

    AUTO_FOCUS = "#steps"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    PLACE = Context.HISTORY

    def __init__(self, reading: Reading, keymap: Keymap) -> None:
        self._rows = StepRows(reading)
        super().__init__(keymap, self._rows, reading)

    def on_mount(self) -> None:
        """Begin at the last step that holds."""
        past = self.reading.history.past
        standing = [place for place, step in enumerate(past, 1) if step in self.reading.history.steps[-1:]]
        self._rows.refill()
        self._rows.move_to(max(standing, default=0))

    def fill(self, message: str = "") -> None:
        """Show the steps, and how many would be taken back from here."""
        super().fill()
        history = self._shown
        self._rows.refill()
        holding = sum(self._rows.holds(step) for step in history.past)
        undone = len(history.undone)
        gone = len(history.past) - holding - undone
        count = f"{holding:,} step{'' if holding == 1 else 's'}"
        more = f"{undone:,} undone" if undone else "", f"{gone:,} undone for good" if gone else ""
        self._title.show("History of this article", (count, *more))
        self.say(message or self._promise())

    async def do_history_undo_to(self, count: int) -> None:
        """Take back everything after the step under the cursor."""
        del count
        step = self._rows.step
        number = self._after(step)
        if not number:
            self.say(self._promise())
            return
        if number > 1:
            where = f"“{describe_step(step, self.reading.document.text)}”" if step else "the beginning"
            choices = [Choice(f"take back {number:,} steps", key="y"), Choice("leave them", key="n")]
            if await self.ask_choice(f"Back to {where}? Ctrl+R brings them back as one.", choices) != 0:
                return
        done = self.reading.undo_to(step.id if step else "")
        self.fill(f"took back {number:,} step{'' if number == 1 else 's'}; Ctrl+R brings back" if done else "")

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.say(self._promise())

    def _after(self, step: Step | None) -> int:
        return len(self.reading.history.after(step.id if step else ""))

    def _promise(self) -> str:
        number = self._after(self._rows.step)
        if not number:
            return "nothing that holds was decided after this"
        last = "the last step" if number == 1 else f"the last {number:,} steps"
        return f"Enter takes back {last}"
