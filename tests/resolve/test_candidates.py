"""How many pairs of names are compared, and which."""

from __future__ import annotations

import random

import pytest

from reader.resolve import graph
from reader.resolve.evidence.base import Evidence
from reader.resolve.graph import Graph
from reader.resolve.resolution import Name


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ivo Halvorsen", "Ivo Halvorse"),
        ("Ivo Halvorsen", "Ivo Halvrsen"),
        ("Ivo Halvorsen", "Ivo Hlvorsen"),
        ("Ivo Halvorsen", "Ivo Halvortsen"),
        ("Halvorsen Docks", "Halvorzen Docks"),
        ("Orm Brigg", "Orm Briggs"),
    ],
)
def test_a_word_with_one_edit_is_compared(first: str, second: str) -> None:
    names = Graph()
    names.add(Name(first, "PERSON"))
    names.add(Name(second, "PERSON"))
    assert Name(second, "PERSON") in names.edges[Name(first, "PERSON")]


def test_few_people_of_one_surname_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    comparisons = 0
    compare = graph.compare

    def count(a: Name, b: Name) -> Evidence | None:
        nonlocal comparisons
        comparisons += 1
        return compare(a, b)

    monkeypatch.setattr(graph, "compare", count)
    letters = random.Random(7)
    names = Graph()
    for _ in range(1_000):
        invented = "".join(letters.choice("aeioulmnrst") for _ in range(5)).capitalize()
        names.add(Name(f"{letters.choice(('Ahmad', 'Omar', 'Samir'))} {invented} Renshaw", "PERSON"))
    assert 0 < comparisons < 4_000
