from __future__ import annotations

import io
import random
from contextlib import suppress
from difflib import SequenceMatcher

import pytest

from reader.document import BlockKind, Document, DocumentError, load
from tests.document.loaders.pdf_builder import HEIGHT, MARGIN, PdfBuilder, build_report

WORDS = """the of and a harbor committee reported that shipments from northern warehouses were delayed while inspectors
examined documents signed by representatives Marlow Ferreira Oduya Lindqvist of Cardenas Shipping announced yesterday
extraordinary circumstances investigation international responsibility ministry council river bridge market night
morning witness statement money account transferred through intermediaries between several companies"""


def prose(count: int, seed: int) -> list[str]:
    """Return paragraphs of two to six sentences of random words."""
    chance = random.Random(seed)
    paragraphs = []
    for _ in range(count):
        sentences = [
            " ".join(chance.choices(WORDS.split(), k=chance.randint(6, 22))) for _ in range(chance.randint(2, 6))
        ]
        paragraphs.append(" ".join(sentence[:1].upper() + sentence[1:] + "." for sentence in sentences))
    return paragraphs


def load_pdf(data: bytes) -> Document:
    return load("-", stdin=io.BytesIO(data))


def blocks_of(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def words_in_order(expected: list[str], actual: list[str]) -> float:
    """Return the share of the expected words that are in the text in their order."""
    first, second = " ".join(expected).split(), " ".join(actual).split()
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return sum(match.size for match in matcher.get_matching_blocks()) / len(first)


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize(("indent", "space"), [(12.0, 0.0), (0.0, 8.0), (12.0, 4.0)])
def test_paragraphs_are_whole_and_words_in_order(columns: int, indent: float, space: float) -> None:
    paragraphs = prose(70, seed=columns)
    data = build_report(paragraphs, columns=columns, indent=indent, space=space, head="Quarterly report on the harbor")
    document = load_pdf(data)
    texts = blocks_of(document)
    whole = sum(paragraph in texts for paragraph in paragraphs) / len(paragraphs)
    assert whole >= 0.97, [text for text in texts if text not in paragraphs]
    assert words_in_order(paragraphs, texts) >= 0.995
    assert "Quarterly" not in document.text


def test_running_heads_and_page_numbers_are_left_out_with_a_notice() -> None:
    document = load_pdf(build_report(prose(40, seed=5), head="Annual review"))
    pages = document.blocks[-1].page
    assert pages >= 3
    assert document.notices == (f"{2 * pages} running heads and page numbers left out",)


def test_a_title_over_two_columns_comes_first() -> None:
    document = load_pdf(build_report(prose(20, seed=6), columns=2, title="Smuggling on the river, and who paid for it"))
    assert document.blocks[0].kind is BlockKind.HEADING
    assert document.title == blocks_of(document)[0] == "Smuggling on the river, and who paid for it"


def test_footnotes_do_not_interrupt_a_paragraph() -> None:
    paragraphs = prose(40, seed=7)
    notes = ["See the letter of the ministry.", "Interview with a witness.", "Figures of the council."]
    texts = blocks_of(load_pdf(build_report(paragraphs, notes=notes)))
    assert sum(paragraph in texts for paragraph in paragraphs) >= 39
    assert [text for text in texts if text[2:] in notes] == [f"{n} {note}" for n, note in enumerate(notes, 1)]


def test_each_block_has_the_page_on_which_it_begins() -> None:
    builder = PdfBuilder()
    for text in ("On the first page.", "On the second page."):
        builder.add_page()
        builder.write(text, MARGIN, 100)
    assert [block.page for block in load_pdf(builder.data()).blocks] == [1, 2]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The commit-", "tee met."], "The committee met."),
        (["Envoys of Al-", "Nusra met."], "Envoys of Al-Nusra met."),
        (["The INTERNA-", "TIONAL court."], "The INTERNATIONAL court."),
        (["Half of a well-", "known port, a well-known one."], "Half of a well-known port, a well-known one."),
        (["He is self-", "employed now."], "He is self-employed now."),
        (["See https://example.org/", "reports for it."], "See https://example.org/reports for it."),
    ],
)
def test_words_broken_by_hyphens_are_joined(lines: list[str], expected: str) -> None:
    builder = PdfBuilder()
    builder.add_page()
    for index, line in enumerate(lines):
        builder.write(line, MARGIN, 100 + 12.5 * index)
    assert blocks_of(load_pdf(builder.data())) == [expected]


