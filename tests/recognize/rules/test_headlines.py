"""Lines in headline case, as a recognizer is shown them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind
from reader.names.matcher import words
from reader.recognize import mentions_of
from reader.recognize.process.segments import batches
from reader.recognize.rules.headlines import as_sentence, in_headline_case, pairs_in
from tests.recognize.samples import document, shown

SMALL = words("talks collapse rebels walk shares fall watch wins stock board state security council says brown paper")


@pytest.mark.parametrize(
    ("line", "so"),
    [
        ("Peace Talks in Quillon Collapse as Rebels Walk Out", True),
        ("Quillon’s Shares Fall on News of Talks", True),
        ("Peace talks in Quillon collapse", False),
        ("He Has Won Three Shares, and so did she", False),
        ("Talks Collapse", False),
        ("Shares Fall and Talks Collapse " * 10, False),
    ],
)
def test_what_is_in_headline_case(line: str, so: bool) -> None:
    assert in_headline_case(line) is so


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
def test_what_is_hardly_a_name_becomes_small(line: str, sentence: str) -> None:
    assert as_sentence(line, pairs_in("Once the Harbor Watch came."), SMALL) == sentence


def test_the_article_says_what_belongs_together() -> None:
    article = document("Harbor Watch Says Talks Will Collapse\n\nThe Harbor Watch was sure.", {0: BlockKind.HEADING})
    parts = [segment.text for batch in batches(article.text, article.blocks) for segment in batch.segments]
    assert parts == ["Harbor Watch says talks will collapse", "The Harbor Watch was sure."]


def test_names_in_a_headline_are_found_as_in_a_sentence() -> None:
    article = document("Peace Talks in Geneva Collapse as Rebels Walk Out\n\nNobody was there.")
    assert shown(article, mentions_of(article, use_cache=False).mentions) == [("Geneva", "GPE")]


@given(st.text(max_size=80), st.sets(st.sampled_from(sorted(SMALL))))
def test_no_letter_moves(line: str, small: set[str]) -> None:
    sentence = as_sentence(line, frozenset(), small)
    assert len(sentence) == len(line)
    assert sentence.casefold() == line.casefold()
