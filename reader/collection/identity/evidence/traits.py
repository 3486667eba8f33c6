"""What is known of the bearer of a name beside the name, and whether two such descriptions contradict each other."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.evidence.counts import Weight, telling_words
from reader.collection.identity.evidence.crossing import CrossingName, NameKind
from reader.structures.lazy_dataclass import dataclass

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

    def copy(self) -> Traits:
        """Return a copy that may be changed."""
        return Traits(
            set(self.documents),
            self.people,
            self.joined_names,
            self.born,
            self.ages,
            self.gender,
            self.fields,
            self.countries,
            self.words,
            self.sides,
            self.weight,
        )


@lru_cache(maxsize=1 << 14)
def traits_of(entity: EntityAppearance) -> Traits:
    """Return the traits of one entity, which callers must not change."""
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
        _NO_SIDES,
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
