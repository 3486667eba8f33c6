"""A review: the order of its questions, their answers, and the decisions that follow from an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import combinations
from typing import Final

from reader.annotate import Decision, describe_step
from reader.annotate.decisions import NamesSame
from reader.reading import Reading
from reader.resolve import Name, Resolution
from reader.review.questions import (
    QuestionKey,
    QuestionKind,
    ReviewQuestion,
    merge_questions,
    suggestion_questions,
    with_current_sides,
)
from reader.structures.lazy_dataclass import dataclass

_BUILDERS: Final[dict[QuestionKind, Callable[[Reading], tuple[ReviewQuestion, ...]]]] = {
    QuestionKind.SUGGESTIONS: suggestion_questions,
    QuestionKind.MERGES: merge_questions,
}


class ReviewAnswer(StrEnum):
    """What the user answered."""

    SAME = "merged"
    APART = "kept apart"


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with its answer."""

    question: ReviewQuestion
    answer: ReviewAnswer
    ticked: frozenset[int]
    step: str
    """The id of the step that recorded the answer."""


class Review:
    """Goes through the questions about one document. Questions come from the reading, answers are recorded in it.

    A question that the user is unsure about is asked again after all others.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.kind = QuestionKind.SUGGESTIONS
        """The kind of questions that the review goes through."""
        self.open_questions: tuple[ReviewQuestion, ...] = ()
        """The questions of this kind without an answer, skipped ones too, in the order in which they are asked."""
        self.current: ReviewQuestion | None = None
        """The question that is asked; None after the last one."""
        self.ticked: set[int] = set()
        """The indexes of the sides of the current question that are ticked."""
        self.answered: list[AnsweredQuestion] = []
        """The answered questions, in order."""
        self.unsure: set[QuestionKey] = set()
        """The questions that the user was unsure about."""
        self._skipped: set[QuestionKey] = set()
        self._undone: list[list[AnsweredQuestion]] = []
        self._suggested_before: frozenset[QuestionKey] = frozenset()
        """The questions about suggestions that were open when the review was left."""
        self._kind_to_resume: QuestionKind | None = None
        """The kind to return to after a question of the other kind has been asked again."""
        self._questions: dict[QuestionKind, tuple[ReviewQuestion, ...]] = {}
        self._resolution: Resolution | None = None
        """The resolution for which `_questions` were built."""
        self.refresh()

    def questions_of(self, kind: QuestionKind) -> tuple[ReviewQuestion, ...]:
        """Return the open questions of a kind. They are built once for each resolution of the reading."""
        if self._resolution is not self.reading.resolution:
            self._questions, self._resolution = {}, self.reading.resolution
        if kind not in self._questions:
            self._questions[kind] = _BUILDERS[kind](self.reading)
        return self._questions[kind]

    @property
    def position(self) -> tuple[int, int]:
        """The number of the current question, from 1, and how many there are; answered ones count once."""
        answered_keys = {answered.question.key for answered in self.answered}
        done_count = len({entry.question.key for entry in self.answered if entry.question.kind is self.kind})
        open_keys = {question.key for question in self.open_questions}
        total = done_count + len(open_keys - answered_keys)
        if self.current is None:
            return total, total
        return min(done_count + len(self._skipped & open_keys) + 1, total), total

    @property
    def earlier_answer(self) -> AnsweredQuestion | None:
        """The earlier answer to the current question, if it is asked again."""
        if self.current is None or self.current.key in {question.key for question in self.open_questions}:
            return None
        return next((entry for entry in reversed(self.answered) if entry.question is self.current), None)

    def refresh(self, question: ReviewQuestion | None = None) -> None:
        """Update the questions from the reading. The current question stays if it is still open.

        Args:
            question: The question to ask now instead.
        """
        steps = {step.id for step in self.reading.history.steps}
        self.answered = [entry for entry in self.answered if entry.step in steps]
        self.open_questions = self.questions_of(self.kind)
        target = question or self.current
        match = next((candidate for candidate in self.open_questions if target and candidate.key == target.key), None)
        if match is None:
            self._ask(self._next_question())
        elif self.current is None or match.key != self.current.key:
            self._ask(match)
        else:
            self.current = match

    def pause(self) -> None:
        """Remember which suggestions are open when the review is left."""
        self._suggested_before = frozenset(question.key for question in self.questions_of(QuestionKind.SUGGESTIONS))

    def resume(self) -> None:
        """Update the questions when the review is opened again. It goes to suggestions if there are new ones."""
        suggested = {question.key for question in self.questions_of(QuestionKind.SUGGESTIONS)}
        if self.kind is QuestionKind.MERGES and suggested - self._suggested_before:
            self.switch_kind()
        else:
            self.refresh()

    def merge(self) -> str | None:
        """Answer that the ticked sides are one entity, apart from the others, and go to the next question.

        Returns:
            A description of the answer; None where fewer than two sides are ticked.
        """
        question, ticked = self.current, frozenset(self.ticked)
        if question is None or len(ticked) < 2:
            return None
        return self._record(question, ReviewAnswer.SAME, ticked, merge_decisions(self.reading, question, ticked))

    def keep_apart(self) -> str | None:
        """Answer that the ticked sides are different entities, and go to the next question.

        Returns:
            A description of the answer; None where fewer than two sides are ticked.
        """
        question, ticked = self.current, frozenset(self.ticked)
        if question is None or (len(ticked) < 2 and not question.rivals):
            return None
        return self._record(question, ReviewAnswer.APART, ticked, apart_decisions(self.reading, question, ticked))

    def skip(self) -> None:
        """Leave the question open until all others were asked. A question that is asked again keeps its answer."""
        if self.current is not None and self.earlier_answer is None:
            self.unsure.add(self.current.key)
            self._skipped.add(self.current.key)
        self._resume_kind()
        self._ask(self._next_question())

    def tick(self, index: int) -> None:
        """Tick or untick a side; of rivals, tick it as the only one besides the short form."""
        if self.current is not None and self.current.rivals:
            self.ticked.clear()
            self.ticked |= {0, index}
        elif self.current is not None:
            self.ticked ^= {index}

    def switch_kind(self) -> None:
        """Switch to questions of the other kind."""
        is_suggestions = self.kind is QuestionKind.SUGGESTIONS
        self.kind = QuestionKind.MERGES if is_suggestions else QuestionKind.SUGGESTIONS
        self.current = self._kind_to_resume = None
        self._skipped.clear()
        self.refresh()

    def ask_again(self, answered: AnsweredQuestion) -> None:
        """Ask an answered question again."""
        self._kind_to_resume = self._kind_to_resume or self.kind
        self.kind = answered.question.kind
        self.open_questions = self.questions_of(self.kind)
        self.current, self.ticked = answered.question, set(answered.ticked)

    def latest_answers(self) -> list[AnsweredQuestion]:
        """Return the last answer to each question, the latest first, with the present sides of the questions."""
        self.answered = [
            replace(entry, question=with_current_sides(self.reading, entry.question)) for entry in self.answered
        ]
        return list(reversed({entry.question.key: entry for entry in self.answered}.values()))

    def acceptable(self, min_score: float) -> list[ReviewQuestion]:
        """Return the open questions with at least this score that can be answered with a merge unseen.

        Each side is in only one of them.
        """
        acceptable: list[ReviewQuestion] = []
        used_sides: set[frozenset[Name]] = set()
        for question in self.open_questions:
            sides = question.key[1]
            has_one_answer = not question.rivals and not question.doubt and used_sides.isdisjoint(sides)
            if question.score >= min_score and has_one_answer:
                acceptable.append(question)
                used_sides |= sides
        return acceptable

    def accept(self, questions: Sequence[ReviewQuestion]) -> str:
        """Answer each question with a merge of all its sides, in one step. Return a description."""
        decisions = [
            decision
            for question in questions
            for decision in merge_decisions(self.reading, question, question.likely_sides)
        ]
        self.reading.decide(*decisions)
        step = self.reading.history.steps[-1].id
        self.answered += [
            AnsweredQuestion(question, ReviewAnswer.SAME, question.likely_sides, step) for question in questions
        ]
        self._undone.clear()
        self.refresh()
        return f"accepted {len(questions)} of the {self.kind}"

    def undo(self) -> str | None:
        """Undo the last answer and ask its question again. Return a description; None if nothing was answered."""
        last = self.reading.store.next_undo(self.reading.history)
        undone = [entry for entry in self.answered if last and entry.step == last.id]
        if not undone:
            return None
        self._undone.append(undone)
        description = self.reading.undo()
        self._return_to(undone[0])
        return description

    def redo(self) -> str | None:
        """Redo the answer that was undone last. Return a description; None if there is nothing to redo."""
        next_step = self.reading.store.next_redo(self.reading.history)
        if not self._undone or next_step is None or self._undone[-1][0].step != next_step.id:
            return None
        self.answered += self._undone.pop()
        description = self.reading.redo()
        self.refresh()
        return description

    def _return_to(self, answered: AnsweredQuestion) -> None:
        self.kind = answered.question.kind
        self._skipped.discard(answered.question.key)
        self.refresh(answered.question)
        if self.current is not None and self.current.key == answered.question.key:
            self.ticked = set(answered.ticked)

    def _record(
        self, question: ReviewQuestion, answer: ReviewAnswer, ticked: frozenset[int], decisions: Iterable[Decision]
    ) -> str:
        description = self.reading.decide(*decisions)
        step = self.reading.history.steps[-1]
        if answer is ReviewAnswer.APART:
            description = describe_step(step, self.reading.document.text)
        self.answered.append(AnsweredQuestion(question, answer, ticked, step.id))
        self._undone.clear()
        self.current = None
        self._resume_kind()
        self.refresh()
        return description

    def _resume_kind(self) -> None:
        if self._kind_to_resume is not None:
            self.kind, self._kind_to_resume = self._kind_to_resume, None
            self.open_questions = self.questions_of(self.kind)

    def _next_question(self) -> ReviewQuestion | None:
        """Return the first open question that was not skipped, or once all were, the first one."""
        remaining = [question for question in self.open_questions if question.key not in self._skipped]
        if not remaining:
            self._skipped.clear()
            remaining = list(self.open_questions)
        return remaining[0] if remaining else None

    def _ask(self, question: ReviewQuestion | None) -> None:
        self.current = question
        self.ticked = set(question.likely_sides) if question else set()


def merge_decisions(reading: Reading, question: ReviewQuestion, ticked: Iterable[int]) -> list[Decision]:
    """Return the decisions that the ticked sides are one entity and that no other side belongs to it."""
    merged_indexes = set(ticked)
    merged: list[Name] = []
    other_names: list[tuple[Name, ...]] = []
    for index, side in enumerate(question.sides):
        if index in merged_indexes:
            merged += side.names
        else:
            other_names.append(side.names)
    same = NamesSame(tuple(dict.fromkeys(merged)))
    return [same, *(reading.keep_apart(names, tuple(merged)) for names in other_names)]


def apart_decisions(reading: Reading, question: ReviewQuestion, ticked: Iterable[int]) -> list[Decision]:
    """Return the decisions that keep the ticked sides apart; of rivals, the short form from all others."""
    if question.rivals:
        short_form, *rivals = question.sides
        return [reading.keep_apart(short_form.names, rival.names) for rival in rivals]
    sides = [question.sides[index] for index in sorted(ticked)]
    return [reading.keep_apart(side.names, later_side.names) for side, later_side in combinations(sides, 2)]
