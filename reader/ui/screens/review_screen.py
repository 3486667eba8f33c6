"""The review screen: one question after another, with the mentions of two sides, and one key for each answer."""

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
from reader.ui.actions.review_actions import REVIEW_ACTIONS, Destination
from reader.ui.base.bars import Bar, HintBar, StatusBar
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import Command
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.review_contexts import ContextRows
from reader.ui.panels.review_sides import ReasonRows, SideRows
from reader.ui.panels.status import save_status
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.base.common_actions import COMMON_ACTIONS, go_back

_WIDE: Final = 72
"""Cells of the terminal from which on the mentions of two sides are side by side."""
_WIDER: Final = 160
"""Cells of the terminal from which on the reasons are beside the question, shown unless the user hides them."""
_LOW: Final = 32
"""Rows of the terminal below which the reasons replace the mentions."""
_SHORT: Final = 14
"""Rows of the terminal below which title and hints are hidden."""
_HEADING_ROWS: Final = 6
"""Rows of the question above its sides, at most."""
_EMPTY_ROWS: Final = 4
"""Rows of the message shown after the last question."""


class ReviewScreen(CommandScreen[Destination | None]):
    """Asks the questions of a review. The result is where to continue reading, None for where it was left."""

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
        self._reasons_wanted: bool | None = None
        """Whether the user wants to see the reasons; None leaves it to the width of the terminal."""
        self._contexts = ContextRows(reading, id="first"), ContextRows(reading, id="second")
        self._title, self._status, self._hint_bar = Bar(id="title"), StatusBar(id="status"), HintBar(id="hints")
        self._message, self._alarm, self._typed = "", False, ""
        self._mounted = False
        self.actions.bind(COMMON_ACTIONS, self)
        self.actions.bind(REVIEW_ACTIONS, self)
        self.actions.bind(_SCREEN_ACTIONS, self)
        self.review.resume()

    @property
    def context(self) -> Context:
        """The context of the review."""
        return Context.REVIEW

    @property
    def saved(self) -> bool:
        """Whether every decision is saved, or annotations are off."""
        return self.reading.store.safe

    @property
    def current_contexts(self) -> ContextRows:
        """The list with the mentions of the side under the cursor."""
        first, second = self._contexts
        return second if self.sides.cursor else first

    @property
    def current_mention(self) -> Mention | None:
        """The mention under the cursor."""
        return self.current_contexts.current

    def compose(self) -> ComposeResult:
        """Lay out the question, its reasons and the mentions of its sides."""
        yield self._title
        with Container(id="question"):
            yield self.sides
            yield self.reasons
        with Container(id="contexts"):
            yield from self._contexts
        yield self._status
        yield self._hint_bar

    def on_mount(self) -> None:
        """Ask the first question."""
        self._mounted = True
        self.show_question()

    def on_resize(self, event: events.Resize) -> None:
        """Adapt the layout to the size of the terminal."""
        del event
        width, height = self.app.size
        self.set_class(width >= _WIDE, "-wide")
        self.set_class(width >= _WIDER, "-wider")
        self.set_class(height < _LOW, "-low")
        self.set_class(height < _SHORT, "-short")
        self._show_reasons()
        self._fit()

    def reload(self) -> None:
        """Update the questions after recognition has found more mentions."""
        self.review.refresh()
        self.show_question()

    def show_question(self) -> None:
        """Show the current question. The cursor stays if it was shown before, else it goes to the likely answer."""
        if not (self._mounted and self.is_attached):
            return
        review, sides = self.review, self.sides
        question, shown_question = review.current, sides.question
        is_shown = question is not None and shown_question is not None and shown_question.key == question.key
        likely_cursor = 1 if len(review.ticked) > 1 else 0
        sides.question, sides.ticked = question, review.ticked
        sides.earlier_answer = review.earlier_answer.answer if review.earlier_answer else ""
        sides.empty_message = () if question else self._empty_message()
        self.set_class(question is None, "-done")
        self._show_reasons()
        sides.refill(cursor=sides.cursor if is_shown else likely_cursor)
        self.reasons.show(question, blind=sides.blind)
        self._fit()
        self._show_mentions()
        self._refresh_bars()

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show a message in the status bar."""
        self._message, self._alarm = message, alarm
        self._refresh_bars()

    async def start_command(self, command: Command, count: int = 0) -> None:
        """Run a command, and clear the message about the previous one unless it is an alarm."""
        previous_message = self._message
        if not self._alarm:
            self._message = ""
        await super().start_command(command, count)
        if self._message != previous_message:
            self._refresh_bars()

    def show_key_hint(self, message: str) -> None:
        """Show a hint about a key that does nothing here."""
        self.show_message(message)

    def show_typed(self, keys: str) -> None:
        """Show the start of a key sequence."""
        if keys != self._typed:
            self._typed = keys
            self._refresh_bars()

    def step_mention(self, step: int) -> None:
        """Go to the next (1) or previous (-1) mention, across sides and from the last side to the first."""
        question, contexts = self.review.current, self.current_contexts
        if question is None:
            return
        if 0 <= contexts.cursor + step < contexts.item_count():
            contexts.move(step)
            return
        self.sides.move_to((self.sides.cursor + step) % len(question.sides))
        self._show_mentions()
        contexts = self.current_contexts
        contexts.move_to(0 if step > 0 else contexts.item_count() - 1)

    def toggle_reasons(self) -> None:
        """Show or hide the reasons."""
        self._reasons_wanted = not self.reasons.display
        self._show_reasons()
        self.show_question()

    async def list_reasons(self) -> None:
        """List the reasons of the question; then leave the review and go to the chosen sentence."""
        from reader.ui.screens.reasons_screen import ReasonsScreen

        question = self.review.current
        if question is None:
            self.show_message("there are no more questions")
            return
        reasons = [(reason, "") for reason in question.reasons]
        name = question.sides[0].name
        offset = await self.ask(
            ReasonsScreen(self.reading.document, name, reasons, self.keymap, blind=self.sides.blind)
        )
        if offset is not None:
            self.leave(Destination(offset))

    def cancel(self) -> None:
        """Leave a question that is asked again as it was answered before; or else leave the review."""
        if self.review.earlier_answer is None:
            self.leave(None)
            return
        self.review.skip()
        self.show_message("the earlier answer is kept")
        self.show_question()

    def undo(self, count: int) -> None:
        """Undo the last answers, and ask the last of these questions again."""
        self._step_back(count, undo=True)

    def redo(self, count: int) -> None:
        """Redo the answers undone last."""
        self._step_back(count, undo=False)

    @on(RowList.Moved, "#sides")
    def _show_current_side(self) -> None:
        self.sides.refresh()
        self._show_mentions()

    @on(RowList.Chosen, "#sides")
    def _side_clicked(self, event: RowList.Chosen) -> None:
        self.review.tick(event.index)
        self.sides.refill()

    def _step_back(self, count: int, *, undo: bool) -> None:
        description: str | None = None
        for _ in range(count):
            step = self.review.undo() if undo else self.review.redo()
            if step is None:
                break
            description = step
        if description:
            message = f"{'undid' if undo else 'redid'}: {description}"
        elif undo:
            cancel_key, undo_key = self.keymap.key_of("cancel"), self.keymap.key_of("undo")
            message = f"nothing to undo in this review; {cancel_key}, then {undo_key} undoes earlier steps"
        else:
            message = "nothing to redo"
        self.show_message(message, alarm=not self.saved)
        self.show_question()

    def _show_reasons(self) -> None:
        """Show the reasons of a question if the user wants them, or else if there is room beside it."""
        is_wider = self.has_class("-wider")
        is_wanted = is_wider if self._reasons_wanted is None else self._reasons_wanted
        self.reasons.display = is_wanted and self.review.current is not None
        self.set_class(self.reasons.display and not is_wider, "-reasons")
        self.set_class(self.reasons.display and is_wider, "-beside")

    def _show_mentions(self) -> None:
        """Show the mentions of the first side, and of the one under the cursor or else the second."""
        question, cursor = self.review.current, self.sides.cursor
        first, second = self._contexts
        first.show(question.sides[0] if question else None, is_current=cursor == 0)
        second.show(question.sides[cursor or 1] if question else None, is_current=cursor > 0)

    def _fit(self) -> None:
        """Set the heights of the question and its reasons."""
        question = self.review.current
        rows = len(question.sides) if question else _EMPTY_ROWS
        width, height = self.app.size
        side_rows = min(_HEADING_ROWS + rows, max(height // 2, 4))
        if self.has_class("-wider"):
            reason_rows = len(self.reasons.draw_heading(width // 2 - 4)) + 1 if self.reasons.display else 0
            side_rows = max(side_rows, min(reason_rows, height // 3))
            self.reasons.styles.height = self.reasons.styles.max_height = side_rows
        else:
            reason_rows = len(self.reasons.draw_heading(max(width - 4, 1))) + 1
            self.reasons.styles.height = None
            self.reasons.styles.max_height = height if height < _LOW else min(reason_rows, height // 3)
        self.sides.styles.height = side_rows if question else "1fr"

    def _empty_message(self) -> tuple[str, ...]:
        """Return what to show after the last question: what was answered, and where to go from here."""
        review = self.review
        answers = Counter({entry.question.key: entry.answer for entry in review.answered}.values())
        merged, kept_apart = answers[ReviewAnswer.SAME], answers[ReviewAnswer.APART]
        summary = f"{merged:,} merged, {kept_apart:,} kept apart. " if answers else ""
        other_kind = QuestionKind.MERGES if review.kind is QuestionKind.SUGGESTIONS else QuestionKind.SUGGESTIONS
        switch_key, cancel_key = self.keymap.key_of("review-turn"), self.keymap.key_of("cancel")
        count = len(review.questions_of(other_kind))
        if count > 1:
            switch = f"{switch_key} shows the {count:,} {other_kind}."
        elif count == 1:
            switch = f"{switch_key} shows the {other_kind.removesuffix('s')}."
        else:
            switch = f"There are no {other_kind} either."
        reviewed = "Everything is reviewed." if answers else f"No {review.kind} are open."
        return reviewed, f"{summary}{switch} {cancel_key} goes back to the text."

    def _refresh_bars(self) -> None:
        if not (self._mounted and self.is_attached):
            return
        review = self.review
        number, total = review.position
        progress = f"{review.kind}: {number:,} of {total:,}" if total else f"{review.kind}: none"
        unsure_count = len(review.unsure & {question.key for question in review.open_questions})
        unsure = f"{unsure_count:,} unsure" if unsure_count else ""
        self._title.show(f"Review · {self.reading.document.title}", (progress, unsure))
        self._status.show(
            self._typed or self._message, (save_status(self.reading),), alarm=self._alarm or not self.saved
        )
        self._hint_bar.hint(self.hints())


_SCREEN_ACTIONS: Final = ActionTable[ReviewScreen](
    plain={"cancel": ReviewScreen.cancel, "quit": go_back, "reasons": ReviewScreen.list_reasons},
    counted={"undo": ReviewScreen.undo, "redo": ReviewScreen.redo},
)
