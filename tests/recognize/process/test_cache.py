from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.document import Block, Document
from reader.recognize import Mention
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process import cache
from tests.recognize.samples import SAMPLE_TEXT, document

MODEL = ModelIdentity("en_tiny", "1.2.3", "f1", Path("x"))
MENTIONS = [Mention(0, 10, "PERSON", "model", 0.75), Mention(19, 31, "ORG", "rule", 1.0)]


def cache_files(folder: Path) -> list[Path]:
    return sorted((folder / "mentions").iterdir())


def test_a_stored_result_is_loaded_again() -> None:
    sample = document(SAMPLE_TEXT)
    assert cache.load(sample, MODEL) is None
    cache.store(sample, MODEL, MENTIONS)
    assert cache.load(sample, MODEL) == cache.CachedResult(MENTIONS, "en_tiny", "1.2.3")


def test_a_result_is_loaded_only_for_the_same_text_blocks_pipeline_and_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = document(SAMPLE_TEXT)
    cache.store(sample, MODEL, MENTIONS)
    assert cache.load(document(SAMPLE_TEXT + "!"), MODEL) is None
    assert cache.load(Document(SAMPLE_TEXT, (Block(0, len(SAMPLE_TEXT)),), "t", "s"), MODEL) is None
    assert cache.load(sample, ModelIdentity("en_tiny", "1.2.3", "f2", Path("x"))) is None
    monkeypatch.setattr(cache, "RULES_VERSION", cache.RULES_VERSION + 1)
    assert cache.load(sample, MODEL) is None


@pytest.mark.parametrize("damage", [b"", b"{}\n{}", b"\xff\xfe", b"[1]\n"])
def test_a_damaged_file_is_ignored(cache_directory: Path, damage: bytes) -> None:
    sample = document(SAMPLE_TEXT)
    cache.store(sample, MODEL, MENTIONS)
    (path,) = cache_files(cache_directory)
    path.write_bytes(damage)
    assert cache.load(sample, MODEL) is None


def test_a_truncated_or_changed_file_is_ignored(cache_directory: Path) -> None:
    sample = document(SAMPLE_TEXT)
    cache.store(sample, MODEL, MENTIONS)
    (path,) = cache_files(cache_directory)
    data = path.read_bytes()
    path.write_bytes(data[:-5])
    assert cache.load(sample, MODEL) is None
    path.write_bytes(data.replace(b'"lengths":[10', b'"lengths":[11'))
    assert cache.load(sample, MODEL) is None


def test_a_cache_that_cannot_be_written_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    monkeypatch.setenv("READER_CACHE_DIR", str(blocked / "below"))
    cache.store(document(SAMPLE_TEXT), MODEL, MENTIONS)
    assert cache.load(document(SAMPLE_TEXT), MODEL) is None


def test_the_least_recently_used_files_are_deleted_first(cache_directory: Path) -> None:
    documents = [document(SAMPLE_TEXT + str(number)) for number in range(4)]
    for age, sample in enumerate(documents):
        cache.store(sample, MODEL, MENTIONS)
        newest = max(cache_files(cache_directory), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (1000 + age, 1000 + age))
    cache.load(documents[0], MODEL)
    size = cache_files(cache_directory)[0].stat().st_size
    cache.prune(cache_directory / "mentions", 2 * size)
    assert [cache.load(sample, MODEL) is not None for sample in documents] == [True, False, False, True]
