"""Commands of the review: answering its questions, and looking at what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.recognize import Mention
from reader.review.questions import ReviewQuestion
from reader.review.session import ReviewAnswer
from reader.ui.dialogs.choice import Choice
from reader.ui.dialogs.question import Question
from reader.ui.panels.status import labels_kept

if TYPE_CHECKING:
    from reader.ui.screens.review_screen import ReviewScreen


class ReviewCommands:
    """Commands of the review screen."""

    def __init__(self, screen: ReviewScreen) -> None:
        self._screen = screen

    # Answers

    def do_review_merge(self, count: int) -> None:
        """Say that the ticked are one."""
        del count
        self._answered(self._screen.review.current, self._screen.review.merge())

    def do_review_part(self, count: int) -> None:
        """Say that the ticked are several."""
        del count
        self._answered(self._screen.review.current, self._screen.review.keep_apart())

    def do_review_unsure(self, count: int) -> None:
        """Leave it open."""
        del count
        if self._screen.review.current is None:
            self._screen.say("nothing is left to decide")
            return
        again = self._screen.review.earlier_answer
        self._screen.review.skip()
        self._screen.say("left as it was" if again else "unsure: asked again at the end")
        self._screen.show_question()

    def do_review_tick(self, count: int) -> None:
        """Tick a side, or take the tick away."""
        del count
        if self._screen.review.current is not None:
            self._screen.review.tick(self._screen.sides.cursor)
            self._screen.sides.refill()

    async def do_review_accept(self, count: int) -> None:
        """Accept many at once: ask from which score on, then show them, then do it."""
        del count
        review, screen = self._screen.review, self._screen
        scores = sorted({item.score for item in review.acceptable(0)}, reverse=True)
        if not scores:
            screen.say("there is nothing that could be accepted without a look at it")
            return
        levels = [Choice(f"{score:.2f} and above", f"{len(review.acceptable(score)):,}") for score in scores]
        level = await screen.ask(Question("Accept every merge with a score of", levels))
        if level is None:
            return
        items = review.acceptable(scores[level[0]])
        rows = [Choice(_names(item), f"{item.score:.2f}", label=item.sides[0].label) for item in items]
        ticked = await screen.ask(
            Question(f"Accept these {len(items):,}?", rows, ticking=True, ticked=range(len(rows)))
        )
        if ticked:
            accepted = [items[index] for index in ticked]
            done = review.accept(accepted)
            mixed = sum(bool(labels_kept(screen.reading, screen.keymap, item.sides[0].names[0])) for item in accepted)
            kept = f"; in {mixed:,} some mentions keep another label" if mixed else ""
            screen.say(f"{done}; u takes all of it back{kept}", alarm=not screen.kept)
            screen.show_question()

    def do_review_everywhere(self, count: int) -> None:
        """Let the last answer hold in every article, or here alone again."""
        del count
        screen = self._screen
        last = screen.reading.store.next_undo(screen.reading.history)
        answered = last is not None and any(each.step == last.id for each in screen.review.answered)
        done = screen.reading.toggle_general() if answered else None
        screen.say(done or "decide first, then g lets it hold in every article", alarm=not screen.kept)

    async def do_review_history(self, count: int) -> None:
        """Show what was decided; ask again what is chosen there."""
        del count
        review = self._screen.review
        judged = review.latest_answers()
        if not judged:
            self._screen.say("nothing was decided in this review yet")
            return
        rows = [Choice(_names(each.question), each.answer, label=each.question.sides[0].label) for each in judged]
        chosen = await self._screen.ask(Question("Decided in this review; Enter judges again", rows))
        if chosen:
            review.ask_again(judged[chosen[0]])
            self._screen.show_question()

    # Looks

    def do_review_down(self, count: int) -> None:
        """Move down one side; of rivals, choose it."""
        self._move(count)

    def do_review_up(self, count: int) -> None:
        """Move up one side; of rivals, choose it."""
        self._move(-count)

    def do_review_next_mention(self, count: int) -> None:
        """Go to the next mention, on to the next side after the last."""
        for _ in range(min(count, 999)):
            self._screen.walk(1)

    def do_review_previous_mention(self, count: int) -> None:
        """Go to the previous mention."""
        for _ in range(min(count, 999)):
            self._screen.walk(-1)

    def do_review_why(self, count: int) -> None:
        """Show or hide the reasons."""
        del count
        self._screen.reasons.display = not self._screen.reasons.display
        self._screen.set_class(self._screen.reasons.display, "-reasons")
        self._screen.show_question()

    def do_review_blind(self, count: int) -> None:
        """Hide or show scores."""
        del count
        self._screen.sides.blind = not self._screen.sides.blind
        self._screen.say("scores are hidden until it is decided" if self._screen.sides.blind else "scores are shown")
        self._screen.show_question()

    def do_review_turn(self, count: int) -> None:
        """Go through the other kind of questions."""
        del count
        self._screen.review.switch_kind()
        self._screen.say(f"going through the {self._screen.review.kind}")
        self._screen.show_question()

    def do_review_open(self, count: int) -> None:
        """Leave and read on at the mention at hand."""
        del count
        mention: Mention | None = self._screen.at_hand.current
        self._screen.leave(mention)

    def _move(self, step: int) -> None:
        sides, item = self._screen.sides, self._screen.review.current
        sides.move(step)
        if item is not None and item.rivals:
            self._screen.review.tick(sides.cursor)
            sides.refill()

    def _answered(self, item: ReviewQuestion | None, done: str | None) -> None:
        screen = self._screen
        if item is None:
            screen.say("nothing is left to decide")
        elif done is None:
            screen.say(
                "go to the one it is, then y; n if it is none" if item.rivals else "tick at least two with Space"
            )
        else:
            shown = f" (score {item.score:.2f})" if screen.sides.blind else ""
            last = screen.review.answered[-1]
            merged = item.sides[min(last.ticked)].names[0] if last.answer is ReviewAnswer.SAME else None
            stays = labels_kept(screen.reading, screen.keymap, merged) if merged else ""
            screen.say("; ".join(filter(None, (done + shown, stays))), alarm=not screen.kept)
            screen.show_question()


def _names(item: ReviewQuestion) -> str:
    between = " ? " if item.rivals else " = "
    return between.join(side.name for side in item.sides)
