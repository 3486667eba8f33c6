"""Labels that the words of a name, or the words next to it, call for."""

from __future__ import annotations

import pytest

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.recognize.mention import Mention
from reader.recognize.rules.context.apposition import label_from_neighbors
from reader.recognize.rules.context.label_words import label_from_words
from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.name_patterns import find_military_units
from reader.recognize.rules.trim import clean_mentions
from tests.recognize.samples import labeled_texts


@pytest.mark.parametrize(
    ("name", "label", "expected"),
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
        ("Orsen Foods", "WORK_OF_ART", "ORG"),
        ("Amber Foods", "PERSON", "ORG"),
        ("Joe Steel", "PERSON", "PERSON"),
        ("Renewable Energy", "WORK_OF_ART", "WORK_OF_ART"),
        ("Orsen Gallery", "GPE", "ORG"),
        ("Orsen", "GPE", "GPE"),
    ],
)
def test_the_words_of_a_name_decide_its_label(name: str, label: str, expected: str) -> None:
    assert label_from_words(name, label) == expected


def final_names(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the final mentions of a text in which a recognizer found `names`, as pairs of text and label."""
    mentions = []
    for name, label in names:
        start = text.index(name)
        mentions.append(Mention(start, start + len(name), label, "model", 0.9))
    document = Document(text, plain_blocks(text), "", "")
    return labeled_texts(document, run_document_pass(document, clean_mentions(text, sorted(mentions))))


@pytest.mark.parametrize(
    ("text", "model_label", "expected"),
    [
        ("Quillon, a mining company based in the north, paid.", "PERSON", "ORG"),
        ("Quillon (QLN), an old and famous newspaper, said so.", "GPE", "ORG"),
        ("They blamed the ruling Quillon for it.", "PERSON", "ORG"),
        ("She sold all shares of Quillon in spring.", "PERSON", "ORG"),
        ("The Quillon party lost.", "PERSON", "ORG"),
        ("They work for the cement company Quillon in the north.", "GPE", "ORG"),
        ("She held senior positions at Quillon for years.", "GPE", "ORG"),
        ("Quillon, a fishing village near the border, was empty.", "PERSON", "GPE"),
        ("Quillon, a wide river that nobody bridged, rose.", "ORG", "LOC"),
    ],
)
def test_words_next_to_a_name_decide_its_label_in_the_whole_document(
    text: str, model_label: str, expected: str
) -> None:
    longer_text = f"{text} Nobody liked Quillon."
    assert final_names(longer_text, ("Quillon", model_label)) == [("Quillon", expected), ("Quillon", expected)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Quillon, a company director, resigned.", "PERSON"),
        ("Quillon, a group of five, sang.", "NORP"),
        ("Quillon, the bank said, was dead.", "PERSON"),
        ("Quillon partying late.", "PERSON"),
        ("The Quillon company failed.", "GPE"),
        ("Quillon, a magazine with a novel in it.", "WORK_OF_ART"),
    ],
)
def test_other_words_next_to_a_name_decide_nothing(text: str, label: str) -> None:
    start = text.index("Quillon")
    assert label_from_neighbors(text, Mention(start, start + 7, label, "model", 0.9)) == ""


def test_the_tables_outweigh_the_words_next_to_a_country() -> None:
    assert final_names("They met in the ruling Kenya party.", ("Kenya", "GPE")) == [("Kenya", "GPE")]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("the 4th Mountain Brigade left", ["4th Mountain Brigade"]),
        ("the 71st Infantry Regiment and X Corps", ["71st Infantry Regiment", "X Corps"]),
        ("on the 4th Monday, Division heads met", []),
        ("the 4th brigade of a 2nd Brigadegeneral", []),
        ("I Corps", ["I Corps"]),
        ("If I Met The Peace Corps", []),
    ],
)
def test_numbered_military_units_are_found(text: str, units: list[str]) -> None:
    assert [text[start:end] for start, end in find_military_units(text, 0, len(text))] == units


def test_a_military_unit_replaces_a_mention_inside_it() -> None:
    text = "Men of the 4th Mountain Brigade came."
    assert final_names(text, ("Mountain", "LOC")) == [("4th Mountain Brigade", "ORG")]


def test_the_name_of_a_hotel_includes_the_word_before_it() -> None:
    assert final_names("He slept in Hotel Quillon again.", ("Quillon", "PERSON")) == [("Hotel Quillon", "FAC")]
    assert final_names("He slept at the Hotel Beau-Quillon again.") == [("Hotel Beau-Quillon", "FAC")]
    assert final_names("What became of the Hotel Quillon’s plan?") == []


def test_the_name_of_a_storm_includes_the_word_before_it() -> None:
    assert final_names("Then Tropical Storm Quillon struck.", ("Quillon", "PERSON")) == [
        ("Tropical Storm Quillon", "EVENT")
    ]
    assert final_names("Then Hurricane Ada Quillon sang.", ("Ada Quillon", "PERSON")) == [("Ada Quillon", "PERSON")]


def test_senior_is_part_of_the_name() -> None:
    assert final_names("Then Joseph Quillon Sr. came.", ("Joseph Quillon", "PERSON"))[0] == (
        "Joseph Quillon Sr.",
        "PERSON",
    )
    assert final_names("Then Joseph Quillon Srebro came.", ("Joseph Quillon", "PERSON"))[0][0] == "Joseph Quillon"


def test_the_same_name_in_another_script_is_found() -> None:
    text = "Chen Meiling (陈美玲) spoke. Andrei Quillon (Андрей Квиллон) did not (né à Évian)."
    names = final_names(text, ("Chen Meiling", "PERSON"), ("Andrei Quillon", "PERSON"))
    assert ("陈美玲", "PERSON") in names
    assert ("Андрей Квиллон", "PERSON") in names
    assert len(names) == 4
