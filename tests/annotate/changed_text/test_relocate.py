"""Spans in an edited text: the right one, or none."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate.changed_text.relocate import Relocation, find_unique
from reader.annotate.changed_text.sentence_matching import match_sentences, split_units

TEXT = (
    "The North Sea Board met in Hallum on Monday to hear about the lost barge.\n"
    "Ada Quill told the Board that nobody had seen the barge since the spring tide came in. She was heard out.\n"
    "Quill left before the vote was taken. The Board will meet again in Hallum next month.\n"
)


def relocated(old: str, new: str, quote: str, nth: int = 0) -> tuple[int, str] | None:
    """Return the new start and text of an occurrence of a quote; `nth` counts from 0."""
    start = -1
    for _ in range(nth + 1):
        start = old.index(quote, start + 1)
    span = Relocation(old, new).new_span(start, start + len(quote))
    return None if span is None else (span[0], new[slice(*span)])


def test_a_span_is_found_with_text_inserted_before_and_after() -> None:
    new = "Updated on Tuesday.\n" + TEXT + "More follows.\n"
    for nth in range(2):
        assert relocated(TEXT, new, "Board", nth) == (
            new.index("Board") if not nth else new.index("Board that"),
            "Board",
        )


def test_a_quote_in_a_reworded_sentence_is_found() -> None:
    new = TEXT.replace("told the Board that nobody had seen", "told reporters and the Board that no one had seen")
    assert relocated(TEXT, new, "Quill") == (new.index("Quill"), "Quill")
    assert relocated(TEXT, new, "Board", 1) == (new.index("Board that"), "Board")


def test_a_quote_in_a_moved_and_reworded_paragraph_is_found() -> None:
    first, second, third = TEXT.splitlines(keepends=True)
    new = third.replace("Quill left", "Quill had left") + first + second
    assert relocated(TEXT, new, "Quill", 1) == (0, "Quill")
    assert relocated(TEXT, new, "Hallum", 1) == (new.index("Hallum"), "Hallum")
    assert relocated(TEXT, new, "Hallum") == (new.index("Hallum", len(third)), "Hallum")


def test_a_quote_in_a_deleted_sentence_is_lost() -> None:
    new = TEXT.replace("Quill left before the vote was taken. ", "")
    assert relocated(TEXT, new, "Quill", 1) is None
    assert relocated(TEXT, new, "Quill") == (new.index("Quill"), "Quill")


def test_a_different_sentence_at_the_same_position_does_not_match() -> None:
    new = TEXT.replace("Quill left before the vote was taken.", "On Friday a ferry brought Quill home to her mother.")
    assert relocated(TEXT, new, "Quill", 1) is None


@pytest.mark.parametrize("left", ["Quill ran. ", "Ada sat. Quill ran. "])
def test_of_two_equal_sentences_none_is_chosen(left: str) -> None:
    old = f"It began.\n{left}{left}\nIt ended.\n"
    new = f"It began.\n{left}\nIt ended.\n"
    assert relocated(old, new, "Quill") is None
    assert relocated(old, new, "Quill", 1) is None
    assert relocated(new, old, "Quill") is None


def test_one_of_two_equal_titles_was_deleted() -> None:
    old = "Ada Quill\nAda Quill\nQuill in May.\nBorn in Hallum.\nAll is well.\nAda Quill\nAda Quill\n"
    new = "Ada Quill\nQuill in May.\nBorn in Serrat.\nAll is well.\nAda Quill\n"
    assert relocated(old, new, "Ada") is None
    assert relocated(old, new, "Ada", 3) is None
    assert relocated(old, new, "May") == (new.index("May"), "May")


def test_repeated_sentences_that_all_remain_match_in_order() -> None:
    old = "It began.\n" + "Quill ran. " * 4 + "\nIt ended.\n"
    new = "New.\n" + old.replace("ended", "was over")
    assert [relocated(old, new, "Quill", nth) for nth in range(4)] == [(start, "Quill") for start in (15, 26, 37, 48)]


def test_a_rewrapped_text_keeps_its_quotes() -> None:
    flat = TEXT.replace("\n", " ").strip()
    old, new = (textwrap.fill(flat, width) + "\n" for width in (70, 55))
    for quote, count in (("Quill", 2), ("Board", 3), ("Hallum", 2)):
        for nth in range(count):
            result = relocated(old, new, quote, nth)
            assert result is not None
            assert result[1] == quote
    assert relocated(old.replace("\n", " "), old, "North Sea Board") == (4, "North Sea Board")


def test_a_name_with_another_line_break_is_found() -> None:
    old = "It is said that in the year before the war the North\nSea Board met in secret and that nobody knew of it.\n"
    new = old.replace("North\nSea", "North Sea").replace("secret and", "secret\nand")
    assert relocated(old, new, "North\nSea Board") == (new.index("North"), "North Sea Board")


def test_text_without_spaces_and_combining_characters() -> None:
    old = "東京の会議で田中さんが話した。大阪の田中さんは来なかった。Zoe\u0301 Ñandú spoke next."
    new = "速報。東京の会議で田中さんが長く話した。大阪の田中さんは来なかった。Then Zoe\u0301 Ñandú spoke next."
    assert relocated(old, new, "田中") == (new.index("田中"), "田中")
    assert relocated(old, new, "田中", 1) == (new.index("田中", 15), "田中")
    assert relocated(old, new, "Zoe\u0301 Ñandú") == (new.index("Zoe"), "Zoe\u0301 Ñandú")


def test_a_word_is_not_found_inside_another_word() -> None:
    old = "The envoy of Tam left the hall early with two clerks and a lamp."
    new = "The envoy of Tamland left the hall early with two clerks and a lamp."
    assert relocated(old, new, "Tam") is None


def test_one_long_line_is_split_into_sentences() -> None:
    old = TEXT.replace("\n", " ")
    new = old.replace("She was heard out.", "She was heard, and thanked.").replace("The North", "Then the North")
    assert relocated(old, new, "Quill", 1) == (new.index("Quill left"), "Quill")


def test_versions_are_distinguished_from_other_documents() -> None:
    assert Relocation(TEXT, TEXT.upper() + TEXT[:80]).is_version
    assert not Relocation(TEXT, "A recipe. Take two onions, a carrot and some thyme.\n" * 2).is_version
    assert not Relocation(TEXT, "").is_version or not TEXT


@given(st.integers(0, 10**6))
def test_a_relocated_span_always_reads_the_same(seed: int) -> None:
    chance = random.Random(seed)
    words = TEXT.split(" ")
    for _ in range(chance.randrange(8)):
        first = chance.randrange(len(words))
        words[first : first + chance.randrange(3)] = chance.choices(words, k=chance.randrange(3))
    new = " ".join(words)
    relocation = Relocation(TEXT, new)
    for _ in range(20):
        start = chance.randrange(len(TEXT) - 1)
        end = min(start + chance.randrange(1, 20), len(TEXT))
        span = relocation.new_span(start, end)
        if span is not None:
            assert new[slice(*span)].split() == TEXT[start:end].split()


def test_a_quote_with_its_context_must_be_unique() -> None:
    assert find_unique("xx before the NSB after it", "NSB", "before the ", " after it") == 14
    assert find_unique("before the NSB after it, before the NSB after it", "NSB", "before the ", " after it") is None
    assert find_unique("NSB", "NSB", "", "") is None


def test_text_is_split_into_sentences_and_lines() -> None:
    text = "Mr. Quill of St. Hallum left. “Never!” he said. It cost 3.5 million. 東京。大阪。\n\n• one\n• two\n"
    assert [text[start:end] for start, end in split_units(text, 0, len(text))] == [
        "Mr. Quill of St. Hallum left.",
        "“Never!” he said.",
        "It cost 3.5 million.",
        "東京。",
        "大阪。",
        "• one",
        "• two",
    ]


def test_equal_sentences_match_wherever_they_are() -> None:
    assert match_sentences(list("abcd"), list("cdab")) == {0: 2, 1: 3, 2: 0, 3: 1}
    assert match_sentences(list("axbx"), list("axbx")) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert match_sentences(list("axbxc"), list("abxc")) == {0: 0, 2: 1, 3: 2, 4: 3}
    assert match_sentences(list("xx"), list("x")) == {}
