"""Training further: a new pattern is learnt, what is no better is not kept, what is stopped leaves nothing behind."""

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
from reader.recognize.learning.evaluation import Gold, Span
from reader.recognize.learning.fine_tuning import Course, Progress
from reader.recognize.learning.lessons import Lesson, lesson_of
from reader.recognize.learning.trainer import Outcome, Plan, split, train
from reader.recognize.models.ancestry import ancestor_of, bundled_ancestor, outdated_notice
from reader.recognize.models.catalog import describe_model, list_models
from reader.recognize.models.find import BUNDLED, BUNDLED_NAME, active_model, identify
from reader.recognize.models.install import add_pipeline, remove_pipeline
from reader.recognize.models.training_record import RECORD_FILE, TrainingRecord, read_record

QUICK = Course(passes=10, rate=0.003, batch=120, rehearsal=0.3, drift=9.0)
SENTENCES = (
    "The relay at {} went silent before dawn.",
    "Engineers drove to {} with two batteries.",
    "Nobody had seen {} since the storm, the warden said.",
    "A fence was built around {} last spring.",
)
WORDS = ("LANTERN", "QUARRY", "THISTLE", "HARBOR", "PEBBLE", "MARROW", "CINDER", "WILLOW", "FERRY", "COPPER", "SADDLE")


def article(names: Sequence[str], label: str = "FAC") -> Lesson:
    text, spans = "", []
    for number, name in enumerate(names):
        before, after = SENTENCES[number % len(SENTENCES)].split("{}")
        text += before
        spans.append(Span(len(text), len(text) + len(name), label))
        text += name + after + "\n\n"
    return lesson_of(Gold(text.rstrip(), frozenset(spans)))


def masts() -> list[Lesson]:
    """Five articles about masts that are called as no pipeline would expect; the last one has names of its own."""
    return [article([f"{WORDS[(3 * at + way) % 11]}-{at + 2 * way + 2}" for way in range(4)]) for at in range(5)]


def known(*names: str) -> list[Lesson]:
    return [article(names, "GPE")] * 5


OTHERS = [replace(article(["Germany", "Oslo", "Kenya", "Peru"]), names=frozenset(), whole=False)]


def pipelines() -> list[str]:
    folder = directories.data_dir() / "pipelines"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Path]:
    data = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READER_DATA_DIR", str(data))
        return train(Plan(masts(), OTHERS, known("Germany", "Kenya")[:1]), QUICK), data


