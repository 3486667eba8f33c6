from __future__ import annotations

from io import BytesIO

import pytest

from reader.document import Document, DocumentError, load
from tests.document.loaders.office.office_files import archive, outline, paragraph, word


def read(data: bytes) -> Document:
    return load("-", stdin=BytesIO(data))


def item(text: str, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')


def test_paragraphs_headings_and_metadata_are_read() -> None:
    body = (
        paragraph("The Northern Quay", '<w:pStyle w:val="Own"/>')
        + paragraph("Costs", '<w:pStyle w:val="Section"/>')
        + paragraph("Dana Okoye measured it.", '<w:pStyle w:val="Loop"/>')
        + paragraph("")
        + paragraph("A level of its own", '<w:outlineLvl w:val="2"/>')
    )
    document = read(word(body))
    assert outline(document) == [
        "# The Northern Quay", "## Costs", "Dana Okoye measured it.", "### A level of its own",
    ]  # fmt: skip
    assert (document.title, document.author, document.date) == ("Quay Report", "Dana Okoye", "2024-03-05")


def test_lists_keep_levels_and_count_on_after_a_paragraph() -> None:
    body = item("Tar") + item("Rope", 1) + item("Sand") + paragraph("And then:") + item("Lime")
    assert outline(read(word(body))) == ["3. Tar", "  • Rope", "4. Sand", "And then:", "5. Lime"]


def test_tables_are_rows_with_inner_tables_in_their_cells() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('deep')}</w:tc></w:tr></w:tbl>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('gone')}</w:tc></w:tr>"
    row = f"<w:tr><w:tc>{paragraph('Quay')}{inner}{paragraph('North')}</w:tc><w:tc>{paragraph('12 m')}</w:tc></w:tr>"
    document = read(word(f"<w:tbl>{row}{gone}</w:tbl>{paragraph('After.')}"))
    assert outline(document) == ["| Quay deep North | 12 m", "After."]
    assert document.notices == ("left out: deleted text",)


def test_notes_follow_the_text_and_links_keep_their_targets() -> None:
    body = (
        '<w:p><w:hyperlink r:id="l"><w:r><w:t>Merrow Port</w:t></w:r></w:hyperlink><w:r><w:t> sank</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    )
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("By a hand.")}{paragraph("At most.")}</w:footnote>'
    )
    document = read(word(body, notes, {"l": "https://port.example/a"}))
    assert outline(document) == ["Merrow Port sank[1].", "[1] By a hand.", "At most."]
    assert [(document.text[k.start : k.end], k.url) for k in document.links] == [
        ("Merrow Port", "https://port.example/a")
    ]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t> and after.</w:t></w:r></w:p>"
    )
    assert outline(read(word(body))) == ["Before and after.", "In the box."]


def test_changes_are_accepted_and_comments_left_out_with_a_notice() -> None:
    body = (
        "<w:p><w:r><w:t>It </w:t></w:r><w:del><w:r><w:delText>rose</w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t>sank</w:t></w:r></w:ins><w:r><w:commentReference w:id="1"/></w:r></w:p>'
        + paragraph("One line ", "<w:rPr><w:del/></w:rPr>")
        + paragraph("with the next.")
    )
    document = read(word(body))
    assert outline(document) == ["It sank", "One line with the next."]
    assert document.notices == ("left out: 1 comment, deleted text",)


def test_breaks_tabs_and_hyphens_separate_words() -> None:
    body = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>"
    assert outline(read(word(body))) == ["a b", "c‑d"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word("<w:p/>")[:-60], "that is damaged"),
        (word("<w:p>"), "that is damaged"),
        (word(""), "no text to read"),
        (archive({"[Content_Types].xml": "", "word/x": ""}), "that is damaged"),
        (word(paragraph("a" * (33 * 2**20))), "more than 32 MB of text"),
    ],
    ids=["cut off", "not well-formed", "empty", "no body", "too large"],
)
def test_what_cannot_be_read_is_one_clear_line(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(data)


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = archive({"[Content_Types].xml": "", "word/document.xml": f"{bomb}<d><p><t>x&b;</t></p></d>"})
    assert outline(read(data)) == ["x"]
