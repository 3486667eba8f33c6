"""Encode mentions as parallel arrays of JSON: small in a cache file, fast over a pipe."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import accumulate
from typing import Any, Final, get_args

from reader.recognize.label_mapping import is_label
from reader.recognize.mention import Mention, Origin

_ORIGINS: Final[tuple[Origin, ...]] = get_args(Origin)
_FULL_SCORE: Final = 1000
"""The integer that stands for a score of 1.0."""
_SCORES: Final = tuple(score / _FULL_SCORE for score in range(_FULL_SCORE + 1))


def pack(mentions: Iterable[Mention]) -> dict[str, Any]:
    """Return mentions as a JSON-compatible dictionary of parallel arrays; each start is the distance from the last."""
    rows = list(mentions)
    labels = sorted({row.label for row in rows})
    label_codes = {label: code for code, label in enumerate(labels)}
    origin_codes = {origin: code for code, origin in enumerate(_ORIGINS)}
    starts = [row.start for row in rows]
    return {
        "steps": [start - previous for start, previous in zip(starts, [0, *starts], strict=False)],
        "lengths": [row.end - row.start for row in rows],
        "labels": labels,
        "label": [label_codes[row.label] for row in rows],
        "origin": [origin_codes[row.origin] for row in rows],
        "score": [round(row.score * _FULL_SCORE) for row in rows],
    }


def unpack(packed: Any, length: int) -> list[Mention]:
    """Return the mentions in a dictionary from `pack`.

    Args:
        packed: The dictionary.
        length: The length of the text in code points: mentions must not lie outside it.

    Raises:
        ValueError: The value is not from `pack`, or a mention lies outside the text.
    """
    try:
        starts = list(accumulate(packed["steps"]))
        ends = list(map(int.__add__, starts, packed["lengths"]))
        names = packed["labels"]
        labels = list(map(names.__getitem__, packed["label"]))
        origins = list(map(_ORIGINS.__getitem__, packed["origin"]))
        scores = list(map(_SCORES.__getitem__, packed["score"]))
        if not len(starts) == len(ends) == len(labels) == len(origins) == len(scores):
            raise ValueError("arrays of different lengths")
        if not all(map(is_label, names)):
            raise ValueError("not a label")
        if starts and not (min(starts) >= 0 and min(packed["lengths"]) > 0 and max(ends) <= length):
            raise ValueError("a mention outside the text")
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"not packed mentions: {error}") from error
    # The same as Mention(), without a Python call for each of half a million mentions.
    return list(map(partial(tuple.__new__, Mention), zip(starts, ends, labels, origins, scores, strict=True)))
