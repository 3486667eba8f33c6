"""Fine-tuning the tagger on a few articles, without letting it forget.

What is to be learnt of a text is the old network's own answer under the condition of what the user said: where all is
known that is the annotation, where nothing is known it is what the old network thinks, with all its doubts. What it
answered rightly already stays as sure as it was: to become surer of that would only lead further away. So one
loss, the divergence of two random fields, serves for learning and for rehearsal (Li and Hoiem, "Learning without
Forgetting", 2016), and what a user left open is neither learnt as a name nor as none. At the end the weights are put
between the old and the new ones (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022): as near to the new
ones as the answers on texts that were neither learnt nor rehearsed allow.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from reader.recognize.learning.lessons import Lesson, docs_of
from reader.recognize.network.crf import marginals, sum_chains

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from reader.recognize.network.decoding import Floats
    from reader.recognize.network.tagger import NameTagger

_NEVER: Final = -1e4
_TOGETHER: Final = 64
"""Stretches, of similar length, whose targets are calculated at once."""
_CHECKED: Final = 4
"""Each of so many texts for rehearsal is not rehearsed but looked at in the end."""
_SHARES: Final = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3)
"""How far the weights may go from the old ones (0) to the new ones (1)."""
_RIGHT: Final = 0.7
"""An answer of this probability or more that agrees with what is known is right already."""
_LEAST: Final = 1e-6
"""What a probability counts as at least, so that its logarithm is finite."""


@dataclass(frozen=True, slots=True)
class Course:
    """The settings; see `docs/recognition.md` for what they were measured to bring."""

    passes: int = 8
    rate: float = 0.001
    """How far one step goes at most; it rises over the first tenth of the steps, then falls to nothing."""
    batch: int = 500
    """Tokens of one step, those for rehearsal apart."""
    rehearsal: float = 2.0
    """Tokens for rehearsal for each of the lessons."""
    dropout: float = 0.2
    drift: float = 0.0025
    """By how much the answers on other texts may change: divergence from the old ones, in nats a token."""
    seed: int = 0


class Progress(NamedTuple):
    """How far it is."""

    number: int
    """Of this pass, from 1."""
    passes: int
    step: int
    """Of all steps, from 1."""
    steps: int


class Exercise(NamedTuple):
    """A stretch of text and the probability that each of its tokens is to have each tag."""

    doc: Doc
    target: Floats


def tune(
    nlp: Language,
    lessons: Sequence[Lesson],
    others: Sequence[Lesson],
    course: Course = Course(),
    tell: Callable[[Progress], None] = lambda _: None,
) -> float:
    """Train the tagger of a pipeline further, in place.

    Args:
        nlp: A pipeline with a `NameTagger`.
        lessons: What is to be learnt.
        others: Texts for rehearsal: of which nothing, or something, is known.
        course: The settings.
        tell: Called before each step.

    Returns:
        How far the weights went from the old ones (0) to the new ones (1).
    """
    from thinc.api import Adam, fix_random_seed

    fix_random_seed(course.seed)
    rng = random.Random(course.seed)
    tagger = tagger_of(nlp)
    checked = exercises(nlp, others[_CHECKED - 1 :: _CHECKED] or others)
    learnt = exercises(nlp, lessons)
    rehearsed = exercises(nlp, [other for at, other in enumerate(others, 1) if at % _CHECKED])
    start = _weights(tagger)
    optimizer = Adam(course.rate, L2=0.0, grad_clip=1.0, use_averages=False)
    plan = [list(_steps(learnt, rehearsed, course, rng)) for _ in range(course.passes)]
    step, steps = 0, sum(map(len, plan))
    for number, passing in enumerate(plan, 1):
        for batch in passing:
            step += 1
            tell(Progress(number, course.passes, step, steps))
            optimizer.learn_rate = course.rate * min(1.0, 10 * step / steps, 1.02 - step / steps)
            _learn(tagger, batch, course.dropout)
            tagger.finish_update(optimizer)
    return _go_back(tagger, start, checked, course.drift)


def tagger_of(nlp: Language) -> NameTagger:
    """Return the component that finds names.

    Raises:
        ValueError: It is none that can be trained.
    """
    from reader.recognize.network.tagger import NameTagger

    for _, pipe in nlp.pipeline:
        if isinstance(pipe, NameTagger):
            return pipe
    raise ValueError("only the bundled pipeline and its descendants can be trained")


def exercises(nlp: Language, lessons: Sequence[Lesson]) -> list[Exercise]:
    """Return what is to be learnt: the network's answers now, put right where something else is known."""
    tagger = tagger_of(nlp)
    labels = tagger.labels
    shown = [part for lesson in lessons for part in docs_of(lesson, nlp, labels)]
    shown.sort(key=lambda part: len(part[0]))
    found = []
    for first in range(0, len(shown), _TOGETHER):
        group = shown[first : first + _TOGETHER]
        scores = tagger.model.predict([doc for doc, _ in group])
        with np.errstate(divide="ignore"):
            known = [
                rows + np.maximum(np.log(allowed), _NEVER) for rows, (_, allowed) in zip(scores, group, strict=True)
            ]
        likely = marginals(sum_chains(known, len(labels)), len(labels)).astype(np.float32)
        before = marginals(sum_chains(scores, len(labels)), len(labels)).astype(np.float32)
        right = (likely * before).sum(axis=-1, keepdims=True) >= _RIGHT
        likely = np.where(right, before, likely)
        found += [Exercise(doc, likely[: len(doc), column].copy()) for column, (doc, _) in enumerate(group)]
    return found


