"""Fine-tuning: what the network is told about an annotated document, and what it learns and keeps."""

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
from reader.recognize.learning.evaluation import GoldDocument, LabeledSpan
from reader.recognize.learning.fine_tuning import TuningSettings, drift, tagger_of, training_targets, tune
from reader.recognize.learning.training_documents import TrainingDocument, docs_with_allowed_tags
from reader.recognize.models.find import BUNDLED
from reader.recognize.network.crf import marginals, sum_chains

assert reader.recognize.network.tagger  # registers the component
TEXT = "Ada Kovacs left Oslo. The Mirror wrote so.\n\nNobody answered Ada Kovacs."
ADA, OSLO, MIRROR = LabeledSpan(0, 10, "PERSON"), LabeledSpan(16, 20, "GPE"), LabeledSpan(26, 32, "ORG")
LABELS = ("PERSON", "ORG", "GPE")
OUTSIDE, UNIT_GPE, BEGIN_PERSON, LAST_PERSON = 0, 1 + 3 * 3 + 2, 1, 1 + 2 * 3


def annotated(*names: LabeledSpan, **fields: Any) -> TrainingDocument:
    return TrainingDocument(Document(TEXT, plain_blocks(TEXT), "", ""), frozenset(names), **fields)


@cache
def bundled() -> Language:
    return spacy.load(BUNDLED)


def tags_by_word(document: TrainingDocument) -> dict[str, Any]:
    """Return the allowed tags of the first token with each text."""
    rows: dict[str, Any] = {}
    for doc, allowed in docs_with_allowed_tags(document, spacy.blank("en"), LABELS):
        for token, row in zip(doc, allowed, strict=True):
            rows.setdefault(token.text, row)
    return rows


def test_words_without_annotations_are_unknown_not_outside() -> None:
    tags = tags_by_word(annotated(ADA, non_names=frozenset({(26, 32)})))
    assert tags["Ada"].tolist() == [float(tag == BEGIN_PERSON) for tag in range(13)]
    assert tags["Kovacs"][LAST_PERSON] == tags["Kovacs"].sum() == 1
    assert tags["Oslo"].all()
    assert tags["Mirror"].tolist() == [1.0] + [0.0] * 12


def test_other_words_of_a_complete_document_are_outside() -> None:
    tags = tags_by_word(annotated(OSLO, complete=True, unknown=((26, 32),), covers=frozenset({"GPE", "PERSON"})))
    assert tags["Oslo"][UNIT_GPE] == tags["Oslo"].sum() == 1
    assert tags["wrote"].tolist() == [1.0] + [0.0] * 12
    assert tags["Mirror"].all()
    assert tags["Nobody"].sum() == 1 + 4  # outside, or the label that was not annotated


def test_a_name_that_does_not_match_the_tokens_is_unknown() -> None:
    tags = tags_by_word(annotated(LabeledSpan(1, 10, "PERSON"), complete=True))
    assert tags["Ada"].all()
    assert tags["Kovacs"].all()
    assert not tags["left"].all()


def test_gold_is_what_the_user_sees() -> None:
    assert annotated(ADA, visible_names=frozenset({ADA, OSLO})).gold.spans == {ADA, OSLO}
    gold = annotated(ADA, complete=True, unknown=((26, 32),), covers=frozenset({"PERSON"})).gold
    assert gold == GoldDocument(TEXT, frozenset({ADA}), frozenset({"PERSON"}), ((26, 32),))
    assert annotated(complete=True)
    assert not annotated(visible_names=frozenset({OSLO}))


def test_targets_are_old_predictions_conditioned_on_the_annotations() -> None:
    nlp = bundled()
    tagger, count = tagger_of(nlp), len(tagger_of(nlp).labels)
    (unannotated, _) = sorted(training_targets(nlp, [annotated()]), key=lambda target: -len(target.doc))
    scores = tagger.model.predict([unannotated.doc])
    assert np.allclose(unannotated.probabilities, marginals(sum_chains(scores, count), count)[:, 0], atol=1e-5)
    document = annotated(LabeledSpan(0, 10, "ORG"))
    (target, _) = sorted(training_targets(nlp, [document]), key=lambda target: -len(target.doc))
    number = tagger.labels.index("ORG")
    assert target.probabilities[0, 1 + number] == pytest.approx(1, abs=1e-4)
    assert target.probabilities[1, 1 + 2 * count + number] == pytest.approx(1, abs=1e-4)
    assert np.allclose(target.probabilities.sum(axis=1), 1, atol=1e-4)


def test_targets_of_right_predictions_are_those_predictions() -> None:
    nlp = bundled()
    unannotated, right = training_targets(nlp, [annotated()]), training_targets(nlp, [annotated(ADA)])
    assert 0.7 < unannotated[-1].probabilities[0].max() < 0.9999
    assert np.array_equal(right[-1].probabilities[:2], unannotated[-1].probabilities[:2])
    assert np.allclose(right[-1].probabilities, unannotated[-1].probabilities, atol=0.01)


def test_training_without_annotations_changes_nothing() -> None:
    nlp = spacy.load(BUNDLED)
    names = [(entity.text, entity.label_) for entity in nlp(TEXT).ents]
    tune(nlp, [annotated()], [annotated()], TuningSettings(passes=2))
    assert [(entity.text, entity.label_) for entity in nlp(TEXT).ents] == names


def test_a_lower_drift_leaves_the_weights_closer_to_the_old_ones() -> None:
    relabeled, rehearsal = annotated(LabeledSpan(26, 32, "PRODUCT"), LabeledSpan(16, 20, "PRODUCT")), annotated()
    shares, drifts = [], []
    for max_drift in (9.0, 0.0005, 0.0):
        nlp = spacy.load(BUNDLED)
        targets = training_targets(nlp, [rehearsal])
        settings = TuningSettings(passes=4, rate=0.002, rehearsal=0, drift=max_drift)
        shares.append(tune(nlp, [relabeled], [rehearsal], settings))
        drifts.append(drift(tagger_of(nlp), targets))
    assert shares[0] == 1.0 > shares[1] >= shares[2] == 0.3
    assert drifts[0] > drifts[1] >= drifts[2] > 0


def test_the_same_documents_give_the_same_weights() -> None:
    weights = []
    for _ in range(2):
        nlp = spacy.load(BUNDLED)
        tune(nlp, [annotated(LabeledSpan(26, 32, "PRODUCT"))], [annotated()], TuningSettings(passes=1))
        weights.append(tagger_of(nlp).to_bytes())
    assert weights[0] == weights[1]
    assert weights[0] != tagger_of(bundled()).to_bytes()


def test_other_pipelines_cannot_be_trained() -> None:
    with pytest.raises(ValueError, match="only the bundled pipeline"):
        tagger_of(spacy.blank("en"))
