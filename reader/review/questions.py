"""What a review asks: merges on offer, and merges that happened, each one question about two or more sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from reader.annotate import NamesDifferent, constraints
from reader.names import fold, strip_titles
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import RULES, Entity, Link, Name, Suggestion
from reader.review.suggestion_groups import Groups

_LEANING: Final = frozenset(
    {"shared-name", "first-named", "surname-sound", "part", "place-of", "loose-name", "acronym", "head", "kind"}
)
"""Rules by which a short form may stand for several long ones, so that two of its long forms need not be one."""
_TIES: Final = frozenset(
    {"surname", "given-name", "introduced", "initials", "acronym", "loose-name", "defined", "quoted", "user"}
)
"""Rules by which a short form is counted with a long one."""
_TWO_LABELS: Final = 0.9
"""How sure it is that one name under two labels of things is one entity."""
_AHEAD: Final = 0.04
"""By so much the evidence for one of several rivals has to be surer to be the likely one."""

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
    held: bool = False
    """Whether that short form is counted with the second side now."""
    doubt: str = ""
    """Why it is asked although the user has kept these apart."""

    @property
    def key(self) -> Key:
        """What makes it the same question as before."""
        return self.kind, frozenset(frozenset(side.names) for side in self.sides)

    @property
    def likely(self) -> frozenset[int]:
        """The sides that are ticked at first; of rivals the one for which most speaks, if there is one."""
        if not self.rivals:
            return frozenset(range(len(self.sides)))
        scores = [reason.score for reason in self.reasons]
        leads = self.held or len(scores) < 2 or scores[0] >= scores[1] + _AHEAD
        return frozenset({0, 1}) if leads else frozenset({0})


def offers(reading: Reading) -> tuple[Item, ...]:
    """Return the merges on offer, those that new evidence brings back first, then the surest first."""
    suggestions = reading.suggestions
    groups = Groups(reading)
    leaning = [each for each in suggestions if each.rule in _LEANING]
    for each in suggestions:
        if each.rule not in _LEANING:
            groups.join(each)
    contested = _contested(reading, leaning, groups)
    asked = {id(each) for found in contested.values() for each in found}
    for each in leaning:
        if id(each) not in asked:
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
        if len(names := reading.names_of(entity)) > 1 and not settled.one(names)
    ]
    return tuple(sorted(found, key=lambda item: (item.score, item.sides[0].mentions[0].start)))


def renewed(reading: Reading, item: Item) -> Item:
    """Return a question that was asked before with its sides as they are now: labels and mentions may be others."""
    sides = tuple(_side_now(reading, side) for side in item.sides)
    return item if sides == item.sides else replace(item, sides=sides)


def _side_now(reading: Reading, side: Side) -> Side:
    names: list[Name] = []
    mentions: set[Mention] = set()
    for name in side.names:
        held = [(reading.name_of(each), each) for entity in reading.entities_with(name) for each in entity.mentions]
        found = [each for each in held if each[0] == name] or [each for each in held if each[0].text == name.text]
        names += [each for each, _ in found]
        mentions.update(mention for _, mention in found)
    if not names:
        return side
    label = Counter(mention.label for mention in mentions).most_common(1)[0][0]
    return Side(side.name, label, tuple(dict.fromkeys(names)), tuple(sorted(mentions)))


def _merge(reading: Reading, entity: Entity, names: Sequence[Name]) -> Item:
    by_name: dict[Name, list[Mention]] = {name: [] for name in names}
    for mention in entity.mentions:
        by_name[reading.name_of(mention)].append(mention)
    place = {text: number for number, text in enumerate(entity.names)}
    order = sorted(names, key=lambda name: (place.get(name.text, len(place)), -len(by_name[name])))
    sides = tuple(Side(name.text, name.label, (name,), tuple(by_name[name])) for name in order)
    reasons = [Reason(link.a, link.b, link.rule, link.score, link.at) for link in entity.links]
    reasons += [
        Reason(one.text, one.text, "two-labels", _TWO_LABELS, by_name[other][0].start)
        for one, other in pairwise(order)
        if one.text == other.text
    ]
    reasons.sort(key=lambda reason: -reason.score)
    return Item(Kind.MERGES, sides, tuple(reasons), min((each.score for each in reasons), default=1.0))


def _cluster(reading: Reading, ids: Iterable[str], held: Sequence[Suggestion]) -> Item:
    sides = sorted((_side(reading, each) for each in ids), key=lambda side: (-len(side.mentions), side.mentions[0]))
    return Item(Kind.OFFERS, tuple(sides), tuple(map(_reason, held)), held[-1].score)


def _rivals(reading: Reading, short: _Short, held: Sequence[Suggestion]) -> Item:
    others = tuple(_side(reading, each.b if each.a == short.id else each.a) for each in held)
    reasons = tuple(map(_reason, held))
    if short.tie is None:
        return Item(Kind.OFFERS, (_side(reading, short.id), *others), reasons, held[0].score, rivals=True)
    tie = Reason(short.tie.a, short.tie.b, short.tie.rule, short.tie.score, short.tie.at)
    sides = (*_divided(reading, short), *others)
    return Item(Kind.OFFERS, sides, (tie, *reasons), held[0].score, rivals=True, held=True)


def _divided(reading: Reading, short: _Short) -> tuple[Side, Side]:
    """Return a short form, and the entity with which it is counted without it."""
    entity = reading.resolution.by_id[short.id]
    mentions: tuple[list[Mention], list[Mention]] = [], []
    for mention in entity.mentions:
        mentions[reading.name_of(mention).text not in short.forms].append(mention)
    form, rest = (tuple(dict.fromkeys(map(reading.name_of, found))) for found in mentions)
    text = short.tie.a if short.tie else form[0].text
    return (
        Side(text, entity.label, form, tuple(mentions[0])),
        Side(entity.name, entity.label, rest, tuple(mentions[1])),
    )


def _side(reading: Reading, id: str) -> Side:
    entity = reading.resolution.by_id[id]
    return Side(entity.name, entity.label, reading.names_of(entity), entity.mentions)


def _reason(suggestion: Suggestion) -> Reason:
    return Reason(*suggestion.names, suggestion.rule, suggestion.score, suggestion.at)


class _Short(NamedTuple):
    """A short form that suggestions are about."""

    id: str
    """The entity that has it."""
    forms: frozenset[str] = frozenset()
    """The form and its spellings, where the entity has other names, too."""
    tie: Link | None = None
    """Why it is counted with these."""


def _short(reading: Reading, suggestion: Suggestion) -> _Short:
    """Return the short form that a suggestion is about."""
    first = len(suggestion.names[0]) <= len(suggestion.names[1])
    id, form = (suggestion.a if first else suggestion.b), suggestion.names[0 if first else 1]
    entity = reading.resolution.by_id[id]
    forms = frozenset(name for name in entity.names if _core(name) == _core(form))
    for link in entity.links:
        if link.rule in _TIES and link.a in forms and link.b not in forms and len(link.a) < len(link.b):
            return _Short(id, forms, link)
    return _Short(id)


def _core(name: str) -> str:
    return fold(strip_titles(name)[1])


def _contested(reading: Reading, leaning: Sequence[Suggestion], groups: Groups) -> dict[_Short, list[Suggestion]]:
    """Return the short forms that may be one of several, and their offers, the surest first."""
    by_short: defaultdict[_Short, list[Suggestion]] = defaultdict(list)
    for each in leaning:
        by_short[_short(reading, each)].append(each)
    return {
        short: found
        for short, found in by_short.items()
        if short.tie is not None or len({groups.root(each.b if each.a == short.id else each.a) for each in found}) > 1
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
        {entity.id for name in names for entity in reading.entities_with(name)}
        for names in (decision.left, decision.right)
    )
    found = {(a, b) if int(a[1:]) < int(b[1:]) else (b, a) for a in left for b in right if a != b}
    return found if not left & right else set()


class _Settled:
    """Names that the user said are one."""

    def __init__(self, same: Iterable[tuple[Name, Name]]) -> None:
        self._group: dict[Name, set[Name]] = {}
        for a, b in same:
            joined = self._group.get(a, {a}) | self._group.get(b, {b})
            self._group.update(dict.fromkeys(joined, joined))

        self._texts = {name.text: group for name, group in self._group.items()}

    def one(self, names: Sequence[Name]) -> bool:
        """Tell whether the user said that of all these names, whatever label their mentions have by now."""
        exact = {name.text for name in names if name in self._group}
        then = {text: group for text, group in self._texts.items() if text not in exact}
        known = [self._group.get(name) or then.get(name.text, {name}) for name in names]
        return all(group is known[0] for group in known) or len(set(names)) == 1
