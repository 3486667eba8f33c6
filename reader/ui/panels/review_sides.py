"""The sides of a review's question, one a row, and what speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style

from reader.display.cells import cells, fit, pad
from reader.display.differences import differing_spans
from reader.display.excerpts import sentence_excerpt
from reader.display.labels import letter_of
from reader.display.page import wrapped
from reader.document import Document
from reader.review.questions import Item, Kind, Reason, Side
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.painting import Layer, paint
from reader.ui.base.row_list import RowList

_COUNT: Final = 6
_LABEL: Final = 12
_SHARED: Final = "One name for two? Enter twice lists its mentions: m marks, e moves them."
"""What can be done where one name stands for two entities; said where there is room for it."""
_NARROW: Final = 60
"""Cells below which a label is its letter."""


class SideRows(RowList):
    """The question, and a row for each side: tick, name with what differs, label, number of mentions."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong", "sides--doubt", "sides--differs"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.item: Item | None = None
        """The question."""
        self.ticked: set[int] = set()
        self.blind = False
        """Whether scores are hidden."""
        self.nothing: tuple[str, ...] = ()
        """What is said where there is no question."""
        self.verdict = ""
        """How the question was answered before."""
        self._styles = LabelStyles(self)

    def item_count(self) -> int:
        """Return the number of sides."""
        return len(self.item.sides) if self.item else 0

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the question and what speaks for a yes."""
        strong, faint = self._part("sides--strong"), self._part("sides--faint")
        if self.item is None:
            lines = [row for line in self.nothing for row in (wrapped(line, max(width - 2, 1)) or [""])]
            return [[Segment(" " + line, strong if number == 0 else faint)] for number, line in enumerate(lines)]
        question = [Segment(fit(f" {question_of(self.item)}", width), strong)]
        why = [Segment(fit(f" {self._why(self.item)}", width), faint)]
        judged = self.verdict and f"Judged before: {self.verdict}."
        extra = [line for line in (self.item.doubt, rivalry_of(self.item), judged) if line]
        doubts = [[Segment(fit(" " + line, width), self._part("sides--doubt"))] for line in extra]
        two = width > cells(_SHARED) and (self.item.rivals or self.item.kind is Kind.MERGES)
        shared = [[Segment(f" {_SHARED}", faint)]] if two else []
        return [question, why, *doubts, *shared, []]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a side."""
        assert self.item is not None
        side, faint = self.item.sides[index], self._part("sides--faint")
        tick = "[x] " if index in self.ticked else "[ ] "
        count = f"{len(side.mentions):,}"
        shown = side.label if width >= _NARROW else letter_of(side.label)
        label_width = _LABEL if width >= _NARROW else 1
        room = max(width - len(tick) - _COUNT - label_width - 4, 8)
        name = self._form(index, room)
        gap = pad("", room - sum(cells(segment.text) for segment in name))
        label = Segment(pad(shown, label_width), self._styles.color(side.label))
        return [[Segment(" "), Segment(tick, faint), *name, Segment(gap + "  "), label, Segment(count.rjust(_COUNT))]]

    def notify_style_update(self) -> None:
        """Forget the colors of the theme before."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    def _why(self, item: Item) -> str:
        words = "; ".join(dict.fromkeys(reason.words for reason in item.reasons)) or "no reason is known"
        return words if self.blind else f"{item.score:.2f}  {words}"

    def _form(self, index: int, room: int) -> list[Segment]:
        """Return a side's name, or its alias that is alike, with the letters marked that the other side has not."""
        assert self.item is not None
        side, faint = self.item.sides[index], self._part("sides--faint")
        form, other = compared(self.item, index, self.cursor)
        lead = "" if form == side.name else fit(f"{side.name}, also ", max(room - cells(form), 8))
        shown = fit(form, max(room - cells(lead), 1))
        differs = self._part("sides--differs")
        layers = [Layer(start, end, differs) for start, end in differing_spans(form, other) if end <= len(shown)]
        strong = self._part("sides--strong")
        return [Segment(lead, faint), *paint(shown, 0, len(shown), strong, layers)]

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)


def question_of(item: Item) -> str:
    """Return what is asked."""
    if item.kind is Kind.MERGES:
        return "These names were merged. Are they one entity?"
    if item.rivals:
        return f"Which one is “{compared(item, 0, 0)[0]}”?"
    return "Are these one entity?" if len(item.sides) > 2 else "Are these two one entity?"


def rivalry_of(item: Item) -> str:
    """Return what is said of rivals, "" where there are none."""
    if item.held:
        return f"It is counted with {item.sides[1].name} now; it can be one of them only."
    return "Rivals: it can be one of them only." if item.rivals else ""


def compared(item: Item, index: int, cursor: int) -> tuple[str, str]:
    """Return the form of a side that is like another side's, and that other form.

    Args:
        item: The question.
        index: Which side.
        cursor: The side at hand, with which the first one is compared.
    """
    side, partner = item.sides[index], item.sides[(cursor or 1) if index == 0 else 0]
    near, far = ({name.text for name in each.names} for each in (side, partner))
    anywhere: tuple[str, str] | None = None
    for reason in item.reasons:
        for form, other in ((reason.a, reason.b), (reason.b, reason.a)):
            if form in near and other in far:
                return form, other
            if form in near and anywhere is None:
                anywhere = form, other
    return anywhere or (side.name, partner.name)


class ReasonRows(RowList):
    """Why the sides may be one: rules, scores, and the sentences they rest on."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}

    def __init__(self, document: Document, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._document = document
        self._reasons: Sequence[Reason] = ()
        self._sides: Sequence[Side] = ()
        self._blind = False

    def show(self, item: Item | None, *, blind: bool) -> None:
        """Show the reasons of a question."""
        self._reasons = item.reasons if item else ()
        self._sides = item.sides if item else ()
        self._blind = blind
        self.refill(cursor=0)
        self.scroll_to(y=0, animate=False)

    def item_count(self) -> int:
        """Nothing is chosen here."""
        return 0

    def show_cursor(self) -> None:
        """Stay where it is scrolled to."""

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return every reason with its sentence."""
        faint, strong = (self.get_component_rich_style(f"sides--{name}", partial=True) for name in ("faint", "strong"))
        lines: list[list[Segment]] = []
        for reason in self._reasons:
            score = "" if self._blind else f"{reason.score:.2f}  "
            head = f" {score}{reason.a} = {reason.b}: {reason.words}"
            lines += [[Segment(row, strong)] for row in wrapped(head, max(width - 1, 1))]
            quoted = wrapped(self._sentence(reason), max(width - 8, 8))
            lines += [[Segment("       " + row, faint)] for row in quoted]
        return lines or [[Segment(" No reason is known." if self._sides else "", faint)]]

    def _sentence(self, reason: Reason) -> str:
        return "" if reason.at is None else " ".join(sentence_excerpt(self._document, reason.at).split())
