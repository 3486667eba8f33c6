"""What is known of the bearer of a name beside the name, and whether two such descriptions contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance, is_national_body
from reader.collection.identity.evidence.counts import Weight
from reader.collection.identity.evidence.description_words import telling_words
from reader.collection.identity.names.crossing import CrossingName, NameKind
from reader.collection.identity.names.name_relations import relation
from reader.names import tables
from reader.resolve.evidence.base import Phase
from reader.structures.named_tuple import NamedTuple

_MOST_YEARS: Final = 1
"""Two years of birth that differ by more are two people's."""
_MOST_AGE: Final = 12
"""Two ages that differ by more are two people's, whenever the documents were written."""
_TWO_FIELDS: Final = 3.0
_NEAR_FIELDS: Final = 1.0
_TWO_COUNTRIES: Final = 2.0
_TWO_NATIONS: Final = 4.0
"""The same for bodies of which each country has one."""
_TWO_MEANINGS: Final = 4.0
"""For bodies that have the same initials for two names."""
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
_NEAR_ANY: Final = frozenset({"enterprise"})
"""Fields that go with any other one: the founder of a shipping company may be a sailor."""
_NO_PAIRS: Final[frozenset[tuple[str, str]]] = frozenset()
_NO_WORDS: Final[frozenset[str]] = frozenset()
_UNKNOWN: Final = (0, 0)
IMPOSSIBLE: Final = inf
"""Evidence against one that nothing outweighs."""


class Traits(NamedTuple):
    """What is known of a set of entities. Never changes."""

    people: tuple[CrossingName, ...]
    """The full names of persons, one of each key, sorted."""
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
    is_national: bool = False
    """Whether it is a body of which each country has one."""
    meanings: frozenset[tuple[str, str]] = frozenset()
    """Initials that documents spell out, and what they stand for, by keys."""

    @property
    def are_names_only(self) -> bool:
        """Whether nothing but the names is known."""
        return not (
            self.born[1] or self.ages[1] or self.gender or self.fields or self.countries or self.words or self.meanings
        )


class DistinctTraits:
    """The different traits of sets of entities, by number.

    Many sets have the same traits. So what speaks against two sets being one, and the traits that they have together,
    are worked out once for all with the same traits.
    """

    def __init__(self) -> None:
        self._traits: list[Traits] = []
        self._numbers: dict[Traits, int] = {}
        self._united: dict[tuple[int, int], int] = {}
        self.against: list[Mapping[int, Weight]] = []
        """What speaks against two sets being one, by the numbers of their traits."""
        self.strongly_against: list[Mapping[int, Weight]] = []
        """The same if the evidence for one is strong: it outweighs two names that have nothing in common."""
        self.neutral: set[int] = set()
        """The numbers of traits that nothing speaks against, whatever the traits of the other set are."""
        self._full_names: set[str] = set()

    def number(self, traits: Traits) -> int:
        """Return the number of some traits."""
        number = self._numbers.setdefault(traits, len(self._traits))
        if number == len(self._traits):
            self._traits.append(traits)
            self.against.append(_Against(self._traits, traits, strong=False))
            self.strongly_against.append(_Against(self._traits, traits, strong=True))
            self._full_names.update(name.key for name in traits.people)
            if len(self._full_names) > 1:
                self.neutral.clear()
            elif traits.are_names_only:
                self.neutral.add(number)
        return number

    def united(self, first: int, second: int) -> int:
        """Return the number of the traits that two sets have together, of which the first one is the larger."""
        number = self._united.get((first, second))
        if number is None:
            number = self._united[first, second] = self.number(united(self._traits[first], self._traits[second]))
        return number


class _Against(dict[int, Weight]):
    """What speaks against some traits and others being those of one, by the number of the others, once asked for."""

    def __init__(self, others: Sequence[Traits], traits: Traits, *, strong: bool) -> None:
        self._others = others
        self._traits = traits
        self._strong = strong

    def __missing__(self, other: int) -> Weight:
        weight = self[other] = against(self._traits, self._others[other], strong=self._strong)
        return weight


@lru_cache(maxsize=1 << 14)
def traits_of(entity: EntityAppearance) -> Traits:
    """Return the traits of one entity."""
    record = entity.record
    description = record.description
    is_person = record.label == "PERSON"
    full_names = sorted(name for name in entity.names.values() if name.kind is NameKind.FULL)
    born, age = description.born, description.age
    return Traits(
        tuple(full_names),
        frozenset((a.key, b.key) for a in full_names for b in full_names) if len(full_names) > 1 else _NO_PAIRS,
        (born, born) if born else _UNKNOWN,
        (age, age) if age and not born else _UNKNOWN,
        description.gender if is_person else "",
        entity.fields,
        entity.countries,
        _NO_WORDS if is_person or not description.words else frozenset(telling_words(description.words)),
        bool(entity.countries) and not is_person and is_national_body(entity),
        _meanings_of(entity) if entity.aliases and not is_person else _NO_PAIRS,
    )


