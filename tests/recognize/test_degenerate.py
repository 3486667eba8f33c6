"""Texts that no article is like."""

from __future__ import annotations

import pytest

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.recognize.process.analysis import load_recognizer, recognize

LONG = 1_000_000


@pytest.mark.parametrize(
    "text",
    ["", "a", "A", ".", "\u00e9", "\U0001f701", "\u0301", "\u200b", "\ufffd", "1", "("],
    ids=ascii,
)
def test_a_text_of_one_character(text: str) -> None:
    recognize(Document(text, plain_blocks(text), title="", source=""), load_recognizer())


@pytest.mark.parametrize("piece", ["a", "A", "\u00e9", "A.", "1,", "(", "-", "é.B", "\u0301", "\u200b", "🜁"], ids=ascii)
def test_a_million_characters_without_a_space(piece: str) -> None:
    text = (piece * LONG)[:LONG]
    mentions = recognize(Document(text, plain_blocks(text), title="", source=""), load_recognizer())
    assert all(0 <= mention.start < mention.end <= LONG for mention in mentions)
