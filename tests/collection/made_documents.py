"""Documents with known names, for tests of the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from reader.annotate import Store
from reader.collection.document_record import DocumentRecord, document_record
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.index_writer import IndexWriter
from reader.collection.upkeep.profile_update import update_profiles
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention

NAMES: Mapping[str, str] = {
    "Ada Marlow": "PERSON", "Marlow": "PERSON", "Tom Reyes": "PERSON", "Quayside Trust": "ORG", "Brno": "GPE",
    "Norhaven": "GPE", "北京": "GPE",
    "John Smith": "PERSON", "Smith": "PERSON", "Quayside Trust Museum": "ORG",
}  # fmt: skip
FIRST = """\
Ada Marlow took a bribe, Tom Reyes said on 12 March 2021. The Quayside Trust denied it.

“Nobody asked us,” Marlow told reporters in Norhaven. The café was closed."""
SECOND = """\
The Quayside Trust moved to Brno in 2019. Tom Reyes met Ada Marlow there.

No bribe was paid, she said."""
THIRD = "北京的会议结束了。 서울에서 만났다. 東京タワー。 Ada Marlow stayed."


def record(text: str, source: str, date: str = "") -> DocumentRecord:
    """Return the record of a document with the names in `NAMES`."""
    return document_record(reading_of(text, source, date))


def reading_of(text: str, source: str, date: str = "", store: Store | None = None) -> Reading:
    """Return the reading of a document with the names in `NAMES`."""
    blocks = tuple(Block(match.start(), match.end()) for match in re.finditer(r"(?:.+\n?)*.+", text))
    reading = Reading(Document(text, blocks, Path(source).stem, source, date=date), store)
    pattern = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
    reading.set_recognized(Mention(match.start(), match.end(), NAMES[match[0]]) for match in re.finditer(pattern, text))
    reading.model_name, reading.model_version = "test", "1"
    return reading


def write(storage: CollectionStorage, records: Iterable[DocumentRecord]) -> None:
    """Write documents to an index, and their profiles."""
    with storage.transaction():
        writer = IndexWriter(storage)
        for document in records:
            writer.save(document, document.source, "test", 0)
        update_profiles(storage, ())


def made_records() -> list[DocumentRecord]:
    """Return three documents."""
    return [
        record(FIRST, "first.txt", "2021-03-14"),
        record(SECOND, "second.txt", "2022-01-05"),
        record(THIRD, "c.txt"),
    ]
