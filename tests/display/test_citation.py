from __future__ import annotations

from reader.display.citation import citation, entity_with_aliases, quote_of
from reader.document import Block, BlockKind, Document

TEXT = "The ferry sails\nat noon. It is full.\nNext paragraph."
GUIDE = Document(
    TEXT,
    (Block(0, 36, page=3), Block(37, len(TEXT), page=4)),
    "A guide to the coast",
    "guide.pdf",
    "Ada Quill",
    "2024-05-01",
)


def test_a_quote_has_no_line_breaks_inside_paragraphs() -> None:
    assert quote_of(GUIDE, 0, 24) == "The ferry sails at noon."
    assert quote_of(GUIDE, 25, len(TEXT)) == "It is full.\nNext paragraph."


def test_a_quote_of_several_blocks_keeps_the_breaks_between_them() -> None:
    text = "Harbors\n\nThe ferry\nsails.\n\nnorth pier\nsouth pier\n\n  x = 1\n  y = 2"
    blocks = (
        Block(0, 7, BlockKind.HEADING, 1),
        Block(9, 25),
        Block(27, 37, BlockKind.LIST_ITEM, 1, "•"),
        Block(38, 48, BlockKind.LIST_ITEM, 1, "•"),
        Block(50, len(text), BlockKind.CODE),
    )
    document = Document(text, blocks, "", "-")
    assert quote_of(document, 0, len(text)) == (
        "Harbors\n\nThe ferry sails.\n\n• north pier\n• south pier\n\n  x = 1\n  y = 2"
    )
    assert quote_of(document, 33, 48) == "pier\n• south pier"
    assert quote_of(document, 27, 37) == "north pier"


def test_a_citation_names_author_title_date_page_and_source() -> None:
    assert citation(GUIDE, 0, 24) == (
        "“The ferry sails at noon.” (Ada Quill, “A guide to the coast”, 2024-05-01, page 3, guide.pdf)"
    )


def test_a_citation_leaves_out_what_is_not_known() -> None:
    assert citation(Document("One.", (Block(0, 4),), "", "-"), 0, 4) == "“One.”"


def test_an_entity_is_copied_with_its_other_names() -> None:
    assert entity_with_aliases("Harbor Agency", ["Harbor Agency", "HA", "the agency", "HA"]) == (
        "Harbor Agency (HA; the agency)"
    )
    assert entity_with_aliases("Tarn", ["Tarn"]) == "Tarn"
