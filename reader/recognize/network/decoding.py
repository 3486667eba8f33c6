"""Convert between tags and names: the best tag sequence, the names it spells, and the tags that gold names allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats: TypeAlias = NDArray[np.float32]
Bools: TypeAlias = NDArray[np.bool_]

OUTSIDE = 0
"""The tag of a token outside names. After it come the begin tags of all labels, then the inside, last and unit tags."""
_LAST = 2
"""The number of the group of last tags, after the begin tags and the inside tags."""
_GROUP_SIZE = 64
"""The number of sequences, of similar length, that are decoded together."""


class NameSpan(NamedTuple):
    """A name in a sequence of tokens."""

    start: int
    """The index of the first token."""
    end: int
    """The index after the last token."""
    label: int
    """The index of the label."""
    score: float = 1.0
    """The probability of the name."""


def tag_count(label_count: int) -> int:
    """Return the number of tags for a number of labels."""
    return 1 + 4 * label_count


def best_tags(scores: Sequence[Floats], label_count: int) -> list[NDArray[np.int64]]:
    """Return the best tags of each sequence among those that spell whole names (Viterbi, 1967).

    From token to token, only two things are remembered: the score of the best path that ends outside names, and for
    each label the score of the best path that ends inside a name. Sequences of similar length are decoded together.

    Args:
        scores: Log scores for each sequence, one row per token and one column per tag.
        label_count: The number of labels.
    """
    order = sorted(range(len(scores)), key=lambda index: -len(scores[index]))
    tags: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * len(scores)
    for first in range(0, len(order), _GROUP_SIZE):
        group = order[first : first + _GROUP_SIZE]
        for index, row in zip(group, _decode_group([scores[i] for i in group], label_count), strict=True):
            tags[index] = row
    return tags


def _decode_group(group: list[Floats], label_count: int) -> list[NDArray[np.int64]]:
    lengths = np.array([len(rows) for rows in group])
    longest, size = int(lengths.max(initial=0)), len(group)
    padded = np.full((longest, size, tag_count(label_count)), -1e6, dtype=np.float32)
    padded[:, :, OUTSIDE] = 0.0
    for column, rows in enumerate(group):
        padded[: len(rows), column] = rows
    closing_tags, begins = _forward(padded, label_count)
    return _backward(closing_tags, begins, lengths, label_count)


def _forward(padded: Floats, label_count: int) -> tuple[NDArray[np.int64], Bools]:
    """Return the best choices of the forward pass.

    Returns:
        By step and sequence, the best tag that leaves no name open. By step, sequence and label, whether the best open
        name begins at this step.
    """
    longest, size, _ = padded.shape
    begin, inside, last, unit = (padded[:, :, 1 + k * label_count : 1 + (k + 1) * label_count] for k in range(4))
    single = np.concatenate([padded[:, :, :1], unit], axis=2)
    # By step, the score of the best path that ends before it outside names, and inside a name of each label.
    closed = np.zeros((longest + 1, size, 1), dtype=np.float32)
    opened = np.full((longest + 1, size, label_count), -1e9, dtype=np.float32)
    single_score = single.max(axis=2, keepdims=True)
    continued, closing = np.empty((2, size, label_count), dtype=np.float32)
    for step in range(longest):
        np.add(opened[step], last[step], out=closing)
        np.add(closed[step], single_score[step], out=closed[step + 1])
        np.maximum(closed[step + 1], closing.max(axis=1, keepdims=True), out=closed[step + 1])
        np.add(closed[step], begin[step], out=opened[step + 1])
        np.add(opened[step], inside[step], out=continued)
        np.maximum(opened[step + 1], continued, out=opened[step + 1])
    end_scores = opened[:-1] + last
    best_end = end_scores.argmax(axis=2)
    ends = end_scores.max(axis=2) > (closed[:-1] + single_score)[:, :, 0]
    best_single = single.argmax(axis=2)
    single_tag = np.where(best_single == 0, OUTSIDE, 3 * label_count + best_single)
    closing_tags = np.where(ends, 1 + 2 * label_count + best_end, single_tag)
    return closing_tags, closed[:-1] + begin >= opened[:-1] + inside


def _backward(
    closing_tags: NDArray[np.int64], begins: Bools, lengths: NDArray[np.int64], label_count: int
) -> list[NDArray[np.int64]]:
    result = []
    for column, length in enumerate(lengths.tolist()):
        tags = np.zeros(length, dtype=np.int64)
        choices = closing_tags[:length, column]
        first = length  # step at which the name begins that was read last
        for end in np.flatnonzero(choices)[::-1].tolist():
            if end >= first:
                continue
            tags[end] = choices[end]
            kind, label = divmod(int(choices[end]) - 1, label_count)
            if kind == _LAST:
                first = end - 1
                while first > 0 and not begins[first, column, label]:
                    tags[first] = 1 + label_count + label
                    first -= 1
                tags[first] = 1 + label
        result.append(tags)
    return result


def spelled_names(tags: NDArray[np.int64], label_count: int) -> list[NameSpan]:
    """Return the names that a sequence of tags spells."""
    names = []
    indexes = np.flatnonzero(tags)
    start = -1
    for index, tag in zip(indexes.tolist(), tags[indexes].tolist(), strict=True):
        kind, label = divmod(tag - 1, label_count)
        if kind in (0, 3):
            start = index
        if kind in (2, 3):
            names.append(NameSpan(start, index + 1, label))
    return names


def allowed_tags(
    doc: Doc, labels: Sequence[str], unannotated: frozenset[str] = frozenset(), doubt: float = 1.0
) -> Floats:
    """Return how well each tag of each token agrees with the annotated names of a document, 0 to 1.

    A token without annotation allows every tag. A token outside the names allows the outside tag and, if it may be
    part of a name by its form, the tags of the labels that the annotators did not look for.

    Args:
        doc: A document with names as entities. Its tokens are marked as outside names or as missing.
        labels: The labels, in order.
        unannotated: The labels that the annotators did not look for.
        doubt: How well the tags of those labels agree, 0 to 1.
    """
    count = len(labels)
    allowed = np.zeros((len(doc), tag_count(count)), dtype=np.float32)
    iob = doc.to_array("ENT_IOB")
    allowed[iob == 0] = 1
    allowed[iob == 2, OUTSIDE] = 1
    columns = [
        1 + kind * count + number for kind in range(4) for number in range(count) if labels[number] in unannotated
    ]
    if columns:
        rows = [index for index in np.flatnonzero(iob == 2).tolist() if _may_be_in_name(doc, index)]
        allowed[np.ix_(rows, columns)] = doubt
    label_numbers = {label: number for number, label in enumerate(labels)}
    for entity in doc.ents:
        number = label_numbers.get(entity.label_)
        allowed[entity.start : entity.end] = number is None
        if number is None:
            continue
        if len(entity) == 1:
            allowed[entity.start, 1 + 3 * count + number] = 1
        else:
            allowed[entity.start, 1 + number] = 1
            allowed[entity.start + 1 : entity.end - 1, 1 + count + number] = 1
            allowed[entity.end - 1, 1 + 2 * count + number] = 1
    return allowed


def _may_be_in_name(doc: Doc, index: int) -> bool:
    """Return whether a token begins with a capital or a digit, or is between two tokens that do."""

    def begins_like_name(index: int) -> bool:
        return 0 <= index < len(doc) and (doc[index].text[0].isupper() or doc[index].text[0].isdigit())

    return begins_like_name(index) or (
        begins_like_name(index - 1) and (begins_like_name(index + 1) or begins_like_name(index + 2))
    )
