"""The question of a review: its sides, one a row, and the reasons why they may be one entity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style

from reader.display.cells import cells, fit, pad
from reader.display.colors.labels import letter_of
from reader.display.differences import differing_spans
from reader.display.excerpts import sentence_excerpt
from reader.display.wrapping import wrapped
from reader.document import Document
from reader.review.questions import QuestionKind, ReviewQuestion, Side
from reader.review.reasons import Reason
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.painting import Layer, paint
from reader.ui.base.row_list import RowList
from reader.ui.keys.keymap import Keymap

_COUNT_WIDTH: Final = 6
_LABEL_WIDTH: Final = 12
_WIDEST: Final = 100
"""Cells of a row on a wide screen: the label stays near the name."""
_NARROW: Final = 60
"""Cells of width below which a label is shown as its letter."""


class SideRows(RowList):
    """The question, and a row for each side: tick, name with its differences marked, label, number of mentions."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong", "sides--doubt", "sides--differs"}

    def __init__(self, keymap: Keymap, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.question: ReviewQuestion | None = None
        self.ticked: set[int] = set()
        """The indexes of the ticked sides."""
        self.blind = False
        """Whether scores are hidden."""
        self.empty_message: tuple[str, ...] = ()
        """The lines shown where there is no question."""
        self.earlier_answer = ""
        """The earlier answer to the question, "" if it is asked for the first time."""
        self._keymap = keymap
        self._styles = LabelStyles(self)

    def item_count(self) -> int:
        """Return the number of sides."""
        return len(self.question.sides) if self.question else 0

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the question, the reasons in short, and what to know before answering."""
        strong, faint, doubt = self._part_style("strong"), self._part_style("faint"), self._part_style("doubt")
        question = self.question
        if question is None:
            rows = [row for line in self.empty_message for row in (wrapped(line, max(width - 2, 1)) or [""])]
            return [[Segment(f" {row}", faint if index else strong)] for index, row in enumerate(rows)]
        lines = [
            [Segment(fit(f" {title_of(question)}", width), strong)],
            [Segment(fit(f" {self._reasons_in_short(question)}", width), faint)],
        ]
        earlier = f"Your earlier answer: {self.earlier_answer}." if self.earlier_answer else ""
        warnings = filter(None, (question.doubt, rivals_note(question), earlier))
        lines += [[Segment(fit(f" {warning}", width), doubt)] for warning in warnings]
        advice = self._advice()
        may_share_name = question.rivals or question.kind is QuestionKind.MERGES
        if may_share_name and width > cells(advice):
            lines.append([Segment(f" {advice}", faint)])
        return [*lines, []]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a side."""
        assert self.question is not None
        side, faint = self.question.sides[index], self._part_style("faint")
        tick = "[x] " if index in self.ticked else "[ ] "
        count = f"{len(side.mentions):,}"
        label, label_width = (side.label, _LABEL_WIDTH) if width >= _NARROW else (letter_of(side.label), 1)
        width = min(width, _WIDEST)
        name_width = max(width - len(tick) - _COUNT_WIDTH - label_width - 4, 8)
        name = self._marked_name(self.question, index, name_width)
        gap = pad("", name_width - sum(cells(segment.text) for segment in name))
        return [
            [
                Segment(" "),
                Segment(tick, faint),
                *name,
                Segment(gap + "  "),
                Segment(pad(label, label_width), self._styles.color(side.label)),
                Segment(count.rjust(_COUNT_WIDTH)),
            ]
        ]

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    def _advice(self) -> str:
        """Return what to do where one name stands for two entities; it is shown if there is room."""
        review_key, text_key = self._keymap.key_of("review-open"), self._keymap.key_of("open-entity")
        keys = f"{review_key} twice" if review_key == text_key else f"{review_key}, then {text_key},"
        return f"Same name, two people? Press {keys} to list its mentions and move some."

    def _reasons_in_short(self, question: ReviewQuestion) -> str:
        reasons = "; ".join(dict.fromkeys(reason.description for reason in question.reasons)) or "no reason is known"
        return reasons if self.blind else f"{question.score:.2f}  {reasons}"

    def _marked_name(self, question: ReviewQuestion, index: int, width: int) -> list[Segment]:
        """Return the name of a side, or its most similar alias, with the letters marked that the other side lacks."""
        side = question.sides[index]
        form, other_form = similar_forms(question, index, self.cursor)
        lead = "" if form == side.name else fit(f"{side.name}, also ", max(width - cells(form), 8))
        fitted = fit(form, max(width - cells(lead), 1))
        differs = self._part_style("differs")
        layers = [Layer(start, end, differs) for start, end in differing_spans(form, other_form) if end <= len(fitted)]
        strong, faint = self._part_style("strong"), self._part_style("faint")
        return [Segment(lead, faint), *paint(fitted, 0, len(fitted), strong, layers)]

    def _part_style(self, name: str) -> Style:
        return self.get_component_rich_style(f"sides--{name}", partial=True)


def title_of(question: ReviewQuestion) -> str:
    """Return what a question asks, in a sentence."""
    if question.kind is QuestionKind.MERGES:
        return "These names were merged. Are they the same entity?"
    if question.rivals:
        short_form, _ = similar_forms(question, 0, 0)
        return f"Which of these is “{short_form}”?"
    return "Are all of these the same entity?" if len(question.sides) > 2 else "Are these two the same entity?"


def rivals_note(question: ReviewQuestion) -> str:
    """Return that only one side can be chosen, "" where the question has no rivals."""
    if question.assigned:
        return f"Now counted as {question.sides[1].name}. It can be only one of them."
    return "It can be only one of them." if question.rivals else ""


def similar_forms(question: ReviewQuestion, index: int, cursor: int) -> tuple[str, str]:
    """Return the surface form of a side that is like a form of another side, and that other form.

    Args:
        question: The question.
        index: The index of the side.
        cursor: The index of the side under the cursor; the first side is compared with it, all others with the first.
    """
    partner_index = 0 if index else cursor or 1
    side, partner = question.sides[index], question.sides[partner_index]
    forms, partner_forms = ({name.text for name in compared.names} for compared in (side, partner))
    pairs = [pair for reason in question.reasons for pair in ((reason.a, reason.b), (reason.b, reason.a))]
    with_partner = (pair for pair in pairs if pair[0] in forms and pair[1] in partner_forms)
    with_any_side = (pair for pair in pairs if pair[0] in forms)
    return next(with_partner, None) or next(with_any_side, (side.name, partner.name))


class ReasonRows(RowList):
    """The reasons in full: names, score, rule, and the sentence of the text that contains the evidence."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}

    def __init__(self, document: Document, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._document = document
        self._reasons: Sequence[Reason] = ()
        self._sides: Sequence[Side] = ()
        self._blind = False

    def show(self, question: ReviewQuestion | None, *, blind: bool) -> None:
        """Show the reasons of a question, without scores if `blind`."""
        self._reasons = question.reasons if question else ()
        self._sides = question.sides if question else ()
        self._blind = blind
        self.refill(cursor=0)
        self.scroll_to(y=0, animate=False)

    def item_count(self) -> int:
        """Return 0: there is nothing to choose."""
        return 0

    def show_cursor(self) -> None:
        """Leave the scroll position alone."""

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return every reason with its sentence."""
        faint, strong = (self.get_component_rich_style(f"sides--{name}", partial=True) for name in ("faint", "strong"))
        lines: list[list[Segment]] = []
        for reason in self._reasons:
            score = "" if self._blind else f"{reason.score:.2f}  "
            head = f" {score}{reason.a} = {reason.b}: {reason.description}"
            lines += [[Segment(row, strong)] for row in wrapped(head, max(width - 1, 1))]
            sentence_rows = wrapped(self._sentence(reason), max(width - 8, 8))
            lines += [[Segment("       " + row, faint)] for row in sentence_rows]
        return lines or [[Segment(" No reason is known." if self._sides else "", faint)]]

    def _sentence(self, reason: Reason) -> str:
        return " ".join(sentence_excerpt(self._document, reason.at).split())
