"""Names of persons in forms that recognizers break up."""

from __future__ import annotations

import pytest

from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.person_forms import (
    find_authors,
    find_initialed_persons,
    find_inverted_names,
    find_nicknamed_persons,
    find_speakers,
)
from tests.recognize.samples import document, labeled_texts, model_mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("HALVERSEN, Erik; born 1962\n\nQUINTEL, Rosa; Lisbon", ["HALVERSEN, Erik", "QUINTEL, Rosa"]),
        ("1. AL-TAMIR, Samir Omar (a.k.a. Abu Dalil)\n\n2. DORNE, Ann", ["AL-TAMIR, Samir Omar", "DORNE, Ann"]),
        ("VAN DER BERG, Anna; Oslo", ["VAN DER BERG, Anna"]),
        ("DORNE, Mirko; Oslo\n\nMirko Dorne fled.", ["DORNE, Mirko"]),
        ("DORNE, Mirko; Oslo", []),
        ("Speakers: DORNE, Mirko; VOSSE, Ilka.", ["DORNE, Mirko", "VOSSE, Ilka"]),
        ("AUSTIN, Texas; LIMA, Peru; TALVIK, Norway", []),
        ("PARIS, May 3 (AP) - It rained.", []),
        ("NATO, Sarah; UNICEF, Anna", []),
        ("In PARIS, Anna Dorne said so.", []),
    ],
)
def test_a_surname_in_capitals_before_a_given_name_is_one_name(text: str, names: list[str]) -> None:
    spans = find_inverted_names(text, document(text).blocks)
    assert [text[start:end] for start, end in spans] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('Police arrested Dwayne "The Rock" Halloran today.', ['Dwayne "The Rock" Halloran']),
        ("Marie 'Mimi' Duval-Roux sang.", ["Marie 'Mimi' Duval-Roux"]),
        ('Former boxer Ivo J. "Kid" van Dorn won.', ['Ivo J. "Kid" van Dorn']),
        ('They watched "Titanic" Monday.', []),
        ('The Netflix "Squid Game" Season opened.', []),
        ('In "Hamlet" Branagh plays the prince.', []),
        ("The Dornes' 'Big Day' Album is out.", []),
        ('He said "No" Halloran left.', []),
    ],
)
def test_a_nickname_in_quotes_is_part_of_the_name(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_nicknamed_persons(text, 0, len(text))] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("K.A. Vosse did not.", ["K.A. Vosse"]),
        ("He met B.R. Ambedcar's wife and J. R. R. Dorn.", ["B.R. Ambedcar", "J. R. R. Dorn"]),
        ("A poem by T.S. van Dorn", ["T.S. van Dorn"]),
        ("U.S. Senator, U.N. Council, U.K. Parliament", []),
        ("At 9 A.M. Monday P.S. Tell nobody.", []),
        ("The S.S. Orion sank off L.A. Harbor.", []),
    ],
)
def test_initials_are_part_of_the_name(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_initialed_persons(text, 0, len(text))] == names


def test_a_surname_after_initials_may_begin_another_name() -> None:
    text = "J.P. Vosse Chase lent money to E.L. Tamsin."
    assert [is_person for _, _, is_person in find_initialed_persons(text, 0, len(text))] == [False, True]


def test_a_tag_with_a_title_or_in_several_blocks_names_a_speaker() -> None:
    text = "KARASU: No.\n\nMR. VOSSE: Why?\n\nKARASU: Because.\n\nNOTE: It ends.\n\nNOTE: Really.\n\nDORNE: Yes."
    spans = find_speakers(text, document(text).blocks)
    assert [text[start:end] for start, end in spans] == ["KARASU", "VOSSE", "KARASU", "DORNE"]


def test_a_tag_used_once_names_a_speaker_only_among_others() -> None:
    for text in (
        "KARASU: No.\n\nVOSSE: Why?\n\nDORNE: Yes.",
        "DORNE: Yes.\n\nDORNE: No.\n\nVOSSE: Why?",
        "KARASU: No.\n\nKARASU: No.\n\nTHE COURT: Why?\n\nWITNESS: It is.\n\nQUESTION: Is it?",
    ):
        spans = find_speakers(text, document(text).blocks)
        assert len({text[start:end] for start, end in spans}) < 2


def test_the_authors_in_a_byline_in_capitals_are_people() -> None:
    text = "By ADA BRILL, OTTO KAYE and LEYLA KARASU\n\nIt rained.\n\nBy THE UNITED NATIONS\n\nBy A. B. KAYE in Talvik"
    spans = find_authors(text, document(text).blocks)
    assert [text[start:end] for start, end in spans] == ["ADA BRILL", "OTTO KAYE", "LEYLA KARASU", "A. B. KAYE"]


def test_a_whole_name_replaces_its_parts() -> None:
    text = "Police met Ivo 'Kid' Halloran and K.A. Vosse. Halloran left."
    sample = document(text)
    mentions = model_mentions(text, ("Ivo", "PERSON"), ("Halloran", "GPE"), ("Vosse", "PERSON"))
    assert labeled_texts(sample, run_document_pass(sample, mentions)) == [
        ("Ivo 'Kid' Halloran", "PERSON"),
        ("K.A. Vosse", "PERSON"),
        ("Halloran", "PERSON"),
    ]


@pytest.mark.parametrize("unit", ["A.", "A. ", "'", '"', "A, ", "AB, Ab; ", 'Ab "', "AB: ", "A-"])
def test_long_runs_take_linear_time(unit: str) -> None:
    text = unit * 20_000
    blocks = document(text).blocks
    find_inverted_names(text, blocks)
    find_speakers(text, blocks)
    assert list(find_nicknamed_persons(text, 0, len(text))) == []
    assert len(list(find_initialed_persons(text, 0, len(text)))) == 0
