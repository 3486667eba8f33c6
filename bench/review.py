"""What a review costs and what it improves: `python -m bench.review GOLD.jsonl… [--found] [--rules]`.

A simulated user who knows the gold clusters answers every question of the review. The report has the number of
questions and of keys pressed, and the alias pairs (precision, recall, F) before and after. By default the names are
those of the gold clusters. With `--found` they are those that recognition finds; names that it misses count as
clusters of one. With `--rules` the report has instead how often each rule suggests a merge and how often the gold
clusters agree.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple

from reader.annotate import NullStore
from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Rule
from reader.review.questions import ReviewQuestion, Side, suggestion_questions
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
    """Return the number of the cluster of each named mention of a gold record, by span.

    Where gold has a span in two clusters, the last one counts.
    """
    return {
        (mention["start"], mention["end"]): number
        for number, cluster in enumerate(record["clusters"])
        for mention in cluster["mentions"]
        if mention.get("kind", "name") == "name"
    }


def reading_of(record: dict[str, Any], *, recognize: bool) -> Reading:
    """Return a reading of a gold record's text, with its own mentions or with those that recognition finds."""
    text = record["text"]
    reading = Reading(Document(text, plain_blocks(text), "", ""), NullStore())
    if recognize:
        from reader.reading import analyze

        analyze(reading)
    else:
        labels = ["PRODUCT" if cluster["label"] == "MISC" else cluster["label"] for cluster in record["clusters"]]
        reading.set_recognized(Mention(*span, labels[number]) for span, number in gold_of(record).items())
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


def _gold_cluster(side: Side | Entity, gold: dict[tuple[int, int], int]) -> int | None:
    """Return the gold cluster of most mentions of a side or an entity."""
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


def records_of(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the gold records of some files."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def report(paths: Iterable[Path], *, recognize: bool) -> Iterator[str]:
    """Yield the lines of the report."""
    for record in records_of(paths):
        outcome = run_review(record, recognize=recognize)
        yield from outcome.answers
        scores = "  ".join("P {:.2f} R {:.2f} F {:.3f}".format(*score) for score in (outcome.before, outcome.after))
        yield f"{record['id']}: {outcome.questions} questions, {outcome.keys} keys; before, after: {scores}"


class _Tally:
    """How often the offers of each rule are right."""

    def __init__(self) -> None:
        self.offers: dict[Rule, list[tuple[bool, str]]] = {}

    def add(self, rule: Rule, clusters: Sequence[int | None], names: str) -> None:
        """Count an offer, which is right if two of its sides are one gold cluster. One without gold is left out."""
        present = [cluster for cluster in clusters if cluster is not None]
        if len(present) > 1:
            self.offers.setdefault(rule, []).append((len(set(present)) < len(present), names))

    def lines(self, examples: int) -> Iterator[str]:
        """Yield a line for each rule, with some examples, and a line for all."""
        everything = [offer for offers in self.offers.values() for offer in offers]
        for rule, offers in sorted(self.offers.items(), key=lambda entry: -len(entry[1])):
            yield _share(rule, offers)
            yield from (f"    {'+' if is_right else '-'} {names}" for is_right, names in offers[:examples])
        yield _share("all", everything)


def _share(subject: str, offers: Sequence[tuple[bool, str]]) -> str:
    right = sum(is_right for is_right, _ in offers)
    return f"{subject:16} {right:5} of {len(offers):5} right  {right / max(1, len(offers)):5.0%}"


def report_rules(paths: Iterable[Path], *, recognize: bool, examples: int) -> Iterator[str]:
    """Yield for each rule how many pairs of entities and how many questions it offers, and how many of them are right.

    An offer is right if gold has two of its sides in one cluster.

    Args:
        paths: Files of gold records.
        recognize: Whether to use the names that recognition finds.
        examples: Offers to list for each rule.
    """
    pairs, questions = _Tally(), _Tally()
    for record in records_of(paths):
        gold = gold_of(record)
        reading = reading_of(record, recognize=recognize)
        for suggestion in reading.suggestions:
            entities = [reading.resolution.by_id[id] for id in (suggestion.a, suggestion.b)]
            names = " | ".join(
                f"{name} {entity.label}" for name, entity in zip(suggestion.names, entities, strict=True)
            )
            pairs.add(suggestion.rule, [_gold_cluster(entity, gold) for entity in entities], f"{names}  {record['id']}")
        for question in suggestion_questions(reading):
            clusters = [_gold_cluster(side, gold) for side in question.sides]
            names = f"{' | '.join(side.name for side in question.sides)}  {record['id']}"
            if question.assigned:  # whether the short form belongs to another side than the one that it is merged with
                short_form, _, *rivals = clusters
                clusters = [short_form, next((rival for rival in rivals if rival == short_form), rivals[0])]
                names += "  (assigned)"
            questions.add(question.reasons[question.assigned].rule, clusters, names)
    yield "pairs of entities"
    yield from pairs.lines(examples)
    yield "questions"
    yield from questions.lines(examples)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", type=Path, nargs="*")
    cli.add_argument("--found", action="store_true", help="use the names that recognition finds")
    cli.add_argument("--rules", action="store_true", help="report how often the suggestions of each rule are right")
    cli.add_argument("--examples", type=int, default=0, metavar="N", help="list N suggestions of each rule")
    options = cli.parse_args()
    if options.rules:
        lines = report_rules(options.gold, recognize=options.found, examples=options.examples)
    else:
        lines = report(options.gold, recognize=options.found)
    for line in lines:
        print(line)


if __name__ == "__main__":
    main()
