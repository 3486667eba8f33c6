"""Lines in headline case and their conversion to sentence case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind
from reader.names.matcher import words
from reader.recognize import mentions_of
from reader.recognize.process.segments import batches
from reader.recognize.rules.typesetting.headlines import as_sentence, capitalized_pairs, in_headline_case
from tests.recognize.samples import document, labeled_texts

SMALL = words("talks collapse rebels walk shares fall watch wins stock board state security council says brown paper")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Peace Talks in Quillon Collapse as Rebels Walk Out", True),
        ("Quillon’s Shares Fall on News of Talks", True),
        ("Peace talks in Quillon collapse", False),
        ("He Has Won Three Shares, and so did she", False),
        ("Talks Collapse", False),
        ("Shares Fall and Talks Collapse " * 10, False),
    ],
)
def test_lines_in_headline_case_are_recognized(line: str, expected: bool) -> None:
    assert in_headline_case(line) is expected


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Talks in Quillon Collapse as Rebels Walk Out", "Talks in Quillon collapse as rebels walk Out"),
        ("Harbor Watch Says Talks Collapse", "Harbor Watch says talks collapse"),
        ("Talks Collapse, UN Security Council Says", "Talks collapse, UN Security Council says"),
        ("Quillon State Board Says Talks Collapse", "Quillon State Board says talks collapse"),
        ("Shares Fall After Emma Brown Says So", "Shares fall After Emma Brown says So"),
        ("Brown Paper, Quillon, Tarva and Maseko", "Brown Paper, Quillon, Tarva and Maseko"),
        ("Quillon, Tarva, Orsen, Maseko", "Quillon, Tarva, Orsen, Maseko"),
    ],
)
def test_words_that_are_hardly_ever_names_become_lower_case(line: str, sentence: str) -> None:
    assert as_sentence(line, capitalized_pairs("Once the Harbor Watch came."), SMALL) == sentence


def test_words_that_occur_together_in_the_prose_keep_their_capitals() -> None:
    sample = document("Harbor Watch Says Talks Will Collapse\n\nThe Harbor Watch was sure.", {0: BlockKind.HEADING})
    parts = [segment.text for batch in batches(sample.text, sample.blocks) for segment in batch.segments]
    assert parts == ["Harbor Watch says talks will collapse", "The Harbor Watch was sure."]


def test_names_in_a_headline_are_found_without_the_words_around_them() -> None:
    sample = document("Peace Talks in Geneva Collapse as Rebels Walk Out\n\nNobody was there.")
    assert labeled_texts(sample, mentions_of(sample, use_cache=False).mentions) == [("Geneva", "GPE")]


@given(st.text(max_size=80), st.sets(st.sampled_from(sorted(SMALL))))
def test_conversion_changes_nothing_but_the_case(line: str, small: set[str]) -> None:
    sentence = as_sentence(line, frozenset(), small)
    assert len(sentence) == len(line)
    assert sentence.casefold() == line.casefold()
