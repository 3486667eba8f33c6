"""What every database of an index does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.collection.document_record import EntityRecord
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.entity_reader import entities_of_documents
from reader.collection.storage.index_writer import IndexWriter
from reader.collection.storage.piped_texts import PipedText, has_piped_texts, keep_piped_texts, piped_texts
from reader.collection.storage.search_phrase import search_phrases
from reader.collection.upkeep.profile_update import update_profiles
from tests.collection.made_documents import FIRST, SECOND, made_records, record, write

TABLES = "documents", "texts", "sources", "names", "entities", "entity_names", "mentions", "dates"


def found(storage: CollectionStorage, text: str) -> list[int]:
    """Return the ids of the documents that have a phrase."""
    sql, order, parameters = storage.matching(search_phrases(text))
    return sorted(row[0] for row in storage.rows(f"{sql} ORDER BY {order}", parameters))


def counts(storage: CollectionStorage) -> dict[str, int]:
    """Return the number of rows of each table."""
    return {table: storage.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def test_entities_come_back_as_they_were_written(filled: CollectionStorage) -> None:
    written: list[EntityRecord] = [entity for document in made_records() for entity in document.entities]
    assert [entity.record for entity in entities_of_documents(filled, [1, 2, 3])] == written


def test_saving_a_document_twice_changes_nothing(filled: CollectionStorage) -> None:
    before = counts(filled)
    write(filled, made_records())
    assert counts(filled) == before


def test_a_changed_document_is_replaced(filled: CollectionStorage) -> None:
    assert found(filled, "bribe") == [1, 2]
    write(filled, [record(SECOND, "first.txt")])
    assert found(filled, "bribe") == [2]
    assert filled.rows("SELECT source, document FROM sources ORDER BY source") == [
        ("c.txt", 3), ("first.txt", 2), ("second.txt", 2),
    ]  # fmt: skip


def test_texts_from_standard_input_are_kept_for_another_index(filled: CollectionStorage) -> None:
    assert not has_piped_texts(filled)
    text = PipedText("stdin://0123456789ab", "Quay", "Ada Quill", "2021-03-04", "The quay burned.")
    keep_piped_texts(filled, [text])
    assert has_piped_texts(filled)
    assert piped_texts(filled) == [text]


def test_a_removed_document_leaves_nothing(storage: CollectionStorage) -> None:
    write(storage, made_records())
    with storage.transaction():
        writer = IndexWriter(storage)
        for source in ("first.txt", "second.txt", "c.txt"):
            writer.remove_file(source)
        writer.remove_unused_names()
        update_profiles(storage, ())
    assert counts(storage) == dict.fromkeys(TABLES, 0)
    assert storage.rows("SELECT count(*) FROM profiles") == [(0,)]
    assert found(storage, "bribe") == []


def test_one_text_at_two_sources_is_one_document(storage: CollectionStorage) -> None:
    first = record(FIRST, "first.txt")
    write(storage, [first, replace(first, source="copy.txt")])
    assert counts(storage)["documents"] == 1
    with storage.transaction():
        IndexWriter(storage).remove_file("first.txt")
    assert (counts(storage)["documents"], found(storage, "reporters")) == (1, [1])


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("CAFE", [1]), ("took a bribe", [1]), ("bribe took", []), ("brib*", [1, 2]), ("北京", [3]), ("会议", [3]),
        ("서울", [3]), ("東京", [3]), ("京", [3]), ("京的", [3]), ("not there", []), ('"', []), ("' OR 1", []),
    ],
)  # fmt: skip
def test_texts_are_found_by_words_and_characters(filled: CollectionStorage, text: str, documents: list[int]) -> None:
    if search_phrases(text):
        assert found(filled, text) == documents


def fail_in_transaction(storage: CollectionStorage) -> None:
    with storage.transaction():
        IndexWriter(storage).remove_file("first.txt")
        raise ZeroDivisionError


def test_a_failed_transaction_writes_nothing(filled: CollectionStorage) -> None:
    before = counts(filled)
    with pytest.raises(ZeroDivisionError):
        fail_in_transaction(filled)
    assert counts(filled) == before
    assert found(filled, "café") == [1]


def test_only_one_process_writes(storage: CollectionStorage) -> None:
    with (
        storage.lock(),
        pytest.raises(CollectionError, match="is being indexed by another process"),
        storage.lock(),
    ):
        pass
    with storage.lock():
        pass


def test_an_invalid_statement_is_one_line(storage: CollectionStorage) -> None:
    with pytest.raises(CollectionError) as error:
        storage.rows("SELECT nothing FROM nowhere")
    assert "\n" not in str(error.value)


def test_a_sound_index_has_no_faults(filled: CollectionStorage) -> None:
    filled.optimize()
    assert filled.check() == ()
