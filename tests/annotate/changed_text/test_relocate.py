"""Places in an edited text: the right one, or none."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate.changed_text.relocate import Relocation, standing
from reader.annotate.changed_text.sentences import same_units, units_of

TEXT = (
    "The North Sea Board met in Hallum on Monday to hear about the lost barge.\n"
    "Ada Quill told the Board that nobody had seen the barge since the spring tide came in. She was heard out.\n"
    "Quill left before the vote was taken. The Board will meet again in Hallum next month.\n"
)


def found(old: str, new: str, quote: str, nth: int = 0) -> tuple[int, str] | None:
    """Where the n-th occurrence of a quote is now: offset, and what stands there."""
    at = -1
    for _ in range(nth + 1):
        at = old.index(quote, at + 1)
    place = Relocation(old, new).place(at, at + len(quote))
    return None if place is None else (place[0], new[slice(*place)])


def test_text_put_before_and_after() -> None:
    new = "Updated on Tuesday.\n" + TEXT + "More follows.\n"
    for nth in range(2):
        assert found(TEXT, new, "Board", nth) == (new.index("Board") if not nth else new.index("Board that"), "Board")


def test_a_reworded_sentence() -> None:
    new = TEXT.replace("told the Board that nobody had seen", "told reporters and the Board that no one had seen")
    assert found(TEXT, new, "Quill") == (new.index("Quill"), "Quill")
    assert found(TEXT, new, "Board", 1) == (new.index("Board that"), "Board")


def test_a_paragraph_that_moved_and_was_reworded() -> None:
    first, second, third = TEXT.splitlines(keepends=True)
    new = third.replace("Quill left", "Quill had left") + first + second
    assert found(TEXT, new, "Quill", 1) == (0, "Quill")
    assert found(TEXT, new, "Hallum", 1) == (new.index("Hallum"), "Hallum")
    assert found(TEXT, new, "Hallum") == (new.index("Hallum", len(third)), "Hallum")


def test_a_deleted_sentence_takes_no_other_place() -> None:
    new = TEXT.replace("Quill left before the vote was taken. ", "")
    assert found(TEXT, new, "Quill", 1) is None
    assert found(TEXT, new, "Quill") == (new.index("Quill"), "Quill")


def test_another_sentence_in_the_same_place_is_not_the_same() -> None:
    new = TEXT.replace("Quill left before the vote was taken.", "On Friday a ferry brought Quill home to her mother.")
    assert found(TEXT, new, "Quill", 1) is None


@pytest.mark.parametrize("left", ["Quill ran. ", "Ada sat. Quill ran. "])
def test_of_two_that_are_alike_none_is_chosen(left: str) -> None:
    old = f"It began.\n{left}{left}\nIt ended.\n"
    new = f"It began.\n{left}\nIt ended.\n"
    assert found(old, new, "Quill") is None
    assert found(old, new, "Quill", 1) is None
    assert found(new, old, "Quill") is None


def test_a_title_that_was_there_twice() -> None:
    old = "Ada Quill\nAda Quill\nQuill in May.\nBorn in Hallum.\nAll is well.\nAda Quill\nAda Quill\n"
    new = "Ada Quill\nQuill in May.\nBorn in Serrat.\nAll is well.\nAda Quill\n"
    assert found(old, new, "Ada") is None
    assert found(old, new, "Ada", 3) is None
    assert found(old, new, "May") == (new.index("May"), "May")


def test_alike_sentences_that_are_all_still_there() -> None:
    old = "It began.\n" + "Quill ran. " * 4 + "\nIt ended.\n"
    new = "New.\n" + old.replace("ended", "was over")
    assert [found(old, new, "Quill", nth) for nth in range(4)] == [(at, "Quill") for at in (15, 26, 37, 48)]


def test_a_text_that_is_wrapped_anew() -> None:
    flat = TEXT.replace("\n", " ").strip()
    old, new = (textwrap.fill(flat, width) + "\n" for width in (70, 55))
    for quote, count in (("Quill", 2), ("Board", 3), ("Hallum", 2)):
        for nth in range(count):
            place = found(old, new, quote, nth)
            assert place is not None
            assert place[1] == quote
    assert found(old.replace("\n", " "), old, "North Sea Board") == (4, "North Sea Board")


def test_a_name_that_is_broken_elsewhere_is_the_same_name() -> None:
    old = "It is said that in the year before the war the North\nSea Board met in secret and that nobody knew of it.\n"
    new = old.replace("North\nSea", "North Sea").replace("secret and", "secret\nand")
    assert found(old, new, "North\nSea Board") == (new.index("North"), "North Sea Board")


def test_text_without_spaces_and_combining_characters() -> None:
    old = "東京の会議で田中さんが話した。大阪の田中さんは来なかった。Zoe\u0301 Ñandú spoke next."
    new = "速報。東京の会議で田中さんが長く話した。大阪の田中さんは来なかった。Then Zoe\u0301 Ñandú spoke next."
    assert found(old, new, "田中") == (new.index("田中"), "田中")
    assert found(old, new, "田中", 1) == (new.index("田中", 15), "田中")
    assert found(old, new, "Zoe\u0301 Ñandú") == (new.index("Zoe"), "Zoe\u0301 Ñandú")


def test_a_part_of_a_word_is_no_place_of_a_word() -> None:
    old = "The envoy of Tam left the hall early with two clerks and a lamp."
    new = "The envoy of Tamland left the hall early with two clerks and a lamp."
    assert found(old, new, "Tam") is None


def test_one_long_line_is_cut_into_sentences() -> None:
    old = TEXT.replace("\n", " ")
    new = old.replace("She was heard out.", "She was heard, and thanked.").replace("The North", "Then the North")
    assert found(old, new, "Quill", 1) == (new.index("Quill left"), "Quill")


def test_versions_and_other_articles() -> None:
    assert Relocation(TEXT, TEXT.upper() + TEXT[:80]).kin
    assert not Relocation(TEXT, "A recipe. Take two onions, a carrot and some thyme.\n" * 2).kin
    assert not Relocation(TEXT, "").kin or not TEXT


@given(st.integers(0, 10**6))
def test_whatever_is_done_what_is_found_reads_the_same(seed: int) -> None:
    chance = random.Random(seed)
    words = TEXT.split(" ")
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(words))
        words[at : at + chance.randrange(3)] = chance.choices(words, k=chance.randrange(3))
    new = " ".join(words)
    way = Relocation(TEXT, new)
    for _ in range(20):
        start = chance.randrange(len(TEXT) - 1)
        end = min(start + chance.randrange(1, 20), len(TEXT))
        place = way.place(start, end)
        if place is not None:
            assert new[slice(*place)].split() == TEXT[start:end].split()


def test_only_what_stands_once_with_all_around_it() -> None:
    assert standing("xx before the NSB after it", "NSB", "before the ", " after it") == 14
    assert standing("before the NSB after it, before the NSB after it", "NSB", "before the ", " after it") is None
    assert standing("NSB", "NSB", "", "") is None


def test_sentences() -> None:
    text = "Mr. Quill of St. Hallum left. “Never!” he said. It cost 3.5 million. 東京。大阪。\n\n• one\n• two\n"
    assert [text[a:b] for a, b in units_of(text, 0, len(text))] == [
        "Mr. Quill of St. Hallum left.",
        "“Never!” he said.",
        "It cost 3.5 million.",
        "東京。",
        "大阪。",
        "• one",
        "• two",
    ]


def test_the_same_sentences_elsewhere() -> None:
    assert same_units(list("abcd"), list("cdab")) == {0: 2, 1: 3, 2: 0, 3: 1}
    assert same_units(list("axbx"), list("axbx")) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert same_units(list("axbxc"), list("abxc")) == {0: 0, 2: 1, 3: 2, 4: 3}
    assert same_units(list("xx"), list("x")) == {}
