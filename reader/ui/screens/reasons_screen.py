"""The reasons why names are, or may be, one entity, each with the sentence of the text on which it rests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual import on

from reader.display.cells import cells, fit, pad
from reader.display.excerpts import sentence_around
from reader.display.wrapping import wrapped
from reader.document import Document, one_line
from reader.resources import resource_folder
from reader.review.reasons import Reason
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.advice import advice_heading
from reader.ui.screens.base.common_actions import GO_BACK_ACTIONS
from reader.ui.screens.base.list_screen import ListScreen

_LINES: Final = 2
"""Rows of a sentence that are shown."""
_NO_REASONS: Final = "Nothing was merged here: the entity has one name, and no other one seems to be the same."


class EvidenceRows(RowList):
    """For each reason the two names, the rule, the score and the sentence."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}
    ITEM_HEIGHT: ClassVar[int] = _LINES + 3

    def __init__(self, document: Document, reasons: Sequence[tuple[Reason, str]], *, blind: bool) -> None:
        super().__init__(id="reason-list")
        self._document = document
        self._reasons = reasons
        self._blind = blind

    @property
    def current(self) -> Reason | None:
        """The reason under the cursor."""
        return self._reasons[self.cursor][0] if self.cursor < len(self._reasons) else None

    def item_count(self) -> int:
        """Return the number of reasons."""
        return len(self._reasons)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return an empty line, or why there are no reasons."""
        return advice_heading(self, _NO_REASONS, width)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of a reason."""
        faint, strong = (self.get_component_rich_style(f"sides--{name}", partial=True) for name in ("faint", "strong"))
        reason, candidate = self._reasons[index]
        score = "" if self._blind else f"{reason.score:.2f}"
        maybe = f"maybe also {one_line(candidate)}: " if candidate else ""
        names = fit(f"  {maybe}{reason.a} = {reason.b}", max(width - cells(score) - 2, 8))
        sentence = sentence_around(self._document, reason.at, max(width - 6, 8) * _LINES - _LINES)
        rows = wrapped(sentence, max(width - 6, 8))[:_LINES]
        return [
            [Segment(pad(names, max(width - cells(score) - 1, 1)), strong), Segment(score, faint)],
            [Segment(fit(f"    {reason.description}", max(width - 1, 1)))],
            *([Segment(f"    {row}", faint)] for row in rows),
            *([] for _ in range(_LINES - len(rows) + 1)),
        ]


class ReasonsScreen(ListScreen[int | None]):
    """Lists reasons; its result is the offset of the sentence to go to, None if the user goes back."""

    AUTO_FOCUS = "#reason-list"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    CONTEXT = Context.REASONS

    def __init__(
        self, document: Document, name: str, reasons: Sequence[tuple[Reason, str]], keymap: Keymap, *, blind: bool
    ) -> None:
        """List reasons.

        Args:
            document: The document that they are about.
            name: The name of the entity.
            reasons: The reasons, each with the name of the other entity that may be the same, or "".
            keymap: The user's keys.
            blind: Whether scores are hidden.
        """
        self._rows = EvidenceRows(document, reasons, blind=blind)
        super().__init__(keymap, self._rows)
        self._entity_name = name
        self.actions.bind(GO_BACK_ACTIONS, self)
        self.actions.bind(_ACTIONS, self)

    def fill(self, message: str = "") -> None:
        """Show the reasons."""
        self._rows.refill()
        count = self._rows.item_count()
        self.title_bar.show(
            f"Reasons · {one_line(self._entity_name)}", (f"{count:,} reason{'' if count == 1 else 's'}",)
        )
        self.status_bar.show(message)

    def open_reason(self) -> None:
        """Go to the sentence."""
        if reason := self._rows.current:
            self.leave(reason.at)

    @on(RowList.Chosen)
    def _open_clicked(self) -> None:
        self.open_reason()


_ACTIONS: Final = ActionTable[ReasonsScreen](plain={"reason-open": ReasonsScreen.open_reason})
