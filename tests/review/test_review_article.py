"""A whole review: an article of 3,000 words whose gold clusters are known, and a reader who knows them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.review import Outcome, review
from reader.document import load

ARTICLES = Path(__file__).parent.parent / "articles"


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    record: dict[str, Any] = json.loads((ARTICLES / "gold.jsonl").read_text(encoding="utf-8"))
    return record


@pytest.fixture(scope="module")
def outcome(gold: dict[str, Any]) -> Outcome:
    return review(gold)


def test_the_gold_is_that_of_the_article(gold: dict[str, Any]) -> None:
    text = load(str(ARTICLES / "astrid-maren.txt")).text
    assert text == gold["text"]
    places = [(each["start"], each["end"]) for each in gold["ents"]]
    assert places == sorted(set(places))
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    mentions = [mention for cluster in gold["clusters"] for mention in cluster["mentions"]]
    assert sorted((each["start"], each["end"]) for each in mentions) == places
    assert all(text[each["start"] : each["end"]] == each["text"] for each in mentions)
    assert 2_800 <= len(text.split()) <= 3_200


def test_nothing_is_merged_wrongly_before(outcome: Outcome) -> None:
    assert outcome.before[0] == 1.0
    assert outcome.before[2] < 0.8


def test_a_review_of_few_keys_leads_to_the_gold_clusters(outcome: Outcome) -> None:
    assert 15 <= outcome.questions <= 25
    assert outcome.keys <= 36, "\n".join(outcome.answers)
    assert outcome.after[0] == 1.0
    assert outcome.after[2] > 0.97
