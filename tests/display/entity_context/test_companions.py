from __future__ import annotations

from reader.display.entity_context.companions import CompanionCount
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention
from tests.resolve.texts import marked


def companions(*paragraphs: str, of: str) -> tuple[Reading, list[tuple[str, int, int]]]:
    """Return the companions of an entity with the numbers of sentences and paragraphs."""
    text, mentions = marked("\n".join(paragraphs))
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    reading = Reading(Document(text, tuple(blocks), "", ""))
    reading.set_recognized(mentions)
    count = count_of(reading, of)
    for _ in count.run():
        pass
    return reading, [(it.entity.name, it.sentences, it.paragraphs) for it in count.result]


def count_of(reading: Reading, name: str) -> CompanionCount:
    entity = reading.entity_named(name)
    assert entity is not None
    return CompanionCount(reading.document, reading.mentions, entity, reading.entity_of)


def test_sentences_and_paragraphs_are_counted_once_however_often_both_are_mentioned() -> None:
    _, result = companions(
        "[Norra|GPE] met [Dalby|GPE] and [Dalby|GPE]. [Ilse Marn|PERSON] saw it.",
        "[Norra|GPE] slept. [Ilse Marn|PERSON] left [Norra|GPE]!",
        "[Dalby|GPE] was alone with [Tove Lund|PERSON].",
        of="Norra",
    )
    assert result == [("Ilse Marn", 1, 2), ("Dalby", 1, 1)]


def test_the_first_mention_is_the_one_in_the_same_sentence() -> None:
    reading, _ = companions("[Dalby|GPE] slept. [Norra|GPE] met [Dalby|GPE].", of="Norra")
    count = count_of(reading, "Norra")
    for _ in count.run():
        pass
    companion = count.result[0]
    assert companion.first_mention == reading.mentions[2]
    assert companion.paragraph_mention == reading.mentions[0]


def test_an_entity_alone_in_its_paragraphs_has_no_companions() -> None:
    assert companions("[Norra|GPE] slept.", "[Dalby|GPE] did not.", of="Norra")[1] == []


def test_a_name_within_the_name_does_not_count() -> None:
    text = "The Osel River rose. Osel watched the Osel River."
    document = Document(text, (Block(0, len(text)),), "", "")
    reading = Reading(document)
    spans = [(4, 14, "LOC"), (4, 8, "GPE"), (21, 25, "GPE"), (38, 48, "LOC"), (38, 42, "GPE")]
    reading.set_recognized(Mention(*span) for span in sorted(spans))
    count = count_of(reading, "Osel River")
    for _ in count.run():
        pass
    assert [(it.entity.name, it.sentences) for it in count.result] == [("Osel", 1)]


def test_a_long_paragraph_is_counted_with_pauses() -> None:
    sentence = "[Norra|GPE] met [Dalby|GPE]. "
    reading, result = companions(sentence * 500, of="Norra")
    assert result == [("Dalby", 500, 1)]
    assert sum(1 for _ in count_of(reading, "Norra").run()) > 10
