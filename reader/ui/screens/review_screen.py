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
from reader.ui.actions.review_actions import ReviewCommands
from reader.ui.base.bars import Bar, HintBar
from reader.ui.base.row_list import RowList
from reader.ui.keys.commands import Command, Context
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.review_contexts import ContextRows
from reader.ui.panels.review_sides import ReasonRows, SideRows
from reader.ui.screens.base.visiting_screen import VisitingScreen

_WIDE: Final = 72
_LOW: Final = 32
_SHORT: Final = 14
_HEADING: Final = 6


class ReviewScreen(VisitingScreen[Mention]):
    """Goes through merges; answers with the mention at which to read on, or None."""

    AUTO_FOCUS = "#sides"
    CSS_PATH = resource_folder("styles") / "review.tcss"

    def __init__(self, reading: Reading, keymap: Keymap, review: Review | None = None) -> None:
        super().__init__(keymap)
        self.reading = reading
        self.review = review or Review(reading)
        self.sides = SideRows(keymap, id="sides")
        self.reasons = ReasonRows(reading.document, id="reasons")
        self.reasons.display = False
        self._contexts = ContextRows(reading, id="first"), ContextRows(reading, id="second")
        self._title, self._status, self._hints = Bar(id="title"), Bar(id="status"), HintBar(id="hints")
        self._message, self._alarm, self._typed = "", False, ""
        self._shown = False
        self.handlers[Context.REVIEW] = ReviewCommands(self)
        self.review.refresh()

    @property
    def context(self) -> Context:
        """Always the review."""
        return Context.REVIEW

    @property
    def kept(self) -> bool:
        """Whether every decision is where it should be."""
        return self.reading.store.safe

    @property
    def at_hand(self) -> ContextRows:
        """The mentions of the side under the cursor."""
        return self._contexts[1 if self.sides.cursor else 0]

    def compose(self) -> ComposeResult:
        """Lay out question, reasons and mentions."""
        yield self._title
        yield self.sides
        yield self.reasons
        with Container(id="contexts"):
            yield from self._contexts
        yield self._status
        yield self._hints

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

    def say(self, message: str, *, alarm: bool = False) -> None:
        """Show one line as the last action."""
        self._message, self._alarm = message, alarm
        self._refresh_bars()

    async def give(self, command: Command, count: int = 1) -> None:
        """Carry a command out, without what was said of the one before."""
        said, self._message = self._message, self._message if self._alarm else ""
        await super().give(command, count)
        if said != self._message:
            self._refresh_bars()

    def typing(self, keys: str) -> None:
        """Show the keys typed so far."""
        if keys != self._typed:
            self._typed = keys
            self._refresh_bars()

    def walk(self, step: int) -> None:
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

    def do_cancel(self, count: int) -> None:
        """Leave a question that is judged again as it was; or else go back."""
        if self.review.earlier_answer is None:
            super().do_cancel(count)
            return
        self.review.skip()
        self.say("left as it was")
        self.show_question()

    def do_undo(self, count: int) -> None:
        """Take back the last answer and ask it again."""
        self._step_back(count, undo=True)

    def do_redo(self, count: int) -> None:
        """Give again the answer that was taken back."""
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
        nothing = "nothing was decided in this review; Esc, then u takes back more" if undo else "nothing to redo"
        self.say(f"{word}: {done}" if done else nothing, alarm=not self.kept)
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
        turn = next(
            iter(
                self.keymap.keys_of(next(c for c in self.keymap.commands_of(Context.REVIEW) if c.id == "review-turn"))
            ),
            "",
        )
        others = str(other) if count != 1 else str(other).removesuffix("s")
        number = f"{count:,} " if count != 1 else ""
        more = f"{turn} goes through the {number}{others}." if count else f"There are no {other} to go through."
        return f"No {review.kind} are left.", f"{done}{more} Esc goes back to the text."

    def _refresh_bars(self) -> None:
        if not self._shown:
            return
        place, total = self.review.position
        progress = f"{self.review.kind}: {place:,} of {total:,}" if total else f"{self.review.kind}: none"
        unsure = len(self.review.unsure & {item.key for item in self.review.open_questions})
        self._title.show(f"Review · {self.reading.document.title}", (progress, f"{unsure:,} unsure" if unsure else ""))
        store = self.reading.store
        saved = "not kept" if not store.persistent else "saved" if self.kept else f"{store.unsaved} NOT SAVED"
        self._status.show(self._typed or self._message, (saved,), alarm=self._alarm or not self.kept)
        self._hints.hint(self.hints())
