from __future__ import annotations

import io
import json

from reader.annotate.decisions import MentionConfirmed, NamesSame
from reader.document import Block, Document
from reader.exchange import FORMATS
from reader.exchange.annotated_document import annotated_document
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name

TEXT = "Lena Arkwright met Odd Tveit in Bergen. Arkwright left Bergen."


def _reading() -> Reading:
    reading = Reading(Document(TEXT, (Block(0, len(TEXT)),), "A title", "a.txt"))
    reading.set_recognized(
        [Mention(0, 14, "PERSON"), Mention(19, 28, "PERSON"), Mention(32, 38, "GPE"), Mention(40, 49, "PERSON")]
    )
    return reading


def test_every_mention_names_its_entity() -> None:
    document = annotated_document(_reading())
    names = {entity.id: entity.name for entity in document.entities}
    assert [(document.quote(mention), names[mention.entity]) for mention in document.mentions] == [
        ("Lena Arkwright", "Lena Arkwright"),
        ("Odd Tveit", "Odd Tveit"),
        ("Bergen", "Bergen"),
        ("Arkwright", "Lena Arkwright"),
    ]
    assert not any(mention.decided for mention in document.mentions)


def test_only_mentions_that_a_person_decided_about_are_written() -> None:
    reading = _reading()
    reading.decide(MentionConfirmed(32, 38, "GPE"))
    document = annotated_document(reading, decided=True)
    assert [document.quote(mention) for mention in document.mentions] == ["Bergen"]
    assert [entity.name for entity in document.entities] == ["Bergen"]


def test_a_merge_decides_about_every_mention_of_the_entity() -> None:
    reading = _reading()
    reading.decide(NamesSame((Name("Lena Arkwright", "PERSON"), Name("Arkwright", "PERSON"))))
    out = io.BytesIO()
    FORMATS["jsonl"].write([reading], out, decided=True)
    exported = json.loads(out.getvalue())
    assert [mention["text"] for mention in exported["mentions"]] == ["Lena Arkwright", "Arkwright"]
    assert [entity["name"] for entity in exported["entities"]] == ["Lena Arkwright"]
    assert len(exported["decisions"]) == len(reading.store.records(reading.document))
