from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from reader.recognize.network.crf import loss_and_gradients, with_scores
from reader.recognize.network.decoding import OUTSIDE, Floats, Found, allowed_tags, best_tags, names, tag_count

LABELS = ("PERSON", "ORG")
BEGIN, INSIDE, LAST, UNIT = (1, 3, 5, 7)


def spells_names(tags: tuple[int, ...]) -> bool:
    open_label = None
    for tag in tags:
        kind, label = divmod(tag - 1, 2) if tag else (-1, -1)
        if (kind in (1, 2)) != (open_label is not None) or (open_label is not None and label != open_label):
            return False
        open_label = label if kind in (0, 1) else None
    return open_label is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_best_tags_are_the_best_of_all_that_spell_names(lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = [random.normal(size=(n, 9), scale=3).astype(np.float32) for n in lengths]
    for tags, rows in zip(best_tags(scores, 2), scores, strict=True):
        possible = [option for option in product(range(9), repeat=len(rows)) if spells_names(option)]
        best = max(sum(rows[i, tag] for i, tag in enumerate(option)) for option in possible)
        assert spells_names(tuple(tags.tolist()))
        assert sum(rows[i, tag] for i, tag in enumerate(tags)) == pytest.approx(best, abs=1e-3)


def test_no_tokens() -> None:
    empty = np.zeros((0, 9), dtype=np.float32)
    one = np.eye(9, dtype=np.float32)[[UNIT]] * 5
    assert [tags.tolist() for tags in best_tags([empty, one, empty], 2)] == [[], [UNIT], []]
    assert best_tags([], 2) == []


def test_names() -> None:
    tags = np.array([UNIT + 1, OUTSIDE, BEGIN, INSIDE, LAST])
    assert [(n.start, n.end, LABELS[n.label]) for n in names(tags, 2)] == [(0, 1, "ORG"), (2, 5, "PERSON")]


def ways(rows: Floats, allowed: Floats) -> dict[tuple[int, ...], float]:
    """Every way to spell names, with its weight."""
    return {
        option: float(np.exp(sum(rows[i, tag] for i, tag in enumerate(option))) * all_allowed)
        for option in product(range(9), repeat=len(rows))
        if spells_names(option) and (all_allowed := np.prod([allowed[i, tag] for i, tag in enumerate(option)]))
    }


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=3), st.integers(0, 2**32 - 1))
def test_loss_is_that_of_all_allowed_ways_together(lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = [random.normal(size=(n, 9), scale=2).astype(np.float32) for n in lengths]
    allowed = [(random.random((n, 9)) < 0.4).astype(np.float32) for n in lengths]
    for mask in allowed:
        mask[:, OUTSIDE] = 0.5
    loss, gradients = loss_and_gradients(scores, allowed, 2)
    expected = 0.0
    for rows, mask, gradient in zip(scores, allowed, gradients, strict=True):
        free, held = ways(rows, np.ones_like(mask)), ways(rows, mask)
        expected += np.log(sum(free.values())) - np.log(sum(held.values()))
        for weights, sign in ((free, -1), (held, 1)):
            for option, weight in weights.items():
                gradient[np.arange(len(rows)), list(option)] += sign * weight / sum(weights.values())
        assert gradient == pytest.approx(np.zeros_like(gradient), abs=1e-4)
    assert loss == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_scores_are_probabilities_of_the_whole_name() -> None:
    rows = np.random.default_rng(5).normal(size=(3, 9), scale=2).astype(np.float32)
    every = ways(rows, np.ones_like(rows))
    long, short = Found(0, 2, 1), Found(2, 3, 0)
    [[first, second]] = with_scores([[long, short]], [rows], 2)
    matching = sum(weight for option, weight in every.items() if option[:2] == (BEGIN + 1, LAST + 1))
    assert first.score == pytest.approx(matching / sum(every.values()), rel=1e-4)
    matching = sum(weight for option, weight in every.items() if option[2] == UNIT)
    assert second.score == pytest.approx(matching / sum(every.values()), rel=1e-4)


@pytest.fixture
def doc() -> Doc:
    doc = Doc(spacy.blank("en").vocab, words=["Ann", "van", "Lee", "saw", "Acme", "of", "Rome", "today"])
    doc.set_ents([Span(doc, 0, 3, "PERSON")], missing=[doc[6:7]], default="outside")
    return doc


def columns(row: Floats) -> set[int]:
    return set(np.flatnonzero(row).tolist())


def test_marked_names_allow_one_tag(doc: Doc) -> None:
    allowed = allowed_tags(doc, LABELS)
    assert [columns(row) for row in allowed[:3]] == [{BEGIN}, {INSIDE}, {LAST}]


def test_outside_is_known_and_missing_is_not(doc: Doc) -> None:
    allowed = allowed_tags(doc, LABELS)
    assert columns(allowed[3]) == columns(allowed[4]) == {OUTSIDE}
    assert columns(allowed[6]) == set(range(tag_count(2)))


def test_labels_that_were_not_annotated_are_unknown_not_absent(doc: Doc) -> None:
    allowed = allowed_tags(doc, LABELS, frozenset({"ORG"}), doubt=0.25)
    organization = {BEGIN + 1, INSIDE + 1, LAST + 1, UNIT + 1}
    assert columns(allowed[4]) == {OUTSIDE} | organization
    assert allowed[4, OUTSIDE] == 1
    assert allowed[4, UNIT + 1] == 0.25
    assert columns(allowed[5]) == {OUTSIDE} | organization, "a small word between capitals"
    assert columns(allowed[7]) == {OUTSIDE}, "a word that cannot be a name by its form"


def test_a_label_that_is_not_learnt_is_unknown(doc: Doc) -> None:
    assert allowed_tags(doc, ("ORG",))[:3].all()
