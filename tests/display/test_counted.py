from __future__ import annotations

import pytest

from reader.display.counted import counted


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [
        (0, "name", "0 names"),
        (1, "name", "1 name"),
        (2_000, "document", "2,000 documents"),
        (1, "entity", "1 entity"),
        (2, "entity", "2 entities"),
        (2, "day", "2 days"),
    ],
)
def test_a_noun_agrees_with_its_number(count: int, noun: str, words: str) -> None:
    assert counted(count, noun) == words


def test_an_irregular_plural_can_be_given() -> None:
    assert counted(2, "child", "children") == "2 children"
