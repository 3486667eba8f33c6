"""The history of a document, step by step. Everything after a step can be undone."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from textual import on

from reader.annotate import Step, describe_step
from reader.annotate.log.step_descriptions import describe_state, local_time
from reader.display.cells import cells, fit, pad
from reader.document import one_line
from reader.reading import Reading
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.common_actions import GO_BACK_ACTIONS
from reader.ui.screens.base.decision_list import DECISION_ACTIONS, DecisionList
from reader.ui.screens.base.list_screen import ListScreen

_WIDE, _NARROW = 100, 70
"""Cells below which the seconds, and then the day, are left out."""
_MOST_AUTHOR: Final = 16


class StepRows(RowList):
    """A row for the beginning, then one for each step, oldest first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}

    def __init__(self, reading: Reading) -> None:
        super().__init__(id="steps")
        self._reading = reading
        self._in_force: set[str] = set()
        self._undone: set[str] = set()
        self._author_width = 0

    def item_count(self) -> int:
        """Return the number of rows."""
        return len(self._reading.history.all_steps) + 1

    def refill(self, *, cursor: int | None = None) -> None:
        """Show the current history."""
        history = self._reading.history
        self._in_force = {step.id for step in history.steps}
        self._undone = {step.id for step in history.undone}
        self._author_width = max((cells(one_line(step.author, _MOST_AUTHOR)) for step in history.all_steps), default=0)
        super().refill(cursor=cursor)

    @property
    def step(self) -> Step | None:
        """The step under the cursor; None at the beginning."""
        past = self._reading.history.all_steps
        return past[self.cursor - 1] if 0 < self.cursor <= len(past) else None

    def is_in_force(self, step: Step) -> bool:
        """Return whether a step has not been undone."""
        return step.id in self._in_force

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a step; undone steps are dim."""
        faint = self.get_component_rich_style("sides--faint", partial=True)
        if index == 0:
            return [[Segment("  the beginning: no decisions yet", faint)]]
        step = self._reading.history.all_steps[index - 1]
        state = describe_state(step, self._in_force, self._undone)
        time = local_time(step.time)
        lead = f"  {time if width >= _WIDE else time[:16] if width >= _NARROW else time[11:16]}  "
        if self._author_width:
            lead += pad(one_line(step.author, _MOST_AUTHOR), self._author_width) + "  "
        room = max(width - cells(lead) - cells(state) - 3, 8)
        description = fit(describe_step(step, self._reading.document.text), room)
        style = faint if not self.is_in_force(step) else None
        return [[Segment(lead, faint), Segment(description, style), Segment(f"  {state}", faint)]]


class HistoryScreen(ListScreen[None]):
    """Lists the steps, and undoes those after one of them."""

    AUTO_FOCUS = "#steps"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    CONTEXT = Context.HISTORY
    PASSES_KEYS_BELOW = True

    def __init__(self, reading: Reading, keymap: Keymap) -> None:
        self._rows = StepRows(reading)
        super().__init__(keymap, self._rows)
        self.reading = reading
        self._decisions = DecisionList(self, reading)
        self.actions.bind(GO_BACK_ACTIONS, self)
        self.actions.bind(DECISION_ACTIONS, self._decisions)
        self.actions.bind(_ACTIONS, self)

    def on_mount(self) -> None:
        """Start at the last step in force, and follow the changes of other windows."""
        self._decisions.watch()
        history = self.reading.history
        rows = [row for row, step in enumerate(history.all_steps, 1) if step in history.steps[-1:]]
        self._rows.refill()
        self._rows.move_to(max(rows, default=0))

    def fill(self, message: str = "") -> None:
        """Show the steps; without a message, say how many would be undone from the cursor on."""
        self._decisions.mark_shown()
        history = self.reading.history
        self._rows.refill()
        in_force = sum(self._rows.is_in_force(step) for step in history.all_steps)
        undone = len(history.undone)
        lost = len(history.all_steps) - in_force - undone
        steps = f"{in_force:,} step{'' if in_force == 1 else 's'}"
        more = f"{undone:,} undone" if undone else "", f"{lost:,} undone for good" if lost else ""
        self.title_bar.show("History of this document", (steps, *more))
        self._decisions.show_message(message or self._advice())

    async def undo_to(self) -> None:
        """Undo everything after the step under the cursor."""
        step = self._rows.step
        count = self._count_after(step)
        if not count:
            self._decisions.show_message(self._advice())
            return
        redo_key = self.keymap.key_of("redo")
        if count > 1:
            target = f"“{describe_step(step, self.reading.document.text)}”" if step else "the beginning"
            choices = [Choice(f"undo {count:,} steps", key="y"), Choice("keep them", key="n")]
            title = f"Undo everything after {target}? {redo_key} redoes it as one step."
            if await self.prompts.ask_choice(title, choices) != 0:
                return
        message = f"undid {count:,} step{'' if count == 1 else 's'}; {redo_key} redoes"
        self.fill(message if self.reading.undo_to(step.id if step else "") else "")

    @on(RowList.Moved)
    def _show_advice(self) -> None:
        self._decisions.show_message(self._advice())

    def _count_after(self, step: Step | None) -> int:
        return len(self.reading.history.steps_after(step.id if step else ""))

    def _advice(self) -> str:
        count = self._count_after(self._rows.step)
        if not count:
            return "there is nothing to undo after this step"
        last = "the last step" if count == 1 else f"the last {count:,} steps"
        return f"{self.keymap.key_of('history-undo-to')} undoes {last}"


_ACTIONS: Final = ActionTable[HistoryScreen](plain={"history-undo-to": HistoryScreen.undo_to})
