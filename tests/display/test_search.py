from __future__ import annotations

from reader.display.excerpts import excerpt
from reader.display.search import find_all
from reader.document import Block, Document
from reader.recognize import Mention

TEXT = "Iraq and iraq; the\nnew  IRAQ. Straße."


def test_capitals_count_only_where_some_were_typed() -> None:
    assert list(find_all(TEXT, "iraq").starts) == [0, 9, 24]
    assert list(find_all(TEXT, "Iraq").starts) == [0]


def test_a_space_matches_any_white_space_and_the_wanted_is_no_pattern() -> None:
    assert list(find_all(TEXT, "the new iraq").starts) == [15]
    assert len(find_all(TEXT, ".*")) == 0
    assert len(find_all(TEXT, "  ")) == 0


def test_stepping_goes_round() -> None:
    matches = find_all(TEXT, "iraq")
    assert (matches.after(0), matches.after(24), matches.before(0), matches.before(10)) == (1, 0, 2, 1)
    assert find_all(TEXT, "nowhere").after(0) is None


def test_matches_in_a_row() -> None:
    assert find_all(TEXT, "iraq").between(5, 12) == [(9, 13)]
    assert find_all(TEXT, "iraq").between(10, 11) == [(9, 13)]


def test_an_excerpt_holds_the_name_and_stays_in_its_paragraph() -> None:
    long = "word " * 60 + "Ada Lovelace" + " more" * 60
    document = Document("first\n" + long, (Block(0, 5), Block(6, 6 + len(long))), "t", "s")
    start = document.text.index("Ada")
    rows = excerpt(document, Mention(start, start + 12, "PERSON"), 30, 2)
    assert len(rows) == 2
    assert "".join(row.name for row in rows).replace(" ", "") == "AdaLovelace"
    assert rows[0].before.startswith("…")
    assert rows[-1].after.endswith("…")
    assert all(len(row.before + row.name + row.after) <= 30 for row in rows)


def test_a_short_paragraph_is_shown_whole() -> None:
    document = Document("Ada wrote.", (Block(0, 10),), "t", "s")
    rows = excerpt(document, Mention(0, 3, "PERSON"), 30, 2)
    assert (rows[0].before, rows[0].name, rows[0].after, rows[1].before) == ("", "Ada", " wrote.", "")
