"""Which stories a document tells."""

from __future__ import annotations

import pytest

from reader.collection.stories import PlacedMention, stories_of
from reader.resolve import Entity

LABELS = {"Tarn": "GPE", "Orn": "GPE", "Velm": "GPE", "United Nations": "ORG"}
BRIEFS = ("Ada Ben Cleo Tarn", "Dora Emil Falk Orn", "Gerd Hana Ivo Velm")


def stories(*paragraphs: str) -> dict[str, tuple[int, ...]]:
    """Return the stories of paragraphs, given as the names in each."""
    mentions = [
        PlacedMention(number, name.replace("_", " "))
        for number, names in enumerate(paragraphs)
        for name in names.split()
    ]
    names = {mention.entity: LABELS.get(mention.entity, "PERSON") for mention in mentions}
    return dict(stories_of(mentions, [Entity(name, name, label, (name,), ()) for name, label in names.items()]))


def test_each_part_that_shares_no_name_with_others_is_a_story() -> None:
    numbers = stories(*BRIEFS)
    assert numbers["Ada"] == numbers["Tarn"] == (0,)
    assert numbers["Emil"] == (1,)
    assert numbers["Velm"] == (2,)


def test_a_shared_name_connects_paragraphs_that_others_divide() -> None:
    numbers = stories("Ada Ben Tarn Cleo", *BRIEFS[1:], "Cleo Jana")
    assert numbers["Jana"] == numbers["Ada"] == (0,)


def test_a_paragraph_with_few_names_continues_the_one_before_it() -> None:
    numbers = stories("Zoe", *BRIEFS, "Kurt Orn")
    assert numbers["Kurt"] == numbers["Gerd"] == (2,)
    assert numbers["Zoe"] == numbers["Ada"] == (0,)


@pytest.mark.parametrize("shared", ["Tarn", "United_Nations"])
def test_a_place_or_a_known_body_in_several_stories_connects_none(shared: str) -> None:
    numbers = stories(*(f"{brief} {shared}" for brief in BRIEFS))
    assert numbers[shared.replace("_", " ")] == (0, 1, 2)
    assert numbers["Dora"] == (1,)


@pytest.mark.parametrize(
    "paragraphs",
    [
        (),
        ("Ada Ben Cleo Tarn",),
        BRIEFS[:2],
        ("Ada Ben Cleo Tarn", "Ada Dora Emil Falk", "Emil Gerd Hana Ivo"),
        ("Ada Ben", "Cleo", "Dora Orn", "Emil Falk"),
        (*BRIEFS, " ".join(f"Name{number}" for number in range(10))),
    ],
)
def test_a_document_tells_one_story_unless_at_least_three_parts_share_nothing(paragraphs: tuple[str, ...]) -> None:
    assert stories(*paragraphs) == {}
