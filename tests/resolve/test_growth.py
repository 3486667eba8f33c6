"""The number of names that are compared grows with the text, not with all pairs of names."""

from __future__ import annotations

import random

import pytest

from bench.growth import text_of
from reader.recognize import Mention
from reader.resolve import Name, graph, resolve
from reader.resolve.evidence.base import Evidence


def _comparisons(names: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many pairs of names are compared while a text of these persons is resolved."""
    count = 0
    original = graph.compare

    def counted(a: Name, b: Name) -> Evidence | None:
        nonlocal count
        count += 1
        return original(a, b)

    monkeypatch.setattr(graph, "compare", counted)
    text, mentions = "", []
    for name in names:
        mentions.append(Mention(len(text), len(text) + len(name), "PERSON"))
        text += f"{name} came.\n"
    assert len(resolve(text, mentions).entities) == len(names)
    return count


@pytest.mark.parametrize("surname", ["al-Masri", "Renshaw"])
def test_people_of_one_surname_are_not_all_compared(surname: str, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = random.Random(1)
    consonants, vowels = "bdfglmnprstvz", "aeiou"

    def invented() -> str:
        return "".join(numbers.choice(letters) for letters in (consonants, vowels) * 3).capitalize()

    names = list(dict.fromkeys(f"{invented()} {invented()} {surname}" for _ in range(800)))
    half, whole = (_comparisons(names[:size], monkeypatch) for size in (400, 800))
    assert whole < 3 * max(half, 400)
    assert whole < 800 * 20  # of 319,600 pairs


def test_short_given_names_still_find_full_ones() -> None:
    for short, full in (
        ("J. Renshaw", "John Peter Renshaw"),
        ("J.P. Renshaw", "John Peter Renshaw"),
        ("John P. Renshaw", "John Peter Renshaw"),
        ("Bob Renshaw", "Robert Renshaw"),
        ("Bob Renshaw", "Robert Peter Renshaw"),
        ("John D.", "John Dorrance"),
    ):
        text = f"{full} came. {short} left."
        mentions = [Mention(0, len(full), "PERSON"), Mention(len(full) + 7, len(full) + 7 + len(short), "PERSON")]
        assert len(resolve(text, mentions).entities) == 1, short


def test_long_names_find_shorter_ones_by_both_ends() -> None:
    long = "Count Alto Bevis Corin Delmar Egon Farris Renshaw"
    for short in ("Alto Bevis Renshaw", "Bevis Renshaw", "Farris Renshaw"):
        text = f"{long} came. {short} left."
        mentions = [Mention(0, len(long), "PERSON"), Mention(len(long) + 7, len(long) + 7 + len(short), "PERSON")]
        resolution = resolve(text, mentions)
        assert len(resolution.entities) == 1 or resolution.suggestions, short


@pytest.mark.parametrize("kind", ["a list of casualties", "acronyms with definitions"])
def test_texts_of_the_growth_measurement_have_their_length(kind: str) -> None:
    assert 5_000 <= len(text_of(kind, 5_000)) < 5_200
