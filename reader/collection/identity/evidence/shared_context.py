"""Evidence that two entities of one name are one: what their documents share beside the name.

Shared are names around them, words and names in their descriptions, and the year of birth. Only pairs that share
something are compared, so the work does not grow with the square of the number of namesakes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise, product
from typing import Final, NamedTuple

from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.evidence.counts import CollectionCounts, Weight, word_weight
from reader.collection.identity.evidence.crossing import NameKind

_MOST_PAIRED: Final = 12
"""If more entities share something, each is compared with the next one only."""
_LEAST_WEIGHT: Final = 0.75
"""What weighs less makes no pair by itself."""
_SAME_BIRTH: Final = 4.0
_SAME_AGE: Final = 1.0
_SAME_ACRONYM: Final = 2.0
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
_MOST_OF: Final = {"near": 6.0, "word": 4.0, "beside": 5.0, "acronym": 2.0, "born": 4.0, "age": 1.0}
"""The most that all shared features of one kind count together."""
_SHARES: Final = tuple(tuple(share**rank for rank in range(4)) for share in (0.7, 0.5))
"""What the best features of one kind count, one after the other. Names around two entities depend on each other: the
second says less than the first, so they have the second row."""

Feature = tuple[str, str]
"""A kind, and a key, a word or a year."""
Features = Mapping[Feature, Weight]


class SharedContext(NamedTuple):
    """What the documents of two entities share."""

    first: int
    """The indexes of the two entities."""
    second: int
    weight: Weight
    shared: tuple[str, ...]
    """The shared names and words, best first."""


class ContextIndex:
    """The features of some entities that may be one, and the pairs that share some."""

    def __init__(self, entities: Sequence[EntityAppearance], counts: CollectionCounts) -> None:
        self._entities = entities
        self._counts = counts
        self._features: dict[int, Features] = {}
        inside: Counter[str] = Counter()
        for document in {entity.member.document for entity in entities}:
            inside.update(counts.documents.get(document, ()))
        self._companions = {
            key: weight
            for key, number in inside.items()
            if number > 1 and (weight := counts.companion_weight(key, number))
        }
        """The weights of the names that several of the documents have."""
        self.depends_on = {
            key: (number, self._companions.get(key, 0.0))
            for key, number in inside.items()
            if number > 1 and counts.varies(key)
        }
        """The names whose frequency elsewhere matters: in how many of these documents they are, and their weights."""

    def features(self, index: int) -> Features:
        """Return the features of an entity, and how much each counts if it is shared."""
        features = self._features.get(index)
        if features is None:
            features = self._features[index] = self._collect(self._entities[index])
        return features

    def _collect(self, entity: EntityAppearance) -> Features:
        counts, description = self._counts, entity.record.description
        features: dict[Feature, Weight] = {}
        companions = self._companions
        for key in companions.keys() & counts.documents.get(entity.member.document, frozenset()):
            if key not in entity.names and key not in entity.aliases:
                features["near", key] = companions[key]
        for word in description.words:
            features["word", word] = word_weight(word)
        for key in entity.beside:
            name = counts.name(key)
            features["beside", key] = _BESIDE[name.kind]
            features.pop(("near", key), None)
        for key, alias in entity.aliases.items():
            if alias.kind is NameKind.ACRONYM:
                features["acronym", key] = _SAME_ACRONYM
        if description.born:
            features["born", str(description.born)] = _SAME_BIRTH
        elif description.age:
            features["age", str(description.age)] = _SAME_AGE
        return features

    def pairs(self, first: Sequence[int], second: Sequence[int] | None = None) -> Iterator[SharedContext]:
        """Yield what pairs of entities share: within `first`, or between `first` and `second` if it is given."""
        members = first if second is None else [*first, *second]
        sharing: defaultdict[Feature, list[int]] = defaultdict(list)
        for index in members:
            for feature, weight in self.features(index).items():
                if weight >= _LEAST_WEIGHT:
                    # A name in the description of one and near the other counts as near both.
                    sharing[("near", feature[1]) if feature[0] == "beside" else feature].append(index)
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
        for a, b in sorted(candidates):
            if self._entities[a].member.document != self._entities[b].member.document:
                context = self.compare(a, b)
                if context.weight:
                    yield context

    def compare(self, a: int, b: int) -> SharedContext:
        """Return what two entities share."""
        features, b_features = self.features(a), self.features(b)
        by_kind: dict[str, list[tuple[Weight, str]]] = {}
        for feature in features.keys() & b_features.keys():
            kind, value = feature
            by_kind.setdefault(kind, []).append((min(features[feature], b_features[feature]), value))
        for index, described, other in ((a, features, b_features), (b, b_features, features)):
            for key in self._entities[index].beside:
                if (paired := other.get(("near", key))) is not None:
                    by_kind.setdefault("near", []).append((min(described["beside", key], paired) + 0.5, key))
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
        shared = tuple(dict.fromkeys(reason for _, reason in reasons[:4]))
        return SharedContext(a, b, total, shared)

    def _show(self, kind: str, value: str) -> str:
        if kind in {"near", "beside"}:
            return self._counts.name(value).text
        if kind == "acronym":
            return value.rsplit(" ", 1)[-1]
        return f"born {value}" if kind == "born" else f"aged {value}" if kind == "age" else value
