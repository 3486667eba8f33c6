"""Evidence that two entities of one name are one: what their documents share beside the name.

Shared are names around them, words and names in their descriptions, and the year of birth. Only pairs that share
something are compared, so the work does not grow with the square of the number of namesakes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise, product
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance, is_national_body
from reader.collection.identity.evidence.counts import CollectionCounts, Weight
from reader.collection.identity.evidence.description_words import word_weight
from reader.collection.identity.evidence.homes import country_of_town, is_town
from reader.collection.identity.names.business_words import TRADES
from reader.collection.identity.names.common_names import lists_as_common
from reader.collection.identity.names.crossing import PLACE_LABELS, CrossingName, NameKind
from reader.names.acronyms import acronym_score
from reader.structures.named_tuple import NamedTuple

_MOST_PAIRED: Final = 12
"""If more entities share something, each is compared with the next one only."""
_LEAST_WEIGHT: Final = 0.75
"""What weighs less makes no pair by itself."""
_SAME_BIRTH: Final = 4.0
_SAME_AGE: Final = 1.0
_SAME_ACRONYM: Final = 2.0
_SAME_REGION: Final = 2.0
"""For a place, beside what the region counts by itself."""
_SAME_NATION: Final = 3.0
"""For a body of which every country has one."""
_BESIDE: Final = {
    NameKind.LISTED: 1.0,
    NameKind.FULL: 3.0,
    NameKind.PROPER: 3.0,
    NameKind.SITE: 2.5,
    NameKind.GENERIC: 1.0,
    NameKind.INITIALS: 1.0,
    NameKind.ACRONYM: 2.0,
    NameKind.SINGLE: 1.0,
}
"""How much a name counts that both descriptions contain: an employer, a town."""
_MOST_OF: Final = {
    "near": 6.0,
    "word": 4.0,
    "beside": 5.0,
    "acronym": 2.0,
    "born": 4.0,
    "age": 1.0,
    "nation": 3.0,
    "region": 2.0,
}
"""The most that all shared features of one kind count together."""
_SHORTER_NAME: Final = 2.0
"""How much it counts that one document has a full name, and the other one its given name and surname. It does not
depend on the collection: an update does not look for other forms of the names around an entity."""
_COMMON_SHORTER_NAME: Final = 1.0
"""The same for a given name and a surname that are listed as common."""
_SHARES: Final = tuple(tuple(share**rank for rank in range(4)) for share in (0.7, 0.5))
"""What the best features of one kind count, one after the other. Names around two entities depend on each other: the
second says less than the first, so they have the second row."""

Feature = tuple[str, str]
"""A kind, and a key, a word or a year."""


class SharedContext(NamedTuple):
    """What the documents of two entities share."""

    weight: Weight
    shared: tuple[str, ...]
    """The shared names and words, best first."""
    is_telling: bool = False
    """Whether that is more than places, countries and occupations."""


_TELLING_NAMES: Final = frozenset({NameKind.FULL, NameKind.PROPER})
_TELLING_KINDS: Final = frozenset({"born", "acronym", "nation"})
_NOTHING: Final = SharedContext(0.0, ())
_NO_KEYS: Final = frozenset[str]()


class EntityFeatures(NamedTuple):
    """The features of an entity, as numbers of the index."""

    all: frozenset[int]
    pairing: tuple[int, ...]
    """Those that count enough to make a pair. A name beside the entity counts as one near it."""


class ContextIndex:
    """The features of some entities that may be one, and the pairs that share some.

    A feature counts the same for all entities. So what two of them share depends on their common features only, and is
    worked out once for all pairs that have the same in common.
    """

    def __init__(self, entities: Sequence[EntityAppearance], counts: CollectionCounts) -> None:
        self._entities = entities
        self._counts = counts
        self._documents = [entity.member.document for entity in entities]
        self._features: list[EntityFeatures | None] = [None] * len(entities)
        self._numbers: dict[Feature, int] = {}
        self._weighted: list[tuple[Feature, Weight]] = []
        """Each feature by its number, and how much it counts if two entities share it."""
        self._weighed: dict[frozenset[int], SharedContext] = {frozenset(): _NOTHING}
        """What features say together that two entities share."""
        self._keys = {document: counts.documents.get(document, _NO_KEYS) for document in set(self._documents)}
        """The keys of the names in each of the documents."""
        inside: Counter[str] = Counter()
        for keys in self._keys.values():
            inside.update(keys)
        several = {key: number for key, number in inside.items() if number > 1}
        self._companions = {
            key: weight for key, number in several.items() if (weight := counts.companion_weight(key, number))
        }
        """The weights of the names that several of the documents have."""
        self._shorter = _shorter_names(inside, counts.shorter)
        """For the key of a full name, that of its given name and surname alone, which other documents have."""
        for long, short in self._shorter.items():
            tokens = counts.names[short].tokens
            least = _COMMON_SHORTER_NAME if lists_as_common(tokens[0], tokens[-1]) else _SHORTER_NAME
            self._companions[long] = max(least, *(self._companions.get(key, 0.0) for key in (long, short)))
            self._companions[short] = self._companions[long]
        self.shares_names = bool(several)
        """Whether several of the documents have one name."""

    def features(self, index: int) -> EntityFeatures:
        """Return the features of an entity."""
        features = self._features[index]
        if features is None:
            features = self._features[index] = self._number(self._collect(self._entities[index]))
        return features

    def _number(self, features: Mapping[Feature, Weight]) -> EntityFeatures:
        numbers = {feature: self._number_of(feature, weight) for feature, weight in features.items()}
        pairing = (
            self._number_of(("near", feature[1]), 0.0) if feature[0] == "beside" else number
            for feature, number in numbers.items()
            if features[feature] >= _LEAST_WEIGHT
        )
        return EntityFeatures(frozenset(numbers.values()), tuple(pairing))

    def _number_of(self, feature: Feature, weight: Weight) -> int:
        number = self._numbers.get(feature)
        if number is None:
            number = self._numbers[feature] = len(self._weighted)
            self._weighted.append((feature, weight))
        elif weight:
            self._weighted[number] = (feature, weight)
        return number

    def _collect(self, entity: EntityAppearance) -> Mapping[Feature, Weight]:
        """Return the features of an entity, and how much each counts if it is shared."""
        counts, description = self._counts, entity.record.description
        features: dict[Feature, Weight] = {}
        companions = self._companions
        for key in companions.keys() & entity.names_around(self._keys):
            if key not in entity.names and key not in entity.aliases:
                features["near", self._shorter.get(key, key)] = companions[key]
        if not _says_trade(entity):
            features.update((("word", word), word_weight(word)) for word in description.words)
        for key in entity.beside:
            name = counts.names[key]
            features["beside", key] = _BESIDE[name.kind]
            if name.label in PLACE_LABELS and entity.record.label in PLACE_LABELS:
                features["region", key] = _SAME_REGION
            features.pop(("near", self._shorter.get(key, key)), None)
        for key, alias in entity.aliases.items():
            if alias.kind is NameKind.ACRONYM and not _are_initials(alias, entity.names.values()):
                features["acronym", key] = _SAME_ACRONYM
        if len(entity.countries) == 1 and is_national_body(entity):
            features.update((("nation", country), _SAME_NATION) for country in entity.countries)
        elif is_town(entity) and (country := country_of_town(entity, counts.documents)):
            features["nation", country] = _SAME_NATION
        if description.born:
            features["born", str(description.born)] = _SAME_BIRTH
        elif description.age:
            features["age", str(description.age)] = _SAME_AGE
        return features

    def pairs(
        self, first: Sequence[int], second: Sequence[int] | None = None
    ) -> Iterator[tuple[int, int, SharedContext]]:
        """Yield pairs of entities that share something: within `first`, or between `first` and `second` if given."""
        members = first if second is None else [*first, *second]
        features = {index: self.features(index) for index in members}
        sharing: defaultdict[int, list[int]] = defaultdict(list)
        for index, (_, pairing) in features.items():
            for feature in pairing:
                sharing[feature].append(index)
        in_first = set(first)
        candidates: set[tuple[int, int]] = set()
        for indexes in sharing.values():
            if len(indexes) < 2:
                continue
            if second is None:
                few = len(indexes) <= _MOST_PAIRED
                candidates.update(combinations(indexes, 2) if few else pairwise(indexes))
            else:
                in_left = [index for index in indexes if index in in_first]
                in_right = [index for index in indexes if index not in in_first]
                if len(in_left) * len(in_right) <= _MOST_PAIRED * _MOST_PAIRED:
                    candidates.update(product(in_left, in_right))
                elif in_left and in_right:
                    candidates.update(chain(product(in_left[:1], in_right), product(in_left, in_right[:1])))
        documents = self._documents
        for a, b in sorted(candidates):
            if documents[a] != documents[b]:
                context = self._shared(a, b, features[a].all & features[b].all)
                if context.weight:
                    yield a, b, context

    def _shared(self, a: int, b: int, common: frozenset[int]) -> SharedContext:
        """Return what two entities share that have some features in common."""
        if self._entities[a].beside or self._entities[b].beside:
            return self._weigh(common, [*self._beside_and_near(a, b)])
        context = self._weighed.get(common)
        if context is None:
            context = self._weighed[common] = self._weigh(common)
        return context

    def _beside_and_near(self, a: int, b: int) -> Iterator[tuple[Weight, str]]:
        """Yield the names beside one of two entities and near the other, and how much they count."""
        for described, neighbor in ((a, b), (b, a)):
            for key in self._entities[described].beside:
                near = self._numbers.get(("near", key))
                if near is not None and near in self.features(neighbor).all:
                    beside = self._weighted[self._numbers["beside", key]][1]
                    yield min(beside, self._weighted[near][1]) + 0.5, key

    def _weigh(self, features: Iterable[int], near: Collection[tuple[Weight, str]] = ()) -> SharedContext:
        """Return what two entities share.

        Args:
            features: The numbers of their common features.
            near: More names that are near both, and how much they count.
        """
        weighted = [self._weighted[number] for number in features]
        if len(weighted) == 1 and not near:
            (((kind, value), weight),) = weighted
            return SharedContext(min(weight, _MOST_OF[kind]), (self._show(kind, value),), self._is_telling(kind, value))
        by_kind: dict[str, list[tuple[Weight, str]]] = {}
        for (kind, value), weight in weighted:
            by_kind.setdefault(kind, []).append((weight, value))
        for item in near:
            by_kind.setdefault("near", []).append(item)
        is_telling = any(self._is_telling(kind, value) for kind, items in by_kind.items() for _, value in items)
        total = 0.0
        reasons: list[tuple[Weight, str]] = []
        for kind, most in _MOST_OF.items():
            items = by_kind.get(kind)
            if items is None:
                continue
            best = sorted(items, reverse=True)[:4]
            subtotal = sum(weight * share for (weight, _), share in zip(best, _SHARES[kind == "near"], strict=False))
            total += min(subtotal, most)
            reasons += ((weight, self._show(kind, value)) for weight, value in best)
        reasons.sort(reverse=True)
        return SharedContext(total, tuple(dict.fromkeys(reason for _, reason in reasons[:4])), is_telling)

    def _is_telling(self, kind: str, value: str) -> bool:
        """Return whether a feature is more than a place, a country or an occupation."""
        if kind in {"near", "beside"}:
            return self._counts.names[value].kind in _TELLING_NAMES
        return kind in _TELLING_KINDS

    def _show(self, kind: str, value: str) -> str:
        if kind in {"near", "beside", "region"}:
            return self._counts.names[value].text
        if kind == "acronym":
            return value.rsplit(" ", 1)[-1]
        return f"born {value}" if kind == "born" else f"aged {value}" if kind == "age" else value


def _shorter_names(keys: Mapping[str, int], shorter: Mapping[str, str]) -> dict[str, str]:
    """Return those of some keys that are full names whose given name and surname alone are another of the keys.

    "Orla M. Venndt" and "Orla Q. Venndt" are two people, so either leaves open who "Orla Venndt" is.

    Args:
        keys: The keys.
        shorter: For the key of a full name with middle names, that of its given name and surname alone.

    Returns:
        The key of the given name and surname, by the key of the full name.
    """
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys.keys() & shorter.keys():
        longer[shorter[key]].append(key)
    return {long: short for short, (long, *others) in longer.items() if not others and short in keys}


def _says_trade(entity: EntityAppearance) -> bool:
    """Return whether the name of a body says what it does, so that namesakes have the same description."""
    if entity.record.label != "ORG" or not entity.record.description.words:
        return False
    return any(not TRADES.isdisjoint(name.tokens) for name in entity.names.values())


def _are_initials(alias: CrossingName, names: Iterable[CrossingName]) -> bool:
    """Return whether an alias is made of the initials of a name, so that any bearer of the name may use it."""
    return any(acronym_score(alias.text, name.text) > 0 for name in names)
