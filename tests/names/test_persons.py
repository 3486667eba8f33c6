from __future__ import annotations

import pytest

from reader.names import parse, strip_titles
from reader.names.persons import shortenings, tokens_agree


@pytest.mark.parametrize(
    ("written", "core"),
    [
        ("President Obama", "Obama"),
        ("US President Ana Ruiz", "Ana Ruiz"),
        ("Lt. Gen. Stephen Ode", "Stephen Ode"),
        ("the late Sir John Doe", "John Doe"),
        ("Prime Minister Mohammed Shia al-Sudani", "Mohammed Shia al-Sudani"),
        ("Iraqi Prime Minister al-Sudani", "al-Sudani"),
        ("King", "King"),
        ("Grace King", "Grace King"),
        ("Minister of Trade", "Minister of Trade"),
        ("", ""),
    ],
)
def test_titles_are_removed_and_names_are_kept(written: str, core: str) -> None:
    start, rest = strip_titles(written)
    assert rest == core
    assert written[start:] == core


@pytest.mark.parametrize(
    ("written", "surname"),
    [
        ("Osama bin Laden", "bin Laden"),
        ("Vincent van Gogh", "van Gogh"),
        ("Alexander Van der Bellen", "Van der Bellen"),
        ("Robert De Niro", "De Niro"),
        ("De Niro", "De Niro"),
        ("Ben Smith", "Smith"),
        ("Van Morrison", "Morrison"),
        ("Martin Luther King, Jr.", "King"),
        ("Abu Bakr al-Baghdadi", "al-Baghdadi"),
    ],
)
def test_particles_join_the_token_after_them(written: str, surname: str) -> None:
    assert parse(written).surname == surname


def test_a_suffix_has_one_form_and_a_degree_is_dropped() -> None:
    assert [parse(name).suffix for name in ("John Doe Jr.", "John Doe Junior", "John Doe, Sr.")] == ["Jr", "Jr", "Sr"]
    assert parse("John Doe PhD") == parse("John Doe")


@pytest.mark.parametrize(
    ("first", "second", "agrees"),
    [
        ("John", "John", True),
        ("J.", "John", True),
        ("Bob", "Robert", True),
        ("Bob", "William", False),
        ("J.", "Ann", False),
    ],
)
def test_given_names_agree_with_their_initials_and_nicknames(first: str, second: str, agrees: bool) -> None:
    assert bool(tokens_agree(first, second)) is agrees


def test_shortenings_are_the_ordered_subsequences_of_a_name() -> None:
    subsequences = shortenings(("david", "foster", "wallace"))
    assert {("david", "wallace"), ("wallace",), ("foster", "wallace"), ("david",)} <= {*subsequences}
    assert ("wallace", "david") not in subsequences
    assert ("david", "foster", "wallace") not in subsequences
