from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate.decisions import (
    MentionAdded,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    SpanNoted,
    SpanTagged,
)
from reader.display.occurrences import find_occurrences
from reader.display.words import snap
from reader.document.normal_text import NormalText
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from reader.ui.article.resizing import Resizing, resize_decisions, start_resizing
from tests.ui.conftest import make_document

TEXTS = st.text(st.sampled_from("ab Ç日本-’., “”é\u0301ก"), min_size=1, max_size=40)
MOVES = st.lists(st.tuples(st.sampled_from(["left", "right"]), st.integers(-3, 3)), max_size=8)


@given(TEXTS, MOVES, st.data())
def test_edges_stay_on_word_borders_and_at_least_one_word_remains(
    text: str, moves: list[tuple[str, int]], data: st.DataObject
) -> None:
    end_drawn = data.draw(st.integers(0, len(text)))
    start, end = snap(text, 0, end_drawn)
    if start == end:
        return
    state = Resizing(Mention(start, end, "ORG"), text, start, end, 0, len(text))
    for edge, words in moves:
        state = state.left_edge_moved(words) if edge == "left" else state.right_edge_moved(words)
        assert 0 <= state.start < state.end <= len(text)
        assert snap(text, state.start, state.end) == (state.start, state.end)


def resizing_of(text: str, words: str) -> Resizing:
    start = text.index(words)
    return Resizing(Mention(start, start + len(words), "ORG"), text, start, start + len(words), 0, len(text))


def resized_text(state: Resizing) -> str:
    return state.text[state.start : state.end]


def test_each_edge_moves_in_both_directions() -> None:
    state = resizing_of("the Bank of England, said", "Bank of England")
    assert resized_text(state.left_edge_moved(1)) == "the Bank of England"
    assert resized_text(state.left_edge_moved(-2)) == "England"
    assert resized_text(state.left_edge_moved(-9)) == "England"
    assert resized_text(state.right_edge_moved(1)) == "Bank of England, said"
    assert resized_text(state.right_edge_moved(-1)) == "Bank of"
    assert resized_text(state.right_edge_moved(-9)) == "Bank"
    assert resized_text(state.right_edge_moved(9).left_edge_moved(9)) == "the Bank of England, said"


def test_an_edge_inside_a_word_moves_to_the_border_of_the_word_first() -> None:
    state = resizing_of("Tarnish towns", "Tarn")
    assert resized_text(state.right_edge_moved(1)) == "Tarnish"
    assert resized_text(resizing_of("pre日本語", "本").left_edge_moved(1)) == "日本"


def reading_with(*mentions: Mention) -> Reading:
    reading = Reading(make_document(("Bank", "The Bank of England said so.")))
    reading.set_recognized(mentions)
    return reading


def test_a_resized_mention_replaces_mentions_that_it_newly_overlaps() -> None:
    bank, england = Mention(9, 13, "ORG"), Mention(17, 24, "GPE")
    reading = reading_with(bank, england)
    decisions = resize_decisions(reading, start_resizing(reading, bank).right_edge_moved(2))
    assert decisions == [MentionAdded(9, 24, "ORG"), MentionRemoved(9, 13)]
    reading.decide(*decisions)
    assert [mention[:3] for mention in reading.mentions] == [(9, 24, "ORG")]


def test_a_resized_mention_stays_beside_mentions_that_it_overlapped_before() -> None:
    england = Mention(17, 24, "GPE")
    reading = reading_with(england)
    reading.decide(MentionOverlaid(9, 24, "ORG"))
    outer = reading.mentions[0]
    reading.decide(*resize_decisions(reading, start_resizing(reading, outer).left_edge_moved(1)))
    assert [mention[:3] for mention in reading.mentions] == [(5, 24, "ORG"), (17, 24, "GPE")]
    assert "resized “Bank of England” to “The Bank of England”" in (reading.undo() or "")


def test_a_resized_mention_stays_with_its_entity() -> None:
    england = Mention(17, 24, "GPE")
    reading = reading_with(england)
    reading.decide(MentionMoved(17, 24, Name("Wales", "GPE")))
    moved = reading.mentions[0]
    decisions = resize_decisions(reading, start_resizing(reading, moved).right_edge_moved(1))
    assert decisions[-1] == MentionMoved(17, 29, Name("Wales", "GPE"))
    assert resize_decisions(reading, start_resizing(reading, moved)) == []


def test_note_and_tags_move_with_the_mention_and_return_with_one_undo() -> None:
    bank = Mention(9, 13, "ORG")
    reading = reading_with(bank)
    reading.decide(SpanNoted(9, 13, "the old lady"))
    reading.decide(SpanTagged(9, 13, ("money", "london")))
    reading.decide(*resize_decisions(reading, start_resizing(reading, bank).right_edge_moved(2)))
    assert [(note.text, note.span) for note in reading.notes.notes] == [("the old lady", (9, 24))]
    assert reading.notes.span_tags == {(9, 24): ("money", "london")}
    assert (reading.undo() or "").startswith("resized “Bank” to “Bank of England”")
    assert reading.notes.note_at(9, 13) == "the old lady"
    assert reading.notes.span_tags == {(9, 13): ("money", "london")}
    reading.redo()
    assert reading.notes.note_at(9, 24) == "the old lady"


def test_a_note_on_the_new_span_is_joined_with_the_note_of_the_mention() -> None:
    bank = Mention(9, 13, "ORG")
    reading = reading_with(bank)
    reading.decide(SpanNoted(9, 13, "one"))
    reading.decide(SpanNoted(9, 24, "two"))
    reading.decide(*resize_decisions(reading, start_resizing(reading, bank).right_edge_moved(2)))
    assert [note.text for note in reading.notes.notes] == ["two\n\none"]


def test_occurrences_are_whole_words_inside_one_block() -> None:
    document = make_document(("Tarn", "Tarn’s Tarnish US Navy, US\nNavy; US-led", "Navy"))
    normal = NormalText(document)
    assert [document.text[slice(*span)] for span in find_occurrences(normal, "Tarn")] == ["Tarn", "Tarn"]
    assert [document.text[slice(*span)] for span in find_occurrences(normal, "US  Navy")] == ["US Navy", "US\nNavy"]
    assert list(find_occurrences(normal, "led\nNavy")) == []
    assert list(find_occurrences(normal, " ")) == []
