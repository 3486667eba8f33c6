from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import MentionAdded, MentionMoved, MentionOverlaid, MentionRemoved, PlaceNoted, PlaceTagged
from reader.display.occurrences import find_occurrences
from reader.display.words import snap
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from reader.ui.article.resizing import Resizing, resized, resizing
from tests.ui.conftest import make_document

TEXTS = st.text(st.sampled_from("ab Ç日本-’., “”é\u0301ก"), min_size=1, max_size=40)
MOVES = st.lists(st.tuples(st.sampled_from(["left", "right"]), st.integers(-3, 3)), max_size=8)


@given(TEXTS, MOVES, st.data())
def test_edges_stay_on_words_of_the_block_and_a_word_is_left(
    text: str, moves: list[tuple[str, int]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    start, end = snap(text, 0, at)
    if start == end:
        return
    state = Resizing(Mention(start, end, "ORG"), text, start, end, 0, len(text))
    for edge, words in moves:
        state = state.left(words) if edge == "left" else state.right(words)
        assert 0 <= state.start < state.end <= len(text)
        assert snap(text, state.start, state.end) == (state.start, state.end)


def of(text: str, words: str) -> Resizing:
    start = text.index(words)
    return Resizing(Mention(start, start + len(words), "ORG"), text, start, start + len(words), 0, len(text))


def shown(state: Resizing) -> str:
    return state.text[state.start : state.end]


def test_each_edge_moves_both_ways() -> None:
    state = of("the Bank of England, said", "Bank of England")
    assert shown(state.left(1)) == "the Bank of England"
    assert shown(state.left(-2)) == "England"
    assert shown(state.left(-9)) == "England"
    assert shown(state.right(1)) == "Bank of England, said"
    assert shown(state.right(-1)) == "Bank of"
    assert shown(state.right(-9)) == "Bank"
    assert shown(state.right(9).left(9)) == "the Bank of England, said"


def test_an_edge_inside_a_word_goes_to_its_border_first() -> None:
    state = of("Tarnish towns", "Tarn")
    assert shown(state.right(1)) == "Tarnish"
    assert shown(of("pre日本語", "本").left(1)) == "日本"


def reading(*mentions: Mention) -> Reading:
    read = Reading(make_document(("Bank", "The Bank of England said so.")))
    read.set_recognized(mentions)
    return read


def test_what_it_comes_to_overlap_gives_way() -> None:
    bank, england = Mention(9, 13, "ORG"), Mention(17, 24, "GPE")
    read = reading(bank, england)
    decisions = resized(read, resizing(read, bank).right(2))
    assert decisions == [MentionAdded(9, 24, "ORG"), MentionRemoved(9, 13)]
    read.decide(*decisions)
    assert [each[:3] for each in read.mentions] == [(9, 24, "ORG")]


def test_it_stays_beside_what_it_overlapped_before() -> None:
    england = Mention(17, 24, "GPE")
    read = reading(england)
    read.decide(MentionOverlaid(9, 24, "ORG"))
    outer = read.mentions[0]
    read.decide(*resized(read, resizing(read, outer).left(1)))
    assert [each[:3] for each in read.mentions] == [(5, 24, "ORG"), (17, 24, "GPE")]
    assert "resized “Bank of England” to “The Bank of England”" in (read.undo() or "")


def test_it_stays_with_its_entity() -> None:
    england = Mention(17, 24, "GPE")
    read = reading(england)
    read.decide(MentionMoved(17, 24, Name("Wales", "GPE")))
    moved = read.mentions[0]
    decisions = resized(read, resizing(read, moved).right(1))
    assert decisions[-1] == MentionMoved(17, 29, Name("Wales", "GPE"))
    assert resized(read, resizing(read, moved)) == []


def test_its_note_and_tags_go_with_it_and_come_back_with_one_undo() -> None:
    bank = Mention(9, 13, "ORG")
    read = reading(bank)
    read.decide(PlaceNoted(9, 13, "the old lady"))
    read.decide(PlaceTagged(9, 13, ("money", "london")))
    read.decide(*resized(read, resizing(read, bank).right(2)))
    assert [(note.text, note.span) for note in read.notes.notes] == [("the old lady", (9, 24))]
    assert read.notes.place_tags == {(9, 24): ("money", "london")}
    assert (read.undo() or "").startswith("resized “Bank” to “Bank of England”")
    assert read.notes.at(9, 13) == "the old lady"
    assert read.notes.place_tags == {(9, 13): ("money", "london")}
    read.redo()
    assert read.notes.at(9, 24) == "the old lady"


def test_words_that_had_a_note_keep_it_beside_that_of_the_mention_that_comes_to_reach_so_far() -> None:
    bank = Mention(9, 13, "ORG")
    read = reading(bank)
    read.decide(PlaceNoted(9, 13, "one"))
    read.decide(PlaceNoted(9, 24, "two"))
    read.decide(*resized(read, resizing(read, bank).right(2)))
    assert [note.text for note in read.notes.notes] == ["two\n\none"]


def test_words_are_found_wherever_they_stand_as_words_of_their_own() -> None:
    document = make_document(("Tarn", "Tarn’s Tarnish US Navy, US\nNavy; US-led", "Navy"))
    assert [document.text[slice(*each)] for each in find_occurrences(document, "Tarn")] == ["Tarn", "Tarn"]
    assert [document.text[slice(*each)] for each in find_occurrences(document, "US  Navy")] == ["US Navy", "US\nNavy"]
    assert list(find_occurrences(document, "led\nNavy")) == []
    assert list(find_occurrences(document, " ")) == []
