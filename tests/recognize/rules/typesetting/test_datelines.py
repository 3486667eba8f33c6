"""The place in capitals at the start of a news report."""

from __future__ import annotations

import pytest

from reader.recognize import Mention
from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.typesetting.datelines import find_dateline
from tests.recognize.samples import document, labeled_texts


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("NAIROBI (Reuters) - Police said on Monday", ["NAIROBI"]),
        ("TALVIK, March 9 (AP) - Police said on Monday", ["TALVIK"]),
        ("TALVIK, Norway (AFP) - Police said", ["TALVIK", "Norway"]),
        ("TALVIK, Norway; DORNE, Peru - Police said", ["TALVIK", "Norway", "DORNE", "Peru"]),
        ("TALVIK, Norway, and DORNE, Peru (AP) - Police said", ["TALVIK", "Norway", "DORNE", "Peru"]),
        ("NAIROBI, TALVIK - Police said", ["NAIROBI", "TALVIK"]),
        ("NAIROBI and TALVIK - Police said", ["NAIROBI", "TALVIK"]),
        ("WASHINGTON, D.C. - Police said", ["WASHINGTON", "D.C."]),
        ("KARASU, DORNE: I did not say that.", []),
        ("PORT ELLIS - Nothing happened.", ["PORT ELLIS"]),
        ("NEW YORK, Aug. 31 (Xinhua) — Shares rose", ["NEW YORK"]),
        ("BEIJING/TALVIK (Reuters) - Shares rose", ["BEIJING", "TALVIK"]),
        ("EXCLUSIVE (Reuters) - Shares rose", []),
        ("EXCLUSIVE - The bank will close", []),
        ("ABOARD THE ORION (AP) - The crew slept", []),
        ("UNITED NATIONS (AP) - The council met", []),
        ("KARASU: I did not say that.", []),
        ("NATO said on Monday - again", []),
        ("Nairobi (Reuters) - Police said", []),
    ],
)
def test_the_place_in_a_dateline_is_found(line: str, places: list[str]) -> None:
    assert [line[place.start : place.end] for place in find_dateline(line, 0, len(line))] == places


def test_only_an_agency_a_date_or_the_tables_make_a_place_certain() -> None:
    lines = ("TALVIK (AP) - A", "TALVIK, May 3 - A", "LIMA - A", "TALVIK, Peru - A", "TALVIK - A", "TALVIK, DORNE - A")
    certain = [find_dateline(line, 0, len(line))[0].is_certain for line in lines]
    assert certain == [True, True, True, True, False, False]


def test_a_dateline_decides_over_a_surname_and_for_the_name_of_the_place() -> None:
    text = "DORNE, Peru (AP) - The mayor, Tony Dorne, spoke.\n\nTALVIK (AP) - It rained. Talvik was flooded."
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), "PERSON", "model") for name in ("Tony Dorne", "Talvik")
    ]
    labels = labeled_texts(document(text), run_document_pass(document(text), mentions))
    assert ("DORNE", "GPE") in labels
    assert ("Tony Dorne", "PERSON") in labels
    assert ("Talvik", "GPE") in labels


def test_the_place_in_a_dateline_is_a_place_whatever_the_recognizer_says() -> None:
    sample = document("TALVIK (Reuters) - It rained.\n\nDORNE - It rained in Dorne.")
    mentions = [Mention(0, 6, "ORG", "model"), Mention(31, 36, "ORG", "model")]
    assert labeled_texts(sample, run_document_pass(sample, mentions)) == [
        ("TALVIK", "GPE"),
        ("Reuters", "ORG"),
        ("DORNE", "ORG"),
    ]
