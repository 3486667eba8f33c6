from __future__ import annotations

from pathlib import Path

from reader.annotate import NullStore, Store
from reader.document import Block, Document
from reader.library import recent_documents


def _document(source: str, text: str = "Tallinn waits.", title: str = "Waiting") -> Document:
    return Document(text, (Block(0, len(text)),), title, source)


def test_articles_come_back_the_last_one_first(tmp_path: Path) -> None:
    here = tmp_path / "here.txt"
    here.write_text("x")
    store = Store.open(tmp_path / "store.db")
    store.remember(_document(str(tmp_path / "gone.txt"), "One."), 0)
    store.remember(_document(str(here), "Two two.", "Two"), 4)
    store.remember(_document("https://example.org/a", "Three.", "Three"), 6)
    found = recent_documents(store)
    store.close()
    assert [article.source for article in found] == [
        "https://example.org/a", str(here), str(tmp_path / "gone.txt"),
    ]  # fmt: skip
    assert [article.exists for article in found] == [True, True, False]
    assert [article.progress for article in found] == [1.0, 0.5, 0.0]
    assert found[1].title == "Two"
    assert found[1].position == 4
    assert len(found[1].when) == len("2025-01-01 12:00")


def test_an_edited_file_is_listed_once_as_it_was_opened_last() -> None:
    store = NullStore()
    store.remember(_document("a.txt", "Before."), 0)
    store.remember(_document("-", "Piped."), 0)
    store.remember(_document("-", "Piped, too."), 0)
    store.remember(_document("a.txt", "After, at length.", "After"), 3)
    found = recent_documents(store)
    assert [Path(article.source).name for article in found] == ["a.txt", "-", "-"]
    assert (found[0].title, found[0].position) == ("After", 3)


def test_standard_input_cannot_be_opened_again() -> None:
    store = NullStore()
    store.remember(_document("-"), 0)
    assert [article.exists for article in recent_documents(store)] == [False]


def test_a_title_is_harmless(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.db")
    store.remember(_document("a", title="evil\x1b[2J"), 0)
    found = recent_documents(store)
    store.close()
    assert "\x1b" not in found[0].title


def test_nothing_read_nothing_listed(tmp_path: Path) -> None:
    assert recent_documents(Store.open(tmp_path / "none.db")) == ()