def test_a_new_pattern_is_learnt_and_used_from_then_on(
    kept: tuple[Outcome, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, data = kept
    assert outcome.kept
    assert (outcome.learnt, outcome.held_back, outcome.rival) == (4, 1, BUNDLED_NAME)
    assert outcome.after > outcome.before + 0.2
    monkeypatch.setenv("READER_DATA_DIR", str(data))
    assert active_model() == "trained"
    assert identify().path == data / "pipelines" / "trained"
    assert identify(BUNDLED_NAME).path == BUNDLED
    scores = {entry.name: entry.score for entry in list_models() if entry.score is not None}
    assert scores == {"trained": round(outcome.after, 4), BUNDLED_NAME: round(outcome.before, 4)}


def test_no_word_of_what_was_learnt_is_written_down(kept: tuple[Outcome, Path]) -> None:
    folder = kept[1] / "pipelines" / "trained"
    written = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    assert b"THISTLE" not in written
    assert b"CC BY-SA" in (folder / "meta.json").read_bytes()
    assert (folder / "LICENSE").read_bytes() == (BUNDLED / "LICENSE").read_bytes()


def test_removing_it_goes_back(kept: tuple[Outcome, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(kept[1], tmp_path / "copy")
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "copy"))
    assert active_model() == "trained"
    remove_pipeline("trained")
    assert active_model() == BUNDLED_NAME
    assert pipelines() == []


def test_what_is_no_better_is_not_kept() -> None:
    outcome = train(Plan(known("Germany", "Kenya", "Oslo"), OTHERS), replace(QUICK, passes=2))
    assert (outcome.before, outcome.kept) == (1.0, False)
    assert pipelines() == []
    assert active_model() == BUNDLED_NAME


def test_what_forgets_is_not_kept() -> None:
    outcome = Outcome(4, 1, BUNDLED_NAME, 0.5, 0.9, 0.91, 0.89, kept=False)
    assert outcome.forgets
    assert not replace(outcome, samples_after=0.905).forgets


def test_a_stop_in_the_middle_leaves_nothing() -> None:
    def stop(progress: Progress) -> None:
        if progress.step == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(Plan(masts(), OTHERS), QUICK, stop)
    assert pipelines() == []


def test_only_one_trained_here_gives_way(tiny_pipeline: Path) -> None:
    add_pipeline(tiny_pipeline, load=load_recognizer, name="mine")
    before = identify("mine").fingerprint
    with pytest.raises(RecognizerError, match="mine already exists"):
        train(Plan(masts(), OTHERS, name="mine"), QUICK)
    assert identify("mine").fingerprint == before
    with pytest.raises(RecognizerError, match="only the bundled pipeline"):
        train(Plan(masts(), OTHERS, base="mine"), QUICK)
    with pytest.raises(RecognizerError, match="is not a valid pipeline name"):
        train(Plan(masts(), OTHERS, name="../out"), QUICK)


def test_too_little_to_learn_from_is_said() -> None:
    for lessons, why in ((masts()[:3], "there are 3"), ([], "there are none")):
        with pytest.raises(RecognizerError, match=why):
            train(Plan(lessons, OTHERS), QUICK)
    empty = Lesson(Document("No name.", plain_blocks("No name."), "", ""), frozenset(), whole=True)
    with pytest.raises(RecognizerError, match="nothing to measure on"):
        train(Plan([*masts()[:4], empty], OTHERS), QUICK)


def test_each_fifth_is_held_back_and_stays_so() -> None:
    lessons = [article([f"MAST-{number}"]) for number in range(12)]
    assert split(lessons, 5)[1] == [lessons[4], lessons[9]]
    assert split(lessons[:4], 5)[1] == [lessons[3]]
    assert set(map(id, split(lessons[:9], 5)[1])) <= set(map(id, split(lessons, 5)[1]))


def test_a_record_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    record = {"when": "2026", "base": "bundled", "learnt": 4, "held_back": 1, "score": 0.5, "bundled": 0.4}
    for text in ("", "[]", "{}", json.dumps(record | {"score": "high"}), json.dumps(record | {"when": 3})):
        (tmp_path / RECORD_FILE).write_text(text)
        assert read_record(tmp_path) is None
    (tmp_path / RECORD_FILE).write_text(json.dumps(record))
    assert read_record(tmp_path) == TrainingRecord("2026", "bundled", 4, 1, 0.5, 0.4)
    (tmp_path / RECORD_FILE).write_text(json.dumps(record | {"ancestor": 2}))
    assert read_record(tmp_path) is None


def changed(data: Path, copy: Path, **said: object) -> Path:
    """Copy what was trained, and say something else in its record."""
    shutil.copytree(data, copy)
    path = copy / "pipelines" / "trained" / RECORD_FILE
    record = json.loads(path.read_text()) | said
    path.write_text(json.dumps({name: value for name, value in record.items() if value is not None}))
    return path.parent


def test_it_is_written_down_from_which_bundled_pipeline_it_comes(
    kept: tuple[Outcome, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = kept[1] / "pipelines" / "trained"
    assert ancestor_of(folder) == bundled_ancestor() == ancestor_of(BUNDLED)
    assert outdated_notice(folder) == outdated_notice(BUNDLED) == outdated_notice(tmp_path) == ""
    monkeypatch.setenv("READER_DATA_DIR", str(kept[1]))
    assert {entry.outdated for entry in list_models()} == {""}


def test_one_made_from_an_earlier_bundled_pipeline_says_so(
    kept: tuple[Outcome, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = identify(BUNDLED_NAME).version
    older = changed(kept[1], tmp_path / "older", ancestor="0.0.1")
    told = f"trained from bundled pipeline 0.0.1 (now {now}); run `reader model train` to train it again"
    assert outdated_notice(older) == told
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "older"))
    assert {entry.name: entry.outdated for entry in list_models()} == {BUNDLED_NAME: "", "trained": told}
    assert describe_model("trained").outdated == told
    assert {entry.name for entry in list_models() if entry.score is not None} == {"trained"}
    other = changed(kept[1], tmp_path / "other", ancestor_weights="0" * 64)
    assert "whose weights have changed since" in outdated_notice(other)
    stranger = changed(kept[1], tmp_path / "stranger", ancestor="", ancestor_weights="")
    assert outdated_notice(stranger) == ""


def test_a_record_of_former_times_is_told_by_the_version(kept: tuple[Outcome, Path], tmp_path: Path) -> None:
    folder = changed(kept[1], tmp_path / "former", ancestor=None, ancestor_weights=None)
    assert outdated_notice(folder) == ""
    meta = json.loads((folder / "meta.json").read_text())
    (folder / "meta.json").write_text(json.dumps(meta | {"version": "0.0.1+trained.20261101.0800"}))
    assert outdated_notice(folder).startswith("trained from bundled pipeline 0.0.1 (now ")
