from __future__ import annotations

from pathlib import Path

from reader.annotate import NullStore, Store
from reader.document import Block, Document
from reader.library import recent_documents


def _document(source: str, text: str = "Tallinn waits.", title: str = "Waiting") -> Document:
    return Document(text, (Block(0, len(text)),), title, source)


def test_documents_are_listed_latest_first(tmp_path: Path) -> None:
    existing = tmp_path / "here.txt"
    existing.write_text("x")
    store = Store.open(tmp_path / "store.db")
    store.remember(_document(str(tmp_path / "gone.txt"), "One."), 0)
    store.remember(_document(str(existing), "Two two.", "Two"), 4)
    store.remember(_document("https://example.org/a", "Three.", "Three"), 6)
    documents = recent_documents(store)
    store.close()
    assert [document.source for document in documents] == [
        "https://example.org/a", str(existing), str(tmp_path / "gone.txt"),
    ]  # fmt: skip
    assert [document.exists for document in documents] == [True, True, False]
    assert [document.progress for document in documents] == [1.0, 0.5, 0.0]
    assert documents[1].title == "Two"
    assert documents[1].position == 4
    assert len(documents[1].last_opened) == len("2025-01-01 12:00")


def test_an_edited_file_is_listed_once_as_opened_last() -> None:
    store = NullStore()
    store.remember(_document("a.txt", "Before."), 0)
    store.remember(_document("-", "Piped."), 0)
    store.remember(_document("-", "Piped, too."), 0)
    store.remember(_document("a.txt", "After, at length.", "After"), 3)
    documents = recent_documents(store)
    assert [Path(document.source).name for document in documents] == ["a.txt", "-", "-"]
    assert (documents[0].title, documents[0].position) == ("After", 3)


def test_standard_input_cannot_be_opened_again() -> None:
    store = NullStore()
    store.remember(_document("-"), 0)
    assert [document.exists for document in recent_documents(store)] == [False]


def test_a_title_is_sanitized(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.db")
    store.remember(_document("a", title="evil\x1b[2J"), 0)
    documents = recent_documents(store)
    store.close()
    assert "\x1b" not in documents[0].title


def test_an_empty_store_lists_no_documents(tmp_path: Path) -> None:
    assert recent_documents(Store.open(tmp_path / "none.db")) == ()
