"""What is known of an annotated article, as the network is told."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language

import reader.recognize.network.tagger
from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.recognize.learning.evaluation import Gold, Span
from reader.recognize.learning.fine_tuning import Course, drift, exercises, tagger_of, tune
from reader.recognize.learning.lessons import Lesson, docs_of
from reader.recognize.models.find import BUNDLED
from reader.recognize.network.crf import marginals, sum_chains

assert reader.recognize.network.tagger  # registers the component
TEXT = "Ada Kovacs left Oslo. The Mirror wrote so.\n\nNobody answered Ada Kovacs."
ADA, OSLO, MIRROR = Span(0, 10, "PERSON"), Span(16, 20, "GPE"), Span(26, 32, "ORG")
LABELS = ("PERSON", "ORG", "GPE")
OUTSIDE, UNIT_GPE, BEGIN_PERSON, LAST_PERSON = 0, 1 + 3 * 3 + 2, 1, 1 + 2 * 3


def lesson(*names: Span, **said: Any) -> Lesson:
    return Lesson(Document(TEXT, plain_blocks(TEXT), "", ""), frozenset(names), **said)


@cache
def bundled() -> Language:
    return spacy.load(BUNDLED)


def rows(taught: Lesson) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for doc, allowed in docs_of(taught, spacy.blank("en"), LABELS):
        for token, row in zip(doc, allowed, strict=True):
            found.setdefault(token.text, row)
    return found


def test_what_is_not_said_is_unknown_not_absent() -> None:
    told = rows(lesson(ADA, absent=frozenset({(26, 32)})))
    assert told["Ada"].tolist() == [float(tag == BEGIN_PERSON) for tag in range(13)]
    assert told["Kovacs"][LAST_PERSON] == told["Kovacs"].sum() == 1
    assert told["Oslo"].all()
    assert told["Mirror"].tolist() == [1.0] + [0.0] * 12


def test_in_an_article_that_was_looked_through_all_else_is_no_name() -> None:
    told = rows(lesson(OSLO, whole=True, open=((26, 32),), covers=frozenset({"GPE", "PERSON"})))
    assert told["Oslo"][UNIT_GPE] == told["Oslo"].sum() == 1
    assert told["wrote"].tolist() == [1.0] + [0.0] * 12
    assert told["Mirror"].all()
    assert told["Nobody"].sum() == 1 + 4  # outside, or of the label that nobody looked for


def test_a_name_that_does_not_fit_the_words_is_left_open() -> None:
    told = rows(lesson(Span(1, 10, "PERSON"), whole=True))
    assert told["Ada"].all()
    assert told["Kovacs"].all()
    assert not told["left"].all()


def test_it_is_measured_by_what_the_user_sees() -> None:
    assert lesson(ADA, standing=frozenset({ADA, OSLO})).gold.spans == {ADA, OSLO}
    whole = lesson(ADA, whole=True, open=((26, 32),), covers=frozenset({"PERSON"})).gold
    assert whole == Gold(TEXT, frozenset({ADA}), frozenset({"PERSON"}), ((26, 32),))
    assert lesson(whole=True)
    assert not lesson(standing=frozenset({OSLO}))


def test_what_is_to_be_learnt_is_the_old_answer_under_what_is_known() -> None:
    nlp = bundled()
    tagger, count = tagger_of(nlp), len(tagger_of(nlp).labels)
    (first, _) = sorted(exercises(nlp, [lesson()]), key=lambda each: -len(each.doc))
    scores = tagger.model.predict([first.doc])
    assert np.allclose(first.target, marginals(sum_chains(scores, count), count)[:, 0], atol=1e-5)
    (told, _) = sorted(exercises(nlp, [lesson(Span(0, 10, "ORG"))]), key=lambda each: -len(each.doc))
    number = tagger.labels.index("ORG")
    assert told.target[0, 1 + number] == pytest.approx(1, abs=1e-4)
    assert told.target[1, 1 + 2 * count + number] == pytest.approx(1, abs=1e-4)
    assert np.allclose(told.target.sum(axis=1), 1, atol=1e-4)


def test_of_what_is_right_already_nothing_is_to_be_learnt() -> None:
    nlp = bundled()
    open_answers, right = exercises(nlp, [lesson()]), exercises(nlp, [lesson(ADA)])
    assert 0.7 < open_answers[-1].target[0].max() < 0.9999
    assert np.array_equal(right[-1].target[:2], open_answers[-1].target[:2])
    assert np.allclose(right[-1].target, open_answers[-1].target, atol=0.01)


def test_nothing_is_lost_where_nothing_is_new() -> None:
    nlp = spacy.load(BUNDLED)
    before = [(entity.text, entity.label_) for entity in nlp(TEXT).ents]
    tune(nlp, [lesson()], [lesson()], Course(passes=2))
    assert [(entity.text, entity.label_) for entity in nlp(TEXT).ents] == before


def test_the_less_may_change_the_nearer_the_weights_stay() -> None:
    taught, other = lesson(Span(26, 32, "PRODUCT"), Span(16, 20, "PRODUCT")), lesson()
    shares, drifts = [], []
    for most in (9.0, 0.0005, 0.0):
        nlp = spacy.load(BUNDLED)
        before = exercises(nlp, [other])
        shares.append(tune(nlp, [taught], [other], Course(passes=4, rate=0.002, rehearsal=0, drift=most)))
        drifts.append(drift(tagger_of(nlp), before))
    assert shares[0] == 1.0 > shares[1] >= shares[2] == 0.3
    assert drifts[0] > drifts[1] >= drifts[2] > 0


def test_the_same_lessons_give_the_same_weights() -> None:
    told = []
    for _ in range(2):
        nlp = spacy.load(BUNDLED)
        tune(nlp, [lesson(Span(26, 32, "PRODUCT"))], [lesson()], Course(passes=1))
        told.append(tagger_of(nlp).to_bytes())
    assert told[0] == told[1]
    assert told[0] != tagger_of(bundled()).to_bytes()


def test_another_pipeline_cannot_be_trained() -> None:
    with pytest.raises(ValueError, match="only the bundled pipeline"):
        tagger_of(spacy.blank("en"))
