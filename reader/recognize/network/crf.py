"""Probabilities over tag sequences: a conditional random field (Lafferty et al., 2001) without weights of its own.

Its only knowledge of neighboring tags is which of them spell whole names, so from token to token a sequence is either
outside names or inside one of a label: as many states as labels and one more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reader.recognize.network.decoding import OUTSIDE, Floats, Found, tag_count

Array: TypeAlias = NDArray[np.float64]

_NEVER = -1e4
"""Logarithm of what counts as impossible; finite, so that contradictions in the training data do no harm."""
_TOGETHER = 64
"""Sequences, of similar length, that are summed together."""


class Chains(NamedTuple):
    """Sequences of one batch, padded, with the sums over all ways to begin and to end."""

    tags: Array
    """Logarithms by step, sequence and tag."""
    before: Array
    """Sums over all ways up to before each step, by step, sequence and state (0 is outside)."""
    after: Array
    """The same over all ways from after each step to the end."""
    total: Array
    """The sum over all ways, by sequence."""


def sum_chains(scores: Sequence[Floats], labels: int) -> Chains:
    """Sum over the tag sequences of each sequence of tokens (forward-backward).

    Args:
        scores: Logarithms, one row a token and one column a tag; they need not be normalized.
        labels: The number of labels.
    """
    longest, size = max((len(rows) for rows in scores), default=0), len(scores)
    tags = np.full((longest, size, tag_count(labels)), _NEVER)
    tags[:, :, OUTSIDE] = 0.0
    for column, rows in enumerate(scores):
        tags[: len(rows), column] = np.maximum(rows, _NEVER)
    begin, inside, last, unit = (tags[:, :, 1 + k * labels : 1 + (k + 1) * labels] for k in range(4))
    single = _log_sum(np.concatenate([tags[:, :, :1], unit], axis=2))
    before = np.full((longest + 1, size, labels + 1), _NEVER)
    after = before.copy()
    before[0, :, 0] = after[longest, :, 0] = 0.0
    for step in range(longest):
        now, then = before[step], before[step + 1]
        np.logaddexp(now[:, 0] + single[step], _log_sum(now[:, 1:] + last[step]), out=then[:, 0])
        np.logaddexp(now[:, :1] + begin[step], now[:, 1:] + inside[step], out=then[:, 1:])
    for step in range(longest, 0, -1):
        now, then = after[step], after[step - 1]
        np.logaddexp(now[:, 0] + single[step - 1], _log_sum(now[:, 1:] + begin[step - 1]), out=then[:, 0])
        np.logaddexp(now[:, :1] + last[step - 1], now[:, 1:] + inside[step - 1], out=then[:, 1:])
    return Chains(tags, before, after, before[longest, :, 0])


def _log_sum(values: Array) -> Array:
    top = values.max(axis=-1)
    result: Array = top + np.log(np.exp(values - top[..., None]).sum(axis=-1))
    return result


def marginals(chains: Chains, labels: int) -> Array:
    """Return the probability of each tag at each step of each sequence."""
    start, end = chains.before[:-1] - chains.total[:, None], chains.after[1:]
    logs = chains.tags.copy()
    begin, inside, last, unit = (logs[:, :, 1 + k * labels : 1 + (k + 1) * labels] for k in range(4))
    logs[:, :, OUTSIDE] += start[:, :, 0] + end[:, :, 0]
    begin += start[:, :, :1] + end[:, :, 1:]
    inside += start[:, :, 1:] + end[:, :, 1:]
    last += start[:, :, 1:] + end[:, :, :1]
    unit += start[:, :, :1] + end[:, :, :1]
    result: Array = np.exp(np.minimum(logs, 0.0))
    return result


def loss_and_gradients(scores: Sequence[Floats], allowed: Sequence[Floats], labels: int) -> tuple[float, list[Floats]]:
    """Return how improbable the allowed sequences are (minus the logarithm, summed) and the gradients of the scores.

    Args:
        scores: Logarithms, one row a token and one column a tag.
        allowed: Of the same shapes: how far each tag agrees with the training data, 0 to 1.
        labels: The number of labels.
    """
    with np.errstate(divide="ignore"):
        clamped = [rows + np.maximum(np.log(mask), _NEVER) for rows, mask in zip(scores, allowed, strict=True)]
    chains = sum_chains([*scores, *clamped], labels)
    probabilities = marginals(chains, labels)
    count = len(scores)
    loss = float((chains.total[:count] - chains.total[count:]).sum())
    gradient = (probabilities[:, :count] - probabilities[:, count:]).astype(np.float32)
    return loss, [np.ascontiguousarray(gradient[: len(rows), index]) for index, rows in enumerate(scores)]


def with_scores(found: Sequence[list[Found]], scores: Sequence[Floats], labels: int) -> list[list[Found]]:
    """Return the names found in each sequence, each with its probability: of these borders and this label."""
    result = [list(group) for group in found]
    order = sorted((index for index in range(len(found)) if found[index]), key=lambda index: len(scores[index]))
    for first in range(0, len(order), _TOGETHER):
        group = order[first : first + _TOGETHER]
        chains = sum_chains([scores[index] for index in group], labels)
        for column, index in enumerate(group):
            result[index] = [name._replace(score=_probability(chains, column, name, labels)) for name in found[index]]
    return result


def _probability(chains: Chains, column: int, name: Found, labels: int) -> float:
    start, end, label = name.start, name.end, name.label
    tags = chains.tags[start:end, column]
    if end - start == 1:
        own = tags[0, 1 + 3 * labels + label]
    else:
        own = tags[0, 1 + label] + tags[1:-1, 1 + labels + label].sum() + tags[-1, 1 + 2 * labels + label]
    around = chains.before[start, column, 0] + chains.after[end, column, 0] - chains.total[column]
    return float(np.exp(min(own + around, 0.0)))
