"""Lines in capitals, as a recognizer is shown them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind
from reader.recognize.process.segments import batches
from reader.recognize.rules.capitals import Casing, in_capitals, small_words
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
def test_a_line_as_it_would_be_written(line: str, title: str) -> None:
    assert CASING.as_title(line) == title


def test_the_article_knows_best() -> None:
    casing = Casing(["The Defense of Lima is a book; a merkel is none."], small={"defense", "lima"})
    assert casing.as_title("NO DEFENSE FOR LIMA, NO MERKEL") == "No Defense For Lima, No merkel"


def test_a_heading_is_cased_after_the_text_below_it() -> None:
    article = document("NOTHING LEAVES HARBOR WATCH\n\nHarbor Watch, which nothing leaves.", {0: BlockKind.HEADING})
    shown = [segment.text for batch in batches(article.text, article.blocks) for segment in batch.segments]
    assert shown[0] == "Nothing leaves Harbor Watch"


def test_small_words_are_small() -> None:
    assert {"the", "of", "said", "forces"} <= small_words()
    assert not {"iraq", "merkel", "monday"} & small_words()
    assert all(word.islower() for word in small_words())


@given(st.text(max_size=60))
def test_no_letter_moves(line: str) -> None:
    shown = CASING.as_title(line)
    assert len(shown) == len(line)
    assert shown.lower() == line.lower() or shown.casefold() == line.casefold()


def test_what_is_in_capitals() -> None:
    assert in_capitals("HEAVY RAIN IN LIMA")
    assert not in_capitals("Heavy RAIN in Lima")
    assert not in_capitals("NATO")