def test_aligned_short_cells_are_rows_of_a_table() -> None:
    builder = PdfBuilder()
    builder.add_page()
    for index, row in enumerate([("Name", "Port", "Tons"), ("Aurora", "Gdynia", "120"), ("Boreas", "Kiel", "95")]):
        for column, cell in enumerate(row):
            builder.write(cell, MARGIN + 140 * column, 100 + 14 * index)
    document = load_pdf(builder.data())
    assert blocks_of(document) == ["Name | Port | Tons", "Aurora | Gdynia | 120", "Boreas | Kiel | 95"]
    assert {block.kind for block in document.blocks} == {BlockKind.TABLE_ROW}


def test_headings_are_told_by_size_and_lists_by_their_markers() -> None:
    builder = PdfBuilder()
    builder.add_page()
    builder.write("1. Findings", MARGIN, 90, size=16)
    builder.write("The council found these faults in the accounts of the harbor:", MARGIN, 120)
    builder.write("\u2022 Payments without a receipt.", MARGIN, 135)
    builder.write("\u2022 Loans to relatives.", MARGIN, 148)
    document = load_pdf(builder.data())
    assert [(block.kind, block.marker) for block in document.blocks] == [
        (BlockKind.HEADING, ""),
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.LIST_ITEM, "•"),
        (BlockKind.LIST_ITEM, "•"),
    ]
    assert blocks_of(document)[2] == "Payments without a receipt."


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_turned_text_is_read_after_the_text_of_the_page(turn: int) -> None:
    builder = PdfBuilder()
    builder.add_page()
    builder.write("Received by the archive", 300, 500, turn=turn)
    builder.write("The minutes of the meeting begin with a list of those present.", MARGIN, 100)
    assert blocks_of(load_pdf(builder.data())) == [
        "The minutes of the meeting begin with a list of those present.",
        "Received by the archive",
    ]


def test_a_page_that_is_turned_as_a_whole_is_in_order() -> None:
    builder = PdfBuilder()
    builder.add_page()
    for index, line in enumerate(("The first line of a table that was printed", "across the page ends on this line.")):
        builder.write(line, 100 + 12.5 * index, HEIGHT - 100, turn=1)
    expected = "The first line of a table that was printed across the page ends on this line."
    assert blocks_of(load_pdf(builder.data())) == [expected]


def test_a_page_without_text_is_named() -> None:
    builder = PdfBuilder()
    builder.add_page()
    builder.write("Only this page has text.", MARGIN, 100)
    builder.add_page()
    assert load_pdf(builder.data()).notices == ("page 2 without text",)


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"%PDF-1.7\n", "a damaged PDF"), (b"%PDF-1.7\n" + bytes(range(256)) * 8, "a damaged PDF")],
)
def test_damaged_files_give_one_line(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        load_pdf(data)
    assert "\n" not in str(caught.value)


def test_a_scan_is_said_to_be_one() -> None:
    builder = PdfBuilder()
    builder.add_page()
    builder.add_picture()
    with pytest.raises(DocumentError, match="a scan, 1 page without text; recognize its text first"):
        load_pdf(builder.data())


def test_empty_pages_are_no_scan() -> None:
    builder = PdfBuilder()
    builder.add_page()
    with pytest.raises(DocumentError, match="a PDF, 1 page without text"):
        load_pdf(builder.data())


def test_changed_bytes_never_end_in_another_error() -> None:
    data = build_report(prose(4, seed=9), columns=2)
    chance = random.Random(1)
    for _ in range(40):
        mutated = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            mutated[chance.randrange(9, len(mutated))] = chance.randrange(256)
        with suppress(DocumentError):
            assert load_pdf(bytes(mutated[: chance.randint(len(mutated) // 2, len(mutated))])).blocks
