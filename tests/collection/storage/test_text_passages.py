"""Passages of texts: which they are, and that a long text is not read for each of them."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from reader.collection.queries.profiles.profile_lookup import profile_named
from reader.collection.queries.profiles.profile_mentions import mentions_of
from reader.collection.queries.profiles.profile_passages import shared_passages
from reader.collection.queries.profiles.profile_report import profile_report
from reader.collection.queries.profiles.profile_suggestions import suggested_pairs
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.parquet_tables import write_parquet
from reader.collection.storage.text_passages import TextSpan, passages
from tests.collection.made_documents import made_records, record, write

_PARAGRAPHS = 300


class _TextReads:
    """Counts the rows of texts that an index yields, and refuses to cut texts in the database."""

    def __init__(self, storage: CollectionStorage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        rows, stream = storage.rows, storage.stream

        def counted_rows(sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
            self._count(sql, result := rows(sql, parameters))
            return result

        def counted_stream(sql: str, parameters: Any = ()) -> Any:
            self._count(sql, result := list(stream(sql, parameters)))
            return iter(result)

        monkeypatch.setattr(storage, "rows", counted_rows)
        monkeypatch.setattr(storage, "stream", counted_stream)

    def _count(self, sql: str, result: list[tuple[Any, ...]]) -> None:
        assert "substr(t.text" not in sql
        if "t.text" in sql or "FROM texts" in sql:
            self.count += len(result)


def test_passages_come_in_the_order_of_their_spans(filled: CollectionStorage) -> None:
    texts = dict(enumerate((document.text for document in made_records()), 1))
    spans = [
        TextSpan(document, start, start + 7) for start in range(0, 60, 3) for document in chain(texts, reversed(texts))
    ]
    assert list(passages(filled, spans)) == [texts[document][start:end] for document, start, end in spans]


def test_a_passage_of_a_document_that_has_gone_is_empty(filled: CollectionStorage) -> None:
    assert list(passages(filled, [TextSpan(99, 0, 5)])) == [""]


def test_a_long_document_is_read_a_few_times_only(
    storage: CollectionStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    paragraph = "Ada Marlow met Tom Reyes on 12 March 2021. “It is over,” Ada Marlow said at ada@quayside.example."
    book = record("\n\n".join(f"{number}. {paragraph}" for number in range(_PARAGRAPHS)), "book.txt")
    other = record("Smith met Ada Marlow in Brno. John Smith left. Ada Marlow saw Smith.", "other.txt")
    write(storage, [book, other])
    ada, tom = (profile_named(storage, name) for name in ("Ada Marlow", "Tom Reyes"))
    reads = _TextReads(storage, monkeypatch)
    report = profile_report(storage, ada)
    assert len(report.timeline) == 20
    assert {quotation.quote for quotation in report.quotations} == {"It is over"}
    assert len(mentions_of(storage, ada.id)) == 2 * _PARAGRAPHS + 2
    assert len(shared_passages(storage, ada.id, tom.id)) == 20
    suggested_pairs(storage)
    write_parquet(storage, tmp_path / "tables")
    assert reads.count < 30
