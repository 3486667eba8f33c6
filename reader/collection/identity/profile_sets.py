"""Sets of entities that grow into profiles, and what keeps two sets apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Final

from reader.collection.identity.appearance import EntityAppearance
from reader.collection.identity.counts import Weight, telling_words
from reader.collection.identity.crossing import CrossingName, NameKind
from reader.resolve.evidence import people
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import facts_of

STRONG_EVIDENCE: Final = 3.0
"""Evidence in bits that joins two bearers of a common name."""
IMPOSSIBLE: Final = inf
"""Evidence against one that nothing outweighs."""
_MOST_YEARS: Final = 1
"""Two years of birth that differ by more are two people's."""
_MOST_AGE: Final = 12
"""Two ages that differ by more are two people's, whenever the documents were written."""
_TWO_FIELDS: Final = 3.0
_NEAR_FIELDS: Final = 1.0
_TWO_COUNTRIES: Final = 2.0
_TWO_TRADES: Final = 1.0
"""For bodies, which documents describe in many ways."""
_NEIGHBORS: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "politics/law", "politics/business", "politics/military", "politics/royalty", "writing/media",
        "writing/teaching", "science/teaching", "science/medicine", "medicine/teaching", "stage and screen/music",
        "business/law", "police/military", "writing/stage and screen", "science/writing", "art/writing",
        "business/science", "politics/service", "police/law", "media/stage and screen", "politics/teaching",
        "law/teaching", "religion/teaching",
    )
)  # fmt: skip
"""Fields in which one person often works, one after the other or at once."""
_ANY_FIELD: Final = frozenset({"crime"})
"""Fields that say nothing about what else a person does."""


_NO_PAIRS: Final[frozenset[tuple[str, str]]] = frozenset()
_NO_WORDS: Final[frozenset[str]] = frozenset()
_NO_SIDES: Final[frozenset[tuple[int, bool]]] = frozenset()
_UNKNOWN: Final = (0, 0)


@dataclass(slots=True)
class Traits:
    """What is known of a set of entities."""

    documents: set[str]
    people: dict[str, CrossingName]
    """The full names of persons, by key."""
    joined_names: frozenset[tuple[str, str]]
    """Pairs of keys that one document joined."""
    born: tuple[int, int]
    """The earliest and the latest stated year of birth; (0, 0) if none is stated."""
    ages: tuple[int, int]
    gender: str
    fields: frozenset[str]
    countries: frozenset[str]
    words: frozenset[str]
    """The words that describe a thing."""
    sides: frozenset[tuple[int, bool]]
    """The sides that the set is on in the user's cannot-links."""
    weight: int = 1


def traits_of(entity: EntityAppearance, sides: Collection[tuple[int, bool]] = ()) -> Traits:
    """Return the traits of one entity."""
    record = entity.record
    description = record.description
    is_person = record.label == "PERSON"
    full_names = {key: name for key, name in entity.names.items() if name.kind is NameKind.FULL}
    born, age = description.born, description.age
    return Traits(
        {entity.member.document},
        full_names,
        frozenset((a, b) for a in full_names for b in full_names) if len(full_names) > 1 else _NO_PAIRS,
        (born, born) if born else _UNKNOWN,
        (age, age) if age and not born else _UNKNOWN,
        description.gender if is_person else "",
        entity.fields,
        entity.countries,
        _NO_WORDS if is_person or not description.words else frozenset(telling_words(description.words)),
        frozenset(sides) if sides else _NO_SIDES,
    )


def hostility(a: Traits, b: Traits) -> Weight:
    """Return how much the occupations, trades and countries of two sets speak against their being one, in bits."""
    weight = 0.0
    if a.fields and b.fields and a.fields.isdisjoint(b.fields) and not (_ANY_FIELD & (a.fields | b.fields)):
        related = any(frozenset((x, y)) in _NEIGHBORS for x in a.fields for y in b.fields)
        weight += _NEAR_FIELDS if related else _TWO_FIELDS
    if a.countries and b.countries and a.countries.isdisjoint(b.countries):
        weight += _TWO_COUNTRIES
    if a.words and b.words and a.words.isdisjoint(b.words):
        weight += _TWO_TRADES
    return weight


def contradict(a: Traits, b: Traits) -> bool:
    """Return whether two sets are certainly two people: two years of birth, two ages, a woman and a man."""
    if a.gender != b.gender and a.gender and b.gender:
        return True
    if a.born[1] and b.born[1] and _are_apart(a.born, b.born, _MOST_YEARS):
        return True
    return bool(a.ages[1] and b.ages[1]) and _are_apart(a.ages, b.ages, _MOST_AGE)


def _are_apart(first: tuple[int, int], second: tuple[int, int], most: int) -> bool:
    return max(first[0], second[0]) - min(first[1], second[1]) > most


