from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import one_line, sanitize
from reader.document.sanitize import fold_line_ends

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
HOSTILE = st.text(
    st.one_of(
        st.characters(max_codepoint=0x9F),
        st.characters(min_codepoint=0x2020, max_codepoint=0x2070),
        st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF, categories=["Cs"]),
        st.characters(),
    )
)


@given(HOSTILE)
def test_no_unsafe_character_remains(text: str) -> None:
    assert UNSAFE.search(sanitize(text)) is None


@given(HOSTILE)
def test_each_character_is_replaced_by_one_character(text: str) -> None:
    folded = fold_line_ends(text)
    assert len(sanitize(text)) == len(folded)
    unchanged = [(a, b) for a, b in zip(folded, sanitize(text), strict=True) if not UNSAFE.match(a)]
    assert all(a == b for a, b in unchanged)


@given(HOSTILE)
def test_sanitizing_twice_changes_nothing(text: str) -> None:
    assert sanitize(sanitize(text)) == sanitize(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\r\nb\rc\x85d\u2028e\u2029f\ng", "a\nb\nc\nd\ne\nf\ng"),
        ("tab\tstays", "tab\tstays"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("nul\0 del\x7f", "nul␀ del␡"),
        ("csi\x9b31m", "csi\ufffd31m"),
        ("\u202egnp.exe \u2066x\u2069", "\ufffdgnp.exe \ufffdx\ufffd"),
        ("\ud800", "\ufffd"),
        ("\f\v", "␌␋"),
        ("[/b] [@click=app.quit]", "[/b] [@click=app.quit]"),
        ("שלום \u200f(2)", "שלום \u200f(2)"),
        ("zero\u200djoiner 👩\u200d🔬", "zero\u200djoiner 👩\u200d🔬"),
    ],
)
def test_known_payloads_become_harmless(text: str, safe: str) -> None:
    assert sanitize(text) == safe


def test_clean_text_is_returned_as_the_same_object() -> None:
    text = "Plain words,\nand “typographic” ones."
    assert sanitize(text) is text


@given(HOSTILE, st.integers(min_value=1, max_value=30))
def test_one_line_is_safe_and_within_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert UNSAFE.search(line) is None
    assert "\n" not in line
    assert "\t" not in line
    assert line == line.strip()


def test_one_line_ends_in_an_ellipsis_if_cut() -> None:
    assert one_line("one  two\nthree", 9) == "one two…"
    assert one_line("one  two\nthree") == "one two three"
