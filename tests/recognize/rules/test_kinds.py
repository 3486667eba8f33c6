"""What the words of a name, and those next to it, say of its kind."""

from __future__ import annotations

import pytest

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.recognize.mention import Mention
from reader.recognize.rules.apposition import described
from reader.recognize.rules.document_pass import settle
from reader.recognize.rules.kinds import kind_of, units
from reader.recognize.rules.trim import cleaned


@pytest.mark.parametrize(
    ("name", "label", "kind"),
    [
        ("Daily Plover", "PERSON", "ORG"),
        ("Orsen Petrol", "PERSON", "ORG"),
        ("Quillon Airways", "PERSON", "ORG"),
        ("Quillon Bridge", "GPE", "FAC"),
        ("Quillon Bridge", "PERSON", "FAC"),
        ("Joe Bridge", "PERSON", "PERSON"),
        ("Charlotte Church", "PERSON", "PERSON"),
        ("Airways", "PERSON", "PERSON"),
        ("Orsen Petrol", "PRODUCT", "PRODUCT"),
        ("Orsen", "GPE", "GPE"),
    ],
)
def test_the_words_of_a_name_tell_its_kind(name: str, label: str, kind: str) -> None:
    assert kind_of(name, label) == kind


def stands(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """Settle a text in which a recognizer found names; return what stands in the end."""
    mentions = []
    for name, label in names:
        start = text.index(name)
        mentions.append(Mention(start, start + len(name), label, "model", 0.9))
    document = Document(text, plain_blocks(text), "", "")
    return [(text[one.start : one.end], one.label) for one in settle(document, cleaned(text, sorted(mentions)))]


@pytest.mark.parametrize(
    ("text", "taken_for", "kind"),
    [
        ("Quillon, a mining company based in the north, paid.", "PERSON", "ORG"),
        ("Quillon (QLN), an old and famous newspaper, said so.", "GPE", "ORG"),
        ("They blamed the ruling Quillon for it.", "PERSON", "ORG"),
        ("She sold all shares of Quillon in spring.", "PERSON", "ORG"),
        ("The Quillon party lost.", "PERSON", "ORG"),
        ("Quillon, a fishing village near the border, was empty.", "PERSON", "GPE"),
        ("Quillon, a wide river that nobody bridged, rose.", "ORG", "LOC"),
    ],
)
def test_words_next_to_a_name_tell_its_kind_in_the_whole_article(text: str, taken_for: str, kind: str) -> None:
    again = f"{text} Nobody liked Quillon."
    assert stands(again, ("Quillon", taken_for)) == [("Quillon", kind), ("Quillon", kind)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Quillon, a company director, resigned.", "PERSON"),
        ("Quillon, a group of five, sang.", "ORG"),
        ("Quillon, the bank said, was dead.", "PERSON"),
        ("Quillon partying late.", "PERSON"),
        ("The Quillon company failed.", "GPE"),
        ("Quillon, a magazine with a novel in it.", "WORK_OF_ART"),
    ],
)
def test_other_words_tell_nothing(text: str, label: str) -> None:
    start = text.index("Quillon")
    assert described(text, Mention(start, start + 7, label, "model", 0.9)) == ""


def test_the_tables_know_countries_better() -> None:
    assert stands("They met in the ruling Kenya party.", ("Kenya", "GPE")) == [("Kenya", "GPE")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the 4th Mountain Brigade left", ["4th Mountain Brigade"]),
        ("the 71st Infantry Regiment and X Corps", ["71st Infantry Regiment", "X Corps"]),
        ("on the 4th Monday, Division heads met", []),
        ("the 4th brigade of a 2nd Brigadegeneral", []),
        ("I Corps", ["I Corps"]),
        ("If I Met The Peace Corps", []),
    ],
)
def test_numbered_units_are_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in units(text, 0, len(text))] == found


def test_a_unit_is_one_name_whatever_was_found_in_it() -> None:
    text = "Men of the 4th Mountain Brigade came."
    assert stands(text, ("Mountain", "LOC")) == [("4th Mountain Brigade", "ORG")]


def test_a_hotel_begins_with_its_word() -> None:
    assert stands("He slept in Hotel Quillon again.", ("Quillon", "PERSON")) == [("Hotel Quillon", "FAC")]
    assert stands("He slept at the Hotel Beau-Quillon again.") == [("Hotel Beau-Quillon", "FAC")]
    assert stands("What became of the Hotel Quillon’s plan?") == []


def test_a_storm_begins_with_its_word() -> None:
    assert stands("Then Tropical Storm Quillon struck.", ("Quillon", "PERSON")) == [("Tropical Storm Quillon", "EVENT")]
    assert stands("Then Hurricane Ada Quillon sang.", ("Ada Quillon", "PERSON")) == [("Ada Quillon", "PERSON")]


def test_the_younger_is_part_of_the_name() -> None:
    assert stands("Then Joseph Quillon Sr. came.", ("Joseph Quillon", "PERSON"))[0] == ("Joseph Quillon Sr.", "PERSON")
    assert stands("Then Joseph Quillon Srebro came.", ("Joseph Quillon", "PERSON"))[0][0] == "Joseph Quillon"


def test_a_name_is_found_in_its_own_script_behind_it() -> None:
    text = "Chen Meiling (陈美玲) spoke. Andrei Quillon (Андрей Квиллон) did not (né à Évian)."
    found = stands(text, ("Chen Meiling", "PERSON"), ("Andrei Quillon", "PERSON"))
    assert ("陈美玲", "PERSON") in found
    assert ("Андрей Квиллон", "PERSON") in found
    assert len(found) == 4
