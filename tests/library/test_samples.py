from __future__ import annotations

from pathlib import Path

import pytest

from reader.document import load
from reader.library import samples


def test_every_sample_is_listed_and_can_be_loaded() -> None:
    listed = samples()
    assert len(listed) >= 4
    for sample in listed:
        assert sample.about
        assert load(str(sample.path)).title == sample.title


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
