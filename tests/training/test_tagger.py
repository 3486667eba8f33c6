from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from reader.recognize.models.find import BUNDLED
from reader.recognize.network.tagger import SCORES, NameTagger
from reader.recognize.rules.typesetting.capitals import Casing
from training.averaging import WeightMean
from training.corpora import LABELS, Sample
from training.train import Recipe, batches, blank, join, learn_forms, train, train_one

SAMPLE = Sample(
    "Ann Lee left Oslo for Acme.", ((0, 7, "PERSON"), (13, 17, "GPE"), (22, 26, "ORG")), (), frozenset(LABELS), "own"
)
CASING = Casing(small=frozenset())
SMALL = Recipe(
    width=16,
    depth=2,
    rows=(200, 50, 50, 50, 0, 50, 50),
    epochs=8,
    batch=40,
    warm_up=2,
    variants=0.0,
    towers=2,
    learn_rate=0.01,
    mean_from=8,
    mean_every=1,
)


def entities(nlp: Language, text: str) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in nlp(text).ents]


@pytest.fixture(scope="module")
def trained() -> Language:
    return train([SAMPLE] * 12, SMALL, CASING, 7, lambda _: None)


def test_the_tagger_learns_its_samples(trained: Language) -> None:
    assert entities(trained, SAMPLE.text) == [("Ann Lee", "PERSON"), ("Oslo", "GPE"), ("Acme", "ORG")]


def test_the_same_seed_gives_the_same_weights() -> None:
    recipe = replace(SMALL, epochs=1, towers=1)
    pipelines: list[Any] = [
        train([SAMPLE] * 3, recipe, CASING, seed, lambda _: None).get_pipe("ner") for seed in (7, 7, 8)
    ]
    first, repeated, different = (pipeline.to_bytes() for pipeline in pipelines)
    assert first == repeated
    assert first != different


def test_weights_are_averaged(trained: Language) -> None:
    model: Any = trained.get_pipe("ner").model  # type: ignore[attr-defined]  # a component of any kind
    output = model.get_ref("tower0").get_ref("output")
    biases = output.get_param("b").copy()
    mean = WeightMean(model)
    assert mean.params == {}
    mean.add()
    output.set_param("b", biases + 2)
    mean.add()
    assert np.allclose(mean.params[output.id, "b"], biases + 1)
    with model.use_params(mean.params):
        assert np.allclose(output.get_param("b"), biases + 1)
    output.set_param("b", biases)


def test_weights_survive_a_round_trip_through_bytes(trained: Language) -> None:
    target: Any = blank(SMALL, towers=2)
    source: Any = trained.get_pipe("ner")
    target.get_pipe("ner").from_bytes(source.to_bytes())
    assert entities(target, SAMPLE.text) == entities(trained, SAMPLE.text)


def test_a_trained_tagger_refuses_a_new_label(trained: Language) -> None:
    tagger: Any = trained.get_pipe("ner")
    assert tagger.add_label("ORG") == 0
    with pytest.raises(ValueError, match="cannot be added"):
        tagger.add_label("SPELL")


def test_batches_have_at_most_as_many_tokens_as_allowed() -> None:
    nlp = spacy.blank("en")
    examples = [Example(nlp.make_doc("a b c d"), nlp.make_doc("a b c d"))] * 5
    assert [len(batch) for batch in batches(examples, 8)] == [2, 2, 1]
    assert batches([], 8) == []


def test_the_bundled_pipeline_can_learn_a_new_name() -> None:
    nlp = spacy.load(BUNDLED)
    text = "They flew to quibblehaven, said Ann Lee."
    reference = nlp.make_doc(text)
    town, person = reference.char_span(13, 25, label="GPE"), reference.char_span(32, 39, label="PERSON")
    assert town is not None
    assert person is not None
    reference.set_ents([town, person])
    assert ("quibblehaven", "GPE") not in entities(nlp, text)
    optimizer = nlp.resume_training()
    optimizer.learn_rate = 0.005
    for _ in range(5):
        nlp.update([Example(nlp.make_doc(text), reference)], sgd=optimizer, drop=0.1)
    assert ("quibblehaven", "GPE") in entities(nlp, text)


def test_references_with_different_tokens_are_aligned(trained: Language) -> None:
    tagger = trained.get_pipe("ner")
    assert isinstance(tagger, NameTagger)
    reference = Doc(trained.vocab, words=["Ann Lee", "left", "Oslo"], spaces=[True, True, False])
    reference.set_ents([Span(reference, 0, 1, "PERSON"), Span(reference, 2, 3, "GPE")])
    example = Example(trained.make_doc("Ann Lee left Oslo"), reference)
    _, [gradient] = tagger.get_loss([example], tagger.model.predict([example.predicted]))
    same = trained.make_doc("Ann Lee left Oslo")
    same.set_ents([Span(same, 0, 2, "PERSON"), Span(same, 3, 4, "GPE")])
    _, [expected] = tagger.get_loss([Example(same.copy(), same)], tagger.model.predict([same]))
    assert np.allclose(gradient, expected)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"\x80\x04.", None])
def test_damaged_weights_raise_an_error(tmp_path: Path, damage: bytes | None) -> None:
    folder = tmp_path / "pipeline"
    shutil.copytree(BUNDLED, folder)
    weights = folder / "ner" / "weights.npz"
    if damage is None:
        damage = weights.read_bytes()[:100_000]
    weights.write_bytes(damage)
    with pytest.raises((ValueError, OSError)):
        spacy.load(folder)


def test_scores_are_stored_in_the_doc(trained: Language) -> None:
    doc = trained(SAMPLE.text)
    assert set(doc.user_data[SCORES]) == {(0, 2), (3, 4), (5, 6)}


def test_joined_networks_return_the_mean_of_their_scores(trained: Language) -> None:
    recipe = replace(SMALL, epochs=3)
    knowledge = learn_forms([SAMPLE], recipe)
    towers = [train_one([SAMPLE] * 8, recipe, knowledge, CASING, seed, lambda _: None) for seed in (1, 2)]
    joined: Any = join(towers, recipe, SAMPLE).get_pipe("ner")
    doc = trained.make_doc(SAMPLE.text)
    taggers: list[Any] = [tower.get_pipe("ner") for tower in towers]
    scores = [tagger.model.predict([doc])[0] for tagger in taggers]
    assert not np.allclose(scores[0], scores[1], atol=0.1)
    assert np.allclose(joined.model.predict([doc])[0], (scores[0] + scores[1]) / 2, atol=0.02)
