"""Columns stay straight in terminals that disagree about the width of emoji and marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.display.cells import cells, clusters, displayed
from reader.ui.terminal.drawn_clusters import DrawnClusters, Join, is_nested
from reader.ui.terminal.width_question import WidthQuestion

FAMILY, FLAG, THUMB = "👨‍👩‍👧‍👦", "🇩🇪", "👍🏽"
SAMPLES = {
    "family": FAMILY,
    "flag": FLAG,
    "skin tone": THUMB,
    "heart": "❤\ufe0f",
    "watch as text": "⌚\ufe0e",
    "phone as text": "☎\ufe0e",
    "keycap": "1\ufe0f\u20e3",
    "decomposed": "e\u0301",
    "not composable": "x\u0301\u0323",
    "vowel sign": "कि",
    "jamo": "\u1112\u1161\u11ab",
    "new emoji": "\U0001fae9",
    "rainbow": "🏳\ufe0f‍🌈",
    "England": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "space without width": "\u200b",
    "non-joiner": "\u200c",
    "mark of direction": "\u200f",
}

Width = Callable[[str, str], int]
"""Returns the cells by which a terminal moves its cursor for a character, given the one before."""


def _each_character(character: str, before: str) -> int:
    """xterm: the width of each character by itself; modifiers and joined emoji take cells of their own."""
    del before
    if character in "\u200b\u200c\u200d\u200e\u200f" or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) == "W" or character >= "\U0001f300" else 1


def _joining(character: str, before: str) -> int:
    """A terminal that draws clusters as one character, and gives jamo and variation selectors cells."""
    if before == "\u200d" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return 0
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return 2 if not "\U0001f1e6" <= before <= "\U0001f1ff" else 0
    if character == "\ufe0f":
        return 1
    return _each_character(character, before)


def _old(character: str, before: str) -> int:
    """A terminal with an old table: no cell for new emoji, one for what is invisible."""
    if character == "\U0001fae9":
        return 0
    if character in "\u200b\u200f":
        return 1
    return _each_character(character, before)


TERMINALS: dict[str, tuple[Width, frozenset[Join]]] = {
    "each character": (_each_character, frozenset({Join.FLAG})),
    "joining": (_joining, frozenset(Join)),
    "old": (_old, frozenset({Join.FLAG})),
}


def column_of_border(output: str, width: Width) -> int:
    """Return the column in which a terminal draws the border "│" of a row."""
    column, before = 1, ""
    for match in re.finditer(r"\x1b\[(?:\d+;)?(\d+)[GH]|\x1b\[[\d;]*m|(.)", output):
        position, character = match.groups()
        if position:
            column, before = int(position), ""
        elif character == "│":
            return column
        elif character:
            column, before = column + width(character, before), character
    raise AssertionError(output)


@pytest.mark.parametrize("terminal", list(TERMINALS))
@pytest.mark.parametrize("sample", list(SAMPLES))
def test_what_follows_a_cluster_starts_in_its_column(sample: str, terminal: str) -> None:
    width, joined = TERMINALS[terminal]
    row = f"The {SAMPLES[sample]} of {SAMPLES[sample]}{SAMPLES[sample]}"
    output = f"\x1b[3;5H\x1b[1m{row}\x1b[0m│"
    drawn = DrawnClusters(joined).positioned(output)
    assert column_of_border(drawn, width) == 5 + cells(row)


@pytest.mark.parametrize("terminal", list(TERMINALS))
@given(st.lists(st.sampled_from([*SAMPLES.values(), "a", " ", "長", "\u200d", "\ufe0f", "🏽"])).map("".join))
def test_any_mixture_of_clusters_keeps_its_columns(terminal: str, row: str) -> None:
    width, joined = TERMINALS[terminal]
    row = displayed(row)
    drawn = DrawnClusters(joined).positioned(f"\x1b[1;1H{row} │")
    assert column_of_border(drawn, width) == 2 + cells(row)


@given(st.lists(st.sampled_from([*SAMPLES.values(), "a", " ", "長", "\u200d", "\ufe0f", "🇫"])).map("".join))
def test_clusters_are_as_wide_as_textual_thinks(text: str) -> None:
    text = displayed(text)
    spans = clusters(text)
    assert sum(size for _, _, size in spans) == cell_len(text)
    assert "".join(text[start:end] for start, end, _ in spans) == text


def test_each_cluster_clears_its_cells_first() -> None:
    drawn = DrawnClusters().positioned("\x1b[2;7Hred ❤\ufe0f card")
    assert drawn == "\x1b[2;7Hred   \x1b[11G❤\ufe0f\x1b[13G card"


@pytest.mark.parametrize(
    ("cluster", "form"),
    [(FAMILY, "👨"), (THUMB, "👍"), (FLAG, "DE"), ("e\u0301", "é"), ("\u1112\u1161\u11ab", "한")],
)
def test_a_terminal_that_joins_nothing_gets_simple_forms(cluster: str, form: str) -> None:
    assert f"G{form}\x1b[" in DrawnClusters(frozenset()).positioned(f"\x1b[1;1H{cluster}")


@pytest.mark.parametrize("cluster", [FAMILY, THUMB, FLAG])
def test_a_terminal_that_joins_gets_the_cluster(cluster: str) -> None:
    drawing = DrawnClusters(frozenset(Join))
    assert f"G{cluster}\x1b[" in drawing.positioned(f"\x1b[1;1H{cluster}")
    assert not drawing.simplified


@pytest.mark.parametrize(
    ("cluster", "form"),
    [(FAMILY, "👨"), (THUMB, "👍"), (FLAG, FLAG), ("❤\ufe0f", "❤"), ("1\ufe0f\u20e3", "1"), ("🏳\ufe0f‍🌈", "🏳")],
)
def test_within_tmux_or_screen_clusters_have_forms_of_one_width(cluster: str, form: str) -> None:
    assert f"G{form}\x1b[" in DrawnClusters(nested=True).positioned(f"\x1b[1;1H{cluster}")


@pytest.mark.parametrize(
    ("environment", "nested"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({}, False),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen"}, True),
        ({"TERM": "xterm", "TMUX": "/tmp/tmux-1000/default,1,0"}, True),
        ({"TERM": "xterm", "STY": "1.pts"}, True),
    ],
)
def test_tmux_and_screen_are_known_by_their_environment(environment: dict[str, str], nested: bool) -> None:
    assert is_nested(environment) is nested


@pytest.mark.parametrize("text", ["plain", "長崎 │ “curly” … ▎●", "\x1b[31mred\x1b[0m", "Ελλάδα, Кремль"])
def test_text_of_certain_width_is_written_as_it_is(text: str) -> None:
    assert DrawnClusters().positioned(f"\x1b[1;1H{text}") == f"\x1b[1;1H{text}"


@pytest.mark.parametrize("sample", list(SAMPLES))
def test_a_cluster_is_one_character_for_the_cursor(sample: str) -> None:
    text = f"a{SAMPLES[sample]}b"
    expected = 2 if cells(SAMPLES[sample]) == 0 else 3
    assert len([span for span in clusters(text) if span[2]]) == expected


def test_answers_say_what_the_terminal_joins() -> None:
    question = WidthQuestion()
    samples = re.findall(r"\x1b\[(\d+);1H([^\x1b]+)\x1b\[6n", question.ask())
    widths = {Join.FAMILY: 8, Join.SKIN_TONE: 2, Join.FLAG: 2}
    answers = [(widths[Join(sample)], int(row) - 1) for row, sample in samples]
    assert [question.take_answer(*answer) for answer in answers] == [False, False, True]
    assert question.joined == {Join.SKIN_TONE, Join.FLAG}


def test_positions_that_answer_no_question_are_left_alone() -> None:
    question = WidthQuestion()
    assert not question.take_answer(2, 1)
    question.ask()
    assert not question.take_answer(2, 0)  # Alt+F3 looks like this
    assert not question.take_answer(2, 99)
    assert question.joined == frozenset()
