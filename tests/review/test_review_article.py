"""A whole review of an article of 3,000 words, answered by a simulated user who knows the gold clusters."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.review import Outcome, run_review
from reader.document import load

ARTICLES = Path(__file__).parent.parent / "articles"


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    record: dict[str, Any] = json.loads((ARTICLES / "gold.jsonl").read_text(encoding="utf-8"))
    return record


@pytest.fixture(scope="module")
def outcome(gold: dict[str, Any]) -> Outcome:
    return run_review(gold)


def test_the_gold_record_belongs_to_the_article(gold: dict[str, Any]) -> None:
    text = load(str(ARTICLES / "astrid-maren.txt")).text
    assert text == gold["text"]
    spans = [(entity["start"], entity["end"]) for entity in gold["ents"]]
    assert spans == sorted(set(spans))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    mentions = [mention for cluster in gold["clusters"] for mention in cluster["mentions"]]
    assert sorted((mention["start"], mention["end"]) for mention in mentions) == spans
    assert all(text[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)
    assert 2_800 <= len(text.split()) <= 3_200


def test_no_automatic_merge_is_wrong(outcome: Outcome) -> None:
    assert outcome.before[0] == 1.0
    assert outcome.before[2] < 0.8


def test_a_review_with_few_keys_reaches_the_gold_clusters(outcome: Outcome) -> None:
    assert 15 <= outcome.questions <= 25
    assert outcome.keys <= 36, "\n".join(outcome.answers)
    assert outcome.after[0] == 1.0
    assert outcome.after[2] > 0.95
