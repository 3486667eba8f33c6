from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Anchor, Orphan
from reader.annotate.anchors import make_anchor
from reader.annotate.changed_text.candidates import by_place, candidates
from reader.annotate.decisions import MentionAdded, MentionRetagged, OrphanDismissed, SpanNoted

OLD = "Ada Quill told the Board that nobody had left. Later Quill saw the Board vote, and the Board left."


def offered(text: str, quote: str, nth: int = 0) -> list[str]:
    at = -1
    for _ in range(nth + 1):
        at = OLD.index(quote, at + 1)
    return [text[max(0, start - 4) : end] for start, end in candidates(text, make_anchor(OLD, at, at + len(quote)))]


def test_of_places_with_the_same_words_the_likeliest_comes_first() -> None:
    text = "The Board met. " + OLD.replace("saw the Board vote", "saw the Board decide")
    assert offered(text, "Board", 1)[0] == "the Board"
    assert len(offered(text, "Board", 1)) == 4
    start, _ = candidates(text, make_anchor(OLD, OLD.index("Board vote"), OLD.index("Board vote") + 5))[0]
    assert text[start:].startswith("Board decide")


def test_other_spaces_and_capitals_do_not_hide_a_place() -> None:
    assert offered("ada\nquill told it.", "Ada Quill") == ["ada\nquill"]
    assert offered("A Boardroom, a Board.", "Board") == [", a Board"], "whole words where there are any"


def test_where_the_words_changed_what_stands_between_its_neighbors_is_offered() -> None:
    text = OLD.replace("told the Board that", "told the Council of Elders that")
    lost = Anchor("Chamber", "Ada Quill told the ", " that nobody had left")
    assert [text[slice(*place)] for place in candidates(text, lost)] == ["Council of Elders"]


def test_one_word_of_several_is_offered_where_it_is_a_word() -> None:
    lost = Anchor("Mount Quill", "Nobody had climbed ", " before.")
    places = candidates("A mountain, an amount, and the Mount itself.", lost)
    assert places == [(31, 36)]
    assert candidates("A mountain and an amount.", lost) == []


def test_nothing_is_offered_where_nothing_resembles() -> None:
    assert candidates("Two onions.", make_anchor(OLD, 4, 9)) == []
    assert candidates("", make_anchor(OLD, 4, 9)) == []


@given(st.text(max_size=40), st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_whatever_is_offered_stands_in_the_text(text: str, quote: str, prefix: str, suffix: str) -> None:
    for start, end in candidates(text, Anchor(quote, prefix, suffix)):
        assert 0 <= start < end <= len(text)


REWORDED = (
    "The Alliance for Human Rights said so. Mira Kastellan left. A human rights alliance is a fine thing.\n"
    "Rights, Human Beings. Tarn fell. Marta Castle stayed. Castellan slept."
)


def resembling(quote: str, near: int = 0) -> list[str]:
    lost = Anchor(quote, "Nobody knew what ", " had meant by it")
    return [" ".join(REWORDED[slice(*place)].split()) for place in candidates(REWORDED, lost, near)]


def test_where_a_name_was_reworded_what_resembles_it_near_its_place_is_offered() -> None:
    assert resembling("Human Rights Alliance")[0] == "human rights alliance", "the same words"
    assert resembling("Human Rights Aliance")[0] == "Alliance for Human Rights"
    assert resembling("Mira Castelan")[0] == "Mira Kastellan"
    assert resembling("Castelan")[:2] == ["Castellan", "Kastellan"]
    assert resembling("Tarnow") == ["Tarn"]
    assert resembling("Osel River") == []


def test_what_resembles_is_sought_near_the_old_place_alone() -> None:
    far = "x" * 5000 + " Qasem Durrani."
    lost = Anchor("Qasim Durani", "", "")
    assert candidates(far, lost, 0) == []
    assert candidates(far, lost, 4000) == [(5001, 5014)]
    assert candidates(far, lost, 99_000) == []
    assert candidates(far, lost) == []


def test_nothing_resembles_what_is_no_name_or_a_whole_passage() -> None:
    assert candidates("One two three.", Anchor("…", "", ""), 0) == []
    assert candidates("a " * 400, Anchor("b " * 300, "", ""), 0) == []


@given(st.text(max_size=60), st.text(max_size=12), st.integers(-5, 80))
def test_whatever_resembles_stands_in_the_text(text: str, quote: str, near: int) -> None:
    places = candidates(text, Anchor(quote, "", ""), near)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert len(set(places)) == len(places)


def test_what_was_decided_about_one_place_moves_as_one() -> None:
    where = Anchor("Quill", "Ada ", " told")
    orphans = [
        Orphan(MentionAdded(4, 9, "ORG"), where, "s1", "a"),
        Orphan(SpanNoted(30, 33, "x"), Anchor("his", "t", " n"), "s2", "b"),
        Orphan(MentionRetagged(4, 9, "PERSON"), where, "s3", "c"),
    ]
    first, second = by_place(orphans)
    assert first.at(1, 6) == (
        MentionAdded(1, 6, "ORG"),
        MentionRetagged(1, 6, "PERSON"),
        OrphanDismissed("a"),
        OrphanDismissed("c"),
    )
    assert second.dismissed() == (OrphanDismissed("b"),)
