"""What a review asks: merges on offer, and merges that happened, each one question about two or more sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from reader.annotate import NamesDifferent, constraints
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import RULES, Entity, Name, Suggestion

_LEANING: Final = frozenset({"shared-name", "part", "place-of", "loose-name", "acronym"})
"""Rules by which a short form may stand for several long ones, so that two of its long forms need not be one."""

_NEWS: Final = 0.001
"""Evidence that is surer than the known one by no more than this is no news."""

Key: TypeAlias = tuple[str, frozenset[frozenset[Name]]]


class Kind(StrEnum):
    """What is gone through."""

    OFFERS = "suggestions"
    MERGES = "automatic merges"


@dataclass(frozen=True, slots=True)
class Side:
    """One of those that may be one: an entity, or a name of one."""

    name: str
    label: str
    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]
    """In order of place."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for two sides being one."""

    a: str
    """The surface form on one side on which it rests."""
    b: str
    rule: str
    score: float
    at: int | None = None
    """Where in the text it is seen (code point)."""

    @property
    def words(self) -> str:
        """The rule in words."""
        return RULES.get(self.rule, self.rule)


@dataclass(frozen=True, slots=True)
class Item:
    """One question: are these sides one entity?"""

    kind: Kind
    sides: tuple[Side, ...]
    reasons: tuple[Reason, ...]
    """The surest first."""
    score: float
    """How sure the weakest reason is that holds the sides together, 0 to 1."""
    rivals: bool = False
    """Whether the first side is a short form that may be any one of the others."""
    doubt: str = ""
    """Why it is asked although the user has kept these apart."""

    @property
    def key(self) -> Key:
        """What makes it the same question as before."""
        return self.kind, frozenset(frozenset(side.names) for side in self.sides)

    @property
    def likely(self) -> frozenset[int]:
        """The sides that are ticked at first."""
        return frozenset({0, 1}) if self.rivals else frozenset(range(len(self.sides)))


def offers(reading: Reading) -> tuple[Item, ...]:
    """Return the merges on offer, those that new evidence brings back first, then the surest first."""
    suggestions = reading.suggestions
    groups = _Groups(reading)
    leaning = [each for each in suggestions if each.rule in _LEANING]
    for each in suggestions:
        if each.rule not in _LEANING:
            groups.join(each)
    contested = _contested(leaning, groups)
    for each in leaning:
        if _short(each) not in contested:
            groups.join(each)
    found = [_rivals(reading, short, rivals) for short, rivals in contested.items()]
    found += [_cluster(reading, ids, held) for ids, held in groups.clusters()]
    found += [_cluster(reading, (each.a, each.b), (each,)) for each in groups.left_over]
    doubted = list(_doubted(reading))
    return (*doubted, *sorted(found, key=lambda item: (-item.score, item.sides[0].mentions[0].start)))


def merges(reading: Reading) -> tuple[Item, ...]:
    """Return the merges that the rules made and the user has not confirmed, the least sure first."""
    settled = _Settled(constraints(reading.decisions).same)
    found = [
        _merge(reading, entity, names)
        for entity in reading.entities
        if len(entity.names) > 1 and not settled.one(names := reading.names_of(entity))
    ]
    return tuple(sorted(found, key=lambda item: (item.score, item.sides[0].mentions[0].start)))


def _merge(reading: Reading, entity: Entity, names: Sequence[Name]) -> Item:
    by_text: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in entity.mentions:
        by_text[reading.name_of(mention).text].append(mention)
    sides = tuple(
        Side(text, mentions[0].label, tuple(name for name in names if name.text == text), tuple(mentions))
        for text in entity.names
        if (mentions := by_text.get(text))
    )
    reasons = [Reason(link.a, link.b, link.rule, link.score, link.at) for link in entity.links]
    reasons.sort(key=lambda reason: -reason.score)
    return Item(Kind.MERGES, sides, tuple(reasons), min((each.score for each in reasons), default=1.0))


def _cluster(reading: Reading, ids: Iterable[str], held: Sequence[Suggestion]) -> Item:
    sides = sorted((_side(reading, each) for each in ids), key=lambda side: (-len(side.mentions), side.mentions[0]))
    return Item(Kind.OFFERS, tuple(sides), tuple(map(_reason, held)), held[-1].score)


def _rivals(reading: Reading, short: str, held: Sequence[Suggestion]) -> Item:
    others = [each.b if each.a == short else each.a for each in held]
    sides = (_side(reading, short), *(_side(reading, other) for other in others))
    return Item(Kind.OFFERS, sides, tuple(map(_reason, held)), held[0].score, rivals=True)


