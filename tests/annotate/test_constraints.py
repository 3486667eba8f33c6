from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, constraints
from reader.annotate.decisions import EntityRenamed, EntityRetagged, NamesDifferent, NamesSame
from reader.resolve import Constraints, Name
from tests.annotate.strategies import about_names

A, B, C, D = (Name(text, "ORG") for text in "ABCD")


def parts(given_constraints: Constraints) -> dict[Name, Name]:
    """Each linked name's representative."""
    parent: dict[Name, Name] = {}

    def root(name: Name) -> Name:
        while parent.get(name, name) != name:
            name = parent[name]
        return name

    for a, b in given_constraints.same:
        parent.setdefault(a, a)
        parent.setdefault(b, b)
        parent[root(a)] = root(b)
    return {name: root(name) for name in parent}


def together(found: Constraints, a: Name, b: Name) -> bool:
    linked = parts(found)
    return a in linked and linked[a] == linked.get(b)


def test_same_and_different_are_handed_on() -> None:
    found = constraints([NamesSame((A, B)), NamesDifferent((C,), (D,))])
    assert found == Constraints(same=((A, B),), different=((C, D),))


def test_a_later_split_undoes_a_merge() -> None:
    found = constraints([NamesSame((A, B)), NamesDifferent((A,), (B,))])
    assert found == Constraints(different=((A, B),))


def test_a_later_merge_undoes_a_split() -> None:
    assert constraints([NamesDifferent((A,), (B,)), NamesSame((A, B))]) == Constraints(same=((A, B),))


def test_who_stays_after_a_split_stays_together() -> None:
    found = constraints([NamesSame((A, B, C, D)), NamesDifferent((A,), (B, C, D))])
    assert together(found, B, C)
    assert together(found, C, D)
    assert not together(found, A, B)


def test_a_split_beats_a_chain_of_earlier_merges() -> None:
    found = constraints([NamesSame((A, B)), NamesSame((B, C)), NamesDifferent((A,), (C,))])
    assert not together(found, A, C)
    assert together(found, B, C), "the later merge of the chain is kept"


def test_a_merge_beats_an_earlier_split_through_a_chain() -> None:
    found = constraints([NamesDifferent((A,), (C,)), NamesSame((A, B)), NamesSame((B, C))])
    assert together(found, A, C)
    assert found.different == ()


def test_names_follow_a_later_retag() -> None:
    found = constraints(
        [NamesSame((A, B)), EntityRetagged((A, B), "GPE"), NamesDifferent((A._replace(label="GPE"),), (C,))]
    )
    assert found.same == ((Name("A", "GPE"), Name("B", "GPE")),)
    assert found.different == ((Name("A", "GPE"), C),)


def test_names_follow_retag_after_retag() -> None:
    found = constraints([NamesSame((A, B)), EntityRetagged((A,), "GPE"), EntityRetagged((Name("A", "GPE"),), "LOC")])
    assert found.same == ((Name("A", "LOC"), B),)


def test_an_entity_that_is_retagged_stays_one() -> None:
    ship = Name("Capitano Ferri", "VESSEL"), Name("Ferri", "VESSEL")
    person = tuple(name._replace(label="PERSON") for name in ship)
    assert constraints([EntityRetagged(person, "VESSEL")]).same == (ship,)
    split = constraints([EntityRetagged(person, "VESSEL"), NamesDifferent(ship[:1], ship[1:])])
    assert split.same == ()
    assert split.different == (ship,)


def test_a_retag_before_leaves_names_as_they_are() -> None:
    assert constraints([EntityRetagged((A,), "GPE"), NamesSame((A, B))]).same == ((A, B),)


def test_the_last_canonical_name_comes_last() -> None:
    found = constraints([EntityRenamed((A,), "one"), NamesSame((A, B), preferred="two"), EntityRenamed((C,), "three")])
    assert dict(found.preferred) == {A: "two", B: "two", C: "three"}
    again = constraints([EntityRenamed((A,), "one"), EntityRenamed((B,), "two"), EntityRenamed((A,), "three")])
    assert again.preferred[-1] == (A, "three")


def test_after_a_split_the_name_stays_where_it_belongs() -> None:
    split = NamesDifferent((A,), (B,))
    assert constraints([NamesSame((A, B), preferred="B"), split]).preferred == ((B, "B"),)
    assert constraints([EntityRenamed((A, B), "X"), split]).preferred == ((A, "X"),)


@given(st.lists(about_names, max_size=15))
@settings(max_examples=300)
def test_never_a_contradiction_and_the_last_word_holds(made: list[Decision]) -> None:
    found = constraints(made)
    linked = parts(found)
    for a, b in found.different:
        assert a != b
        assert a not in linked or linked[a] != linked.get(b)
    if made and isinstance(made[-1], NamesSame):
        first = made[-1].names[0]
        assert all(name == first or together(found, first, name) for name in made[-1].names)
    if made and isinstance(made[-1], NamesDifferent):
        asked = {(a, b) for a in made[-1].left for b in made[-1].right if a != b}
        assert asked <= set(found.different)
