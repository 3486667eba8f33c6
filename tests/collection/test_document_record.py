"""What the index keeps of a document."""

from __future__ import annotations

import pickle

from reader.collection.document_record import NameRecord, document_record
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention

TEXT = "Ada Marlow met Tom Reyes. Marlow spoke."


def reading() -> Reading:
    result = Reading(Document(TEXT, (Block(0, len(TEXT)),), "A meeting", "meeting.txt", date="2025-03-01"))
    spans = ("Ada Marlow", 0), ("Tom Reyes", 15), ("Marlow", 26)
    result.set_recognized([Mention(start, start + len(name), "PERSON") for name, start in spans])
    result.model_name, result.model_version = "test", "1"
    return result


def test_keeps_names_with_counts_canonical_first() -> None:
    marlow, reyes = document_record(reading()).entities
    assert marlow.names == (NameRecord("Ada Marlow", "PERSON", 1), NameRecord("Marlow", "PERSON", 1))
    assert [(link.a, link.b) for link in marlow.links] == [("Marlow", "Ada Marlow")]
    assert reyes.name == "Tom Reyes"


def test_mentions_refer_to_text_and_entities() -> None:
    record = document_record(reading())
    quotes = [record.text[mention.start : mention.end] for mention in record.mentions]
    assert quotes == ["Ada Marlow", "Tom Reyes", "Marlow"]
    assert [mention.entity for mention in record.mentions] == ["e1", "e2", "e1"]
    assert (record.title, record.date, record.model) == ("A meeting", "2025-03-01", "test 1")


def test_a_record_survives_pickling() -> None:
    record = document_record(reading())
    assert pickle.loads(pickle.dumps(record)) == record
