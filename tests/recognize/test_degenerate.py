"""Recognition of texts that are unlike any real document."""

from __future__ import annotations

import pytest

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.recognize.process.analysis import load_recognizer, recognize

LENGTH = 1_000_000


@pytest.mark.parametrize(
    "text",
    ["", "a", "A", ".", "\u00e9", "\U0001f701", "\u0301", "\u200b", "\ufffd", "1", "("],
    ids=ascii,
)
def test_a_text_of_at_most_one_character_is_recognized(text: str) -> None:
    recognize(Document(text, plain_blocks(text), title="", source=""), load_recognizer())


@pytest.mark.parametrize("piece", ["a", "A", "\u00e9", "A.", "1,", "(", "-", "é.B", "\u0301", "\u200b", "🜁"], ids=ascii)
def test_a_million_characters_without_a_space_are_recognized(piece: str) -> None:
    text = (piece * LENGTH)[:LENGTH]
    mentions = recognize(Document(text, plain_blocks(text), title="", source=""), load_recognizer())
    assert all(0 <= mention.start < mention.end <= LENGTH for mention in mentions)


@pytest.mark.parametrize("piece", ["’ ", "O’ ", "[ ", "- ", "J. ", "A, ", "A\u0301 ", "@a "], ids=ascii)
def test_many_marks_and_initials_in_a_row_are_recognized(piece: str) -> None:
    text = piece * 10_000
    mentions = recognize(Document(text, plain_blocks(text), title="", source=""), load_recognizer())
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
