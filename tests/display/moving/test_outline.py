from __future__ import annotations

from reader.display.moving.outline import Heading, Outline
from reader.document import Block, BlockKind, Document

PARTS = (
    ("The coast", BlockKind.HEADING, 2),
    ("A first paragraph.", BlockKind.PARAGRAPH, 0),
    ("one item", BlockKind.LIST_ITEM, 1),
    ("another item", BlockKind.LIST_ITEM, 1),
    ("Harbors", BlockKind.HEADING, 3),
    ("The end.", BlockKind.PARAGRAPH, 0),
)


def document() -> Document:
    blocks, start = [], 0
    for text, kind, level in PARTS:
        blocks.append(Block(start, start + len(text), kind, level))
        start += len(text) + 1
    return Document("\n".join(text for text, _, _ in PARTS), tuple(blocks), "", "")


def offset_of(words: str) -> int:
    return document().text.index(words)


def test_headings_count_their_levels_from_the_highest() -> None:
    assert Outline(document()).headings == (
        Heading(0, 1, "The coast"),
        Heading(offset_of("Harbors"), 2, "Harbors"),
    )


def test_a_list_is_one_paragraph() -> None:
    outline = Outline(document())
    assert outline.paragraph_from(offset_of("A first"), 1) == offset_of("one item")
    assert outline.paragraph_from(offset_of("one item"), 1) == offset_of("Harbors")
    assert outline.paragraph_from(offset_of("another") + 2, -1) == offset_of("one item")
    assert outline.paragraph_from(offset_of("one item"), -2) == 0
    assert outline.paragraph_from(offset_of("The end."), 1) == len(document().text) - 1
    assert outline.paragraph_from(0, 99) == offset_of("The end.")


def test_headings_are_stepped_through() -> None:
    outline = Outline(document())
    assert outline.heading_from(5, 1) == offset_of("Harbors")
    assert outline.heading_from(5, -1) == 0
    assert outline.heading_from(offset_of("The end."), 1) is None
    assert outline.heading_from(0, -1) is None
    assert outline.section_at(offset_of("another")) == 0
    assert outline.section_at(offset_of("The end.")) == 1


def test_a_text_without_blocks_has_no_outline() -> None:
    outline = Outline(Document("", (), "", ""))
    assert outline.headings == ()
    assert outline.paragraph_from(0, 1) == outline.paragraph_from(0, -1) == 0
