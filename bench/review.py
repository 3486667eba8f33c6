"""What a review costs and brings: `python -m bench.review GOLD.jsonl [--found]`.

A reader who knows the gold clusters answers every question of the review. The report has the number of questions and
of keys pressed, and the alias pairs (P, R, F) before and after. With `--found` the names are those that recognition
finds, and names that it misses count as alone; without it, those of the gold.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple

from reader.annotate import NullStore
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention
from reader.review.questions import Item, Side
from reader.review.session import Review

_MOST: Final = 500


class Outcome(NamedTuple):
    """What came of one review."""

    questions: int
    keys: int
    """Pressed for answers, `R` and `Esc` included."""
    before: tuple[float, float, float]
    """Precision, recall and F of the alias pairs."""
    after: tuple[float, float, float]
    answers: tuple[str, ...]
    """Each question, and the keys that answered it."""


def gold_of(record: dict[str, Any]) -> dict[tuple[int, int], int]:
    """Return the places of the named mentions of a gold record → the number of their cluster."""
    return {
        (mention["start"], mention["end"]): number
        for number, cluster in enumerate(record["clusters"])
        for mention in cluster["mentions"]
        if mention.get("kind", "name") == "name"
    }


def reading_of(record: dict[str, Any], *, found: bool) -> Reading:
    """Return a reading of a gold record's text, with its mentions or with those that recognition finds."""
    text = record["text"]
    reading = Reading(Document(text, (Block(0, len(text)),), "", ""), NullStore())
    if found:
        from reader.reading import analyze

        analyze(reading)
    else:
        reading.set_recognized(
            Mention(mention["start"], mention["end"], "PRODUCT" if cluster["label"] == "MISC" else cluster["label"])
            for cluster in record["clusters"]
            for mention in cluster["mentions"]
            if mention.get("kind", "name") == "name"
        )
    return reading


def review(record: dict[str, Any], *, found: bool = False) -> Outcome:
    """Answer every question of a review as the gold clusters say."""
    gold = gold_of(record)
    reading = reading_of(record, found=found)
    before = _score(reading, gold)
    course = Review(reading)
    keys = 2
    told: list[str] = []
    while course.current is not None and len(told) < _MOST:
        item = course.current
        pressed = answer(course, [_owner(side, gold) for side in item.sides])
        told.append(f"{pressed:8} {' | '.join(side.name for side in item.sides)}")
        keys += len(pressed)
    return Outcome(len(told), keys, before, _score(reading, gold), tuple(told))


def answer(course: Review, owners: Sequence[int | None]) -> str:
    """Answer the question at hand, given to which cluster each side belongs; return the keys that it takes."""
    item = course.current
    assert item is not None
    wanted = _wanted(item, owners)
    if len(wanted) < 2:
        course.part()
        return "n"
    keys, cursor = "", int(len(course.ticked) > 1)
    for index in sorted(course.ticked ^ wanted) if not item.rivals else sorted(wanted - course.ticked):
        keys += ("j" if index > cursor else "k") * abs(index - cursor)
        cursor = index
        keys += "" if item.rivals else " "
        course.tick(index)
    course.merge()
    return keys + "y"


def _wanted(item: Item, owners: Sequence[int | None]) -> set[int]:
    if item.rivals:
        return {0, *[i for i, owner in enumerate(owners) if i and owner is not None and owner == owners[0]][:1]}
    counts = Counter(owner for owner in owners if owner is not None)
    most = counts.most_common(1)
    return {i for i, owner in enumerate(owners) if most and owner == most[0][0]}


def _owner(side: Side, gold: dict[tuple[int, int], int]) -> int | None:
    counts = Counter(gold[mention[:2]] for mention in side.mentions if mention[:2] in gold)
    return counts.most_common(1)[0][0] if counts else None


def _score(reading: Reading, gold: dict[tuple[int, int], int]) -> tuple[float, float, float]:
    entity_of = {mention[:2]: entity.id for entity in reading.entities for mention in entity.mentions}
    text = reading.document.text
    want = _pairs(text, {span: str(number) for span, number in gold.items()})
    got = _pairs(text, {span: id for span, id in entity_of.items() if span in gold})
    both = len(want & got)
    precision, recall = both / max(1, len(got)), both / max(1, len(want))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _pairs(text: str, holder: dict[tuple[int, int], str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for (start, end), id in holder.items():
        groups.setdefault(id, set()).add(text[start:end].lower())
    return {frozenset(pair) for group in groups.values() for pair in combinations(sorted(group), 2)}


def run(path: Path, *, found: bool) -> Iterator[str]:
    """Yield the report."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            record = json.loads(line)
            done = review(record, found=found)
            yield from done.answers
            scores = "  ".join("P {:.2f} R {:.2f} F {:.3f}".format(*score) for score in (done.before, done.after))
            yield f"{record['id']}: {done.questions} questions, {done.keys} keys; before, after: {scores}"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", type=Path)
    cli.add_argument("--found", action="store_true", help="with the names that recognition finds")
    options = cli.parse_args()
    for line in run(options.gold, found=options.found):
        print(line)


if __name__ == "__main__":
    main()
