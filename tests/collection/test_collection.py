"""`reader.Collection`, the questions to an index from Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.collection.collection import Collection
from reader.collection.storage.collection_storage import CollectionError
from tests.collection.made_documents import made_records, write


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collection]:
    """A collection of three documents."""
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "data"))
    with Collection("papers") as opened:
        write(opened.storage, made_records())
        yield opened


def test_the_days_of_a_question_are_days_months_or_years(collection: Collection) -> None:
    assert collection.search("bribe", since="2021", until="2021-03").hits
    assert collection.timeline("Tom Reyes", since="2021-03-12")
    for day in ("yesterday", "2021-13", "12 March 2021"):
        with pytest.raises(CollectionError, match="is not a day such as 2021-03-12, 2021-03 or 2021"):
            collection.search("bribe", since=day)
        with pytest.raises(CollectionError, match="is not a day"):
            collection.timeline("Tom Reyes", until=day)


def test_one_entity_is_not_together_with_itself(collection: Collection) -> None:
    with pytest.raises(CollectionError, match="both names mean one entity, Ada Marlow"):
        collection.together("Ada Marlow", "ada marlow")
