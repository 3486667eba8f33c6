"""Different full names of persons of which one may be a form of the other: shortened, transliterated, with initials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import inf
from types import MappingProxyType
from typing import Final

from reader.collection.identity.evidence.crossing import CrossingName, NameKind
from reader.names.romanization import loosely_romanized, romanized
from reader.resolve.evidence import people
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import NameFacts, facts_of, is_initial_token, surname_parts
from reader.resolve.evidence.name_keys import Key, NameKeys, keys_of
from reader.resolve.rules import Rule
from reader.structures.named_tuple import NamedTuple

_PERSONAL: Final = frozenset({NameKind.FULL, NameKind.INITIALS})
_SAFE_TOKENS: Final = 3
"""A name of at least this many words has one longer form only."""
_FULL_TOKENS: Final = 2
_TRANSLITERATED_SCORE: Final = 0.88
_ASKED_SCORE: Final = 0.6
_ASKED_ABOUT: Final = frozenset({Rule.SHARED_NAME, Rule.WORD_ORDER})
"""Rules whose suggestions about two full names are worth a question across documents, too."""
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
_NEVER: Final = inf
"""For names that may be one person's, but that only the user joins."""


class RelatedNames:
    """The names of the persons of a collection, and the pairs of them that may be two forms of one.

    Bodies are among them whose name is that of a person, but for a legal form: one of the two labels may be wrong.
    """

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
        if name.key in self._names or not (_is_personal(name) or _may_be_mislabeled(name)):
            return
        self._names[name.key] = name
        candidates: dict[str, None] = {}
        posts, probes, shared = _keys(name)
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
        posts, probes, shared = _keys(stored)
        for index, keys in ((self._posts, posts), (self._probes, probes), (self._posts, shared)):
            for key in keys:
                index[key].pop(name.key, None)
                if not index[key]:
                    del index[key]
        for candidate in self._relations.pop(name.key, {}):
            self._relations[candidate].pop(name.key, None)

    @staticmethod
    def _compare(a: CrossingName, b: CrossingName) -> NameRelation | None:
        if not (_is_personal(a) and _is_personal(b)):
            if not (_is_personal(a) or _is_personal(b)):
                return None
            short, long = (a, b) if _is_personal(b) else (b, a)
            return NameRelation(short.key, long.key, Rule.TWO_LABELS, _ASKED_SCORE, _NEVER, is_safe=False)
        evidence = relation(a.text, a.label, b.text, b.label)
        if evidence is None or evidence.phase not in {Phase.IDENTITY, Phase.FULL, Phase.SHORT}:
            return None
        if evidence.phase is Phase.SHORT and evidence.rule == Rule.SURNAME:
            return None
        if evidence.phase is Phase.SHORT or evidence.rule == Rule.TRANSLITERATION:
            # Neither is the longer one. The name with more words has hardly another longer form.
            short, long = sorted((a, b), key=lambda name: (-len(name.tokens), name.key))
            need = _NEVER if evidence.phase is Phase.SHORT else _SHORTENED
            return NameRelation(short.key, long.key, evidence.rule, evidence.score, need, is_safe=False)
        short, long = (a, b) if evidence.a == (a.text, a.label) else (b, a)
        rewritten = NameKind.INITIALS in {a.kind, b.kind} or evidence.rule != Rule.FULL_NAME
        same_words = evidence.phase is Phase.IDENTITY
        safe = same_words or (len(short.tokens) >= _SAFE_TOKENS and not rewritten)
        need = _SHORTENED if rewritten and not same_words else _LONGER
        return NameRelation(short.key, long.key, evidence.rule, evidence.score, need, safe)


def _is_personal(name: CrossingName) -> bool:
    return name.kind in _PERSONAL


def _may_be_mislabeled(name: CrossingName) -> bool:
    """Return whether a body has a name that recognition may take for a person's: "Tarn Conveyor GmbH"."""
    return name.kind is NameKind.PROPER and name.label == "ORG" and len(name.tokens) > 1


def _keys(name: CrossingName) -> NameKeys:
    """Return the keys by which a name finds its relations."""
    if not _is_personal(name):
        return NameKeys([], [], [("letters", romanized(name.key.partition(" ")[2]))])
    facts = facts_of(name.text, name.label)
    posts, probes, shared = keys_of(facts)
    return NameKeys(posts, probes, [*shared, *_spelling_keys(facts)])


def _few(names: Mapping[str, None] | None) -> Mapping[str, None]:
    """Return the names that share a key, or none if these are too many to be compared."""
    return names if names is not None and len(names) <= _MOST_COMPARED else _NO_NAMES


@lru_cache(maxsize=1 << 16)
def relation(a: str, a_label: str, b: str, b_label: str) -> Evidence | None:
    """Return what two names of persons say about their being one, apart from any text.

    Evidence of `Phase.SHORT` is about two full names that may be one person's, but that nothing but the user joins.
    """
    first, second = facts_of(a, a_label), facts_of(b, b_label)
    evidence = people.compare(first, second)
    if evidence is not None and evidence.phase is not Phase.SUGGESTION:
        return evidence
    if min(len(first.tokens), len(second.tokens)) < _FULL_TOKENS:
        return evidence
    spelled = people.compare(_respelled(first, romanized), _respelled(second, romanized))
    if spelled is not None and spelled.phase in {Phase.IDENTITY, Phase.FULL}:
        return Evidence(Phase.FULL, _TRANSLITERATED_SCORE, Rule.TRANSLITERATION, first.name, second.name)
    if evidence is not None and evidence.rule in _ASKED_ABOUT:
        return evidence._replace(phase=Phase.SHORT)
    if _may_have_married(first, second) or _may_have_married(second, first):
        return Evidence(Phase.SHORT, _ASKED_SCORE, Rule.PART, first.name, second.name)
    loosely = people.compare(_respelled(first, loosely_romanized), _respelled(second, loosely_romanized))
    if loosely is not None and loosely.phase in {Phase.IDENTITY, Phase.FULL}:
        return Evidence(Phase.SHORT, _ASKED_SCORE, Rule.TRANSLITERATION, first.name, second.name)
    return evidence


def _respelled(facts: NameFacts, spell: Callable[[str], str]) -> NameFacts:
    """Return the facts of a person's name in another spelling."""
    suffix = f" {facts.person.suffix}" if facts.person is not None and facts.person.suffix else ""
    words = (token if is_initial_token(token) else spell(token) for token in facts.tokens)
    return facts_of(" ".join(word.title() for word in words) + suffix, facts.label)


def _may_have_married(first: NameFacts, second: NameFacts) -> bool:
    """Return whether the surname of one name is a part of the other's: "Ada Quill", "Ada Sand-Quill"."""
    return first.tokens[:-1] == second.tokens[:-1] and first.tokens[-1] in surname_parts(second.tokens)


def _spelling_keys(facts: NameFacts) -> tuple[Key, ...]:
    """Return the keys that two spellings of a full name share, whatever the order of its words and its middle names."""
    tokens = facts.tokens
    if len(tokens) < _FULL_TOKENS or is_initial_token(tokens[0]) or is_initial_token(tokens[-1]):
        return ()
    given_name, surname = loosely_romanized(tokens[0]), loosely_romanized(tokens[-1])
    parts = (surname, *map(loosely_romanized, surname_parts(tokens)))
    keys: list[Key] = [("ends", *sorted((given_name, part))) for part in parts]
    keys.append(("letters", romanized(facts.letters)))
    return tuple(keys)
