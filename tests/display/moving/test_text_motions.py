from __future__ import annotations

from reader.display.moving.text_motions import next_sentence, previous_sentence, word_end
from reader.document import Block, Document


def document(*paragraphs: str) -> Document:
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(start, start + len(paragraph)))
        start += len(paragraph) + 1
    return Document("\n".join(paragraphs), tuple(blocks), "", "")


def test_the_end_of_a_word_is_its_last_character_and_then_that_of_the_next_word() -> None:
    text = "Two boats, one."
    assert word_end(text, 0) == 2
    assert word_end(text, 2) == text.index("s,")
    assert word_end(text, text.index("s,")) == text.index("e.")
    assert word_end(text, text.index("e.")) == text.index("e.")


def test_an_accent_belongs_to_the_last_character() -> None:
    text = "cafe\u0301 au"
    assert word_end(text, 0) == 3
    assert word_end(text, 3) == text.index("u")


def test_sentences_are_walked_across_paragraphs() -> None:
    text = document("One sails. “Two stays,” she said. Three?", "Four. Five.")
    starts = [text.text.index(word) for word in ("One", "“Two", "Three", "Four", "Five")]
    offset, visited = 0, [0]
    for _ in range(4):
        offset = next_sentence(text, offset)
        visited.append(offset)
    assert visited == starts
    assert next_sentence(text, offset) == len(text.text) - 1
    for start in reversed(starts[:-1]):
        offset = previous_sentence(text, offset)
        assert offset == start
    assert previous_sentence(text, 0) == 0
    assert previous_sentence(text, text.text.index("stays")) == starts[1]


def test_a_sentence_in_a_very_long_paragraph_is_near() -> None:
    text = document("A boat sails. " * 100_000)
    assert next_sentence(text, 700_000) == 700_014
    assert previous_sentence(text, 700_000) == 700_000 - 14
    assert next_sentence(text, 700_001) == 700_014


def test_an_empty_text_has_no_sentences() -> None:
    assert next_sentence(Document("", (), "", ""), 0) == previous_sentence(Document("", (), "", ""), 0) == 0
