"""What is offered: evidence between two clusters that was not enough to join them, without its echoes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from reader.resolve.clustering.union_find import Forest
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.short_forms import Alone, Groups
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule

Chooser: TypeAlias = Callable[[Name, Groups], Name | None]
"""A short form and the groups of names that it may stand for → a name of the group that it stands for."""

MARGIN: Final = 0.08
"""A rule that is this much surer than another decides alone between two long forms."""
_SHARED: Final = 0.75
_FIRST: Final = 0.8
"""What is left of a rule's score where several have the short form, and for the one of them who was named first."""
_SPELLED: Final = frozenset({Rule.SPELLING, Rule.TRANSLITERATION, Rule.WORD_ORDER})
_PHASES: Final = (Phase.IDENTITY, Phase.DEFINED, Phase.FULL, Phase.SHORT, Phase.OFFER)


def offers(forest: Forest, by_phase: Mapping[Phase, list[Evidence]], alone: Alone | None) -> Iterator[Evidence]:
    """Yield what is offered, phase by phase.

    Left out are: short forms shared by two spellings of one name, which are offered as spellings; initials and
    surnames that have an owner, where the text says so or where they do not stand again after the rival was named.
    """
    found = [
        item
        for phase in _PHASES
        for item in by_phase.get(phase, ())
        if forest.find(item.a) != forest.find(item.b) and not forest.apart(item.a, item.b, soft=True)
    ]
    spelled = {_ends(forest, item) for item in found if item.rule in _SPELLED}
    owners: defaultdict[Name, list[Evidence]] = defaultdict(list)
    for phase in (Phase.DEFINED, Phase.SHORT):
        for item in by_phase.get(phase, ()):
            if forest.find(item.a) == forest.find(item.b):
                owners[item.a].append(item)
    kept = [
        item
        for item in found
        if not (item.phase is Phase.SHORT and _ends(forest, item) in spelled)
        and not (item.a in owners and _is_owned(item, owners[item.a], alone))
    ]
    short = [item for item in kept if item.phase is Phase.SHORT]
    first = set(chosen(forest, short, alone.first_named)) if alone is not None and short else set()
    for item in kept:
        yield _as_offer(item, first=item in first)


def _ends(forest: Forest, item: Evidence) -> frozenset[Name]:
    return frozenset((forest.find(item.a), forest.find(item.b)))


def _is_owned(item: Evidence, owners: Sequence[Evidence], alone: Alone | None) -> bool:
    """Say whether a short form belongs to others, so that a rival has no claim to it."""
    if item.rule == Rule.SURNAME_SOUND:
        return True
    if item.phase is not Phase.SHORT:
        return False
    if item.rule == Rule.ACRONYM:
        return any(owner.phase is Phase.DEFINED for owner in owners)
    fulls = [owner.b for owner in owners]
    return alone is not None and not alone.stands_after(item.a, item.b, fulls)


def chosen(forest: Forest, items: Iterable[Evidence], chooser: Chooser) -> list[Evidence]:
    """Return for each surname and first name that is open the evidence for the one whom a chooser chooses."""
    by_short: defaultdict[Name, list[Evidence]] = defaultdict(list)
    for item in items:
        if item.rule in {Rule.SURNAME, Rule.GIVEN_NAME} and forest.find(item.a) != forest.find(item.b):
            by_short[item.a].append(item)
    found: list[Evidence] = []
    for short, held in sorted(by_short.items()):
        top = max(item.score for item in held)
        groups: defaultdict[Name, list[Evidence]] = defaultdict(list)
        for item in held:
            if item.score >= top - MARGIN:
                groups[forest.find(item.b)].append(item)
        owner = chooser(short, [[item.b for item in group] for _, group in sorted(groups.items())])
        if owner is not None:
            found.append(next(item for item in held if item.b == owner))
    return found


def _as_offer(item: Evidence, *, first: bool) -> Evidence:
    if item.phase in {Phase.FULL, Phase.SHORT}:
        share, rule = (_FIRST, Rule.FIRST_NAMED) if first else (_SHARED, Rule.SHARED_NAME)
        return item._replace(phase=Phase.OFFER, score=round(item.score * share, 3), rule=rule)
    return item._replace(phase=Phase.OFFER, score=round(min(item.score, 0.9), 3))
