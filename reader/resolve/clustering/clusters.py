"""Constrained clustering of the names of one connected component.

Names join in the order of the phases. A short form joins only when everything that it may stand for is one cluster by
then: an ambiguous surface bridges nothing. The user's constraints hold before all else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from reader.resolve.clustering.union_find import Forest
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.short_forms import Alone
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule
from reader.resolve.suggestions import MARGIN, chosen, offers

Pair = tuple[Name, Name]
_SOFT: Final = frozenset({Rule.SIDE_BY_SIDE, Rule.TWO_KNOWN})
_GENERAL: Final = frozenset({Rule.KEPT_HEAD, Rule.KIND, Rule.PLACE_OF})


class Clustering(NamedTuple):
    """How the names of a component fall together."""

    clusters: tuple[tuple[tuple[Name, ...], tuple[Evidence, ...]], ...]
    """Names, sorted, and the evidence that holds them together."""
    offers: tuple[Evidence, ...]
    """Evidence between two clusters that is not enough to join them."""


def cluster(
    names: Sequence[Name],
    evidence: Iterable[Evidence],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    alone: Alone | None = None,
) -> Clustering:
    """Return the clusters of some names.

    Args:
        names: The names of the component, in any order.
        evidence: What the rules say, in any order.
        same: The user's must-links. One that contradicts `different` is left out.
        different: The user's cannot-links.
        alone: Where the short forms stand in the text.
    """
    forest = Forest(sorted(names))
    for a, b in sorted(different):
        forest.forbid(a, b, hard=True)
    for a, b in sorted(same):
        if not forest.apart(a, b, soft=False):
            forest.join(Evidence(Phase.IDENTITY, 1.0, Rule.USER, a, b))
    by_phase: defaultdict[Phase, list[Evidence]] = defaultdict(list)
    for item in sorted(evidence, key=_order):
        by_phase[item.phase].append(item)
    for item in by_phase[Phase.VETO]:
        forest.forbid(item.a, item.b, hard=item.rule not in _SOFT)
    identical = {frozenset((item.a, item.b)) for item in by_phase[Phase.IDENTITY]}
    said = [item for item in by_phase[Phase.DEFINED] if frozenset((item.a, item.b)) in identical]
    for item in [*said, *by_phase[Phase.IDENTITY]]:
        if not forest.apart(item.a, item.b, soft=False):
            forest.join(item)
    for phase in (Phase.DEFINED, Phase.FULL, Phase.SHORT):
        _settle(forest, _without_rivals(by_phase, phase), soft=phase is not Phase.DEFINED)
    if alone is not None:
        _settle_introduced(forest, by_phase[Phase.SHORT], alone)
    return _result(forest, by_phase, alone)


def closed(same: Iterable[tuple[Name, Name]]) -> dict[Name, tuple[Name, ...]]:
    """Return for each name all that are one with it, also through names that the document has not."""
    groups: dict[Name, list[Name]] = {}
    for a, b in same:
        left, right = groups.setdefault(a, [a]), groups.setdefault(b, [b])
        if left is not right:
            left += right
            groups.update(dict.fromkeys(right, left))
    return {name: tuple(group) for name, group in groups.items()}


def _order(evidence: Evidence) -> tuple[object, ...]:
    return (evidence.phase, -evidence.score, evidence.rule, evidence.a, evidence.b, evidence.at or 0)


def _without_rivals(by_phase: dict[Phase, list[Evidence]], phase: Phase) -> list[Evidence]:
    """Return a phase's evidence without general words ("Board") that are part of still other names here."""
    items = by_phase.get(phase, [])
    rivals: defaultdict[Name, set[Name]] = defaultdict(set)
    for item in by_phase.get(Phase.OFFER, ()) if phase is Phase.SHORT else ():
        if item.rule == Rule.PART:
            rivals[item.a].add(item.b)
    return [item for item in items if item.rule not in _GENERAL or not rivals.get(item.a)]


def _settle(forest: Forest, items: Sequence[Evidence], *, soft: bool) -> None:
    """Join every short form that has one long form left, until none has."""
    settled = False
    while not settled and items:
        settled = True
        by_short: defaultdict[Name, list[Evidence]] = defaultdict(list)
        for item in items:
            by_short[forest.find(item.a)].append(item)
        for short in sorted(by_short):
            best = _only_target(forest, by_short[short], soft=soft)
            if best is not None:
                forest.join(best)
                settled = False


def _only_target(forest: Forest, items: Sequence[Evidence], *, soft: bool) -> Evidence | None:
    """Return the surest evidence where all of about the same weight leads to one other cluster."""
    open_items = [
        item
        for item in items
        if forest.find(item.a) != forest.find(item.b) and not forest.apart(item.a, item.b, soft=soft)
    ]
    if not open_items:
        return None
    top = max(item.score for item in open_items)
    near = [item for item in open_items if item.score >= top - MARGIN]
    if len({forest.find(item.b) for item in near}) > 1:
        return None
    shorts = {item.a for item in near}
    taken = (item for item in items if item.a in shorts and forest.find(item.a) == forest.find(item.b))
    if near[0].phase is Phase.SHORT and any(item.score >= top - MARGIN for item in taken):
        return None
    return near[0]


def _settle_introduced(forest: Forest, items: Sequence[Evidence], alone: Alone) -> None:
    """Join surnames and first names that several persons share with the one who had been named alone by then."""
    for item in chosen(forest, items, alone.introduced):
        if not forest.apart(item.a, item.b, soft=True):
            forest.join(item._replace(rule=Rule.INTRODUCED, score=0.8))


def _result(forest: Forest, by_phase: Mapping[Phase, list[Evidence]], alone: Alone | None) -> Clustering:
    members: defaultdict[Name, list[Name]] = defaultdict(list)
    for name in forest.parent:
        members[forest.find(name)].append(name)
    held: defaultdict[Name, list[Evidence]] = defaultdict(list)
    for item in [*forest.used, *_beside(forest, by_phase)]:
        held[forest.find(item.a)].append(item)
    clusters = tuple((tuple(sorted(group)), tuple(held[root])) for root, group in sorted(members.items()))
    return Clustering(clusters, tuple(offers(forest, by_phase, alone)))


def _beside(forest: Forest, by_phase: Mapping[Phase, list[Evidence]]) -> list[Evidence]:
    """Return what the rules say for names that the user joined, as far as it connects them without the user's word."""
    roots = {forest.find(item.a) for item in forest.used if item.rule == Rule.USER}
    if not roots:
        return []
    rest = Forest([name for name in forest.parent if forest.find(name) in roots])
    for item in forest.used:
        if item.rule != Rule.USER and item.a in rest.parent:
            rest.join(item)
    known = len(rest.used)
    for phase in (Phase.IDENTITY, Phase.DEFINED, Phase.FULL, Phase.SHORT, Phase.OFFER):
        for item in by_phase[phase]:
            if item.a in rest.parent and forest.find(item.a) == forest.find(item.b):
                rest.join(item)
    return rest.used[known:]
