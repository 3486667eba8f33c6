from __future__ import annotations

from pathlib import Path

import pytest

from reader.document import load
from reader.library import samples
from reader.reading import Reading
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.review.questions import suggestion_questions


def test_every_sample_is_listed_and_can_be_loaded() -> None:
    listed = samples()
    assert len(listed) >= 4
    for sample in listed:
        assert sample.about
        assert load(str(sample.path)).title == sample.title


def test_every_sample_has_something_to_review() -> None:
    first, *others = (_offers(str(sample.path)) for sample in samples())
    assert first == [["Abdallah Makki Muslih al-Rufayi", "al-Rifai"]], "the one that `make read` opens"
    assert all(others)


def _offers(path: str) -> list[list[str]]:
    reading = Reading(load(path))
    reading.set_recognized(recognize(reading.document, load_recognizer()))
    return [[side.name for side in question.sides] for question in suggestion_questions(reading)]


@pytest.mark.parametrize("index", [None, "", "[[sample]]\ntitle = 'x'", "sample = 3", "[sample", "sample = [1]"])
def test_a_damaged_index_lists_no_samples(index: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if index is not None:
        (tmp_path / "index.toml").write_text(index)
    monkeypatch.setattr("reader.library.sample.resource_folder", lambda _: tmp_path)
    assert samples() == ()


def test_a_missing_sample_is_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "index.toml").write_text("[[sample]]\nfile='a.txt'\ntitle='A'\n[[sample]]\nfile='b.txt'\ntitle='B'\n")
    monkeypatch.setattr("reader.library.sample.resource_folder", lambda _: tmp_path)
    assert [sample.title for sample in samples()] == ["A"]
