"""Probabilities over tag sequences: a conditional random field (Lafferty et al., 2001) without weights of its own.

The only constraint on neighboring tags is that they spell whole names. So between two tokens a sequence is either
outside names or inside a name with one of the labels: one state more than there are labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from reader.recognize.network.decoding import OUTSIDE, Floats, NameSpan, tag_count
from reader.structures.named_tuple import NamedTuple

Array: TypeAlias = NDArray[np.float64]

_IMPOSSIBLE = -1e4
"""The log score of what counts as impossible. It is finite, so contradictions in the training data do no harm."""
_GROUP_SIZE = 64
"""The number of sequences, of similar length, that are summed together."""
_STEPS_PER_SCALE = 4
"""Steps after which sums without logarithms are scaled, before they become too small for a float."""
_WIDEST_RANGE = 80.0
"""The widest range of scores that are summed without logarithms. Any tag follows any other in three steps at most, so
no sum that matters is smaller than the largest by more than seven such ranges: exp(-560), still a normal float."""


class ChainSums(NamedTuple):
    """Log scores of a batch of sequences, padded, with the sums over all tag sequences before and after each step."""

    tags: Array
    """Log scores by step, sequence and tag."""
    forward: Array
    """Sums over all paths up to before each step, by step, sequence and state (0 is outside)."""
    backward: Array
    """Sums over all paths from after each step to the end, with the same axes."""
    total: Array
    """The sum over all paths, by sequence."""


def sum_chains(scores: Sequence[Floats], label_count: int) -> ChainSums:
    """Sum over all tag sequences of each sequence of tokens (forward-backward).

    Args:
        scores: Log scores for each sequence, one row per token and one column per tag. They need not be normalized.
        label_count: The number of labels.
    """
    longest, size = max((len(rows) for rows in scores), default=0), len(scores)
    tags = np.full((longest, size, tag_count(label_count)), _IMPOSSIBLE)
    tags[:, :, OUTSIDE] = 0.0
    for column, rows in enumerate(scores):
        tags[: len(rows), column] = np.maximum(rows, _IMPOSSIBLE)
    begin, inside, last, unit = (tags[:, :, 1 + k * label_count : 1 + (k + 1) * label_count] for k in range(4))
    single = _log_sum(np.concatenate([tags[:, :, :1], unit], axis=2))
    forward = np.full((longest + 1, size, label_count + 1), _IMPOSSIBLE)
    backward = forward.copy()
    forward[0, :, 0] = backward[longest, :, 0] = 0.0
    for step in range(longest):
        current, following = forward[step], forward[step + 1]
        np.logaddexp(current[:, 0] + single[step], _log_sum(current[:, 1:] + last[step]), out=following[:, 0])
        np.logaddexp(current[:, :1] + begin[step], current[:, 1:] + inside[step], out=following[:, 1:])
    for step in range(longest, 0, -1):
        current, previous = backward[step], backward[step - 1]
        np.logaddexp(current[:, 0] + single[step - 1], _log_sum(current[:, 1:] + begin[step - 1]), out=previous[:, 0])
        np.logaddexp(current[:, :1] + last[step - 1], current[:, 1:] + inside[step - 1], out=previous[:, 1:])
    return ChainSums(tags, forward, backward, forward[longest, :, 0])


def _log_sum(values: Array) -> Array:
    top = values.max(axis=-1)
    result: Array = top + np.log(np.exp(values - top[..., None]).sum(axis=-1))
    return result


def marginals(chains: ChainSums, label_count: int) -> Array:
    """Return the probability of each tag, by step, sequence and tag."""
    start, end = chains.forward[:-1] - chains.total[:, None], chains.backward[1:]
    logs = chains.tags.copy()
    begin, inside, last, unit = (logs[:, :, 1 + k * label_count : 1 + (k + 1) * label_count] for k in range(4))
    logs[:, :, OUTSIDE] += start[:, :, 0] + end[:, :, 0]
    begin += start[:, :, :1] + end[:, :, 1:]
    inside += start[:, :, 1:] + end[:, :, 1:]
    last += start[:, :, 1:] + end[:, :, :1]
    unit += start[:, :, :1] + end[:, :, :1]
    result: Array = np.exp(np.minimum(logs, 0.0))
    return result


def loss_and_gradients(
    scores: Sequence[Floats], allowed: Sequence[Floats], label_count: int
) -> tuple[float, list[Floats]]:
    """Return the negative log probability of all allowed tag sequences, summed, and the gradients of the scores.

    Args:
        scores: Log scores for each sequence, one row per token and one column per tag.
        allowed: How well each tag agrees with the training data, 0 to 1, in the same shapes.
        label_count: The number of labels.
    """
    with np.errstate(divide="ignore"):
        clamped = [rows + np.maximum(np.log(mask), _IMPOSSIBLE) for rows, mask in zip(scores, allowed, strict=True)]
    chains = sum_chains([*scores, *clamped], label_count)
    probabilities = marginals(chains, label_count)
    count = len(scores)
    loss = float((chains.total[:count] - chains.total[count:]).sum())
    gradient = (probabilities[:, :count] - probabilities[:, count:]).astype(np.float32)
    return loss, [np.ascontiguousarray(gradient[: len(rows), index]) for index, rows in enumerate(scores)]


def with_probabilities(
    names: Sequence[list[NameSpan]], scores: Sequence[Floats], label_count: int
) -> list[list[NameSpan]]:
    """Return the names of each sequence with the joint probability of their borders and label."""
    result = [list(group) for group in names]
    order = sorted((index for index in range(len(names)) if names[index]), key=lambda index: len(scores[index]))
    for first in range(0, len(order), _GROUP_SIZE):
        group = order[first : first + _GROUP_SIZE]
        group_scores = [scores[index] for index in group]
        group_names = [names[index] for index in group]
        is_narrow = max(float(np.ptp(rows)) for rows in group_scores) <= _WIDEST_RANGE
        probabilities = _scaled_probabilities if is_narrow else _summed_probabilities
        for index, values in zip(group, probabilities(group_names, group_scores, label_count), strict=True):
            result[index] = [name._replace(score=value) for name, value in zip(names[index], values, strict=True)]
    return result


def _scaled_probabilities(
    names: Sequence[list[NameSpan]], scores: Sequence[Floats], label_count: int
) -> list[list[float]]:
    """Return the probability of each name by scaled sums, which are exact unless scores are very far apart.

    The sums are scaled every few steps (Rabiner, 1989, section V.A), which takes a fraction of the time of sums of
    logarithms. Sums after each step are those before each step of the reversed sequence, in which names begin with
    their last token: both are computed together.
    """
    lengths = np.array([len(rows) for rows in scores])
    longest, size = int(lengths.max(initial=0)), len(scores)
    tags = np.full((longest, 2 * size, tag_count(label_count)), _IMPOSSIBLE)
    tags[:, :, OUTSIDE] = 0.0
    for column, rows in enumerate(scores):
        tags[: len(rows), column] = np.maximum(rows, _IMPOSSIBLE)
        tags[: len(rows), size + column] = tags[: len(rows), column][::-1]
    tops = tags.max(axis=2)
    weights = np.exp(tags - tops[:, :, None])
    begin, inside, last, unit = (weights[:, :, 1 + k * label_count : 1 + (k + 1) * label_count] for k in range(4))
    first, final = begin.copy(), last.copy()
    first[:, size:], final[:, size:] = last[:, size:], begin[:, size:]
    # Columns of one step: what begins, and what ends or remains outside names.
    single = weights[:, :, :1] + unit.sum(axis=2, keepdims=True)
    closing = np.concatenate([single, final], axis=2)
    sums = np.zeros((longest + 1, 2 * size, label_count + 1))
    sums[0, :, 0] = 1.0
    log_scales = np.zeros((longest + 1, 2 * size))
    product, continued = np.empty_like(sums[0]), np.empty((2 * size, label_count))
    for step in range(longest):
        current, following = sums[step], sums[step + 1]
        np.multiply(current, closing[step], out=product)
        product.sum(axis=1, out=following[:, 0])
        np.multiply(current[:, :1], first[step], out=following[:, 1:])
        np.multiply(current[:, 1:], inside[step], out=continued)
        following[:, 1:] += continued
        if step % _STEPS_PER_SCALE == 0:
            scale = following.sum(axis=1)
            following /= scale[:, None]
            log_scales[step + 1] = np.log(scale)
    log_scales[1:] += tops
    log_scales = log_scales.cumsum(axis=0)
    logs = np.log(sums[:, :, 0]) + log_scales
    totals = logs[lengths, np.arange(size)]
    result = []
    for column, group in enumerate(names):
        length = len(scores[column])
        values = [
            _within(tags[name.start : name.end, column], name.label, label_count)
            + logs[name.start, column]
            + logs[length - name.end, size + column]
            - totals[column]
            for name in group
        ]
        result.append([float(np.exp(min(value, 0.0))) for value in values])
    return result


def _summed_probabilities(
    names: Sequence[list[NameSpan]], scores: Sequence[Floats], label_count: int
) -> list[list[float]]:
    """Return the probability of each name by sums of logarithms, which are exact for all scores."""
    chains = sum_chains(scores, label_count)
    result = []
    for column, group in enumerate(names):
        outside = chains.forward[:, column, 0], chains.backward[:, column, 0]
        values = [
            _within(chains.tags[name.start : name.end, column], name.label, label_count)
            + outside[0][name.start]
            + outside[1][name.end]
            - chains.total[column]
            for name in group
        ]
        result.append([float(np.exp(min(value, 0.0))) for value in values])
    return result


def _within(tags: Array, label: int, label_count: int) -> float:
    """Return the log score of the tags of a name."""
    if len(tags) == 1:
        return float(tags[0, 1 + 3 * label_count + label])
    inside = tags[1:-1, 1 + label_count + label].sum()
    return float(tags[0, 1 + label] + inside + tags[-1, 1 + 2 * label_count + label])
