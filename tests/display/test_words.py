from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.display.words import next_word, previous_word, snap, word_at

TEXT = "The U.S. said IS’s men, led by al-Rufayi, met US-led forces. Then O’Brien left! “No,” he said."


def word(text: str, offset: int) -> str:
    start, end = word_at(text, offset)
    return text[start:end]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("U.S", "U.S."),
        ("IS", "IS"),
        ("Rufayi", "al-Rufayi"),
        ("US-led", "US"),
        ("Brien", "O’Brien"),
        ("forces", "forces"),
    ],
)
def test_the_word_at_an_offset_has_the_borders_of_its_kind(inside: str, expected: str) -> None:
    assert word(TEXT, TEXT.index(inside)) == expected


def test_no_word_covers_the_space_between_words() -> None:
    assert word_at(TEXT, 3) == (3, 3)


def test_each_ideograph_is_a_word() -> None:
    assert word_at("日本語", 1) == (1, 2)


@pytest.mark.parametrize(
    ("text", "inside", "expected"),
    [
        ("die Cafe\u0301s der", "fe", "Cafe\u0301s"),
        ("the नमस्ते, said", "मस", "नमस्ते"),
        ("می‌خواهم برو", "خوا", "می‌خواهم"),
        ("日本のABC社", "B", "ABC"),
        ("か\u3099ん", "か", "か\u3099"),
        ("the “Osel”, it", "se", "Osel"),
    ],
)
def test_marks_belong_to_their_letter_and_scripts_are_separate(text: str, inside: str, expected: str) -> None:
    assert word(text, text.index(inside)) == expected


def test_words_without_spaces_are_visited_in_both_directions() -> None:
    text = "日本のABC社"
    assert [text[at] for at in (next_word(text, 0), next_word(text, 3), previous_word(text, 6))] == ["本", "社", "A"]


def test_words_are_visited_in_both_directions() -> None:
    offset, visited = 0, []
    while offset < len(TEXT):
        visited.append(word(TEXT, offset))
        offset = next_word(TEXT, offset)
    assert visited[:6] == ["The", "U.S.", "said", "IS", "s", "men"]
    assert word(TEXT, previous_word(TEXT, TEXT.index("men"))) == "s"


@pytest.mark.parametrize(
    ("touched", "expected"),
    [("U", "U.S."), ("Rufayi,", "al-Rufayi"), ("S’s", "IS’s"), (" men, ", "men"), ("met US", "met US"), (", ", "")],
)
def test_a_selection_snaps_to_words_and_drops_punctuation(touched: str, expected: str) -> None:
    start = TEXT.index(touched)
    first, last = snap(TEXT, start, start + len(touched))
    assert TEXT[first:last] == expected


MIXED = st.text(
    st.sampled_from("ab Ç日本カ゛-’.,\n “”é\u0301\u0323\u200d\ufe0fกำनमस्ते한👩🏽🇺🇸。」(")
    | st.characters(max_codepoint=0xFFFF),
    max_size=60,
)


@given(MIXED, st.data())
def test_snapping_keeps_graphemes_whole_and_drops_surrounding_punctuation(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = snap(text, start, end)
    if first == last:
        return
    assert text[first].isalnum() or text[first] == "_"
    assert not text[last - 1].isspace()
    assert not unicodedata.category(text[last - 1]).startswith("P") or text[last - 1] in "._"
    assert last == len(text) or not unicodedata.category(text[last]).startswith("M")


@given(MIXED)
@example("0:_")
def test_words_are_the_same_in_both_directions(text: str) -> None:
    forward, offset = [], next_word(text, -1) if not word_at(text, 0)[1] else 0
    while offset < len(text):
        forward.append(word_at(text, offset))
        offset = next_word(text, offset)
    backward, offset = [], len(text)
    while forward and offset > forward[0][0]:
        offset = previous_word(text, offset)
        backward.append(word_at(text, offset))
    assert backward == forward[::-1]
    assert all(first < last for first, last in forward)


@given(st.text(st.sampled_from("ab Ç日-’.,\n “”é\u0301"), max_size=60), st.data())
def test_snapping_stays_inside_the_text_and_is_stable(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = snap(text, start, end)
    assert 0 <= first <= last <= len(text)
    if first < last:
        assert not text[first].isspace()
        assert not text[last - 1].isspace()
        assert snap(text, first, last) == (first, last)


@pytest.mark.parametrize("filler", [" ", "\n", "(", "“", "a"])
def test_motions_in_a_long_run_of_one_character_end_at_its_neighbors(filler: str) -> None:
    text = f"Orm {filler * 20_000} Brigg"
    assert previous_word(text, 3) == 0
    if filler == "a":
        assert word_at(text, 10_000)[0] < 10_000 < word_at(text, 10_000)[1]
    else:
        assert next_word(text, 0) == text.index("Brigg")
        assert word_at(text, 10_000) == (10_000, 10_000)
    if filler.isspace():
        assert previous_word(text, text.index("Brigg")) == 0
