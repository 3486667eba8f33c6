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
FOUND = [Mention(0, 10, "PERSON", "model", 0.75), Mention(19, 31, "ORG", "rule", 1.0)]


def entries(folder: Path) -> list[Path]:
    return sorted((folder / "mentions").iterdir())


def test_what_is_kept_comes_back() -> None:
    article = document(SAMPLE_TEXT)
    assert cache.load(article, MODEL) is None
    cache.store(article, MODEL, FOUND)
    assert cache.load(article, MODEL) == cache.CachedResult(FOUND, "en_tiny", "1.2.3")


def test_another_text_other_blocks_or_another_pipeline_is_another_question(monkeypatch: pytest.MonkeyPatch) -> None:
    article = document(SAMPLE_TEXT)
    cache.store(article, MODEL, FOUND)
    assert cache.load(document(SAMPLE_TEXT + "!"), MODEL) is None
    assert cache.load(Document(SAMPLE_TEXT, (Block(0, len(SAMPLE_TEXT)),), "t", "s"), MODEL) is None
    assert cache.load(article, ModelIdentity("en_tiny", "1.2.3", "f2", Path("x"))) is None
    monkeypatch.setattr(cache, "RULES_VERSION", cache.RULES_VERSION + 1)
    assert cache.load(article, MODEL) is None


@pytest.mark.parametrize("damage", [b"", b"{}\n{}", b"\xff\xfe", b"[1]\n"])
def test_a_damaged_entry_is_no_entry(cache_directory: Path, damage: bytes) -> None:
    article = document(SAMPLE_TEXT)
    cache.store(article, MODEL, FOUND)
    (entry,) = entries(cache_directory)
    entry.write_bytes(damage)
    assert cache.load(article, MODEL) is None


def test_an_entry_cut_short_or_with_a_flipped_digit_is_no_entry(cache_directory: Path) -> None:
    article = document(SAMPLE_TEXT)
    cache.store(article, MODEL, FOUND)
    (entry,) = entries(cache_directory)
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-5])
    assert cache.load(article, MODEL) is None
    entry.write_bytes(whole.replace(b'"lengths":[10', b'"lengths":[11'))
    assert cache.load(article, MODEL) is None


def test_a_cache_that_cannot_be_written_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    monkeypatch.setenv("READER_CACHE_DIR", str(blocked / "below"))
    cache.store(document(SAMPLE_TEXT), MODEL, FOUND)
    assert cache.load(document(SAMPLE_TEXT), MODEL) is None


def test_the_least_recently_used_entries_go_first(cache_directory: Path) -> None:
    articles = [document(SAMPLE_TEXT + str(number)) for number in range(4)]
    for age, article in enumerate(articles):
        cache.store(article, MODEL, FOUND)
        newest = max(entries(cache_directory), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (1000 + age, 1000 + age))
    cache.load(articles[0], MODEL)
    size = entries(cache_directory)[0].stat().st_size
    cache.prune(cache_directory / "mentions", 2 * size)
    assert [cache.load(article, MODEL) is not None for article in articles] == [True, False, False, True]
