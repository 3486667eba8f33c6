"""Fine-tune the tagger on a few documents without letting it forget.

The training target for a text is the old network's own answer, conditioned on the annotations. Where a text is
annotated completely, that is the annotation; where nothing is known, it is what the old network predicts, with the same
probabilities. Tags that it already predicts right keep their probabilities: making the network surer of them would only
move its weights further. So one loss, the divergence of two random fields, serves both for learning and for rehearsal
(Li and Hoiem, "Learning without Forgetting", 2016), and a span that the user left open is trained neither as a name nor
as text outside of names. In the end the weights are interpolated between the old and the new ones (Wortsman et al.,
"Robust fine-tuning of zero-shot models", 2022): as close to the new ones as possible while predictions change little on
texts that were used neither for learning nor for rehearsal.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from reader.recognize.learning.training_documents import TrainingDocument, docs_with_allowed_tags
from reader.recognize.network.crf import marginals, sum_chains
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from reader.recognize.network.decoding import Floats
    from reader.recognize.network.tagger import NameTagger

_LOG_ZERO: Final = -1e4
"""The logarithm of a probability of 0, as a finite number."""
_GROUP: Final = 64
"""The number of segments, of similar length, whose targets are calculated at once."""
_CHECK_EVERY: Final = 4
"""Every Nth rehearsal text is left out of rehearsal and used at the end to measure forgetting."""
_SHARES: Final = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3)
"""Positions to try between the old weights (0) and the new ones (1)."""
_RIGHT: Final = 0.7
"""A prediction with at least this probability that agrees with the annotations counts as right already."""
_MIN_PROBABILITY: Final = 1e-6
"""Added to probabilities so that their logarithms are finite."""


@dataclass(frozen=True, slots=True)
class TuningSettings:
    """The settings of fine-tuning; see `docs/recognition.md` for the measured effect of each."""

    passes: int = 8
    rate: float = 0.001
    """The maximum learning rate. It rises over the first tenth of the steps, then falls to almost zero."""
    batch: int = 500
    """Tokens per step, not counting those for rehearsal."""
    rehearsal: float = 2.0
    """Tokens for rehearsal per token of the training documents."""
    dropout: float = 0.2
    drift: float = 0.0025
    """How much the answers on other texts may change: divergence from the old ones, in nats per token."""
    seed: int = 0


class TuningProgress(NamedTuple):
    """The training step that runs next."""

    pass_number: int
    """The current pass, from 1."""
    passes: int
    step: int
    """The number of the step over all passes, from 1."""
    steps: int


class TrainingTarget(NamedTuple):
    """A segment of text and the target probability of each tag for each of its tokens."""

    doc: Doc
    probabilities: Floats


def tune(
    nlp: Language,
    documents: Sequence[TrainingDocument],
    rehearsal: Sequence[TrainingDocument],
    settings: TuningSettings = TuningSettings(),  # noqa: B008  # immutable
    on_progress: Callable[[TuningProgress], None] = lambda _: None,
) -> float:
    """Train the tagger of a pipeline further, in place.

    Args:
        nlp: A pipeline with a `NameTagger`.
        documents: The documents to learn from.
        rehearsal: Documents for rehearsal, with or without annotations.
        settings: The settings.
        on_progress: Called before each step.

    Returns:
        The position of the final weights between the old ones (0) and the new ones (1).
    """
    from thinc.api import Adam, fix_random_seed

    fix_random_seed(settings.seed)
    rng = random.Random(settings.seed)
    tagger = tagger_of(nlp)
    check_targets = training_targets(nlp, rehearsal[_CHECK_EVERY - 1 :: _CHECK_EVERY] or rehearsal)
    new_targets = training_targets(nlp, documents)
    rehearsed = [document for number, document in enumerate(rehearsal, 1) if number % _CHECK_EVERY]
    rehearsal_targets = training_targets(nlp, rehearsed)
    old_weights = _weights(tagger)
    optimizer = Adam(settings.rate, L2=0.0, grad_clip=1.0, use_averages=False)
    plan = [list(_steps(new_targets, rehearsal_targets, settings, rng)) for _ in range(settings.passes)]
    step, steps = 0, sum(map(len, plan))
    for pass_number, batches in enumerate(plan, 1):
        for batch in batches:
            step += 1
            on_progress(TuningProgress(pass_number, settings.passes, step, steps))
            optimizer.learn_rate = settings.rate * min(1.0, 10 * step / steps, 1.02 - step / steps)
            _backpropagate(tagger, batch, settings.dropout)
            tagger.finish_update(optimizer)
    return _interpolate(tagger, old_weights, check_targets, settings.drift)


def tagger_of(nlp: Language) -> NameTagger:
    """Return the component of a pipeline that finds names.

    Raises:
        ValueError: The pipeline has no component that can be trained.
    """
    from reader.recognize.network.tagger import NameTagger

    for _, pipe in nlp.pipeline:
        if isinstance(pipe, NameTagger):
            return pipe
    raise ValueError("only the bundled pipeline and pipelines trained from it can be trained")


def training_targets(nlp: Language, documents: Sequence[TrainingDocument]) -> list[TrainingTarget]:
    """Return the targets for documents: the network's current predictions, conditioned on the annotations."""
    tagger = tagger_of(nlp)
    labels = tagger.labels
    segments = [segment for document in documents for segment in docs_with_allowed_tags(document, nlp, labels)]
    segments.sort(key=lambda segment: len(segment[0]))
    targets = []
    for first in range(0, len(segments), _GROUP):
        group = segments[first : first + _GROUP]
        scores = tagger.model.predict([doc for doc, _ in group])
        with np.errstate(divide="ignore"):
            conditioned = [
                rows + np.maximum(np.log(allowed), _LOG_ZERO) for rows, (_, allowed) in zip(scores, group, strict=True)
            ]
        target = marginals(sum_chains(conditioned, len(labels)), len(labels)).astype(np.float32)
        prediction = marginals(sum_chains(scores, len(labels)), len(labels)).astype(np.float32)
        right = (target * prediction).sum(axis=-1, keepdims=True) >= _RIGHT
        target = np.where(right, prediction, target)
        targets += [TrainingTarget(doc, target[: len(doc), column].copy()) for column, (doc, _) in enumerate(group)]
    return targets


