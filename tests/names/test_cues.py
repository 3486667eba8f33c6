from __future__ import annotations

import pytest

from reader.names import find_definitions
from reader.names.definitions.cue_ids import Cue
from reader.names.definitions.cues import find_cues
from reader.resolve.evidence.bridges import find_bridges


@pytest.mark.parametrize(
    ("phrase", "cue"),
    [
        ("also known as", Cue.ALSO_KNOWN_AS),
        ("more commonly called", Cue.ALSO_KNOWN_AS),
        ("often referred to as", Cue.ALSO_KNOWN_AS),
        ("officially styled", Cue.ALSO_KNOWN_AS),
        ("better known in Arabic as", Cue.ALSO_KNOWN_AS),
        ("a.k.a.", Cue.ALSO_KNOWN_AS),
        ("formerly known as", Cue.FORMERLY),
        ("originally titled", Cue.FORMERLY),
        ("now called", Cue.FORMERLY),
    ],
)
def test_every_pattern_knows_the_same_phrases(phrase: str, cue: Cue) -> None:
    plain, bracketed = f"Lake Bank, {phrase} Shore Savings, closed", f"Lake Bank ({phrase} Shore Savings) closed"
    assert [cue for _, _, cue in find_cues(plain, 0, len(plain))] == [cue]
    for text in (plain, bracketed):
        definitions = find_definitions(text)
        assert [(text[d.short_start : d.short_end], d.cue) for d in definitions] == [("Shore Savings", cue)]
        bridges = {(text[: b.start], text[b.end :][:13], b.cue) for b in find_bridges(text)}
        assert ("Lake Bank", "Shore Savings", cue) in bridges


def test_a_cue_is_found_once_although_it_contains_two_pivots() -> None:
    text = "Lake Bank, formerly known as Shore Savings, closed"
    assert [(start, end) for start, end, _ in find_cues(text, 0, len(text))] == [(9, 29)]


@pytest.mark.parametrize(
    "text",
    [
        "tea or coffee",
        "He was known for Lake Bank",
        "Ann once called Tom a witness",
        "Lake Bank also named Tom",
        "Ann, who called Tom, left",
    ],
)
def test_other_words_are_no_cue(text: str) -> None:
    assert list(find_cues(text, 0, len(text))) == []
    assert find_bridges(text) == []
