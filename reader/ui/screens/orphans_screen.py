"""Orphans: decisions whose mention is gone because the text changed. The user attaches them again or dismisses them."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment

from reader.annotate import Step, describe_step
from reader.annotate.changed_text.candidate_spans import OrphanGroup, candidate_spans, group_by_span
from reader.display.cells import cells, fit
from reader.document import one_line
from reader.reading import Reading
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.advice import advice_heading
from reader.ui.screens.base.decision_list import DECISION_ACTIONS, DecisionList
from reader.ui.screens.base.list_screen import ListScreen

_CONTEXT: Final = 24
"""Code points shown on either side of a candidate."""
_MOST_QUOTE: Final = 40


class OrphanRows(RowList):
    """The decision of each orphan, and below it the text that it was made on."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}
    ITEM_HEIGHT: ClassVar[int] = 3

    def __init__(self) -> None:
        super().__init__(id="orphans")
        self.groups: list[OrphanGroup] = []
        """The orphans, those of one span together."""

    @property
    def current(self) -> OrphanGroup | None:
        """The orphans under the cursor."""
        return self.groups[self.cursor] if self.cursor < len(self.groups) else None

    def item_count(self) -> int:
        """Return the number of groups."""
        return len(self.groups)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return an empty line, or advice while the list is empty."""
        advice = "There are no orphans: every decision fits this text."
        return advice_heading(self, advice, width)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of a group: the decision, and the text around the mention as it was."""
        faint, strong = (self.get_component_rich_style(f"sides--{name}", partial=True) for name in ("faint", "strong"))
        anchor = self.groups[index].anchor
        prefix, quote, suffix = map(_on_one_line, (anchor.prefix, anchor.quote, anchor.suffix))
        quote = fit(quote, max(width // 2, 8))
        room = max((width - cells(quote) - 6) // 2, 0)
        prefix = "…" + (prefix if cells(prefix) < room else prefix[len(prefix) - max(room - 1, 0) :])
        context = [
            Segment(f"    {prefix}", faint),
            Segment(quote, strong),
            Segment(fit(suffix + "…", room), faint),
        ]
        return [[Segment(fit(f"  {_description(self.groups[index])}", width))], context, []]


class OrphansScreen(ListScreen[int | None]):
    """Lists the orphans; its result is the offset of the span attached last, None if there is none."""

    AUTO_FOCUS = "#orphans"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    CONTEXT = Context.ORPHANS
    PASSES_KEYS_BELOW = True

    def __init__(self, reading: Reading, keymap: Keymap, selection: tuple[int, int] | None = None) -> None:
        self._rows = OrphanRows()
        super().__init__(keymap, self._rows)
        self.reading = reading
        self._selection = selection
        """The selected span in the text, which is the first candidate."""
        self._attached: int | None = None
        self._decisions = DecisionList(self, reading)
        self.actions.bind(DECISION_ACTIONS, self._decisions)
        self.actions.bind(_ACTIONS, self)

    def on_mount(self) -> None:
        """Follow the changes of other windows."""
        self._decisions.watch()

    def fill(self, message: str = "") -> None:
        """Show the current orphans."""
        self._decisions.mark_shown()
        self._rows.groups = group_by_span(self.reading.history.orphans)
        self._rows.refill()
        count = len(self._rows.groups)
        self.title_bar.show("Orphans", (f"{count:,} mention{'' if count == 1 else 's'}",))
        self._decisions.show_message(message)

    async def attach(self) -> None:
        """Ask to which span the orphans under the cursor belong now."""
        orphans = self._rows.current
        if orphans is None:
            return
        text = self.reading.document.text
        spans = candidate_spans(text, orphans.anchor, orphans.start)
        if self._selection:
            spans = [self._selection, *(span for span in spans if span != self._selection)]
        if not spans:
            self._decisions.show_message(self._advice())
            return
        quote = one_line(orphans.anchor.quote, _MOST_QUOTE)
        choices = [Choice(_excerpt(text, *span)) for span in spans]
        title = f"Where does “{quote}” belong now?"
        if not any(_same(text[slice(*span)], orphans.anchor.quote) for span in spans):
            title = f"“{quote}” is no longer in the text. Is it one of these now?"
        index = await self.prompts.ask_choice(title, choices)
        if index is not None:
            self._attached = spans[index][0]
            self._decisions.decide(*orphans.reattached(*spans[index]))
            self.fill(f"attached: {_description(orphans)}; {self.keymap.key_of('undo')} undoes this")

    def dismiss_orphans(self) -> None:
        """Dismiss the orphans under the cursor."""
        if orphans := self._rows.current:
            self._decisions.decide(*orphans.dismissed())
            self.fill(f"dismissed: {_description(orphans)}; {self.keymap.key_of('undo')} undoes this")

    def go_back(self) -> None:
        """Go back, to the span attached last."""
        self.leave(self._attached)

    def _advice(self) -> str:
        """Return how to attach orphans without a candidate."""
        key_of = self.keymap.key_of
        attach = f"{key_of('orphans')}, {key_of('orphan-attach')}"
        return f"no similar words in the text: select the right ones with {key_of('select')}, then press {attach}"


_ACTIONS: Final = ActionTable[OrphansScreen](
    plain={
        "orphan-attach": OrphansScreen.attach,
        "orphan-dismiss": OrphansScreen.dismiss_orphans,
        "cancel": OrphansScreen.go_back,
        "quit": OrphansScreen.go_back,
    },
)


def _description(orphans: OrphanGroup) -> str:
    """Return a description of the decision."""
    decisions = tuple(orphan.decision for orphan in orphans.orphans)
    return describe_step(Step("", "", decisions, quotes=(orphans.anchor.quote,) * len(decisions)), "")


def _same(words: str, quote: str) -> bool:
    return " ".join(words.split()).casefold() == " ".join(quote.split()).casefold()


def _on_one_line(text: str) -> str:
    """Return text on one line, with a space at its ends where there was white space."""
    line = one_line(text)
    return f"{' ' * text[:1].isspace()}{line}{' ' * text[-1:].isspace()}" if line else ""


def _excerpt(text: str, start: int, end: int) -> str:
    prefix, suffix = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return one_line(f"…{prefix}[{text[start:end]}]{suffix}…")
