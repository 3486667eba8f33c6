"""The user's merges as nomenklatura keeps judgements: `[target, source, judgement, score, user, created_at]` per line.

A merge is "positive" for each name with the first name, a split "negative" for each pair. Ids are those that the
FollowTheMoney export gives to entities of these names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any, BinaryIO

from reader.annotate.decisions import NamesDifferent, NamesSame
from reader.exchange.jsonl import json_line
from reader.exchange.networks.follow_the_money import entity_id

if TYPE_CHECKING:
    from reader.reading import Reading
    from reader.resolve import Name


def write(readings: Iterable[Reading], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one line per judgement. All judgements are decisions, so `decided` changes nothing."""
    del decided
    for reading in readings:
        for judgement in _judgements(reading):
            out.write(json_line(judgement).encode() + b"\n")
        out.flush()


def _judgements(reading: Reading) -> Iterator[list[Any]]:
    digest = reading.document.digest

    def judgement(names: tuple[Name, Name], value: str, score: float | None) -> list[Any]:
        ids = (entity_id(digest, name.label, name.text) for name in names)
        target, source = sorted(ids, reverse=True)
        return [target, source, value, score, step.author or None, step.time]

    for step in reading.history.steps:
        for decision in step.decisions:
            match decision:
                case NamesSame(names):
                    for name in names[1:]:
                        yield judgement((names[0], name), "positive", None)
                case NamesDifferent(left_names, right_names, against):
                    for pair in product(left_names, right_names):
                        yield judgement(pair, "negative", against or None)
