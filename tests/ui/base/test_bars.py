from __future__ import annotations

from reader.ui.base.bars import _fitting_hints, _fitting_parts

HINTS = [("]", "next"), ("a", "add"), ("t", "retag"), ("?", "keys"), ("q", "quit")]


def test_the_last_two_hints_are_always_shown() -> None:
    assert _fitting_hints(HINTS, 80) == HINTS
    assert _fitting_hints(HINTS, 30) == [HINTS[0], *HINTS[-2:]]
    assert _fitting_hints(HINTS, 5) == HINTS[-2:]
    assert _fitting_hints(HINTS[:1], 80) == HINTS[:1]


def test_progress_is_shown_beside_a_long_message_if_both_fit() -> None:
    parts = ("saved", "61 of 94 decided", "40%", "3 of 14")
    assert _fitting_parts(parts, 78, 20, 2) == "3 of 14 · 40% · 61 of 94 decided · saved"
    assert _fitting_parts(parts, 78, 90, 2) == "61 of 94 decided · saved"
    assert _fitting_parts(parts, 78, 90, 1) == "saved"
    assert _fitting_parts(parts, 38, 90, 2) == "saved"
    assert _fitting_parts(("saved", "41,061 of 50,094 decided"), 78, 90, 2) == "saved"
    assert _fitting_parts(("saved", "41,061 of 50,094 decided"), 98, 120, 2) == "41,061 of 50,094 decided · saved"
