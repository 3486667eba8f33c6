"""The list of the documents of a collection: what was opened, what is indexed, how far the user is."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotate import NullStore, Store
from reader.annotate.decisions import DocumentNoted
from reader.collection.listing.document_listing import document_listing
from reader.collection.listing.document_order import (
    DocumentOrder,
    natural_key,
    parse_document_filter,
    sort_documents,
)
from reader.collection.listing.file_facts import file_facts
from reader.collection.listing.forgetting import forget_documents
from reader.collection.listing.kept_text import kept_document
from reader.collection.listing.listed_document import ListedDocument
from reader.collection.listing.source_state import SourceState, source_state
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.profile_state import profiles_are_outdated
from reader.collection.upkeep.profile_update import update_profiles
from reader.document import Block, Document, load
from reader.library.decided_counts import DecidedCount, save_count, saved_counts
from tests.collection.made_documents import FIRST, SECOND, record, write


@pytest.fixture(autouse=True)
def own_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_CACHE_DIR", str(tmp_path / "cache"))


def made(source: str, text: str = "Tallinn waits.", title: str = "Waiting") -> Document:
    return Document(text, (Block(0, len(text)),), title, source)


def listed(store: Store, index: SqliteIndex | None = None, *, with_opened: bool = True) -> list[ListedDocument]:
    return list(document_listing(store, index, with_opened=with_opened).documents)


def open_made_index(path: Path) -> SqliteIndex:
    index = SqliteIndex.open(path / "made.sqlite", create=True)
    write(index, [record(FIRST, str(path / "first.txt"), "2021-03-14"), record(SECOND, str(path / "second.txt"))])
    return index


def test_a_document_that_was_indexed_after_it_was_listed_leaves_the_index_and_the_profiles(tmp_path: Path) -> None:
    store = NullStore()
    store.remember(made(str(tmp_path / "first.txt"), FIRST), 0)
    document = listed(store)[0]
    index = open_made_index(tmp_path)
    update_profiles(index, ())
    profiles = index.rows("SELECT count(*) FROM profiles")
    forget_documents(store, index, [document], with_opened=True)
    assert index.rows("SELECT count(*) FROM documents") == [(1,)]
    assert not profiles_are_outdated(index)
    assert index.rows("SELECT count(*) FROM profiles") < profiles
    index.close()


def test_opened_documents_come_first_the_latest_at_the_top(tmp_path: Path) -> None:
    store, index = NullStore(), open_made_index(tmp_path)
    store.remember(made(str(tmp_path / "other.txt")), 7)
    store.remember(made(str(tmp_path / "second.txt"), SECOND), 0)
    documents = listed(store, index)
    assert [Path(document.source).name for document in documents] == ["second.txt", "other.txt", "first.txt"]
    assert [document.read_share for document in documents] == [0.0, 0.5, 0.0]
    assert [document.mentions for document in documents] == [4, None, 5]
    assert [bool(document.indexed_digest) for document in documents] == [True, False, True]
    named = listed(store, index, with_opened=False)
    assert [Path(document.source).name for document in named] == ["second.txt", "first.txt"]
    index.close()


def test_a_file_that_changed_is_listed_once_as_it_was_opened_last(tmp_path: Path) -> None:
    store, index = NullStore(), open_made_index(tmp_path)
    store.remember(made(str(tmp_path / "first.txt"), "Before."), 0)
    store.remember(made("-", "Piped."), 0)
    store.remember(made("-", "Piped, too."), 0)
    store.remember(made(str(tmp_path / "first.txt"), "After, at length.", "After"), 3)
    listing = document_listing(store, index, with_opened=True)
    assert [Path(item.source).name for item in listing.documents] == ["first.txt", "-", "-", "second.txt"]
    first = listing.documents[0]
    assert (first.title, first.position, first.mentions) == ("After", 3, None)
    assert first in listing.to_index, "the index has an earlier text"
    index.close()


def test_a_title_without_text_or_with_escapes_is_safe() -> None:
    store = NullStore()
    store.remember(made("/a/b", title="evil\x1b[2J"), 0)
    store.remember(made("/a/c", "Other.", title=" "), 0)
    assert [document.name for document in listed(store)] == ["/a/c", "evil␛[2J"]


def test_counts_are_the_latest_of_the_app_and_the_index(tmp_path: Path) -> None:
    index = open_made_index(tmp_path)
    digest = record(FIRST, "").digest
    assert saved_counts() == {}
    save_count(digest, DecidedCount(9, 5, 1))
    (first,) = (item for item in listed(NullStore(), index) if item.digest == digest)
    assert (first.decided, first.mentions, first.undecided) == (5, 9, 4)
    index.rows("UPDATE documents SET decisions = 2, decided = 5 WHERE digest = ?", (digest,))
    (first,) = (item for item in listed(NullStore(), index) if item.digest == digest)
    assert (first.decided, first.mentions, first.is_decided) == (5, 5, True)
    (tmp_path / "cache" / "decided.sqlite").write_bytes(b"no database" * 100)
    assert saved_counts() == {}
    save_count(digest, DecidedCount(9, 6, 3))
    index.close()


def test_samples_are_listed_until_they_are_opened() -> None:
    store = NullStore()
    listing = document_listing(store, None, with_opened=True)
    assert len(listing.samples) > 1
    store.remember(load(listing.samples[0].source), 0)
    assert len(document_listing(store, None, with_opened=True).samples) == len(listing.samples) - 1
    assert document_listing(store, None, with_opened=False).samples == ()


def document(title: str, **fields: object) -> ListedDocument:
    return ListedDocument(f"/{title}", title, **fields)  # type: ignore[arg-type]  # checked when used


DOCUMENTS = [
    document("b", opened="2026-01-02", length=30, mentions=2, decided=2),
    document("a10", date="2020", length=10, mentions=9, decided=8),
    document("A9", date="2021", length=20, mentions=5),
    document("Ćwik", author="Łucja", mentions=None),
]


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        (DocumentOrder.OPENED, ["b", "a10", "A9", "Ćwik"]),
        (DocumentOrder.NAME, ["A9", "a10", "b", "Ćwik"]),
        (DocumentOrder.DATE, ["A9", "a10", "b", "Ćwik"]),
        (DocumentOrder.SIZE, ["b", "A9", "a10", "Ćwik"]),
        (DocumentOrder.MENTIONS, ["a10", "A9", "b", "Ćwik"]),
        (DocumentOrder.UNDECIDED, ["A9", "a10", "b", "Ćwik"]),
    ],
)
def test_every_order(order: DocumentOrder, titles: list[str]) -> None:
    assert [item.title for item in sort_documents(DOCUMENTS, order)] == titles


def test_an_order_can_be_reversed() -> None:
    titles = [item.title for item in sort_documents(DOCUMENTS, DocumentOrder.SIZE, is_reversed=True)]
    assert titles == ["Ćwik", "a10", "A9", "b"]


def test_numbers_in_titles_are_sorted_by_value() -> None:
    assert sorted(["b", "a10", "A9", "a"], key=natural_key) == ["a", "A9", "a10", "b"]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("", ["b", "a10", "A9", "Ćwik"]),
        ("cwik", ["Ćwik"]),
        ("LUCJA ik", ["Ćwik"]),
        ("a 202", ["a10", "A9"]),
        ("status:undecided", ["a10", "A9"]),
        ("status:decided", ["b"]),
        ("status:new 2021", ["A9"]),
        ("status:opened", ["b"]),
    ],
)
def test_filters(typed: str, titles: list[str]) -> None:
    condition = parse_document_filter(typed)
    assert [item.title for item in DOCUMENTS if condition.accepts(item)] == titles


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["first"]),
        ("second", ["second"]),
        ("TXT sécond", ["second"]),
        ("status:undecided", ["first"]),
        ("status:new second", ["second"]),
        ("status:missing second", ["second"]),
        ("status:decided", []),
        ("second 2021-03", []),
    ],
)
def test_a_filter_looks_through_more_documents_than_a_list_has(tmp_path: Path, typed: str, names: list[str]) -> None:
    index = open_made_index(tmp_path)
    condition = parse_document_filter(typed)
    listing = document_listing(NullStore(), index, with_opened=False, condition=condition, limit=1)
    assert [Path(document.source).stem for document in listing.documents] == names
    assert listing.total == 2
    index.close()


def test_what_was_opened_is_listed_beside_what_a_filter_finds_in_the_index(tmp_path: Path) -> None:
    store, index = NullStore(), open_made_index(tmp_path)
    store.remember(made(str(tmp_path / "second.txt"), SECOND), 0)
    listing = document_listing(
        store, index, with_opened=False, condition=parse_document_filter("status:opened"), limit=1
    )
    assert [Path(document.source).stem for document in listing.documents] == ["second"]
    index.close()


def test_the_start_of_a_status_stands_for_it_once_it_is_the_only_one() -> None:
    assert parse_document_filter("status:").statuses == frozenset()
    assert parse_document_filter("status:c").statuses == frozenset()
    assert parse_document_filter("status:ch").statuses == {"changed"}


def test_an_unknown_status_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"status:lost is not one of decided, undecided, .*missing"):
        parse_document_filter("status:lost")


def test_states_of_files(tmp_path: Path) -> None:
    path = tmp_path / "first.txt"
    path.write_text(FIRST, "utf-8")
    store = Store.open(tmp_path / "store.db")
    store.remember(load(str(path)), 0)
    (opened,) = listed(store)

    def state(item: ListedDocument) -> SourceState | None:
        return source_state(item, lambda asked: file_facts(store, None, asked))

    assert state(opened) is None
    path.touch()
    assert state(opened) is None, "the bytes are the same"
    path.write_text("Other words.")
    assert state(opened) is SourceState.CHANGED
    path.unlink()
    assert state(opened) is SourceState.MISSING
    path.mkdir()
    assert state(opened) is SourceState.CLOSED
    assert state(document("x")._replace(source="-")) is SourceState.PIPED
    assert state(document("x")._replace(source="https://example.org/a")) is None
    assert state(document("x")._replace(source="/a\0b")) is SourceState.CLOSED
    store.close()


def test_forgetting_takes_a_document_out_of_list_and_index_and_nothing_out_of_the_store(tmp_path: Path) -> None:
    index, store = open_made_index(tmp_path), Store.open(tmp_path / "store.db")
    first = made(str(tmp_path / "first.txt"), FIRST)
    store.remember(made(first.source, "An earlier text."), 0)
    store.remember(first, 9)
    store.append(first, [DocumentNoted("Ask the trust.")])
    documents = listed(store, index)
    forget_documents(store, index, documents[:1], with_opened=True)
    assert [Path(item.source).name for item in listed(store, index)] == ["second.txt"]
    assert index.rows("SELECT count(*) FROM documents") == [(1,)]
    profiles = index.rows("SELECT name FROM profiles ORDER BY name")
    assert ("Norhaven",) not in profiles
    assert ("Brno",) in profiles
    assert store.history(first).decisions == (DocumentNoted("Ask the trust."),)
    assert store.text_of(first.digest) == FIRST
    store.remember(first, 9)
    assert [Path(item.source).name for item in listed(store, index)] == ["first.txt", "second.txt"]
    store.close()
    index.close()


def test_the_text_that_was_kept_opens_without_its_file(tmp_path: Path) -> None:
    index, store = open_made_index(tmp_path), Store.open(tmp_path / "store.db")
    first = next(item for item in listed(store, index) if "first" in item.source)
    kept = kept_document(store, index, first)
    assert kept is not None
    assert (kept.text, kept.digest, kept.source) == (FIRST, first.digest, first.source)
    assert kept.notices
    assert kept_document(store, None, first) is None
    store.append(made(first.source, FIRST), [DocumentNoted("Note.")])
    assert kept_document(store, None, first) is not None
    store.close()
    index.close()