def _side(reading: Reading, id: str) -> Side:  # noqa: A002
    entity = reading.resolution.by_id[id]
    return Side(entity.name, entity.label, reading.names_of(entity), entity.mentions)


def _reason(suggestion: Suggestion) -> Reason:
    return Reason(*suggestion.names, suggestion.rule, suggestion.score, suggestion.at)


def _short(suggestion: Suggestion) -> str:
    """Return the entity whose name is the short form."""
    return suggestion.a if len(suggestion.names[0]) <= len(suggestion.names[1]) else suggestion.b


def _contested(leaning: Sequence[Suggestion], groups: _Groups) -> dict[str, list[Suggestion]]:
    """Return the short forms that may be one of several, and their offers, the surest first."""
    by_short: defaultdict[str, list[Suggestion]] = defaultdict(list)
    for each in leaning:
        by_short[_short(each)].append(each)
    return {
        short: found
        for short, found in by_short.items()
        if len({groups.root(each.b if each.a == short else each.a) for each in found}) > 1
    }


def _kept_apart(reading: Reading) -> set[frozenset[str]]:
    """Return the pairs of entities that the user keeps apart."""
    pairs = constraints(reading.decisions).different
    return {
        frozenset((one.id, other.id)) for a, b in pairs for one in reading.bearers(a) for other in reading.bearers(b)
    }


def _doubted(reading: Reading) -> Iterator[Item]:
    """Yield the pairs that the user kept apart and for which more speaks now than was known then."""
    known: dict[tuple[str, str], float] = {}
    for decision in reading.decisions:
        if isinstance(decision, NamesDifferent):
            for pair in _pairs(reading, decision):
                known[pair] = max(decision.against, known.get(pair, 0.0))
    for (a, b), score in known.items():
        one, other = _side(reading, a), _side(reading, b)
        news = reading.evidence(one.names, other.names)
        if news is not None and news.score > score + _NEWS:
            reason = Reason(news.a.text, news.b.text, news.rule, news.score, news.at)
            doubt = "You kept these apart; since then, more speaks for one entity."
            yield Item(Kind.OFFERS, (one, other), (reason,), news.score, doubt=doubt)


def _pairs(reading: Reading, decision: NamesDifferent) -> set[tuple[str, str]]:
    left, right = (
        {entity.id for name in names for entity in reading.bearers(name)} for names in (decision.left, decision.right)
    )
    found = {(a, b) if int(a[1:]) < int(b[1:]) else (b, a) for a in left for b in right if a != b}
    return found if not left & right else set()


class _Groups:
    """Entities that suggestions connect; none is apart from another of its group by the user's word or the text's."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kept_apart = _kept_apart(reading)
        self._members: dict[str, tuple[str, ...]] = {}
        self._root: dict[str, str] = {}
        self._held: dict[str, list[Suggestion]] = {}
        self.left_over: list[Suggestion] = []
        """Those between two groups that must not become one."""

    def root(self, id: str) -> str:  # noqa: A002
        """Return what stands for the group of an entity."""
        return self._root.get(id, id)

    def join(self, suggestion: Suggestion) -> None:
        """Put two groups together; suggestions come the surest first."""
        a, b = self.root(suggestion.a), self.root(suggestion.b)
        if a == b:
            return
        ones, others = self._members.pop(a, (a,)), self._members.pop(b, (b,))
        if len(ones) + len(others) > 2 and any(self._apart(one, other) for one in ones for other in others):
            self._members |= {a: ones, b: others}
            self.left_over.append(suggestion)
            return
        self._members[a] = ones + others
        self._root.update(dict.fromkeys(others, a))
        self._held[a] = [*self._held.get(a, ()), *self._held.pop(b, ()), suggestion]

    def _apart(self, one: str, other: str) -> bool:
        left, right = (self._reading.names_of(self._reading.resolution.by_id[each]) for each in (one, other))
        return frozenset((one, other)) in self._kept_apart or self._reading.told_apart(left, right)

    def clusters(self) -> Iterator[tuple[tuple[str, ...], list[Suggestion]]]:
        """Yield the groups of two and more, and the suggestions that hold them together, the surest first."""
        for root, ids in self._members.items():
            if len(ids) > 1:
                yield ids, sorted(self._held[root], key=lambda each: -each.score)


class _Settled:
    """Names that the user said are one."""

    def __init__(self, same: Iterable[tuple[Name, Name]]) -> None:
        self._group: dict[Name, set[Name]] = {}
        for a, b in same:
            joined = self._group.get(a, {a}) | self._group.get(b, {b})
            self._group.update(dict.fromkeys(joined, joined))

    def one(self, names: Sequence[Name]) -> bool:
        """Tell whether the user said that of all these names."""
        return set(names) <= self._group.get(names[0], {names[0]})
