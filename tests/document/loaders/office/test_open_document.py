from __future__ import annotations

from io import BytesIO

import pytest

from reader.document import Document, DocumentError, load
from tests.document.loaders.office.office_files import open_document, outline

NUMBERS = (
    '<text:list-style xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0" s:name="L1">'
    '<text:list-level-style-number text:level="1" s:num-format="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)


def read(data: bytes) -> Document:
    return load("-", stdin=BytesIO(data))


def test_paragraphs_headings_and_metadata_are_read() -> None:
    body = (
        '<text:h text:outline-level="2">The <text:span>Northern</text:span> Quay</text:h>'
        '<text:p>Dana<text:s text:c="2"/>Okoye<text:tab/>measured<text:line-break/>it.</text:p><text:p/>'
        "<text:section><text:p>Inside a section.</text:p></text:section>"
    )
    document = read(open_document(body))
    assert outline(document) == ["## The Northern Quay", "Dana Okoye measured", "it.", "Inside a section."]
    assert (document.title, document.author, document.date) == ("Quay Report", "Dana Okoye", "2024-03-05")


def test_lists_keep_levels_and_numbers() -> None:
    inner = "<text:list><text:list-item><text:p>Rope</text:p></text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L1"><text:list-item><text:p>Tar</text:p>{inner}</text:list-item>'
        "<text:list-item><text:p>Sand</text:p><text:p>of the river</text:p></text:list-item></text:list>"
        '<text:p>Then:</text:p><text:list text:style-name="L1"><text:list-item><text:p>Lime</text:p></text:list-item>'
        "</text:list>"
    )
    document = read(open_document(body, NUMBERS))
    assert outline(document) == ["1. Tar", "  • Rope", "2. Sand", "- of the river", "Then:", "1. Lime"]


def test_tables_notes_links_and_text_boxes() -> None:
    body = (
        "<table:table><table:table-row><table:table-cell><text:p>Quay</text:p></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell><text:p>12 m</text:p></table:table-cell></table:table-row>"
        "</table:table>"
        '<text:p><text:a xlink:href="https://port.example/">Merrow</text:a> sank<text:note><text:note-citation>7'
        "</text:note-citation><text:note-body><text:p>By a hand.</text:p></text:note-body></text:note>.<draw:frame>"
        "<draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame> So it did.</text:p>"
        '<text:p><text:a xlink:href="http://[bad">Bad link</text:a></text:p>'
    )
    document = read(open_document(body))
    assert outline(document) == [
        "| Quay | 12 m", "Merrow sank[1]. So it did.", "In the box.", "Bad link", "[1] By a hand.",
    ]  # fmt: skip
    assert [link.url for link in document.links] == ["https://port.example/"]


def test_deletions_and_comments_are_left_out_with_a_notice() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>rose</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>It <office:annotation><text:p>Really?</text:p></office:annotation>sank.</text:p>"
    )
    document = read(open_document(body))
    assert outline(document) == ["It sank."]
    assert document.notices == ("left out: 1 comment, deleted text",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (open_document("<text:p>a</text:p>", manifest="<encryption-data/>"), "with a password"),
        (open_document("<text:p>"), "that is damaged"),
        (open_document("<text:p>a</text:p>")[:-40], "that is damaged"),
        (open_document(""), "no text to read"),
    ],
    ids=["password", "not well-formed", "cut off", "empty"],
)
def test_what_cannot_be_read_is_one_clear_line(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(data)
