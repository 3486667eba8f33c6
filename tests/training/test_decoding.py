from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from reader.recognize.decoding import OUTSIDE, Floats, allowed_tags, best_tags, log_softmax, names, tag_count

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
    scores = [log_softmax(random.normal(size=(n, 9), scale=3).astype(np.float32)) for n in lengths]
    for tags, rows in zip(best_tags(scores, 2), scores, strict=True):
        possible = [option for option in product(range(9), repeat=len(rows)) if spells_names(option)]
        best = max(sum(rows[i, tag] for i, tag in enumerate(option)) for option in possible)
        assert spells_names(tuple(tags.tolist()))
        assert sum(rows[i, tag] for i, tag in enumerate(tags)) == pytest.approx(best, abs=1e-3)


def test_no_tokens() -> None:
    empty = np.zeros((0, 9), dtype=np.float32)
    one = log_softmax(np.eye(9, dtype=np.float32)[[UNIT]] * 5)
    assert [tags.tolist() for tags in best_tags([empty, one, empty], 2)] == [[], [UNIT], []]
    assert best_tags([], 2) == []


def test_names_and_their_scores() -> None:
    tags = np.array([UNIT + 1, OUTSIDE, BEGIN, INSIDE, LAST])
    scores: Floats = np.log(np.full((5, 9), 0.5, dtype=np.float32))
    scores[3, INSIDE] = np.log(0.25)
    found = names(tags, scores, 2)
    assert [(n.start, n.end, LABELS[n.label]) for n in found] == [(0, 1, "ORG"), (2, 5, "PERSON")]
    assert [n.score for n in found] == pytest.approx([0.5, 0.25])


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
