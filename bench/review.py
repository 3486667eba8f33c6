"""What a review costs and what it improves: `python -m bench.review GOLD.jsonl [--found]`.

A simulated user who knows the gold clusters answers every question of the review. The report has the number of
questions and of keys pressed, and the alias pairs (precision, recall, F) before and after. By default the names are
those of the gold clusters. With `--found` they are those that recognition finds; names that it misses count as
clusters of one.
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
from reader.review.questions import ReviewQuestion, Side
from reader.review.session import Review

_MAX_QUESTIONS: Final = 500


class Outcome(NamedTuple):
    """The result of one review."""

    questions: int
    keys: int
    """Keys pressed for the answers, and for `R` and `Esc`."""
    before: tuple[float, float, float]
    """Precision, recall and F of the alias pairs before the review."""
    after: tuple[float, float, float]
    """The same after the review."""
    answers: tuple[str, ...]
    """Each question with the keys that answered it."""


def gold_of(record: dict[str, Any]) -> dict[tuple[int, int], int]:
    """Return the number of the cluster of each named mention of a gold record, by span."""
    return {
        (mention["start"], mention["end"]): number
        for number, cluster in enumerate(record["clusters"])
        for mention in cluster["mentions"]
        if mention.get("kind", "name") == "name"
    }


def reading_of(record: dict[str, Any], *, recognize: bool) -> Reading:
    """Return a reading of a gold record's text, with its own mentions or with those that recognition finds."""
    text = record["text"]
    reading = Reading(Document(text, (Block(0, len(text)),), "", ""), NullStore())
    if recognize:
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


def run_review(record: dict[str, Any], *, recognize: bool = False) -> Outcome:
    """Answer every question of a review as the gold clusters say."""
    gold = gold_of(record)
    reading = reading_of(record, recognize=recognize)
    before = _score(reading, gold)
    review = Review(reading)
    keys = 2
    answers: list[str] = []
    while review.current is not None and len(answers) < _MAX_QUESTIONS:
        question = review.current
        pressed = answer_question(review, [_gold_cluster(side, gold) for side in question.sides])
        answers.append(f"{pressed:8} {' | '.join(side.name for side in question.sides)}")
        keys += len(pressed)
    return Outcome(len(answers), keys, before, _score(reading, gold), tuple(answers))


def answer_question(review: Review, clusters: Sequence[int | None]) -> str:
    """Answer the current question; return the keys that this takes.

    Args:
        review: The review.
        clusters: The gold cluster of each side of the question.
    """
    question = review.current
    assert question is not None
    correct = _correct_sides(question, clusters)
    if len(correct) < 2:
        review.keep_apart()
        return "n"
    keys, cursor = "", 1 if len(review.ticked) > 1 else 0
    to_change = correct - review.ticked if question.rivals else review.ticked ^ correct
    for index in sorted(to_change):
        keys += ("j" if index > cursor else "k") * abs(index - cursor)
        cursor = index
        keys += "" if question.rivals else " "
        review.tick(index)
    review.merge()
    return keys + "y"


def _correct_sides(question: ReviewQuestion, clusters: Sequence[int | None]) -> set[int]:
    """Return the indexes of the sides that are one entity in the gold clusters."""
    if question.rivals:
        short_form_cluster, *rival_clusters = clusters
        same = [
            index
            for index, cluster in enumerate(rival_clusters, 1)
            if cluster is not None and cluster == short_form_cluster
        ]
        return {0, *same[:1]}
    counts = Counter(cluster for cluster in clusters if cluster is not None)
    if not counts:
        return set()
    most_common = counts.most_common(1)[0][0]
    return {index for index, cluster in enumerate(clusters) if cluster == most_common}


def _gold_cluster(side: Side, gold: dict[tuple[int, int], int]) -> int | None:
    """Return the gold cluster of most mentions of a side."""
    counts = Counter(gold[mention[:2]] for mention in side.mentions if mention[:2] in gold)
    return counts.most_common(1)[0][0] if counts else None


def _score(reading: Reading, gold: dict[tuple[int, int], int]) -> tuple[float, float, float]:
    """Return precision, recall and F of the alias pairs of a reading."""
    entity_of = {mention[:2]: entity.id for entity in reading.entities for mention in entity.mentions}
    text = reading.document.text
    gold_pairs = _alias_pairs(text, {span: str(number) for span, number in gold.items()})
    pairs = _alias_pairs(text, {span: id for span, id in entity_of.items() if span in gold})
    correct = len(gold_pairs & pairs)
    precision, recall = correct / max(1, len(pairs)), correct / max(1, len(gold_pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _alias_pairs(text: str, clusters: dict[tuple[int, int], str]) -> set[frozenset[str]]:
    """Return all pairs of distinct surface forms in one cluster, in lower case.

    Args:
        text: The text.
        clusters: The cluster of each span.
    """
    forms: dict[str, set[str]] = {}
    for (start, end), id in clusters.items():
        forms.setdefault(id, set()).add(text[start:end].lower())
    return {frozenset(pair) for names in forms.values() for pair in combinations(sorted(names), 2)}


def report(path: Path, *, recognize: bool) -> Iterator[str]:
    """Yield the lines of the report."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            record = json.loads(line)
            outcome = run_review(record, recognize=recognize)
            yield from outcome.answers
            scores = "  ".join("P {:.2f} R {:.2f} F {:.3f}".format(*score) for score in (outcome.before, outcome.after))
            yield f"{record['id']}: {outcome.questions} questions, {outcome.keys} keys; before, after: {scores}"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", type=Path)
    cli.add_argument("--found", action="store_true", help="use the names that recognition finds")
    options = cli.parse_args()
    for line in report(options.gold, recognize=options.found):
        print(line)


if __name__ == "__main__":
    main()
