from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, constraints
from reader.annotate.decisions import (
    EntityRenamed,
    EntityRetagged,
    MentionAdded,
    MentionMoved,
    MentionRetagged,
    NamesDifferent,
    NamesSame,
)
from reader.resolve import Constraints, Name
from tests.annotate.strategies import about_names

A, B, C, D = (Name(text, "ORG") for text in "ABCD")


def representatives(result: Constraints) -> dict[Name, Name]:
    """Return the representative of the group of each linked name."""
    parent: dict[Name, Name] = {}

    def root(name: Name) -> Name:
        while parent.get(name, name) != name:
            name = parent[name]
        return name

    for a, b in result.same:
        parent.setdefault(a, a)
        parent.setdefault(b, b)
        parent[root(a)] = root(b)
    return {name: root(name) for name in parent}


def are_linked(result: Constraints, a: Name, b: Name) -> bool:
    linked = representatives(result)
    return a in linked and linked[a] == linked.get(b)


def test_decisions_become_must_links_and_cannot_links() -> None:
    result = constraints([NamesSame((A, B)), NamesDifferent((C,), (D,))])
    assert result == Constraints(same=((A, B),), different=((C, D),))


def test_a_later_split_undoes_a_merge() -> None:
    result = constraints([NamesSame((A, B)), NamesDifferent((A,), (B,))])
    assert result == Constraints(different=((A, B),))


def test_a_later_merge_undoes_a_split() -> None:
    assert constraints([NamesDifferent((A,), (B,)), NamesSame((A, B))]) == Constraints(same=((A, B),))


def test_the_other_names_stay_together_after_a_split() -> None:
    result = constraints([NamesSame((A, B, C, D)), NamesDifferent((A,), (B, C, D))])
    assert are_linked(result, B, C)
    assert are_linked(result, C, D)
    assert not are_linked(result, A, B)


def test_a_split_beats_a_chain_of_earlier_merges() -> None:
    result = constraints([NamesSame((A, B)), NamesSame((B, C)), NamesDifferent((A,), (C,))])
    assert not are_linked(result, A, C)
    assert are_linked(result, B, C), "the later merge of the chain holds"


def test_a_merge_beats_an_earlier_split_through_a_chain() -> None:
    result = constraints([NamesDifferent((A,), (C,)), NamesSame((A, B)), NamesSame((B, C))])
    assert are_linked(result, A, C)
    assert result.different == ()


def test_names_get_the_label_of_a_later_retag() -> None:
    result = constraints(
        [NamesSame((A, B)), EntityRetagged((A, B), "GPE"), NamesDifferent((A._replace(label="GPE"),), (C,))]
    )
    assert result.same == ((Name("A", "GPE"), Name("B", "GPE")),)
    assert result.different == ((Name("A", "GPE"), C),)


def test_names_get_the_label_of_the_last_retag() -> None:
    result = constraints([NamesSame((A, B)), EntityRetagged((A,), "GPE"), EntityRetagged((Name("A", "GPE"),), "LOC")])
    assert result.same == ((Name("A", "LOC"), B),)


def test_a_retagged_entity_stays_one() -> None:
    ship = Name("Capitano Ferri", "VESSEL"), Name("Ferri", "VESSEL")
    person = tuple(name._replace(label="PERSON") for name in ship)
    assert constraints([EntityRetagged(person, "VESSEL")]).same == (ship,)
    split = constraints([EntityRetagged(person, "VESSEL"), NamesDifferent(ship[:1], ship[1:])])
    assert split.same == ()
    assert split.different == (ship,)


def test_an_earlier_retag_does_not_change_names() -> None:
    assert constraints([EntityRetagged((A,), "GPE"), NamesSame((A, B))]).same == ((A, B),)


def test_a_moved_mention_counts_for_a_name_with_its_last_label() -> None:
    moved, retagged = MentionMoved(0, 4, A), MentionRetagged(0, 4, "PERSON")
    person = Name("A", "PERSON")
    assert constraints([moved, retagged]).moved == ((0, 4, person),)
    assert constraints([retagged, moved]).moved == ((0, 4, A),)
    assert constraints([moved, retagged, EntityRetagged((person,), "GPE")]).moved == ((0, 4, Name("A", "GPE")),)
    assert constraints([moved, MentionAdded(0, 4, "PERSON"), retagged]).moved == ()


def test_the_last_canonical_name_comes_last() -> None:
    result = constraints([EntityRenamed((A,), "one"), NamesSame((A, B), preferred="two"), EntityRenamed((C,), "three")])
    assert dict(result.preferred) == {A: "two", B: "two", C: "three"}
    later = constraints([EntityRenamed((A,), "one"), EntityRenamed((B,), "two"), EntityRenamed((A,), "three")])
    assert later.preferred[-1] == (A, "three")


def test_after_a_split_the_canonical_name_stays_with_its_part() -> None:
    split = NamesDifferent((A,), (B,))
    assert constraints([NamesSame((A, B), preferred="B"), split]).preferred == ((B, "B"),)
    assert constraints([EntityRenamed((A, B), "X"), split]).preferred == ((A, "X"),)


@given(st.lists(about_names, max_size=15))
@settings(max_examples=300)
def test_constraints_never_contradict_and_the_last_decision_holds(drawn: list[Decision]) -> None:
    result = constraints(drawn)
    linked = representatives(result)
    for a, b in result.different:
        assert a != b
        assert a not in linked or linked[a] != linked.get(b)
    if drawn and isinstance(drawn[-1], NamesSame):
        first_name = drawn[-1].names[0]
        assert all(name == first_name or are_linked(result, first_name, name) for name in drawn[-1].names)
    if drawn and isinstance(drawn[-1], NamesDifferent):
        pairs = {(a, b) for a in drawn[-1].left for b in drawn[-1].right if a != b}
        assert pairs <= set(result.different)
