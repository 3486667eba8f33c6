from __future__ import annotations

from pathlib import Path

import pytest

from reader.document import load
from reader.library import samples


def test_every_sample_is_listed_and_can_be_read() -> None:
    found = samples()
    assert len(found) >= 4
    for sample in found:
        assert sample.about
        assert load(str(sample.path)).title == sample.title


@pytest.mark.parametrize("index", [None, "", "[[sample]]\ntitle = 'x'", "sample = 3", "[sample", "sample = [1]"])
def test_a_damaged_index_offers_nothing(index: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if index is not None:
        (tmp_path / "index.toml").write_text(index)
    monkeypatch.setattr("reader.library.sample.shared", lambda _: tmp_path)
    assert samples() == ()


def test_a_sample_that_is_not_there_is_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "index.toml").write_text("[[sample]]\nfile='a.txt'\ntitle='A'\n[[sample]]\nfile='b.txt'\ntitle='B'\n")
    monkeypatch.setattr("reader.library.sample.shared", lambda _: tmp_path)
    assert [sample.title for sample in samples()] == ["A"]