def _meanings_of(entity: EntityAppearance) -> frozenset[tuple[str, str]]:
    initials = [key for key, alias in entity.aliases.items() if alias.kind is NameKind.ACRONYM]
    return frozenset((key, name) for key in initials for name in entity.names) if initials else _NO_PAIRS


def united(first: Traits, second: Traits) -> Traits:
    """Return the traits of two sets together, of which the first one is the larger."""
    people = first.people
    if people != second.people:
        by_key = {name.key: name for name in people}
        if any(name.key not in by_key for name in second.people):
            people = tuple(sorted({**by_key, **{name.key: name for name in second.people}}.values()))
    return Traits(
        people,
        first.joined_names | second.joined_names,
        _span(first.born, second.born),
        _span(first.ages, second.ages),
        first.gender or second.gender,
        first.fields | second.fields,
        _countries_together(first, second),
        first.words | second.words,
        first.is_national and second.is_national,
        first.meanings | second.meanings,
    )


def _countries_together(first: Traits, second: Traits) -> frozenset[str]:
    """Return the countries of two sets together. What is no person belongs to one that both may belong to."""
    common = first.countries & second.countries
    return common if common and not first.people else first.countries | second.countries


def _span(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    if not first[1] or not second[1]:
        return first if first[1] else second
    return min(first[0], second[0]), max(first[1], second[1])


def against(a: Traits, b: Traits, *, strong: bool) -> Weight:
    """Return what speaks against two sets being one, in bits; `IMPOSSIBLE` if they are certainly two.

    Args:
        a: The traits of a set.
        b: Those of another one.
        strong: Whether the evidence for one is strong. It outweighs only two names that have nothing in common.
    """
    if contradict(a, b) or not _names_agree(a, b, strong=strong):
        return IMPOSSIBLE
    return hostility(a, b)


def hostility(a: Traits, b: Traits) -> Weight:
    """Return how much the occupations, trades and countries of two sets speak against their being one, in bits."""
    weight = 0.0
    if a.fields and b.fields and a.fields.isdisjoint(b.fields) and not (_ANY_FIELD & (a.fields | b.fields)):
        related = a.fields <= _NEAR_ANY or b.fields <= _NEAR_ANY
        related = related or any(frozenset((x, y)) in _NEIGHBORS for x in a.fields for y in b.fields)
        weight += _NEAR_FIELDS if related else _TWO_FIELDS
    if a.countries and b.countries and tables.are_other_countries(a.countries, b.countries):
        weight += _TWO_NATIONS if a.is_national and b.is_national else _TWO_COUNTRIES
    if a.words and b.words and a.words.isdisjoint(b.words):
        weight += _TWO_TRADES
    if a.meanings and b.meanings and _mean_two(a.meanings, b.meanings):
        weight += _TWO_MEANINGS
    return weight


def _mean_two(first: frozenset[tuple[str, str]], second: frozenset[tuple[str, str]]) -> bool:
    """Return whether two sets of documents spell out the same initials in two ways."""
    common = {initials for initials, _ in first} & {initials for initials, _ in second}
    agreed = {initials for initials, _ in first & second}
    return not common <= agreed


def contradict(a: Traits, b: Traits) -> bool:
    """Return whether two sets are certainly two people: two years of birth, two ages, a woman and a man."""
    if a.gender != b.gender and a.gender and b.gender:
        return True
    if a.born[1] and b.born[1] and _are_apart(a.born, b.born, _MOST_YEARS):
        return True
    return bool(a.ages[1] and b.ages[1]) and _are_apart(a.ages, b.ages, _MOST_AGE)


def _are_apart(first: tuple[int, int], second: tuple[int, int], most: int) -> bool:
    return max(first[0], second[0]) - min(first[1], second[1]) > most


def _names_agree(first: Traits, second: Traits, *, strong: bool) -> bool:
    """Return whether all full names of two sets may be one person's.

    Names that have nothing in common are one person's if one document says so. Two chains of such names that meet in a
    third name need strong evidence: a profile does not bridge two full names.
    """
    if [name.key for name in first.people] == [name.key for name in second.people]:
        return True
    for x in first.people:
        for y in second.people:
            pair = x.key, y.key
            if x.key == y.key or pair in first.joined_names or pair in second.joined_names:
                continue
            evidence = relation(x.text, x.label, y.text, y.label)
            if evidence is not None and evidence.phase is Phase.VETO:
                return False
            if not strong and (evidence is None or evidence.phase is Phase.SUGGESTION):
                return False
    return True
