"""Lines in capitals and their conversion to normal case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind
from reader.recognize.process.segments import batches
from reader.recognize.rules.typesetting.capitals import Casing, in_capitals, small_words
from tests.recognize.samples import document

CASING = Casing(small={"of", "to", "the", "wins", "defense", "is", "us"})


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("IRAQI FORCES LEAVE MOSUL", "Iraqi Forces Leave Mosul"),
        ("MERKEL WINS", "Merkel wins"),
        ("THE MINISTRY OF DEFENSE", "The Ministry of defense"),
        ("NATO AND THE UN", "NATO And the UN"),
        ("US TO LEAVE", "US to Leave"),
        ("A", "A"),
        ("", ""),
    ],
)
def test_a_line_in_capitals_is_converted_to_headline_case(line: str, title: str) -> None:
    assert CASING.as_title(line) == title


def test_the_prose_of_the_document_decides_the_case_of_a_word() -> None:
    casing = Casing(["The Defense of Lima is a book; a merkel is none."], small={"defense", "lima"})
    assert casing.as_title("NO DEFENSE FOR LIMA, NO MERKEL") == "No Defense For Lima, No merkel"


def test_a_heading_takes_its_case_from_the_text_below_it() -> None:
    sample = document("NOTHING LEAVES HARBOR WATCH\n\nHarbor Watch, which nothing leaves.", {0: BlockKind.HEADING})
    texts = [segment.text for batch in batches(sample.text, sample.blocks) for segment in batch.segments]
    assert texts[0] == "Nothing leaves Harbor Watch"


def test_small_words_are_in_lower_case_and_include_no_names() -> None:
    assert {"the", "of", "said", "forces"} <= small_words()
    assert not {"iraq", "merkel", "monday"} & small_words()
    assert all(word.islower() for word in small_words())


@given(st.text(max_size=60))
def test_conversion_changes_nothing_but_the_case(line: str) -> None:
    title = CASING.as_title(line)
    assert len(title) == len(line)
    assert title.lower() == line.lower() or title.casefold() == line.casefold()


def test_lines_in_capitals_are_recognized() -> None:
    assert in_capitals("HEAVY RAIN IN LIMA")
    assert not in_capitals("Heavy RAIN in Lima")
    assert not in_capitals("NATO")


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("The court heard Daniel HARGREAVE. HARGREAVE left.", "The court heard Daniel Hargreave. Hargreave left."),
        ("Mr HALVORS met NATO.", "Mr Halvors met NATO."),
        ("Anna O'DOWD and Mary SMITH-JONES spoke.", "Anna O'Dowd and Mary Smith-Jones spoke."),
        ("KARASU: No.", "Karasu: No."),
        ("MR. KARASU: No.", "Mr. Karasu: No."),
        ("NOTE: No.", "NOTE: No."),
        ("Later came Dorne. Joining VELTA in May, he sang.", "Later came Dorne. Joining VELTA in May, he sang."),
        ("The Orunian KELVA stages.", "The Orunian KELVA stages."),
        ("The Anna Accord Network (AANET) and Anna AANET.", "The Anna Accord Network (AANET) and Anna AANET."),
    ],
)
def test_names_in_capitals_within_a_sentence_take_their_usual_case(line: str, prose: str) -> None:
    assert Casing([line]).as_prose(line) == prose
