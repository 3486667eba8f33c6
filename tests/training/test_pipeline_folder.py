"""The bundled pipeline is small and complete, and has nothing that could be executed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import reader.recognize.network.tagger as tagger
from reader.recognize.models.find import BUNDLED

FILES = sorted(path for path in BUNDLED.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(BUNDLED)


def test_the_folder_has_at_most_20_megabytes() -> None:
    assert sum(path.stat().st_size for path in FILES) <= 20_000_000


def test_the_folder_has_no_code_or_pickles() -> None:
    assert not [path for path in FILES if path.suffix in {".py", ".pyc", ".so", ".pkl", ".pickle", ".dll"}]
    for path in FILES:
        assert not path.read_bytes().startswith((b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")), path


def test_the_folder_has_a_license_a_model_card_and_a_training_record() -> None:
    names = {path.name for path in FILES}
    assert {"LICENSE", "MODEL_CARD.md", "training.json"} <= names
    record = json.loads((BUNDLED / "training.json").read_text(encoding="utf-8"))
    assert all(len(digest) == len("sha256:") + 64 for digest in record["corpora"].values())
    assert record["versions"]["spacy"].startswith("3.8")


def test_the_vocabulary_has_no_words_from_the_training_texts(nlp: Language) -> None:
    assert len(nlp.vocab.strings) < 6_000
    assert nlp.vocab.vectors.shape[0] == 0


def test_the_pipeline_finds_names(nlp: Language) -> None:
    doc = nlp("On Monday Angela Merkel flew from Berlin to Paris to meet officials of the United Nations.[3]")
    names = {(entity.text, entity.label_) for entity in doc.ents}
    assert {("Angela Merkel", "PERSON"), ("Berlin", "GPE"), ("Paris", "GPE"), ("United Nations", "ORG")} <= names


def test_every_name_has_a_confidence(nlp: Language) -> None:
    doc = nlp("Angela Merkel left Berlin.")
    scores = doc.user_data[tagger.SCORES]
    assert set(scores) == {(entity.start, entity.end) for entity in doc.ents}
    assert all(0.0 < score <= 1.0 for score in scores.values())


@pytest.mark.parametrize("text", ["", " ", "a", "\n\n", "—", "💥", "\u200b"])
def test_texts_without_words_have_no_names(nlp: Language, text: str) -> None:
    assert not nlp(text).ents


def test_other_texts_in_the_batch_do_not_change_the_result(nlp: Language) -> None:
    texts = ["Angela Merkel left Berlin.", "", "The Bundestag met in Berlin, said Olaf Scholz of the SPD.", "Nothing."]
    batched = [[(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in nlp.pipe(texts)]
    single = [[(e.start_char, e.end_char, e.label_) for e in nlp(text).ents] for text in texts]
    assert batched == single


def test_a_saved_pipeline_gives_the_same_result(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    saved = spacy.load(tmp_path)
    text = "Angela Merkel left Berlin for the U.S.-led talks."
    assert [(e.text, e.label_) for e in saved(text).ents] == [(e.text, e.label_) for e in nlp(text).ents]
