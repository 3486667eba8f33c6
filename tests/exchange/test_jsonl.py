from __future__ import annotations

import io
import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Anchor, History, Orphan
from reader.annotate.decisions import MentionAdded, MentionOverlaid
from reader.document import Block, Document, sanitize
from reader.exchange import FORMATS
from reader.exchange.jsonl import json_line
from reader.reading import Reading
from reader.recognize import Mention

_TEXT = "The World Port Council (WPC) met 🜁 in 東京. WPC delegates left Tōkyō early."


def _reading(text: str = _TEXT, names: Sequence[tuple[str, str]] = (), source: str = "a.txt") -> Reading:
    reading = Reading(Document(text, (Block(0, len(text)),), "A title", source))
    mentions = []
    for name, label in names:
        start = text.find(name)
        while start >= 0:
            mentions.append(Mention(start, start + len(name), label))
            start = text.find(name, start + 1)
    reading.set_recognized(sorted(mentions))
    reading.model_name, reading.model_version = "en_known", "1.0"
    return reading


def _exported(*readings: Reading) -> list[dict[str, object]]:
    out = io.BytesIO()
    FORMATS["jsonl"].write(readings, out)
    return [json.loads(line) for line in out.getvalue().decode().split("\n")[:-1]]


def test_nested_names_are_both_exported() -> None:
    reading = _reading(names=[("World Port Council", "ORG")])
    start = _TEXT.index("World")
    reading.decide(MentionOverlaid(start, start + len("World"), "LOC"))
    (exported,) = _exported(reading)
    assert [(mention["text"], mention["label"], mention["origin"]) for mention in exported["mentions"]] == [  # type: ignore[attr-defined]  # JSON
        ("World", "LOC", "user"),
        ("World Port Council", "ORG", "model"),
    ]
    assert len({mention["entity"] for mention in exported["mentions"]}) == 2  # type: ignore[attr-defined]  # JSON


def test_the_lossless_format_has_the_layout_of_schema_1() -> None:
    (exported,) = _exported(_reading(names=[("World Port Council", "ORG"), ("WPC", "ORG"), ("東京", "GPE")]))
    assert list(exported) == [
        "schema", "document", "model", "mentions", "entities", "suggestions", "notes", "orphans", "file",
        "decisions", "tags",
    ]  # fmt: skip
    assert exported["schema"] == 1
    assert exported["document"]["title"] == "A title"  # type: ignore[index]  # JSON
    assert exported["model"] == {"name": "en_known", "version": "1.0"}
    assert exported["notes"] == exported["orphans"] == exported["tags"] == []
    mentions, entities = exported["mentions"], exported["entities"]
    assert isinstance(mentions, list)
    assert isinstance(entities, list)
    assert [set(mention) for mention in mentions] == [{"start", "end", "text", "label", "entity", "origin"}] * 4
    assert all(_TEXT[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)
    assert all(set(entity) == {"id", "name", "label", "names", "links", "related"} for entity in entities)
    council = next(entity for entity in entities if entity["name"] == "World Port Council")
    assert council["names"] == ["World Port Council", "WPC"]
    assert [set(link) for link in council["links"]] == [{"a", "b", "rule", "score", "at"}]
    assert [mention["text"] for mention in mentions if mention["entity"] == council["id"]] == [
        "World Port Council", "WPC", "WPC",
    ]  # fmt: skip


def test_every_mention_belongs_to_a_listed_entity() -> None:
    (exported,) = _exported(_reading(names=[("WPC", "ORG"), ("東京", "GPE"), ("Tōkyō", "GPE")]))
    entity_ids = {entity["id"] for entity in exported["entities"]}  # type: ignore[attr-defined]  # JSON
    assert {mention["entity"] for mention in exported["mentions"]} == entity_ids  # type: ignore[attr-defined]  # JSON


def test_readings_are_written_one_per_line_in_order() -> None:
    exported = _exported(_reading(source="one"), _reading(source="two"))
    assert [line["document"]["source"] for line in exported] == ["one", "two"]  # type: ignore[index]  # JSON


@given(st.text())
def test_any_text_is_preserved_and_safe(text: str) -> None:
    clean = sanitize(text)
    line = json_line({"text": clean, "source": text})
    assert json.loads(line) == {"text": clean, "source": text}
    assert len(line.splitlines()) == 1
    assert line.isprintable() or not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in line)


def test_a_source_name_that_cannot_be_encoded_is_escaped() -> None:
    (exported,) = _exported(_reading(source="caf\udce9\u202e\x1b[2J"))
    assert exported["document"]["source"] == "caf\udce9\u202e\x1b[2J"  # type: ignore[index]  # JSON


def test_orphans_are_exported() -> None:
    reading = _reading()
    orphan = Orphan(MentionAdded(4, 9, "ORG"), Anchor("Haven", "The ", " was"), "s1")
    reading.history = History(orphans=(orphan,))
    (exported,) = _exported(reading)
    assert exported["orphans"] == [
        {
            "kind": "mention-added",
            "start": 4,
            "end": 9,
            "label": "ORG",
            "quote": "Haven",
            "prefix": "The ",
            "suffix": " was",
        }
    ]
