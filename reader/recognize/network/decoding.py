"""From tag probabilities to names: tags, the best sequence that spells whole names, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats: TypeAlias = NDArray[np.float32]
Bools: TypeAlias = NDArray[np.bool_]

OUTSIDE = 0
"""The tag of a token outside names. Then come begin, inside, last and unit of each label, label by label in blocks."""


class Found(NamedTuple):
    """A name in a sequence of tokens."""

    start: int
    """Its first token."""
    end: int
    """The token after its last."""
    label: int
    """Its label's number."""
    score: float = 1.0
    """Its probability."""


def tag_count(labels: int) -> int:
    """Return how many tags `labels` labels need."""
    return 1 + 4 * labels


def best_tags(scores: Sequence[Floats], labels: int) -> list[NDArray[np.int64]]:
    """Return for each sequence its best tags among those that spell whole names (Viterbi, 1967).

    Only two things need remembering from token to token: how good the best way is that ends outside a name, and for
    each label how good the best way is that stands inside one. Sequences of similar length are decoded together.

    Args:
        scores: Logarithms, one row a token and one column a tag.
        labels: The number of labels.
    """
    order = sorted(range(len(scores)), key=lambda index: -len(scores[index]))
    tags: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * len(scores)
    for first in range(0, len(order), 64):
        group = order[first : first + 64]
        for index, row in zip(group, _decode_group([scores[i] for i in group], labels), strict=True):
            tags[index] = row
    return tags


def _decode_group(group: list[Floats], labels: int) -> list[NDArray[np.int64]]:
    lengths = np.array([len(rows) for rows in group])
    longest, size = int(lengths.max(initial=0)), len(group)
    padded = np.full((longest, size, tag_count(labels)), -1e6, dtype=np.float32)
    padded[:, :, OUTSIDE] = 0.0
    for column, rows in enumerate(group):
        padded[: len(rows), column] = rows
    closing, entered = _forward(padded, labels)
    return _backward(closing, entered, lengths, labels)


def _forward(padded: Floats, labels: int) -> tuple[NDArray[np.int64], Bools]:
    """Return, per step and sequence, the best tag that leaves no name open, and where an open name was begun anew."""
    longest, size, _ = padded.shape
    begin, inside, last, unit = (padded[:, :, 1 + k * labels : 1 + (k + 1) * labels] for k in range(4))
    single = np.concatenate([padded[:, :, :1], unit], axis=2)
    best_single = single.argmax(axis=2)
    single_score = single.max(axis=2)
    closing = np.zeros((longest, size), dtype=np.int64)
    entered = np.zeros((longest, size, labels), dtype=bool)
    closed = np.zeros(size, dtype=np.float32)
    opened = np.full((size, labels), -1e9, dtype=np.float32)
    rows = np.arange(size)
    for step in range(longest):
        ended = opened + last[step]
        best_end = ended.argmax(axis=1)
        end_score = ended[rows, best_end]
        stay_score = closed + single_score[step]
        ends = end_score > stay_score
        single_tag = np.where(best_single[step] == 0, OUTSIDE, 3 * labels + best_single[step])
        closing[step] = np.where(ends, 1 + 2 * labels + best_end, single_tag)
        fresh, carried = closed[:, None] + begin[step], opened + inside[step]
        entered[step] = fresh >= carried
        opened = np.maximum(fresh, carried)
        closed = np.maximum(end_score, stay_score)
    return closing, entered


def _backward(
    closing: NDArray[np.int64], entered: Bools, lengths: NDArray[np.int64], labels: int
) -> list[NDArray[np.int64]]:
    result = []
    for column, length in enumerate(lengths):
        tags = np.zeros(length, dtype=np.int64)
        label, choices = -1, closing[:, column].tolist()
        for step in range(int(length) - 1, -1, -1):
            if label < 0:
                tag = choices[step]
                if 2 * labels < tag <= 3 * labels:
                    label = tag - 1 - 2 * labels
            elif entered[step, column, label]:
                tag, label = 1 + label, -1
            else:
                tag = 1 + labels + label
            tags[step] = tag
        result.append(tags)
    return result


def names(tags: NDArray[np.int64], labels: int) -> list[Found]:
    """Return the names that whole-name tags spell."""
    found = []
    places = np.flatnonzero(tags)
    start = -1
    for place, tag in zip(places.tolist(), tags[places].tolist(), strict=True):
        kind, label = divmod(tag - 1, labels)
        if kind in (0, 3):
            start = place
        if kind in (2, 3):
            found.append(Found(start, place + 1, label))
    return found


def allowed_tags(
    doc: Doc, labels: Sequence[str], unannotated: frozenset[str] = frozenset(), doubt: float = 1.0
) -> Floats:
    """Return how far each tag of each token agrees with the names marked in a document, 0 to 1.

    A token of which nothing is known allows every tag. One outside the marked names, if it may be part of a name by
    its form, allows beside that tag those of the labels that the document's annotators did not look for.

    Args:
        doc: A document with its names marked, outside and missing told apart.
        labels: The labels, in order.
        unannotated: The labels that the annotators did not look for.
        doubt: How far tags of unannotated labels are allowed.
    """
    count = len(labels)
    allowed = np.zeros((len(doc), tag_count(count)), dtype=np.float32)
    marked = doc.to_array("ENT_IOB")
    allowed[marked == 0] = 1
    allowed[marked == 2, OUTSIDE] = 1
    columns = [
        1 + kind * count + number for kind in range(4) for number in range(count) if labels[number] in unannotated
    ]
    if columns:
        rows = [place for place in np.flatnonzero(marked == 2).tolist() if _may_be_name(doc, place)]
        allowed[np.ix_(rows, columns)] = doubt
    numbers = {label: number for number, label in enumerate(labels)}
    for entity in doc.ents:
        number = numbers.get(entity.label_)
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


def _may_be_name(doc: Doc, place: int) -> bool:
    """Whether a token begins with a capital or a digit, or stands between two that do."""

    def capital(index: int) -> bool:
        return 0 <= index < len(doc) and (doc[index].text[0].isupper() or doc[index].text[0].isdigit())

    return capital(place) or (capital(place - 1) and (capital(place + 1) or capital(place + 2)))
