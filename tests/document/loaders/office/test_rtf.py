from __future__ import annotations

from io import BytesIO

import pytest

from reader.document import Document, DocumentError, load
from tests.document.loaders.office.office_files import outline

FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"


def read(body: str) -> Document:
    source = r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + "}"
    return load("-", stdin=BytesIO(source.encode("latin-1")))


def test_paragraphs_headings_and_metadata_are_read() -> None:
    document = read(
        r"{\info{\title Quay Report}{\author Dana Ok\'f6ye}{\creatim\yr2024\mo3\dy5}}"
        r"{\stylesheet{\s1\outlinelevel0 heading 1;}}"
        r"\pard\outlinelevel0 The Quay\par"
        + "\r\n"
        + r"\pard It\b0 sank\line by a \{hand\}.\par C:\\cell \u8217\'92s\par"
        r"{\f1\'cc\'e8\'f0}\par"
    )
    assert outline(document) == ["# The Quay", "Itsank", "by a {hand}.", "C:\\cell ’s", "Мир"]
    assert (document.title, document.author, document.date) == ("Quay Report", "Dana Oköye", "2024-03-05")


def test_lists_and_tables_become_blocks() -> None:
    document = read(
        r"{\listtext\pard\plain 1.\tab}Tar\par{\listtext 2.\tab}Rope\par\pard Then:\par{\pntext\'b7\tab}Lime\par"
        r"\trowd\cellx1\intbl Quay\par North\cell 12 m\cell\trowd\row\trowd a\cell b\cell\row\pard After.\par"
    )
    assert outline(document) == ["1. Tar", "2. Rope", "Then:", "• Lime", "| Quay North | 12 m", "| a | b", "After."]


def test_notes_boxes_and_links_are_read_and_deletions_left_out() -> None:
    document = read(
        r"\pard Merrow{\super\chftn}{\footnote\pard\plain\chftn By a hand.} {\deleted rose}sank "
        r'{\field{\*\fldinst{HYPERLINK "https://port.example/"}}{\fldrslt at the port}}.'
        r"{\shp{\*\shpinst{\shptxt In the box.\par}}{\shprslt In the box.}}{\*\annotation Why?}"
        r"{\pict\bin3 }}}0a0b}\par"
    )
    assert outline(document) == ["Merrow[1] sank at the port.", "In the box.", "[1] By a hand."]
    assert document.notices == ("left out: 1 comment, deleted text",)


@pytest.mark.parametrize("body", ["", r"\par", r"{\pict 0011}"])
def test_a_document_without_text_is_an_error(body: str) -> None:
    with pytest.raises(DocumentError, match="no text to read"):
        read(body)


def test_thousands_of_groups_are_read() -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt word}} '
    document = read(link * 5_000 + r"{\footnote a}" * 2_000)
    assert document.text.count("word") == 5_000


def test_each_note_keeps_its_own_characters_and_states() -> None:
    notes = (r"\b Bold", r"\f1\'cc\'e8\'f0", r"{\*\ignored}", r"{\colortbl;}last", r"\u8217 ")
    document = read("".join(rf"word{{\footnote {note}}} " for note in notes) + r"\par")
    assert outline(document)[1:] == ["[1] Bold", "[2] Мир", "[3]", "[4] last", "[5] ’"]


def test_a_font_table_that_never_ends_is_read_in_linear_time() -> None:
    source = r"{\rtf1\ansi{\fonttbl" + r"{\f0 Arial}" * 20_000 + r"{\f1\fcharset204 A;}\f1\'cc"
    with pytest.raises(DocumentError, match="no text to read"):
        load("-", stdin=BytesIO(source.encode("latin-1")))
