from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Block, BlockKind, Document
from reader.document.normal_text import NormalText, normalize


def normal_text(*paragraphs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> NormalText:
    blocks, offset = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(offset, offset + len(paragraph), kind))
        offset += len(paragraph) + 2
    return NormalText(Document("\n\n".join(paragraphs), tuple(blocks), "", ""))


def covered(normal: NormalText, text: str, word: str) -> str:
    """The part of the document that a word of the normal form stands for."""
    start = normal.text.index(word)
    first, last = normal.to_document(start, start + len(word))
    return text[first:last]


_pieces = st.sampled_from(
    ["Karasu", "Haver", "lund", "é", "e\u0301", "ﬁ", " ", "  ", "\n", "-\n", "\u00ad", "\u00ad\n", "’", "—", " - ", "–",
     "--", "\u00a0", "\u200b", "\ufffd", ".", "\u1112\u1161", "\U0001f600", "5", "\u0301"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saudi\u00a0Arabia, New\tYork, South  Korea", "Saudi Arabia, New York, South Korea"),
        ("the Islamic\nState and the United\n  Nations", "the Islamic State and the United Nations"),
        ("Conor O’Hara in Sana‘a, Xiʼan", "Conor O'Hara in Sana'a, Xi'an"),
        ("“No”, «non», „nein“", '"No", "non", "nein"'),
        ("Jean‐Pierre, Ali‑Reza", "Jean-Pierre, Ali-Reza"),
        ("Mar\u00adseille, Kara\u200bsu, \u2068Haverlund\u2069, \ufeffOslo", "Marseille, Karasu, Haverlund, Oslo"),
        ("\ufffdHaverlund\ufffd left", "Haverlund left"),
        ("Guzm\ufffdn left", "Guzm\ufffdn left"),
        ("Joaqui\u0301n met Ange\u0301lique", "Joaquín met Angélique"),
        ("the ﬁnal oﬃce", "the final office"),
        ("LONDON — Karasu, PARIS – Karasu, OSLO -- Karasu", "LONDON - Karasu, PARIS - Karasu, OSLO - Karasu"),
        ("Palestine–Israel, 1990–95", "Palestine-Israel, 1990-95"),
    ],
)  # fmt: skip
def test_one_form_for_every_way_to_typeset(text: str, expected: str) -> None:
    assert normal_text(text).text == expected


@pytest.mark.parametrize(
    ("text", "word", "span"),
    [
        ("Tomas Haver-\nlund left", "Haverlund", "Haver-\nlund"),
        ("in An-\n    kara on", "Ankara", "An-\n    kara"),
        ("met Jean-\nPierre Morel", "Jean-Pierre Morel", "Jean-\nPierre Morel"),
        ("the long-\nterm plan", "long-term", "long-\nterm"),
        ("the US-\nled coalition", "US-led", "US-\nled"),
        ("the GOVERN-\nMENT fell", "GOVERNMENT", "GOVERN-\nMENT"),
        ("of Rotter\u00ad\ndam", "Rotterdam", "Rotter\u00ad\ndam"),
        ("of Rotter\u2402\ndam", "Rotterdam", "Rotter\u2402\ndam"),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_joined(text: str, word: str, span: str) -> None:
    assert covered(normal_text(text), text, word) == span


@given(st.lists(_pieces, max_size=12).map("".join))
def test_a_name_has_the_same_form_as_in_a_document(name: str) -> None:
    text = name.strip() or "x"
    assert normalize(text) == normal_text(text).text.strip()


def test_a_span_begins_and_ends_with_visible_characters() -> None:
    text = "met \u2060Kara\u00adsu\u200b, who"
    assert covered(normal_text(text), text, "Karasu") == "Kara\u00adsu"


def test_blocks_stay_apart_and_code_stays_as_it_is() -> None:
    assert normal_text("one\ntwo", "three").text == "one two\n\nthree"
    assert normal_text("a  b\nc -- d", kind=BlockKind.CODE).text == "a  b\nc -- d"


def test_the_blocks_move_with_the_text() -> None:
    normal = normal_text("South  Korea", "Saudi\u00ad Arabia")
    assert [normal.text[block.start : block.end] for block in normal.blocks] == ["South Korea", "Saudi Arabia"]
    assert normal.document.text == normal.text


def test_plain_text_needs_no_map() -> None:
    normal = normal_text("Leyla Karasu\nmet Tomas Haverlund.")
    assert normal.identity
    assert normal.to_document(3, 9) == normal.to_normal(3, 9) == (3, 9)


@given(st.lists(st.lists(_pieces, max_size=12).map("".join).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_spans_survive_the_way_there_and_back(paragraphs: list[str]) -> None:
    normal = normal_text(*paragraphs)
    text = "\n\n".join(paragraphs)
    previous = 0
    for offset in range(len(normal.text)):
        start, end = normal.to_document(offset, offset + 1)
        assert previous <= start < end <= len(text)
        previous = start
        first, last = normal.to_normal(start, end)
        assert first <= offset < last


_words = st.sampled_from(
    ["Conor", "O'Hara", "Sana'a", "Haverlund", "Ångström", "office", "Jean-Pierre", '"No"', "2014."]
)
_spaces = st.sampled_from([" ", "  ", "\n", "\u00a0", "\t", "\n    ", " \u200b", "\u2009"])


@st.composite
def typeset(draw: st.DrawFn) -> tuple[str, str]:
    """A plain text, and the same text typeset in another way."""
    words = draw(st.lists(_words, min_size=1, max_size=12))
    pieces = []
    for word in words:
        variant = unicodedata.normalize("NFD", word) if draw(st.booleans()) else word
        variant = variant.replace("'", draw(st.sampled_from("'’‘ʼ"))).replace("-", draw(st.sampled_from("-‐‑")))
        variant = variant.replace('"', draw(st.sampled_from('"“”')), 1).replace(
            "ffi", draw(st.sampled_from(["ffi", "ﬃ"]))
        )
        hyphen = draw(st.sampled_from(["", "\u00ad", "\u200b", "-\n", "\u00ad\n  "]))
        if "Haverlund" in variant:
            variant = variant.replace("Haverlund", f"Haver{hyphen}lund")
        pieces += [variant, draw(_spaces)]
    return " ".join(words), "".join(pieces[:-1])


@given(typeset())
def test_a_text_has_one_normal_form_however_it_is_typeset(texts: tuple[str, str]) -> None:
    plain, variant = texts
    assert normal_text(variant).text == normal_text(plain).text


@pytest.mark.parametrize("char", ["’", "\u0301", "-", "\u00ad", "\u200b", "\u1161", "-\n", "a-\n", "\ufffd", "  "])
def test_a_long_run_of_anything_is_read_in_linear_time(char: str) -> None:
    normal = normal_text("x" + char * 100_000 + "x")
    assert normal.to_document(0, len(normal.text)) == (0, len("x" + char * 100_000 + "x"))
