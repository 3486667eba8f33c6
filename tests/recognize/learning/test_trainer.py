"""`reader model train`: it learns a new pattern, keeps only a better pipeline, and changes nothing when interrupted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reader import directories
from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.recognize import RecognizerError, load_recognizer
from reader.recognize.learning.evaluation import GoldDocument, LabeledSpan
from reader.recognize.learning.fine_tuning import TuningProgress, TuningSettings
from reader.recognize.learning.trainer import TrainingOutcome, TrainingPlan, split, train
from reader.recognize.learning.training_documents import TrainingDocument, training_document
from reader.recognize.models.ancestry import ancestor_of, bundled_ancestor, outdated_notice
from reader.recognize.models.catalog import describe_model, list_models
from reader.recognize.models.find import BUNDLED, BUNDLED_NAME, active_model, identify
from reader.recognize.models.install import add_pipeline, remove_pipeline
from reader.recognize.models.training_record import RECORD_FILE, TrainingRecord, read_record

QUICK = TuningSettings(passes=10, rate=0.003, batch=120, rehearsal=0.3, drift=9.0)
SENTENCES = (
    "The relay at {} went silent before dawn.",
    "Engineers drove to {} with two batteries.",
    "Nobody had seen {} since the storm, the warden said.",
    "A fence was built around {} last spring.",
)
WORDS = ("LANTERN", "QUARRY", "THISTLE", "HARBOR", "PEBBLE", "MARROW", "CINDER", "WILLOW", "FERRY", "COPPER", "SADDLE")


def annotated(names: Sequence[str], label: str = "FAC") -> TrainingDocument:
    text, spans = "", []
    for number, name in enumerate(names):
        prefix, suffix = SENTENCES[number % len(SENTENCES)].split("{}")
        text += prefix
        spans.append(LabeledSpan(len(text), len(text) + len(name), label))
        text += name + suffix + "\n\n"
    return training_document(GoldDocument(text.rstrip(), frozenset(spans)))


def masts() -> list[TrainingDocument]:
    """Return five documents about masts whose names no pipeline expects; the names in the last occur only there."""
    return [
        annotated([f"{WORDS[(3 * row + column) % 11]}-{row + 2 * column + 2}" for column in range(4)])
        for row in range(5)
    ]


def countries(*names: str) -> list[TrainingDocument]:
    """Return five equal documents with names that the bundled pipeline finds."""
    return [annotated(names, "GPE")] * 5


REHEARSAL = [replace(annotated(["Germany", "Oslo", "Kenya", "Peru"]), names=frozenset(), complete=False)]


def added_names() -> list[str]:
    folder = directories.data_dir() / "pipelines"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> tuple[TrainingOutcome, Path]:
    """An accepted training, and its data directory."""
    data = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READER_DATA_DIR", str(data))
        return train(TrainingPlan(masts(), REHEARSAL, countries("Germany", "Kenya")[:1]), QUICK), data


def test_a_new_pattern_is_learned_and_the_pipeline_becomes_active(
    accepted: tuple[TrainingOutcome, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, data = accepted
    assert outcome.accepted
    assert (outcome.trained_on, outcome.held_back, outcome.baseline) == (4, 1, BUNDLED_NAME)
    assert outcome.new_score > outcome.baseline_score + 0.2
    monkeypatch.setenv("READER_DATA_DIR", str(data))
    assert active_model() == "trained"
    assert identify().path == data / "pipelines" / "trained"
    assert identify(BUNDLED_NAME).path == BUNDLED
    scores = {entry.name: entry.score for entry in list_models() if entry.score is not None}
    assert scores == {"trained": round(outcome.new_score, 4), BUNDLED_NAME: round(outcome.baseline_score, 4)}


def test_no_word_of_the_training_texts_is_written_to_disk(accepted: tuple[TrainingOutcome, Path]) -> None:
    folder = accepted[1] / "pipelines" / "trained"
    data = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    assert b"THISTLE" not in data
    assert b"CC BY-SA" in (folder / "meta.json").read_bytes()
    assert (folder / "LICENSE").read_bytes() == (BUNDLED / "LICENSE").read_bytes()


def test_removing_the_trained_pipeline_makes_the_bundled_one_active(
    accepted: tuple[TrainingOutcome, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(accepted[1], tmp_path / "copy")
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "copy"))
    assert active_model() == "trained"
    remove_pipeline("trained")
    assert active_model() == BUNDLED_NAME
    assert added_names() == []


def test_a_pipeline_that_is_no_better_is_not_kept() -> None:
    outcome = train(TrainingPlan(countries("Germany", "Kenya", "Oslo"), REHEARSAL), replace(QUICK, passes=2))
    assert (outcome.baseline_score, outcome.accepted) == (1.0, False)
    assert added_names() == []
    assert active_model() == BUNDLED_NAME


def test_a_pipeline_forgets_if_the_sample_score_falls_too_much() -> None:
    outcome = TrainingOutcome(4, 1, BUNDLED_NAME, 0.5, 0.9, 0.91, 0.89, accepted=False)
    assert outcome.forgets
    assert not replace(outcome, new_sample_score=0.905).forgets


def test_an_interruption_leaves_nothing_behind() -> None:
    def interrupt(progress: TuningProgress) -> None:
        if progress.step == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(TrainingPlan(masts(), REHEARSAL), QUICK, interrupt)
    assert added_names() == []


def test_only_a_pipeline_trained_here_is_replaced(tiny_pipeline: Path) -> None:
    add_pipeline(tiny_pipeline, load=load_recognizer, name="mine")
    fingerprint = identify("mine").fingerprint
    with pytest.raises(RecognizerError, match="mine already exists"):
        train(TrainingPlan(masts(), REHEARSAL, name="mine"), QUICK)
    assert identify("mine").fingerprint == fingerprint
    with pytest.raises(RecognizerError, match="only the bundled pipeline"):
        train(TrainingPlan(masts(), REHEARSAL, base="mine"), QUICK)
    with pytest.raises(RecognizerError, match="is not a valid pipeline name"):
        train(TrainingPlan(masts(), REHEARSAL, name="../out"), QUICK)


def test_too_few_documents_are_refused() -> None:
    for documents, message in ((masts()[:3], "there are 3"), ([], "there are none")):
        with pytest.raises(RecognizerError, match=message):
            train(TrainingPlan(documents, REHEARSAL), QUICK)
    empty = TrainingDocument(Document("No name.", plain_blocks("No name."), "", ""), frozenset(), complete=True)
    with pytest.raises(RecognizerError, match="nothing to evaluate on"):
        train(TrainingPlan([*masts()[:4], empty], REHEARSAL), QUICK)


def test_every_fifth_document_is_held_back_also_when_more_are_added() -> None:
    documents = [annotated([f"MAST-{number}"]) for number in range(12)]
    assert split(documents, 5)[1] == [documents[4], documents[9]]
    assert split(documents[:4], 5)[1] == [documents[3]]
    assert set(map(id, split(documents[:9], 5)[1])) <= set(map(id, split(documents, 5)[1]))


def test_an_invalid_training_record_is_ignored(tmp_path: Path) -> None:
    record = {"when": "2026", "base": "bundled", "learnt": 4, "held_back": 1, "score": 0.5, "bundled": 0.4}
    for text in ("", "[]", "{}", json.dumps(record | {"score": "high"}), json.dumps(record | {"when": 3})):
        (tmp_path / RECORD_FILE).write_text(text)
        assert read_record(tmp_path) is None
    (tmp_path / RECORD_FILE).write_text(json.dumps(record))
    assert read_record(tmp_path) == TrainingRecord("2026", "bundled", 4, 1, 0.5, 0.4)
    (tmp_path / RECORD_FILE).write_text(json.dumps(record | {"ancestor": 2}))
    assert read_record(tmp_path) is None


def copy_with_record(data: Path, copy: Path, **fields: object) -> Path:
    """Copy a data directory, change fields of the training record (None deletes one), and return the pipeline."""
    shutil.copytree(data, copy)
    path = copy / "pipelines" / "trained" / RECORD_FILE
    record = json.loads(path.read_text()) | fields
    path.write_text(json.dumps({name: value for name, value in record.items() if value is not None}))
    return path.parent


def test_the_record_names_the_bundled_pipeline_it_was_trained_from(
    accepted: tuple[TrainingOutcome, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = accepted[1] / "pipelines" / "trained"
    assert ancestor_of(folder) == bundled_ancestor() == ancestor_of(BUNDLED)
    assert outdated_notice(folder) == outdated_notice(BUNDLED) == outdated_notice(tmp_path) == ""
    monkeypatch.setenv("READER_DATA_DIR", str(accepted[1]))
    assert {entry.outdated for entry in list_models()} == {""}


def test_a_pipeline_trained_from_an_earlier_bundled_one_has_a_notice(
    accepted: tuple[TrainingOutcome, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = identify(BUNDLED_NAME).version
    earlier = copy_with_record(accepted[1], tmp_path / "earlier", ancestor="0.0.1")
    notice = f"trained from bundled pipeline 0.0.1 (now {version}); run `reader model train` to train it again"
    assert outdated_notice(earlier) == notice
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "earlier"))
    assert {entry.name: entry.outdated for entry in list_models()} == {BUNDLED_NAME: "", "trained": notice}
    assert describe_model("trained").outdated == notice
    assert {entry.name for entry in list_models() if entry.score is not None} == {"trained"}
    reweighted = copy_with_record(accepted[1], tmp_path / "reweighted", ancestor_weights="0" * 64)
    assert "whose weights have changed since" in outdated_notice(reweighted)
    unrelated = copy_with_record(accepted[1], tmp_path / "unrelated", ancestor="", ancestor_weights="")
    assert outdated_notice(unrelated) == ""


def test_an_old_record_gets_its_ancestor_from_the_version(
    accepted: tuple[TrainingOutcome, Path], tmp_path: Path
) -> None:
    folder = copy_with_record(accepted[1], tmp_path / "old", ancestor=None, ancestor_weights=None)
    assert outdated_notice(folder) == ""
    meta = json.loads((folder / "meta.json").read_text())
    (folder / "meta.json").write_text(json.dumps(meta | {"version": "0.0.1+trained.20261101.0800"}))
    assert outdated_notice(folder).startswith("trained from bundled pipeline 0.0.1 (now ")
