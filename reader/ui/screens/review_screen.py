"""The review: one question after the other, both sides in view, one key for an answer."""

from __future__ import annotations

from collections import Counter
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container

from reader.reading import Reading
from reader.recognize import Mention
from reader.resources import resource_folder
from reader.review.questions import QuestionKind
from reader.review.session import Review, ReviewAnswer
from reader.ui.actions.review_actions import REVIEW_ACTIONS
from reader.ui.base.bars import Bar, HintBar
from reader.ui.base.row_list import RowList
from reader.ui.keys.commands import Command, Context
from reader.ui.keys.keymap import Keymap
from reader.ui.keys.registry import ActionTable
from reader.ui.panels.review_contexts import ContextRows
from reader.ui.panels.review_sides import ReasonRows, SideRows
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.base.common_actions import COMMON_ACTIONS, go_back

_WIDE: Final = 72
_LOW: Final = 32
_SHORT: Final = 14
_HEADING: Final = 6


class ReviewScreen(CommandScreen[Mention | None]):
    """Goes through merges; answers with the mention at which to read on, or None."""

    AUTO_FOCUS = "#sides"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    PASSES_KEYS_BELOW = True

    def __init__(self, reading: Reading, keymap: Keymap, review: Review | None = None) -> None:
        super().__init__(keymap)
        self.reading = reading
        self.review = review or Review(reading)
        self.sides = SideRows(keymap, id="sides")
        self.reasons = ReasonRows(reading.document, id="reasons")
        self.reasons.display = False
        self._contexts = ContextRows(reading, id="first"), ContextRows(reading, id="second")
        self._title, self._status, self._hint_bar = Bar(id="title"), Bar(id="status"), HintBar(id="hints")
        self._message, self._alarm, self._typed = "", False, ""
        self._shown = False
        self.actions.bind(COMMON_ACTIONS, self)
        self.actions.bind(REVIEW_ACTIONS, self)
        self.actions.bind(_SCREEN_ACTIONS, self)
        self.review.refresh()

    @property
    def context(self) -> Context:
        """Always the review."""
        return Context.REVIEW

    @property
    def saved(self) -> bool:
        """Whether every decision is saved, or annotations are off."""
        return self.reading.store.safe

    @property
    def at_hand(self) -> ContextRows:
        """The mentions of the side under the cursor."""
        return self._contexts[1 if self.sides.cursor else 0]

    @property
    def current_mention(self) -> Mention | None:
        """The mention under the cursor."""
        return self.at_hand.current

    def compose(self) -> ComposeResult:
        """Lay out question, reasons and mentions."""
        yield self._title
        yield self.sides
        yield self.reasons
        with Container(id="contexts"):
            yield from self._contexts
        yield self._status
        yield self._hint_bar

    def on_mount(self) -> None:
        """Ask the first question."""
        self._shown = True
        self.show_question()

    def on_resize(self, event: events.Resize) -> None:
        """Put the two sides side by side where there is room."""
        del event
        width, height = self.app.size
        self.set_class(width >= _WIDE, "-wide")
        self.set_class(height < _LOW, "-low")
        self.set_class(height < _SHORT, "-short")
        self._fit()

    def reload(self) -> None:
        """Take over what was found in the meantime."""
        self.review.refresh()
        self.show_question()

    def show_question(self) -> None:
        """Show the question that is asked now."""
        item, review, sides = self.review.current, self.review, self.sides
        if not self._shown:
            return
        same = sides.question is not None and item is not None and sides.question.key == item.key
        sides.question, sides.ticked = item, review.ticked
        sides.earlier_answer = review.earlier_answer.answer if review.earlier_answer else ""
        sides.empty_message = () if item else self._nothing_left()
        sides.refill(cursor=sides.cursor if same else int(len(review.ticked) > 1))
        self.reasons.show(item, blind=sides.blind)
        self._fit()
        self._show_mentions()
        self._refresh_bars()

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line as the last action."""
        self._message, self._alarm = message, alarm
        self._refresh_bars()

    async def start_command(self, command: Command, count: int = 1) -> None:
        """Carry a command out, without what was said of the one before."""
        said, self._message = self._message, self._message if self._alarm else ""
        await super().start_command(command, count)
        if said != self._message:
            self._refresh_bars()

    def show_typed(self, keys: str) -> None:
        """Show the keys typed so far."""
        if keys != self._typed:
            self._typed = keys
            self._refresh_bars()

    def step_mention(self, step: int) -> None:
        """Go to the next or previous mention of the side at hand, from its last to the next side's first."""
        item, rows = self.review.current, self.at_hand
        if item is None:
            return
        if 0 <= rows.cursor + step < rows.item_count():
            rows.move(step)
            return
        self.sides.move_to((self.sides.cursor + step) % len(item.sides))
        self._show_mentions()
        self.at_hand.move_to(0 if step > 0 else self.at_hand.item_count() - 1)

    def toggle_reasons(self) -> None:
        """Show or hide the reasons."""
        self.reasons.display = not self.reasons.display
        self.set_class(self.reasons.display, "-reasons")
        self.show_question()

    def cancel(self) -> None:
        """Leave a question that is asked again as it was answered before; or else leave the review."""
        if self.review.earlier_answer is None:
            self.leave(None)
            return
        self.review.skip()
        self.show_message("left as it was")
        self.show_question()

    def undo(self, count: int) -> None:
        """Undo the last answers, and ask the last of these questions again."""
        self._step_back(count, undo=True)

    def redo(self, count: int) -> None:
        """Redo the answers undone last."""
        self._step_back(count, undo=False)

    @on(RowList.Moved, "#sides")
    def _side_chosen(self) -> None:
        self.sides.refresh()
        self._show_mentions()

    @on(RowList.Chosen, "#sides")
    def _side_clicked(self, event: RowList.Chosen) -> None:
        self.review.tick(event.index)
        self.sides.refill()

    def _step_back(self, count: int, *, undo: bool) -> None:
        done: str | None = None
        for _ in range(count):
            step = self.review.undo() if undo else self.review.redo()
            if step is None:
                break
            done = step
        word = "undid" if undo else "redid"
        cancel_key, undo_key = self.keymap.key_of("cancel"), self.keymap.key_of("undo")
        earlier = f"nothing to undo in this review; {cancel_key}, then {undo_key} undoes earlier steps"
        nothing = earlier if undo else "nothing to redo"
        self.show_message(f"{word}: {done}" if done else nothing, alarm=not self.saved)
        self.show_question()

    def _show_mentions(self) -> None:
        item, cursor = self.review.current, self.sides.cursor
        first, second = self._contexts
        first.show(item.sides[0] if item else None, is_current=cursor == 0)
        second.show(item.sides[cursor or 1] if item else None, is_current=cursor > 0)

    def _fit(self) -> None:
        item = self.review.current
        rows = len(item.sides) if item else 4
        width, height = self.app.size
        self.sides.styles.height = min(_HEADING + rows, max(height // 2, 4))
        needed = len(self.reasons.draw_heading(max(width - 4, 1))) + 1
        self.reasons.styles.max_height = height if height < _LOW else min(needed, height // 3)

    def _nothing_left(self) -> tuple[str, ...]:
        review = self.review
        latest = {entry.question.key: entry.answer for entry in review.answered}
        counts = Counter(latest.values())
        other = QuestionKind.MERGES if review.kind is QuestionKind.SUGGESTIONS else QuestionKind.SUGGESTIONS
        count = len(review.questions_of(other))
        done = f"{counts[ReviewAnswer.SAME]:,} merged, {counts[ReviewAnswer.APART]:,} kept apart. " if latest else ""
        others = str(other) if count != 1 else str(other).removesuffix("s")
        number = f"{count:,} " if count != 1 else ""
        more = (
            f"{self.keymap.key_of('review-turn')} goes through the {number}{others}."
            if count
            else f"There are no {other} to go through."
        )
        return f"No {review.kind} are left.", f"{done}{more} {self.keymap.key_of('cancel')} goes back to the text."

    def _refresh_bars(self) -> None:
        if not self._shown:
            return
        place, total = self.review.position
        progress = f"{self.review.kind}: {place:,} of {total:,}" if total else f"{self.review.kind}: none"
        unsure = len(self.review.unsure & {item.key for item in self.review.open_questions})
        self._title.show(f"Review · {self.reading.document.title}", (progress, f"{unsure:,} unsure" if unsure else ""))
        store = self.reading.store
        unsaved = "" if self.saved else f"{store.unsaved} NOT SAVED"
        state = "not kept" if not store.persistent else unsaved or "saved"
        self._status.show(self._typed or self._message, (state,), alarm=self._alarm or not self.saved)
        self._hint_bar.hint(self.hints())


_SCREEN_ACTIONS: Final = ActionTable[ReviewScreen](
    plain={"cancel": ReviewScreen.cancel, "quit": go_back},
    counted={"undo": ReviewScreen.undo, "redo": ReviewScreen.redo},
)
