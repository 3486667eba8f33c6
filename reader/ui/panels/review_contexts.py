"""Every mention of one side of a question, with the words around it."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style

from reader.display.cells import fit
from reader.display.excerpts import excerpt
from reader.reading import Reading
from reader.recognize import Mention
from reader.review.questions import Side
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList

_FEWEST_ROWS: Final = 3
_MOST_ROWS: Final = 5
"""Rows of an excerpt: more than the fewest if all excerpts of the side fit then."""


class ContextRows(RowList):
    """The mentions of a side, each in as much of its context as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"contexts--faint"}

    def __init__(self, reading: Reading, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._reading = reading
        self.side: Side | None = None
        """The side whose mentions are shown."""
        self.is_current = False
        """Whether the cursor of the review is on this side."""
        self._styles = LabelStyles(self)

    @property
    def current(self) -> Mention | None:
        """The mention under the cursor."""
        return self.side.mentions[self.cursor] if self.side and self.cursor < len(self.side.mentions) else None

    def show(self, side: Side | None, *, is_current: bool) -> None:
        """Show a side. The cursor stays if the mentions have not changed."""
        same = side is not None and self.side is not None and side.mentions == self.side.mentions
        self.side, self.is_current = side, is_current
        self.refill(cursor=self.cursor if same else 0)
        if not same:
            self.scroll_to(y=0, animate=False)
        self.show_cursor()

    def item_count(self) -> int:
        """Return the number of mentions."""
        return len(self.side.mentions) if self.side else 0

    @property
    def item_height(self) -> int:
        """The rows of an excerpt, and one below it."""
        return self._excerpt_rows + 1

    @property
    def _excerpt_rows(self) -> int:
        room = self.size.height - len(self._heading)
        return max(_FEWEST_ROWS, min(room // max(self.item_count(), 1) - 1, _MOST_ROWS))

    def marks_cursor(self) -> bool:
        """Return whether the cursor is drawn: only on the current side."""
        return self.is_current

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the name of the side, and its aliases with their counts."""
        if self.side is None:
            return []
        counts = Counter(self._reading.name_of(mention).text for mention in self.side.mentions)
        aliases = " · ".join(f"{name} {count:,}" for name, count in counts.most_common() if name != self.side.name)
        name = fit(self.side.name, max(width - 2, 1))
        lines = [[Segment(" "), Segment(name, self._styles.plain(self.side.label))]]
        return [*lines, [Segment(fit(f" {aliases}", width), self._faint)]] if aliases else lines

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return a mention in its context."""
        assert self.side is not None
        mention = self.side.mentions[index]
        number = f"{index + 1:>3} "
        rows = excerpt(self._reading.document, mention, max(width - len(number) - 1, 1), self._excerpt_rows)
        name = self._styles.plain(mention.label)
        lines = []
        for row_index, row in enumerate(rows):
            lead = Segment(" " * len(number) if row_index else number, self._faint)
            lines.append([lead, Segment(row.before), Segment(row.name, name), Segment(row.after)])
        return [*lines, []]

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    @property
    def _faint(self) -> Style:
        return self.get_component_rich_style("contexts--faint", partial=True)