def _steps(
    learnt: Sequence[Exercise], rehearsed: Sequence[Exercise], course: Course, rng: random.Random
) -> Iterator[list[Exercise]]:
    """Yield the steps of one pass: every lesson once, and as much rehearsal as is wanted beside it."""
    beside = _endless(rehearsed, rng)
    order = rng.sample(learnt, len(learnt))
    batch: list[Exercise] = []
    size, owed = 0, 0.0
    for exercise in order:
        batch.append(exercise)
        size += len(exercise.doc)
        owed += course.rehearsal * len(exercise.doc)
        while rehearsed and owed > 0:
            batch.append(next(beside))
            owed -= len(batch[-1].doc)
        if size >= course.batch:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _endless(rehearsed: Sequence[Exercise], rng: random.Random) -> Iterator[Exercise]:
    while rehearsed:
        yield from rng.sample(rehearsed, len(rehearsed))


def _learn(tagger: NameTagger, batch: Sequence[Exercise], dropout: float) -> None:
    """Add one step's gradients: what the network expects of each tag less what it should."""
    from thinc.api import set_dropout_rate

    set_dropout_rate(tagger.model, dropout)
    scores, backprop = tagger.model.begin_update([exercise.doc for exercise in batch])
    labels = len(tagger.labels)
    expected = marginals(sum_chains(scores, labels), labels).astype(np.float32)
    backprop(
        [np.ascontiguousarray(expected[: len(each.doc), column] - each.target) for column, each in enumerate(batch)]
    )


def _weights(tagger: NameTagger) -> list[tuple[Any, str, Any]]:
    return [
        (node, name, node.get_param(name).copy())
        for node in tagger.model.walk()
        for name in node.param_names
        if node.has_param(name)
    ]


def _go_back(
    tagger: NameTagger, start: Sequence[tuple[Any, str, Any]], checked: Sequence[Exercise], most: float
) -> float:
    """Move the weights back until the answers on other texts have not changed too much; return how far they are."""
    moved = [(node, name, before, node.get_param(name) - before) for node, name, before in start]
    for share in _SHARES:
        for node, name, before, way in moved:
            node.set_param(name, before + share * way)
        if drift(tagger, checked) <= most:
            break
    return share


def drift(tagger: NameTagger, checked: Sequence[Exercise]) -> float:
    """Return how far the answers are from what they should be: Kullback-Leibler divergence by token, in nats."""
    labels, total, tokens = len(tagger.labels), 0.0, 0
    for first in range(0, len(checked), _TOGETHER):
        group = checked[first : first + _TOGETHER]
        likely = marginals(sum_chains(tagger.model.predict([each.doc for each in group]), labels), labels)
        for column, each in enumerate(group):
            ratio = np.log(each.target + _LEAST) - np.log(likely[: len(each.doc), column] + _LEAST)
            total += float((each.target * ratio).sum())
            tokens += len(each.doc)
    return total / max(tokens, 1)
