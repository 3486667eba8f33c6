from __future__ import annotations

import pytest

from reader.names import find_definitions
from reader.names.definitions.bracket_notes import is_biographical, is_bracket_note


@pytest.mark.parametrize(
    "piece",
    [
        "3 April 1960",
        "April 3, 1960",
        "May",
        "Aug. 2011",
        "1960-1972",
        "37",
        "2.5bn",
        "aged 41",
        "41",
        "R-Texas",
        "D-N.Y.",
    ],
)
def test_dates_numbers_ages_and_parties_are_notes(piece: str) -> None:
    assert is_bracket_note(piece)


@pytest.mark.parametrize("piece", ["MS9", "G20", "May Day", "MAY", "D-E", "al-Sham", "Marchetti", "747 Club", "NATO"])
def test_a_piece_that_may_be_a_name_is_no_note(piece: str) -> None:
    assert not is_bracket_note(piece)


@pytest.mark.parametrize(
    "bracket", ["born 3 April 1960", "b. 1960", "aged 41", "JT, 41", "born Leeds, 1960", "died 1911"]
)
def test_a_bracket_with_an_age_birth_or_death_is_biographical(bracket: str) -> None:
    assert is_biographical(bracket)


@pytest.mark.parametrize("bracket", ["born Mary Kirk", "née Kirk", "MRF, 2011", "AN, pop. 41,000", "Bornholm Trust"])
def test_a_bracket_with_another_name_is_not_biographical(bracket: str) -> None:
    assert not is_biographical(bracket)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Dan Nyberg Yates (D-NY) said", []),
        ("Mara Kirk (born 3 April 1960) came", []),
        ("Tom Alder (aged 41) left", []),
        ("Jon Tarn (JT, 41) left", []),
        ("Mara Kirk (née Lopez, 41) left", [("Lopez", "Mara Kirk")]),
        ("Marine Road Force (MRF, 2011) left", [("MRF", "Marine Road Force")]),
    ],
)
def test_notes_in_brackets_define_no_names(text: str, pairs: list[tuple[str, str]]) -> None:
    definitions = [(text[d.short_start : d.short_end], text[d.long_start : d.long_end]) for d in find_definitions(text)]
    assert definitions == pairs
