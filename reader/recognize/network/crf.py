"""Probabilities over tag sequences: a conditional random field (Lafferty et al., 2001) without weights of its own.

All it knows about neighboring tags is which of them spell whole names. So between two tokens a sequence is either
outside names or inside a name with one of the labels: one state more than there are labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reader.recognize.network.decoding import OUTSIDE, Floats, NameSpan, tag_count

Array: TypeAlias = NDArray[np.float64]

_IMPOSSIBLE = -1e4
"""The log score of what counts as impossible. It is finite, so contradictions in the training data do no harm."""
_GROUP_SIZE = 64
"""The number of sequences, of similar length, that are summed together."""


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
    """Return the names of each sequence with their probability: that of these borders and this label together."""
    result = [list(group) for group in names]
    order = sorted((index for index in range(len(names)) if names[index]), key=lambda index: len(scores[index]))
    for first in range(0, len(order), _GROUP_SIZE):
        group = order[first : first + _GROUP_SIZE]
        chains = sum_chains([scores[index] for index in group], label_count)
        for column, index in enumerate(group):
            result[index] = [
                name._replace(score=_probability(chains, column, name, label_count)) for name in names[index]
            ]
    return result


def _probability(chains: ChainSums, column: int, name: NameSpan, label_count: int) -> float:
    start, end, label = name.start, name.end, name.label
    tags = chains.tags[start:end, column]
    if end - start == 1:
        within = tags[0, 1 + 3 * label_count + label]
    else:
        inside = tags[1:-1, 1 + label_count + label].sum()
        within = tags[0, 1 + label] + inside + tags[-1, 1 + 2 * label_count + label]
    around = chains.forward[start, column, 0] + chains.backward[end, column, 0] - chains.total[column]
    return float(np.exp(min(within + around, 0.0)))