class ProfileSets:
    """Disjoint sets of entities, joined one piece of evidence at a time unless something keeps them apart.

    The root of each entity is at hand, and the smaller of two sets gets the root of the other: to join all of n
    entities takes n log n steps. What speaks against two sets being one is kept until one of them grows.
    """

    def __init__(self, entities: Sequence[EntityAppearance], sides: Mapping[int, Collection[tuple[int, bool]]]) -> None:
        self.roots = list(range(len(entities)))
        """For each entity, the one that represents its set. Only `join` changes it."""
        self._traits = [traits_of(entity, sides.get(index, ())) for index, entity in enumerate(entities)]
        """The traits of each set, at its root."""
        self._members = [[index] for index in self.roots]
        self._against: dict[int, tuple[int, Weight]] = {}
        """What spoke against two sets being one, and how many entities they had together. The key has their roots, and
        whether the evidence for one is strong, in one number."""

    def root(self, index: int) -> int:
        """Return the entity that represents the set of an entity."""
        return self.roots[index]

    def clusters(self) -> list[list[int]]:
        """Return the entities of each set, sorted."""
        clusters: defaultdict[int, list[int]] = defaultdict(list)
        for index, root in enumerate(self.roots):
            clusters[root].append(index)
        return list(clusters.values())

    def traits(self, index: int) -> Traits:
        """Return the traits of the set of an entity."""
        return self._traits[self.roots[index]]

    def joined(self, a: int, b: int) -> bool:
        """Return whether two entities are in one set."""
        return self.roots[a] == self.roots[b]

    def against(self, first: int, second: int, *, strong: bool) -> Weight:
        """Return what speaks against two sets being one, in bits; `IMPOSSIBLE` if something keeps them apart.

        Args:
            first: The root of a set.
            second: The root of another one.
            strong: Whether the evidence for one is strong. It outweighs only two names that have nothing in common.
        """
        if first > second:
            first, second = second, first
        key = 2 * (first * len(self.roots) + second) + strong
        a, b = self._traits[first], self._traits[second]
        size = a.weight + b.weight
        known = self._against.get(key)
        if known is not None and known[0] == size:
            return known[1]
        weight = IMPOSSIBLE if _keep_apart(a, b, strong=strong) else hostility(a, b)
        self._against[key] = (size, weight)
        return weight

    def blocked(self, a: int, b: int, *, by_name: bool = False) -> bool:
        """Return whether something keeps the sets of two entities apart without strong evidence for one.

        Args:
            a: An entity.
            b: Another one.
            by_name: Whether the two have one name that no other entity has. Then a document that did not know so, and
                has two entities, keeps nothing apart.
        """
        return _keep_apart(self.traits(a), self.traits(b), strong=False, by_name=by_name)

    def forbidden(self, a: int, b: int) -> bool:
        """Return whether the user's decisions keep the sets of two entities apart."""
        return _on_two_sides(self.traits(a), self.traits(b))

    def join_all(self, members: Sequence[int]) -> None:
        """Join the sets of some entities between which nothing can stand."""
        for member in members[1:]:
            self.join(members[0], member)

    def join(self, a: int, b: int) -> None:
        """Join the sets of two entities."""
        roots = self.roots
        first, second = roots[a], roots[b]
        if first == second:
            return
        weights = self._traits[first].weight, self._traits[second].weight
        if weights[0] < weights[1] or (weights[0] == weights[1] and second < first):
            first, second = second, first
        for member in self._members[second]:
            roots[member] = first
        self._members[first] += self._members[second]
        self._members[second] = []
        into, joined = self._traits[first], self._traits[second]
        into.documents |= joined.documents
        if not joined.people.keys() <= into.people.keys():
            into.people = {**into.people, **joined.people}
        if not joined.joined_names <= into.joined_names:
            into.joined_names |= joined.joined_names
        if joined.born[1]:
            into.born = _span(into.born, joined.born)
        if joined.ages[1]:
            into.ages = _span(into.ages, joined.ages)
        into.gender = into.gender or joined.gender
        if not joined.fields <= into.fields:
            into.fields |= joined.fields
        if not joined.countries <= into.countries:
            into.countries |= joined.countries
        if not joined.words <= into.words:
            into.words |= joined.words
        if not joined.sides <= into.sides:
            into.sides |= joined.sides
        into.weight += joined.weight


def _keep_apart(first: Traits, second: Traits, *, strong: bool, by_name: bool = False) -> bool:
    """Return whether something keeps two sets apart, whatever else speaks for one."""
    if first.sides and second.sides and _on_two_sides(first, second):
        return True
    if not by_name and not first.documents.isdisjoint(second.documents):
        return True
    if contradict(first, second):
        return True
    return first.people.keys() != second.people.keys() and not _names_agree(first, second, strong=strong)


def _on_two_sides(first: Traits, second: Traits) -> bool:
    return any((number, not side) in second.sides for number, side in first.sides)


def _span(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    if not first[1]:
        return second
    return min(first[0], second[0]), max(first[1], second[1])


def _names_agree(first: Traits, second: Traits, *, strong: bool) -> bool:
    """Return whether all full names of two sets may be one person's.

    Names that have nothing in common are one person's if one document says so. Two chains of such names that meet in a
    third name need strong evidence: a profile does not bridge two full names.
    """
    for x, a in first.people.items():
        for y, b in second.people.items():
            if x == y or (x, y) in first.joined_names or (x, y) in second.joined_names:
                continue
            evidence = relation(a.text, a.label, b.text, b.label)
            if evidence is not None and evidence.phase is Phase.VETO:
                return False
            if not strong and (evidence is None or evidence.phase is Phase.SUGGESTION):
                return False
    return True


@lru_cache(maxsize=1 << 16)
def relation(a: str, a_label: str, b: str, b_label: str) -> Evidence | None:
    """Return what two names of persons say about their being one, apart from any text."""
    return people.compare(facts_of(a, a_label), facts_of(b, b_label))
