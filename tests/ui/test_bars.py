from __future__ import annotations

from reader.ui.bars import _fitting_hints

HINTS = [("]", "next"), ("a", "add"), ("t", "retag"), ("?", "keys"), ("q", "quit")]


def test_the_keys_that_lead_to_all_others_and_out_are_always_shown() -> None:
    assert _fitting_hints(HINTS, 80) == HINTS
    assert _fitting_hints(HINTS, 30) == [HINTS[0], *HINTS[-2:]]
    assert _fitting_hints(HINTS, 5) == HINTS[-2:]
    assert _fitting_hints(HINTS[:1], 80) == HINTS[:1]
