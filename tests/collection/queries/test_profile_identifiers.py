from __future__ import annotations

import re
from dataclasses import replace

from reader.collection.document_record import DocumentRecord, document_record
from reader.collection.queries.profiles.profile_identifiers import identifiers_of
from reader.collection.queries.profiles.profile_lookup import profile_named
from reader.collection.storage.collection_storage import CollectionStorage
from reader.recognize import Mention
from tests.collection.made_documents import NAMES, reading_of, write

_IDENTIFIERS = {"DE89 3704 0044 0532 0130 00": "IBAN", "DE89370400440532013000": "IBAN", "ada@marlow.example": "EMAIL",
                "office@quayside.example": "EMAIL", "Ada@Marlow.example": "EMAIL"}  # fmt: skip


def _record(text: str, source: str, date: str) -> DocumentRecord:
    reading = reading_of(text, source, date)
    names = {**NAMES, **_IDENTIFIERS}
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    reading.set_recognized(Mention(match.start(), match.end(), names[match[0]]) for match in re.finditer(pattern, text))
    return replace(document_record(reading), source=source)


def test_identifiers_in_the_paragraphs_of_a_profile_are_counted(storage: CollectionStorage) -> None:
    first = (
        "Ada Marlow paid from DE89 3704 0044 0532 0130 00. Write to ada@marlow.example.\n\nSee office@quayside.example."
    )
    second = "Tom Reyes slept. Ada Marlow wrote from Ada@Marlow.example and paid from DE89370400440532013000."
    write(storage, [_record(first, "first.txt", "2021-03-14"), _record(second, "second.txt", "2022-01-05")])
    items = identifiers_of(storage, profile_named(storage, "Ada Marlow").id, limit=9)
    assert [(item.text, item.label, item.sentences, item.paragraphs, item.documents) for item in items] == [
        ("DE89370400440532013000", "IBAN", 2, 2, 2),
        ("Ada@Marlow.example", "EMAIL", 1, 2, 2),
    ]
    assert (items[0].source, second[items[0].start :].startswith("DE89")) == ("second.txt", True)
    assert identifiers_of(storage, profile_named(storage, "Ada Marlow").id, limit=1) == items[:1]
    beside_tom = identifiers_of(storage, profile_named(storage, "Tom Reyes").id, limit=9)
    assert [(item.sentences, item.paragraphs) for item in beside_tom] == [(0, 1), (0, 1)]
