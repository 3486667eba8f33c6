"""The choices of a dialog as a list: one of them is chosen, or some are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from reader.display.cells import cells, fit, pad
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.base.choice import Choice


class ChoiceRows(RowList):
    """The choices of a dialog, one a row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--faint", "choices--key"}

    def __init__(self, choices: Sequence[Choice], *, ticking: bool) -> None:
        super().__init__()
        self.choices = choices
        self.ticking = ticking
        """Whether rows are ticked instead of chosen at once."""
        self.ticked: set[int] = set()

    def item_count(self) -> int:
        """Return the number of choices."""
        return len(self.choices)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a choice."""
        choice = self.choices[index]
        faint = self.get_component_rich_style("choices--faint", partial=True)
        key_style = self.get_component_rich_style("choices--key", partial=True)
        tick = "[x] " if index in self.ticked else "[ ] "
        lead = tick if self.ticking else f"{choice.key or ' '}  "
        room = max(width - cells(lead) - 3, 4)
        text = fit(choice.text, max(room - min(cells(choice.note), room // 2) - 1, 4))
        note = fit(choice.note, max(room - cells(text) - 1, 0)) + " "
        style = LabelStyles(self).plain(choice.label) if choice.label else Style()
        gap = pad("", width - 2 - cells(lead) - cells(text) - cells(note))
        return [[Segment("  " + lead, key_style), Segment(text, style), Segment(gap + note, faint)]]
