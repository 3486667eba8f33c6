from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Anchor, Orphan
from reader.annotate.changed_text.candidate_spans import candidate_spans, group_by_span
from reader.annotate.decisions import MentionAdded, MentionRetagged, OrphanDismissed, SpanNoted
from reader.annotate.log.anchors import make_anchor

OLD = "Ada Quill told the Board that nobody had left. Later Quill saw the Board vote, and the Board left."


def offered(text: str, quote: str, nth: int = 0) -> list[str]:
    """Return the candidates for an occurrence of a quote in `OLD`, each with 4 code points before it."""
    start = -1
    for _ in range(nth + 1):
        start = OLD.index(quote, start + 1)
    spans = candidate_spans(text, make_anchor(OLD, start, start + len(quote)))
    return [text[max(0, start - 4) : end] for start, end in spans]


def test_the_likeliest_span_comes_first() -> None:
    text = "The Board met. " + OLD.replace("saw the Board vote", "saw the Board decide")
    assert offered(text, "Board", 1)[0] == "the Board"
    assert len(offered(text, "Board", 1)) == 4
    start, _ = candidate_spans(text, make_anchor(OLD, OLD.index("Board vote"), OLD.index("Board vote") + 5))[0]
    assert text[start:].startswith("Board decide")


def test_spaces_and_capitals_may_differ() -> None:
    assert offered("ada\nquill told it.", "Ada Quill") == ["ada\nquill"]
    assert offered("A Boardroom, a Board.", "Board") == [", a Board"], "whole words where there are any"


def test_the_text_between_the_old_context_is_offered() -> None:
    text = OLD.replace("told the Board that", "told the Council of Elders that")
    anchor = Anchor("Chamber", "Ada Quill told the ", " that nobody had left")
    assert [text[slice(*span)] for span in candidate_spans(text, anchor)] == ["Council of Elders"]


def test_one_word_of_a_name_is_offered_as_a_whole_word() -> None:
    anchor = Anchor("Mount Quill", "Nobody had climbed ", " before.")
    spans = candidate_spans("A mountain, an amount, and the Mount itself.", anchor)
    assert spans == [(31, 36)]
    assert candidate_spans("A mountain and an amount.", anchor) == []


def test_nothing_is_offered_if_nothing_resembles_the_quote() -> None:
    assert candidate_spans("Two onions.", make_anchor(OLD, 4, 9)) == []
    assert candidate_spans("", make_anchor(OLD, 4, 9)) == []


@given(st.text(max_size=40), st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_every_candidate_is_inside_the_text(text: str, quote: str, prefix: str, suffix: str) -> None:
    for start, end in candidate_spans(text, Anchor(quote, prefix, suffix)):
        assert 0 <= start < end <= len(text)


REWORDED = (
    "The Alliance for Human Rights said so. Mira Kastellan left. A human rights alliance is a fine thing.\n"
    "Rights, Human Beings. Tarn fell. Marta Castle stayed. Castellan slept."
)


def resembling(quote: str, old_start: int = 0) -> list[str]:
    anchor = Anchor(quote, "Nobody knew what ", " had meant by it")
    return [" ".join(REWORDED[slice(*span)].split()) for span in candidate_spans(REWORDED, anchor, old_start)]


def test_words_that_resemble_a_reworded_name_are_offered() -> None:
    assert resembling("Human Rights Alliance")[0] == "human rights alliance", "the same words"
    assert resembling("Human Rights Aliance")[0] == "Alliance for Human Rights"
    assert resembling("Mira Castelan")[0] == "Mira Kastellan"
    assert resembling("Castelan")[:2] == ["Castellan", "Kastellan"]
    assert resembling("Tarnow") == ["Tarn"]
    assert resembling("Osel River") == []


def test_similar_words_are_searched_for_near_the_old_position_only() -> None:
    text = "x" * 5000 + " Qasem Durrani."
    anchor = Anchor("Qasim Durani", "", "")
    assert candidate_spans(text, anchor, 0) == []
    assert candidate_spans(text, anchor, 4000) == [(5001, 5014)]
    assert candidate_spans(text, anchor, 99_000) == []
    assert candidate_spans(text, anchor) == []


def test_nothing_resembles_punctuation_or_a_whole_passage() -> None:
    assert candidate_spans("One two three.", Anchor("…", "", ""), 0) == []
    assert candidate_spans("a " * 400, Anchor("b " * 300, "", ""), 0) == []


@given(st.text(max_size=60), st.text(max_size=12), st.integers(-5, 80))
def test_all_similar_words_are_inside_the_text(text: str, quote: str, old_start: int) -> None:
    spans = candidate_spans(text, Anchor(quote, "", ""), old_start)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert len(set(spans)) == len(spans)


def test_orphans_of_one_span_are_attached_together() -> None:
    anchor = Anchor("Quill", "Ada ", " told")
    orphans = [
        Orphan(MentionAdded(4, 9, "ORG"), anchor, "s1", "a"),
        Orphan(SpanNoted(30, 33, "x"), Anchor("his", "t", " n"), "s2", "b"),
        Orphan(MentionRetagged(4, 9, "PERSON"), anchor, "s3", "c"),
    ]
    first, second = group_by_span(orphans)
    assert first.reattached(1, 6) == (
        MentionAdded(1, 6, "ORG"),
        MentionRetagged(1, 6, "PERSON"),
        OrphanDismissed("a"),
        OrphanDismissed("c"),
    )
    assert second.dismissed() == (OrphanDismissed("b"),)
