"""What undo takes back in the screens of collections, and which documents are forgotten when the app ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotate import Store
from reader.collection.listing.document_listing import document_listing
from reader.collection.listing.listed_document import ListedDocument
from reader.document import Block, Document
from reader.ui.collection_session import CollectionSession, ForgottenDocument, RecordedAnswer

TEXT = "Tallinn waits."


@pytest.fixture(autouse=True)
def own_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("READER_CACHE_DIR", str(tmp_path / "cache"))


def made(source: str, text: str = TEXT) -> Document:
    return Document(text, (Block(0, len(text)),), "Waiting", source)


def documents_of(store: Store) -> list[ListedDocument]:
    return list(document_listing(store, None, with_opened=True).documents)


def forgotten_and_opened_again(path: Path, *, is_open: bool, text: str = TEXT) -> tuple[list[str], list[str]]:
    """Return what is said at the end, and the sources that are listed then."""
    session, source = CollectionSession(), str(path / "a.txt")
    with Store.open(path / "annotations.db") as store, Store.open(path / "annotations.db") as another_window:
        store.remember(made(source), 0)
        session.forget(documents_of(store)[0], is_open=is_open)
        assert not session.without_forgotten(documents_of(store))
        another_window.remember(made(source, text), 3)
        return list(session.carry_out(store)), [document.source for document in documents_of(store)]


def test_a_document_stays_that_another_window_opened_after_it_was_forgotten(tmp_path: Path) -> None:
    lines, listed = forgotten_and_opened_again(tmp_path, is_open=False)
    assert lines == ["kept “Waiting”: it was opened in another window after you forgot it"]
    assert listed == [str(tmp_path / "a.txt")]


def test_a_document_stays_whose_changed_text_another_window_opened(tmp_path: Path) -> None:
    lines, listed = forgotten_and_opened_again(tmp_path, is_open=False, text="Tallinn waited.")
    assert len(lines) == 1
    assert listed == [str(tmp_path / "a.txt")]


def test_leaving_a_document_that_was_open_when_it_was_forgotten_does_not_keep_it(tmp_path: Path) -> None:
    assert forgotten_and_opened_again(tmp_path, is_open=True) == ([], [])


def test_a_document_that_another_window_opened_is_listed_again_at_once(tmp_path: Path) -> None:
    session = CollectionSession()
    with Store.open(tmp_path / "annotations.db") as store:
        store.remember(made("/texts/a.txt"), 0)
        session.forget(documents_of(store)[0])
        store.remember(made("/texts/a.txt"), 3)
        assert len(session.without_forgotten(documents_of(store))) == 1


def test_undo_goes_through_answers_and_forgotten_documents_in_one_order() -> None:
    session = CollectionSession()
    first, second = (ListedDocument(f"/texts/{name}.txt", name, f"sha256:{name}") for name in "ab")
    session.forget(first)
    session.record_answer("step")
    session.forget(second)
    session.collection = "ports"
    session.bring_back("sha256:b", "/texts/b.txt")
    assert session.take_back() == RecordedAnswer("step")
    step = session.take_back()
    assert isinstance(step, ForgottenDocument)
    assert step.document == first
    assert session.collection == "default"
    assert session.take_back() is None


def test_texts_from_standard_input_are_told_apart() -> None:
    session = CollectionSession()
    piped = [ListedDocument("-", "piped", f"sha256:{digit}") for digit in "01"]
    for document in piped:
        session.forget(document)
    session.bring_back("sha256:1", "-")
    assert session.without_forgotten(piped) == [piped[1]]
    session.bring_back("sha256:2", "-")
    assert session.without_forgotten(piped) == [piped[1]]