def _steps(
    targets: Sequence[TrainingTarget],
    rehearsal: Sequence[TrainingTarget],
    settings: TuningSettings,
    rng: random.Random,
) -> Iterator[list[TrainingTarget]]:
    """Yield the batches of one pass: every target once, with the share of rehearsal that the settings ask for."""
    rehearsal_stream = _endless(rehearsal, rng)
    order = rng.sample(targets, len(targets))
    batch: list[TrainingTarget] = []
    size, owed = 0, 0.0
    for target in order:
        batch.append(target)
        size += len(target.doc)
        owed += settings.rehearsal * len(target.doc)
        while rehearsal and owed > 0:
            batch.append(next(rehearsal_stream))
            owed -= len(batch[-1].doc)
        if size >= settings.batch:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _endless(targets: Sequence[TrainingTarget], rng: random.Random) -> Iterator[TrainingTarget]:
    while targets:
        yield from rng.sample(targets, len(targets))


def _backpropagate(tagger: NameTagger, batch: Sequence[TrainingTarget], dropout: float) -> None:
    """Add the gradients of one step: the predicted probability of each tag minus its target."""
    from thinc.api import set_dropout_rate

    set_dropout_rate(tagger.model, dropout)
    scores, backprop = tagger.model.begin_update([target.doc for target in batch])
    labels = len(tagger.labels)
    predicted = marginals(sum_chains(scores, labels), labels).astype(np.float32)
    backprop(
        [
            np.ascontiguousarray(predicted[: len(target.doc), column] - target.probabilities)
            for column, target in enumerate(batch)
        ]
    )


def _weights(tagger: NameTagger) -> list[tuple[Any, str, Any]]:
    return [
        (node, name, node.get_param(name).copy())
        for node in tagger.model.walk()
        for name in node.param_names
        if node.has_param(name)
    ]


def _interpolate(
    tagger: NameTagger, old_weights: Sequence[tuple[Any, str, Any]], targets: Sequence[TrainingTarget], max_drift: float
) -> float:
    """Move the weights back toward the old ones until the drift is at most `max_drift`, and return their position.

    If no position in `_SHARES` is close enough, the one closest to the old weights is used.
    """
    changes = [(node, name, old, node.get_param(name) - old) for node, name, old in old_weights]
    for share in _SHARES:
        for node, name, old, change in changes:
            node.set_param(name, old + share * change)
        if drift(tagger, targets) <= max_drift:
            break
    return share


def drift(tagger: NameTagger, targets: Sequence[TrainingTarget]) -> float:
    """Return how far the predictions are from the targets: Kullback-Leibler divergence in nats per token."""
    labels, total, tokens = len(tagger.labels), 0.0, 0
    for first in range(0, len(targets), _GROUP):
        group = targets[first : first + _GROUP]
        predicted = marginals(sum_chains(tagger.model.predict([target.doc for target in group]), labels), labels)
        for column, target in enumerate(group):
            log_ratio = np.log(target.probabilities + _MIN_PROBABILITY) - np.log(
                predicted[: len(target.doc), column] + _MIN_PROBABILITY
            )
            total += float((target.probabilities * log_ratio).sum())
            tokens += len(target.doc)
    return total / max(tokens, 1)
