"""Different full names of persons of which one may be a form of the other: shortened, transliterated, with initials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import inf
from typing import Final

from reader.collection.identity.names.crossing import CrossingName, NameKind
from reader.names import tables
from reader.names.romanization import loosely_romanized, romanized
from reader.resolve.evidence import people
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import NameFacts, facts_of, is_initial_token, surname_parts
from reader.resolve.evidence.name_keys import Key, keys_of
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
MOST_COMPARED: Final = 200
"""Names that share a key are compared with at most this many of the others: more people share an initial than that."""
_SURNAME_KEY: Final = 2
"""Parts of a key that has a kind and one word."""


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
_SPELLED: Final = 2.0
"""For two spellings of a name whose surname is not listed as common."""
_NEVER: Final = inf
"""For names that may be one person's, but that only the user joins."""


class BlockingKeys(NamedTuple):
    """The keys by which a name and its other forms find each other."""

    posts: frozenset[Key]
    """Keys under which others find it."""
    probes: frozenset[Key]
    """Keys by which it finds others."""


def may_be_related(name: CrossingName) -> bool:
    """Return whether a name may have other forms.

    It does if it is a person's full name, also with initials, or if a person's name of the same letters may be an error
    in the label.
    """
    return _is_personal(name) or _may_be_mislabeled(name)


def blocking_keys(name: CrossingName) -> BlockingKeys:
    """Return the keys by which a name and its other forms find each other."""
    if not _is_personal(name):
        letters = frozenset({("letters", romanized(name.key.partition(" ")[2]))})
        return BlockingKeys(letters, letters)
    facts = facts_of(name.text, name.label)
    posts, probes, shared = keys_of(facts)
    both = {*shared, *_spelling_keys(facts)}
    # A surname alone connects whole families.
    telling = (key for key in probes if len(key) > _SURNAME_KEY or key[0] != "p")
    return BlockingKeys(frozenset(both.union(posts)), frozenset(both.union(telling)))


def relation_between(a: CrossingName, b: CrossingName) -> NameRelation | None:
    """Return the relation of two names that have a key in common, or None if neither may be a form of the other."""
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
        is_rare = not {a.tokens[-1], b.tokens[-1]} & tables.surnames().keys()
        need = _NEVER if evidence.phase is Phase.SHORT else _SPELLED if is_rare else _SHORTENED
        return NameRelation(short.key, long.key, evidence.rule, evidence.score, need, is_safe=False)
    short, long = (a, b) if evidence.a == (a.text, a.label) else (b, a)
    rewritten = NameKind.INITIALS in {a.kind, b.kind} or evidence.rule != Rule.FULL_NAME
    same_words = evidence.phase is Phase.IDENTITY
    safe = same_words or (len(short.tokens) >= _SAFE_TOKENS and not rewritten)
    need = _SHORTENED if rewritten and not same_words else _LONGER
    return NameRelation(short.key, long.key, evidence.rule, evidence.score, need, safe)


class RelatedNames:
    """The pairs of names that may be two forms of one."""

    def __init__(self) -> None:
        self._names: dict[str, CrossingName] = {}
        self._posts: defaultdict[Key, list[str]] = defaultdict(list)
        self._probes: defaultdict[Key, list[str]] = defaultdict(list)

    def add(self, name: CrossingName) -> Iterator[NameRelation]:
        """Add a name, and yield its relations with those added before."""
        posts, probes = blocking_keys(name)
        candidates: set[str] = set()
        for keys, own_side, far_side in ((posts, self._posts, self._probes), (probes, self._probes, self._posts)):
            for key in keys:
                bearers = far_side.get(key, ())
                if len(bearers) <= MOST_COMPARED:
                    candidates.update(bearers)
            for key in keys:
                own_side[key].append(name.key)
        self._names[name.key] = name
        for candidate in sorted(candidates - {name.key}):
            name_relation = relation_between(name, self._names[candidate])
            if name_relation is not None:
                yield name_relation


def _is_personal(name: CrossingName) -> bool:
    return name.kind in _PERSONAL


def _may_be_mislabeled(name: CrossingName) -> bool:
    """Return whether a body has a name that recognition may take for a person's: "Tarn Conveyor GmbH"."""
    return name.kind is NameKind.PROPER and name.label == "ORG" and len(name.tokens) > 1


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
