from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.names import acronym_score, find_definitions


def _definitions(text: str) -> list[tuple[str, str, str]]:
    return [(text[d.short_start : d.short_end], text[d.long_start : d.long_end], d.cue) for d in find_definitions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fighters of the Islamic State (IS) fled.", ("IS", "Islamic State", "defined")),
        ("Fighters of IS (Islamic State) fled.", ("IS", "Islamic State", "defined")),
        ("the Agency for Coastal Research (“ACR”) said", ("ACR", "Agency for Coastal Research", "quoted")),
        ("the Harbor Trust (HT) paid", ("HT", "Harbor Trust", "defined")),
        ("Amin Dar, also known as Abu Walid, spoke", ("Abu Walid", "Amin Dar", "also-known-as")),
        ("Lake Bank, formerly Shore Savings, closed", ("Shore Savings", "Lake Bank", "formerly")),
        ("the River Guards, the so-called Herons, left", ("Herons", "River Guards", "so-called")),
        ("the Northern Relief Fund, or NRF, said", ("NRF", "Northern Relief Fund", "or")),
        ("the Ocean Office (formerly known as the Sea Bureau) is", ("Sea Bureau", "Ocean Office", "formerly")),
        ("(1) Orvale Lines Ltd, Oslo, Norway (the “Owner”);", ("Owner", "Orvale Lines Ltd", "quoted")),
        ("Orvale Lines Ltd, Oslo (“Orvale”) paid", ("Orvale", "Orvale Lines Ltd", "quoted")),
        ("He met Kem Aydin. Ada Brill, also known as A Quill,", ("A Quill", "Ada Brill", "also-known-as")),
        ("a part of Lake Bank. St. Orsen, formerly Tarv, is", ("Tarv", "St. Orsen", "formerly")),
        ("Ada Brill, formerly known as Dr. Ada Venndt. He", ("Dr. Ada Venndt", "Ada Brill", "formerly")),
        ("in Norway. Free Press Union (FPU) paid", ("FPU", "Free Press Union", "defined")),
    ],
)
def test_a_definition_is_found_with_its_cue(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in _definitions(text)


@pytest.mark.parametrize(
    "text",
    [
        "the Islamic State\n\n(IS) was",
        "They paid (in cash) and left (quickly).",
        "tea or coffee",
        "Ann or Tom came",
        "He met Lima (LP) fans",
        "Ada Brill, Oslo, Norway (“the Seller”), paid",
        "He lives in Tarvia. It was previously known as Orsen.",
    ],
)
def test_text_without_a_definition_yields_none(text: str) -> None:
    assert _definitions(text) == []


def test_only_the_span_between_the_offsets_is_searched() -> None:
    text = "Free Press Union (FPU). Later the Coastal Guard Service (CGS) came."
    assert [text[d[0] : d[1]] for d in find_definitions(text, 22)] == ["CGS"]
    assert [text[d[0] : d[1]] for d in find_definitions(text, 0, 22)] == ["FPU"]


@given(st.text(alphabet="AaBb .,()[]\"“”'\n-or", max_size=200))
def test_definitions_are_valid_spans_in_text_order(text: str) -> None:
    definitions = find_definitions(text)
    for item in definitions:
        assert 0 <= item.short_start < item.short_end <= len(text)
        assert 0 <= item.long_start < item.long_end <= len(text)
        assert item.short_end <= item.long_start or item.long_end <= item.short_start
        first, last = min(item.short_start, item.long_start), max(item.short_end, item.long_end)
        assert "\n\n" not in text[first:last]
    starts = [min(item.short_start, item.long_start) for item in definitions]
    assert starts == sorted(starts)


@pytest.mark.parametrize("seed", ["(", "(a", " or A", ", ", " ", "\n", "(A B) ", "“A” ", " also known as A"])
def test_hostile_text_of_60_000_characters_is_searched_in_time(seed: str) -> None:
    find_definitions(seed * (60_000 // len(seed)))


@pytest.mark.parametrize(
    ("short", "long", "least", "most"),
    [
        ("IS", "Islamic State", 1, 1),
        ("ISIS", "Islamic State of Iraq and Syria", 1, 1),
        ("DoD", "Department of Defense", 0.97, 1),
        ("U.N.", "United Nations", 1, 1),
        ("CENTCOM", "Central Command", 0.85, 0.85),
        ("ISIS", "Islamic State", 0.6, 0.6),
        ("is", "Islamic State", 0, 0),
        ("Is", "Islamic State", 0, 0),
        ("IS", "International Monetary Fund", 0, 0),
        ("IMF", "IMF Board", 0, 0),
    ],
)
def test_acronyms_are_scored_by_how_well_they_match(short: str, long: str, least: float, most: float) -> None:
    assert least <= acronym_score(short, long) <= most
