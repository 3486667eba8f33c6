"""Decisions that lost their place when the text changed: attached again by hand, or given up."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment

from reader.annotate import Step, describe_step
from reader.annotate.changed_text.candidates import Lost, by_place, candidates
from reader.display.cells import cells, fit
from reader.document import one_line
from reader.reading import Reading
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.choice import Choice
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.list_screen import DecisionsScreen

_CONTEXT = 24
"""Code points shown on either side of a place on offer."""


class LostRows(RowList):
    """What was decided, and below it where that was."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}
    ITEM_HEIGHT: ClassVar[int] = 3

    def __init__(self) -> None:
        super().__init__(id="orphans")
        self.lost: list[Lost] = []

    @property
    def current(self) -> Lost | None:
        """The one under the cursor."""
        return self.lost[self.cursor] if self.cursor < len(self.lost) else None

    def item_count(self) -> int:
        """Return the number of lost places."""
        return len(self.lost)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return what is to be said of an empty list."""
        if self.lost:
            return [[]]
        faint = self.get_component_rich_style("sides--faint", partial=True)
        return [[], [Segment(fit(" Every decision has its place in this text.", width), faint)]]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of a lost place: what was decided, and what stood there."""
        faint, strong = (self.get_component_rich_style(f"sides--{name}", partial=True) for name in ("faint", "strong"))
        lost = self.lost[index]
        before, quote, after = map(_on_one_line, (lost.anchor.prefix, lost.anchor.quote, lost.anchor.suffix))
        quote = fit(quote, max(width // 2, 8))
        room = max((width - cells(quote) - 6) // 2, 0)
        before = "…" + (before if cells(before) < room else before[len(before) - max(room - 1, 0) :])
        context = [
            Segment(f"    {before}", faint),
            Segment(quote, strong),
            Segment(fit(after + "…", room), faint),
        ]
        return [[Segment(fit(f"  {_words(lost)}", width))], context, []]


class OrphansScreen(DecisionsScreen[int]):
    """Shows them; answers with the place at which the last was attached (code points), None where none was."""

    AUTO_FOCUS = "#orphans"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    PLACE = Context.ORPHANS

    def __init__(self, reading: Reading, keymap: Keymap, chosen: tuple[int, int] | None = None) -> None:
        self._rows = LostRows()
        super().__init__(keymap, self._rows, reading)
        self._chosen = chosen
        """The selection in the text, which is offered first."""
        self._attached: int | None = None

    def fill(self, message: str = "") -> None:
        """Show what has no place now."""
        super().fill()
        self._rows.lost = by_place(self._shown.orphans)
        self._rows.refill()
        count = len(self._rows.lost)
        self._title.show("Decisions that lost their place", (f"{count:,} place{'' if count == 1 else 's'}",))
        self.say(message)

    async def do_orphan_attach(self, count: int) -> None:
        """Choose where it belongs now."""
        del count
        lost = self._rows.current
        if lost is None:
            return
        text = self.reading.document.text
        places = candidates(text, lost.anchor, lost.start)
        if self._chosen:
            places = [self._chosen, *(place for place in places if place != self._chosen)]
        if not places:
            self.say("nothing like it stands in the text: select the words with v there, then g o, Enter")
            return
        quote = one_line(lost.anchor.quote, 40)
        rows = [Choice(_excerpt(text, *place)) for place in places]
        title = f"Where does “{quote}” belong now?"
        if not any(_same(text[slice(*place)], lost.anchor.quote) for place in places):
            title = f"“{quote}” stands nowhere any more. Is it one of these now?"
        index = await self.ask_choice(title, rows)
        if index is not None:
            self._attached = places[index][0]
            self.decide(*lost.at(*places[index]))
            self.fill(f"attached: {_words(lost)}; u takes it back")

    def do_orphan_dismiss(self, count: int) -> None:
        """Give it up."""
        del count
        if lost := self._rows.current:
            self.decide(*lost.dismissed())
            self.fill(f"given up: {_words(lost)}; u brings it back")

    def do_cancel(self, count: int) -> None:
        """Go back, to where the last was attached."""
        del count
        self.leave(self._attached)

    def do_quit(self, count: int) -> None:
        """Go back as with Escape."""
        self.do_cancel(count)


def _words(lost: Lost) -> str:
    """Return what was decided about a place that is not there any more."""
    decisions = tuple(orphan.decision for orphan in lost.orphans)
    return describe_step(Step("", "", decisions, quotes=(lost.anchor.quote,) * len(decisions)), "")


def _same(words: str, quote: str) -> bool:
    return " ".join(words.split()).casefold() == " ".join(quote.split()).casefold()


def _on_one_line(text: str) -> str:
    """Return text on one line, with a space at its ends where there was white space."""
    line = one_line(text)
    return f"{' ' * text[:1].isspace()}{line}{' ' * text[-1:].isspace()}" if line else ""


def _excerpt(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return one_line(f"…{before}[{text[start:end]}]{after}…")
