"""Actions of the review: answering its questions, and looking at what they are about."""

from __future__ import annotations

from typing import Final, Protocol

from reader.reading import Reading
from reader.recognize import Mention
from reader.review.questions import ReviewQuestion
from reader.review.session import Review, ReviewAnswer
from reader.structures.named_tuple import NamedTuple
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.prompts import Prompts
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.review_sides import SideRows
from reader.ui.panels.status import labels_kept

_MOST_STEPS: Final = 999
"""Mentions that one key press can go past."""
_NOTHING_LEFT: Final = "there are no more questions"


class Destination(NamedTuple):
    """Where to continue reading after a review."""

    offset: int
    mention: Mention | None = None


class ReviewWorkspace(Protocol):
    """The review screen, as its actions see it."""

    reading: Reading
    review: Review
    sides: SideRows
    keymap: Keymap
    prompts: Prompts

    @property
    def saved(self) -> bool:
        """Whether every decision is saved, or annotations are off."""

    @property
    def current_mention(self) -> Mention | None:
        """The mention under the cursor."""

    def show_question(self) -> None:
        """Show the current question."""

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line about the command."""

    def step_mention(self, step: int) -> None:
        """Go to the next (1) or previous (-1) mention, across sides."""

    def toggle_reasons(self) -> None:
        """Show or hide the reasons."""

    def leave(self, result: Destination | None) -> None:
        """Leave the review."""


# Answers


def merge(screen: ReviewWorkspace) -> None:
    """Answer that the ticked sides are one entity."""
    question = screen.review.current
    _show_answer(screen, question, screen.review.merge())


def keep_apart(screen: ReviewWorkspace) -> None:
    """Answer that the ticked sides are different entities."""
    question = screen.review.current
    _show_answer(screen, question, screen.review.keep_apart())


def leave_open(screen: ReviewWorkspace) -> None:
    """Leave the question open; it is asked again at the end."""
    if screen.review.current is None:
        screen.show_message(_NOTHING_LEFT)
        return
    is_asked_again = screen.review.earlier_answer is not None
    screen.review.skip()
    screen.show_message("the earlier answer is kept" if is_asked_again else "unsure: asked again at the end")
    screen.show_question()


def tick(screen: ReviewWorkspace) -> None:
    """Tick or untick the side under the cursor."""
    if screen.review.current is not None:
        screen.review.tick(screen.sides.cursor)
        screen.sides.refill()


async def accept_many(screen: ReviewWorkspace) -> None:
    """Ask from which score on to accept, show these suggestions, and accept the ticked ones in one step."""
    review = screen.review
    scores = sorted({question.score for question in review.acceptable(0)}, reverse=True)
    if not scores:
        screen.show_message("no suggestion is certain enough to accept many at once")
        return
    levels = [Choice(f"{score:.2f} and above", f"{len(review.acceptable(score)):,}") for score in scores]
    level = await screen.prompts.ask_choice("Accept every merge with a score of", levels)
    if level is None:
        return
    questions = review.acceptable(scores[level])
    choices = [_choice(question) for question in questions]
    ticked = await screen.prompts.ask_ticks(f"Accept these {len(questions):,}?", choices, range(len(choices)))
    if ticked:
        accepted = [questions[index] for index in ticked]
        message = review.accept(accepted)
        mixed = sum(
            bool(labels_kept(screen.reading, screen.keymap, question.sides[0].names[0])) for question in accepted
        )
        labels = f"; in {mixed:,} some mentions keep another label" if mixed else ""
        screen.show_message(
            f"{message}; {screen.keymap.key_of('undo')} undoes all of it{labels}", alarm=not screen.saved
        )
        screen.show_question()


def apply_everywhere(screen: ReviewWorkspace) -> None:
    """Apply the last answer in every document, or only here again."""
    last = screen.reading.store.next_undo(screen.reading.history)
    is_answer = last is not None and any(answer.step == last.id for answer in screen.review.answered)
    message = screen.reading.toggle_general() if is_answer else None
    if message is None:
        key = screen.keymap.key_of("review-everywhere")
        message = f"answer first, then {key} applies the answer in every document"
    screen.show_message(message, alarm=not screen.saved)


async def show_answers(screen: ReviewWorkspace) -> None:
    """Show the answers of this review, and ask the chosen question again."""
    answers = screen.review.latest_answers()
    if not answers:
        screen.show_message("nothing was answered in this review yet")
        return
    choices = [
        Choice(_names(answer.question), answer.answer, label=answer.question.sides[0].label) for answer in answers
    ]
    index = await screen.prompts.ask_choice("Answers of this review; choose one to change it", choices)
    if index is not None:
        screen.review.ask_again(answers[index])
        screen.show_question()


# Looking


def move_down(screen: ReviewWorkspace, count: int) -> None:
    """Move down by `count` sides; among rivals, choose the side."""
    _move(screen, count)


def move_up(screen: ReviewWorkspace, count: int) -> None:
    """Move up by `count` sides; among rivals, choose the side."""
    _move(screen, -count)


def next_mention(screen: ReviewWorkspace, count: int) -> None:
    """Go to the next mention; after the last one of a side, to the next side."""
    for _ in range(min(count, _MOST_STEPS)):
        screen.step_mention(1)


def previous_mention(screen: ReviewWorkspace, count: int) -> None:
    """Go to the previous mention."""
    for _ in range(min(count, _MOST_STEPS)):
        screen.step_mention(-1)


def toggle_reasons(screen: ReviewWorkspace) -> None:
    """Show or hide the reasons."""
    if screen.review.current is None:
        screen.show_message(_NOTHING_LEFT)
    else:
        screen.toggle_reasons()


def toggle_scores(screen: ReviewWorkspace) -> None:
    """Hide scores until the question is answered, or show them."""
    screen.sides.blind = not screen.sides.blind
    screen.show_message("scores are hidden until you answer" if screen.sides.blind else "scores are shown")
    screen.show_question()


def switch_kind(screen: ReviewWorkspace) -> None:
    """Switch between suggestions and automatic merges."""
    screen.review.switch_kind()
    screen.show_message(f"reviewing {screen.review.kind}")
    screen.show_question()


def open_mention(screen: ReviewWorkspace) -> None:
    """Leave the review and go to the current mention in the text."""
    mention = screen.current_mention
    screen.leave(Destination(mention.start, mention) if mention else None)


def _move(screen: ReviewWorkspace, step: int) -> None:
    question = screen.review.current
    screen.sides.move(step)
    if question is not None and question.rivals:
        screen.review.tick(screen.sides.cursor)
        screen.sides.refill()


def _show_answer(screen: ReviewWorkspace, question: ReviewQuestion | None, message: str | None) -> None:
    """Show what an answer did, and the next question.

    Args:
        screen: The review screen.
        question: The question that was answered.
        message: What the answer did, None if too few sides are ticked.
    """
    if question is None:
        screen.show_message(_NOTHING_LEFT)
    elif message is None:
        screen.show_message(_how_to_answer(screen.keymap, question))
    else:
        score = f" (score {question.score:.2f})" if screen.sides.blind else ""
        last = screen.review.answered[-1]
        merged = question.sides[min(last.ticked)].names[0] if last.answer is ReviewAnswer.SAME else None
        labels = labels_kept(screen.reading, screen.keymap, merged) if merged else ""
        screen.show_message("; ".join(filter(None, (message + score, labels))), alarm=not screen.saved)
        screen.show_question()


def _how_to_answer(keymap: Keymap, question: ReviewQuestion) -> str:
    if not question.rivals:
        return f"tick at least two with {keymap.key_of('review-tick')}"
    merge_key, part_key = keymap.key_of("review-merge"), keymap.key_of("review-part")
    return f"move to the right one, then {merge_key}; {part_key} if none is right"


def _choice(question: ReviewQuestion) -> Choice:
    return Choice(_names(question), f"{question.score:.2f}", label=question.sides[0].label)


def _names(question: ReviewQuestion) -> str:
    between = " ? " if question.rivals else " = "
    return between.join(side.name for side in question.sides)


REVIEW_ACTIONS: Final = ActionTable[ReviewWorkspace](
    plain={
        "review-merge": merge,
        "review-part": keep_apart,
        "review-unsure": leave_open,
        "review-tick": tick,
        "review-accept": accept_many,
        "review-everywhere": apply_everywhere,
        "review-history": show_answers,
        "review-why": toggle_reasons,
        "review-blind": toggle_scores,
        "review-turn": switch_kind,
        "review-open": open_mention,
    },
    counted={
        "review-down": move_down,
        "review-up": move_up,
        "review-next-mention": next_mention,
        "review-previous-mention": previous_mention,
    },
)
