from __future__ import annotations

from reader.display.citation import citation, entity_with_aliases, quote_of
from reader.document import Block, Document

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
