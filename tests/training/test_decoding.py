from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from reader.recognize.network.crf import loss_and_gradients, with_probabilities
from reader.recognize.network.decoding import (
    OUTSIDE,
    Floats,
    NameSpan,
    allowed_tags,
    best_tags,
    spelled_names,
    tag_count,
)

LABELS = ("PERSON", "ORG")
BEGIN, INSIDE, LAST, UNIT = (1, 3, 5, 7)


def spells_names(tags: tuple[int, ...]) -> bool:
    """Return whether tags spell whole names."""
    open_label = None
    for tag in tags:
        kind, label = divmod(tag - 1, 2) if tag else (-1, -1)
        if (kind in (1, 2)) != (open_label is not None) or (open_label is not None and label != open_label):
            return False
        open_label = label if kind in (0, 1) else None
    return open_label is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_best_tags_have_the_highest_score_of_all_that_spell_names(lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = [random.normal(size=(n, 9), scale=3).astype(np.float32) for n in lengths]
    for tags, rows in zip(best_tags(scores, 2), scores, strict=True):
        possible = [sequence for sequence in product(range(9), repeat=len(rows)) if spells_names(sequence)]
        best = max(sum(rows[i, tag] for i, tag in enumerate(sequence)) for sequence in possible)
        assert spells_names(tuple(tags.tolist()))
        assert sum(rows[i, tag] for i, tag in enumerate(tags)) == pytest.approx(best, abs=1e-3)


def test_empty_sequences_have_no_tags() -> None:
    empty = np.zeros((0, 9), dtype=np.float32)
    single = np.eye(9, dtype=np.float32)[[UNIT]] * 5
    assert [tags.tolist() for tags in best_tags([empty, single, empty], 2)] == [[], [UNIT], []]
    assert best_tags([], 2) == []


def test_tags_spell_names() -> None:
    tags = np.array([UNIT + 1, OUTSIDE, BEGIN, INSIDE, LAST])
    assert [(name.start, name.end, LABELS[name.label]) for name in spelled_names(tags, 2)] == [
        (0, 1, "ORG"),
        (2, 5, "PERSON"),
    ]


def sequence_weights(rows: Floats, allowed: Floats) -> dict[tuple[int, ...], float]:
    """Return the weight of every tag sequence that spells names, multiplied by how well it agrees with `allowed`."""
    return {
        sequence: float(np.exp(sum(rows[i, tag] for i, tag in enumerate(sequence))) * agreement)
        for sequence in product(range(9), repeat=len(rows))
        if spells_names(sequence) and (agreement := np.prod([allowed[i, tag] for i, tag in enumerate(sequence)]))
    }


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=3), st.integers(0, 2**32 - 1))
def test_loss_is_that_of_all_allowed_sequences_together(lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = [random.normal(size=(n, 9), scale=2).astype(np.float32) for n in lengths]
    allowed = [(random.random((n, 9)) < 0.4).astype(np.float32) for n in lengths]
    for mask in allowed:
        mask[:, OUTSIDE] = 0.5
    loss, gradients = loss_and_gradients(scores, allowed, 2)
    expected = 0.0
    for rows, mask, gradient in zip(scores, allowed, gradients, strict=True):
        all_weights, allowed_weights = sequence_weights(rows, np.ones_like(mask)), sequence_weights(rows, mask)
        expected += np.log(sum(all_weights.values())) - np.log(sum(allowed_weights.values()))
        for weights, sign in ((all_weights, -1), (allowed_weights, 1)):
            for sequence, weight in weights.items():
                gradient[np.arange(len(rows)), list(sequence)] += sign * weight / sum(weights.values())
        assert gradient == pytest.approx(np.zeros_like(gradient), abs=1e-4)
    assert loss == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_the_score_of_a_name_is_the_probability_of_its_borders_and_label() -> None:
    rows = np.random.default_rng(5).normal(size=(3, 9), scale=2).astype(np.float32)
    weights = sequence_weights(rows, np.ones_like(rows))
    names = [NameSpan(0, 2, 1), NameSpan(2, 3, 0)]
    [[first, second]] = with_probabilities([names], [rows], 2)
    matching = sum(weight for tags, weight in weights.items() if tags[:2] == (BEGIN + 1, LAST + 1))
    assert first.score == pytest.approx(matching / sum(weights.values()), rel=1e-4)
    matching = sum(weight for tags, weight in weights.items() if tags[2] == UNIT)
    assert second.score == pytest.approx(matching / sum(weights.values()), rel=1e-4)


@pytest.fixture
def doc() -> Doc:
    doc = Doc(spacy.blank("en").vocab, words=["Ann", "van", "Lee", "saw", "Acme", "of", "Rome", "today"])
    doc.set_ents([Span(doc, 0, 3, "PERSON")], missing=[doc[6:7]], default="outside")
    return doc


def columns(row: Floats) -> set[int]:
    """Return the tags that a row allows."""
    return set(np.flatnonzero(row).tolist())


def test_each_token_of_an_annotated_name_allows_one_tag(doc: Doc) -> None:
    allowed = allowed_tags(doc, LABELS)
    assert [columns(row) for row in allowed[:3]] == [{BEGIN}, {INSIDE}, {LAST}]


def test_a_token_outside_names_allows_one_tag_and_a_missing_one_all(doc: Doc) -> None:
    allowed = allowed_tags(doc, LABELS)
    assert columns(allowed[3]) == columns(allowed[4]) == {OUTSIDE}
    assert columns(allowed[6]) == set(range(tag_count(2)))


def test_labels_that_were_not_annotated_are_allowed_outside_names(doc: Doc) -> None:
    allowed = allowed_tags(doc, LABELS, frozenset({"ORG"}), doubt=0.25)
    organization = {BEGIN + 1, INSIDE + 1, LAST + 1, UNIT + 1}
    assert columns(allowed[4]) == {OUTSIDE} | organization
    assert allowed[4, OUTSIDE] == 1
    assert allowed[4, UNIT + 1] == 0.25
    assert columns(allowed[5]) == {OUTSIDE} | organization, "a lower-case word between capitalized ones"
    assert columns(allowed[7]) == {OUTSIDE}, "a word that cannot be a name by its form"


def test_a_name_with_a_label_that_is_not_learned_allows_all_tags(doc: Doc) -> None:
    assert allowed_tags(doc, ("ORG",))[:3].all()
