"""Different full names of persons of which one may be a form of the other: shortened, with initials, by a nickname."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from reader.collection.identity.evidence.crossing import CrossingName, NameKind
from reader.resolve.evidence import people
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import facts_of
from reader.resolve.evidence.name_keys import Key, keys_of
from reader.resolve.rules import Rule
from reader.structures.named_tuple import NamedTuple

_PERSONAL: Final = frozenset({NameKind.FULL, NameKind.INITIALS})
_SAFE_TOKENS: Final = 3
"""A name of at least this many words has one longer form only."""
_MOST_COMPARED: Final = 200
"""Names that share a key are compared with at most this many of the others: more people share an initial than that."""
_NO_NAMES: Final[Mapping[str, None]] = MappingProxyType({})


class NameRelation(NamedTuple):
    """Two different names, of which one may be a form of the other."""

    short: str
    long: str
    rule: str
    score: float
    need: float
    """The evidence in bits that the bearers need to be one."""
    is_safe: bool
    """Whether the names alone are enough if there is only one longer name."""


_LONGER: Final = 2.0
_SHORTENED: Final = 3.0


class RelatedNames:
    """The names of the persons of a collection, and the pairs of them that may be two forms of one."""

    def __init__(self) -> None:
        self._names: dict[str, CrossingName] = {}
        self._posts: defaultdict[Key, dict[str, None]] = defaultdict(dict)
        self._probes: defaultdict[Key, dict[str, None]] = defaultdict(dict)
        self._relations: dict[str, dict[str, NameRelation]] = {}

    def of(self, key: str) -> dict[str, NameRelation]:
        """Return the relations of a name, by the key of the other name."""
        return self._relations.get(key, {})

    def add(self, name: CrossingName) -> None:
        """Add a name, and its relations with those already added."""
        if name.kind not in _PERSONAL or name.key in self._names:
            return
        self._names[name.key] = name
        candidates: dict[str, None] = {}
        posts, probes, shared = keys_of(facts_of(name.text, name.label))
        for key in posts:
            candidates.update(_few(self._probes.get(key)))
            self._posts[key][name.key] = None
        for key in probes:
            if len(key) > 2 or key[0] != "p":  # a surname alone connects whole families
                candidates.update(_few(self._posts.get(key)))
                self._probes[key][name.key] = None
        for key in shared:
            candidates.update(_few(self._posts.get(key)))
            self._posts[key][name.key] = None
        candidates.pop(name.key, None)
        for candidate in sorted(candidates):
            name_relation = self._compare(name, self._names[candidate])
            if name_relation is not None:
                self._relations.setdefault(name.key, {})[candidate] = name_relation
                self._relations.setdefault(candidate, {})[name.key] = name_relation

    def remove(self, name: CrossingName) -> None:
        """Remove a name and its relations."""
        stored = self._names.pop(name.key, None)
        if stored is None:
            return
        posts, probes, shared = keys_of(facts_of(stored.text, stored.label))
        for index, keys in ((self._posts, posts), (self._probes, probes), (self._posts, shared)):
            for key in keys:
                index[key].pop(name.key, None)
                if not index[key]:
                    del index[key]
        for candidate in self._relations.pop(name.key, {}):
            self._relations[candidate].pop(name.key, None)

    @staticmethod
    def _compare(a: CrossingName, b: CrossingName) -> NameRelation | None:
        evidence = relation(a.text, a.label, b.text, b.label)
        if evidence is None or evidence.phase not in {Phase.IDENTITY, Phase.FULL}:
            return None
        short, long = (a, b) if evidence.a == (a.text, a.label) else (b, a)
        rewritten = NameKind.INITIALS in {a.kind, b.kind} or evidence.rule != Rule.FULL_NAME
        same_words = evidence.phase is Phase.IDENTITY
        safe = same_words or (len(short.tokens) >= _SAFE_TOKENS and not rewritten)
        need = _SHORTENED if rewritten and not same_words else _LONGER
        return NameRelation(short.key, long.key, evidence.rule, evidence.score, need, safe)


def _few(names: Mapping[str, None] | None) -> Mapping[str, None]:
    """Return the names that share a key, or none if these are too many to be compared."""
    return names if names is not None and len(names) <= _MOST_COMPARED else _NO_NAMES


@lru_cache(maxsize=1 << 16)
def relation(a: str, a_label: str, b: str, b_label: str) -> Evidence | None:
    """Return what two names of persons say about their being one, apart from any text."""
    return people.compare(facts_of(a, a_label), facts_of(b, b_label))
