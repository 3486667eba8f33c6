from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.display.cells import cells
from reader.display.excerpts import excerpt, mention_context, sentence_around, sentence_excerpt
from reader.document import Block, Document, sanitize
from reader.recognize import Mention

_TEXT = (
    "The group denied it. “Dr. Okoye of the World Health Organization (WHO)\n"
    "was there,” said Ms. Lind. Nobody else was."
)


def _document(text: str, *borders: int) -> Document:
    starts = [0, *borders]
    ends = [*(border - 1 for border in borders), len(text)]
    return Document(text, tuple(Block(a, b) for a, b in zip(starts, ends, strict=True)), "t", "-")


def test_an_excerpt_is_the_sentence_around_an_offset() -> None:
    document = _document(_TEXT)
    assert sentence_excerpt(document, 3) == "The group denied it."
    assert sentence_excerpt(document, len(_TEXT) - 1) == "Nobody else was."
    assert "World Health Organization (WHO) was there" in sentence_excerpt(document, _TEXT.index("WHO"))


def test_a_sentence_ends_with_its_block() -> None:
    text = "One two\nThree four"
    assert sentence_excerpt(_document(text, 8), 10) == "Three four"


def test_context_is_cut_on_both_sides() -> None:
    text = "aaa bbb ccc NAME ddd eee fff"
    context = mention_context(_document(text), Mention(12, 16, "ORG"), 6, 6)
    assert context == ("… ccc "[0] + "ccc ", "NAME", " ddd…")


def test_context_stays_inside_the_block() -> None:
    text = "before\nNAME\nafter"
    assert mention_context(_document(text, 7, 12), Mention(7, 11, "ORG"), 20, 20) == ("", "NAME", "")


@given(st.text(max_size=40).map(sanitize), st.text(max_size=40).map(sanitize), st.integers(4, 30))
def test_context_is_never_wider_than_requested(before: str, after: str, width: int) -> None:
    text = f"{before}NAME{after}"
    context = mention_context(_document(text), Mention(len(before), len(before) + 4, "ORG"), width, width)
    assert cells(context.before) <= width
    assert cells(context.after) <= width
    assert context.name == "NAME"


def test_an_excerpt_contains_the_mention_and_stays_in_its_block() -> None:
    long = "word " * 60 + "Ada Lovelace" + " more" * 60
    document = Document("first\n" + long, (Block(0, 5), Block(6, 6 + len(long))), "t", "s")
    start = document.text.index("Ada")
    rows = excerpt(document, Mention(start, start + 12, "PERSON"), 30, 2)
    assert len(rows) == 2
    assert "".join(row.name for row in rows).replace(" ", "") == "AdaLovelace"
    assert rows[0].before.startswith("…")
    assert rows[-1].after.endswith("…")
    assert all(len(row.before + row.name + row.after) <= 30 for row in rows)


def test_a_short_block_is_shown_in_full() -> None:
    document = Document("Ada wrote.", (Block(0, 10),), "t", "s")
    rows = excerpt(document, Mention(0, 3, "PERSON"), 30, 2)
    assert (rows[0].before, rows[0].name, rows[0].after, rows[1].before) == ("", "Ada", " wrote.", "")


_ITEM = (
    "1. The quay was leased on Monday by a firm of\n   the Lindqvist family, which owns\n"
    "\tLindqvist Bulk\n   Carriers too."
)


def test_the_indent_of_wrapped_lines_is_one_space() -> None:
    document = _document(_ITEM)
    assert "firm of the Lindqvist family, which owns Lindqvist Bulk Carriers too." in sentence_excerpt(document, 20)
    start = _ITEM.index("Lindqvist Bulk")
    mention = Mention(start, start + len("Lindqvist Bulk\n   Carriers"), "ORG")
    context = mention_context(document, mention, 60, 60)
    assert context.name == "Lindqvist Bulk Carriers"
    assert context.before.endswith("a firm of the Lindqvist family, which owns ")
    for width in range(12, 80):
        rows = excerpt(document, mention, width, 4)
        assert "  " not in " ".join(row.before + row.name + row.after for row in rows).rstrip()
        assert "".join(" ".join(row.name for row in rows).split()).startswith("LindqvistBulk")


def test_a_long_sentence_is_cut_on_both_sides_of_the_offset() -> None:
    text = "word " * 40 + "Almgren sailed " + "word " * 40
    document = _document(text.strip() + ".")
    for width in (20, 40, 80):
        line = sentence_around(document, text.index("Almgren"), width)
        assert cells(line) <= width
        assert "Almgren" in line
        assert line[0] == line[-1] == "…"


def test_a_long_sentence_is_cut_on_one_side_if_the_offset_is_near_its_other_end() -> None:
    start = _document("Almgren sailed " + "word " * 40 + "on.")
    assert sentence_around(start, 0, 40).startswith("Almgren sailed word")
    text = "word " * 40 + "Almgren sailed."
    line = sentence_around(_document(text), text.index("Almgren"), 40)
    assert line.endswith("word Almgren sailed.")
    assert cells(line) > 30


def test_a_short_sentence_is_whole() -> None:
    assert sentence_around(_document("One came. Almgren sailed. Two left."), 10, 40) == "Almgren sailed."
