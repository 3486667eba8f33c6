"""Clustering of the entities that names connect, into profiles.

A name that is its bearer's alone joins all entities that have it. A name that several may bear, or whose bearers
contradict each other, joins two entities only if their documents share enough. Evidence that is too weak becomes a
suggestion. The user's decisions come first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log2
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.evidence.component_evidence import STRONG_EVIDENCE, name_rule
from reader.collection.identity.evidence.counts import Weight
from reader.collection.identity.evidence.group_evidence import GroupEvidence
from reader.collection.identity.evidence.homes import (
    home_of_capital,
    in_two_regions,
    is_listed,
    is_town,
    only_country,
    stated_countries,
)
from reader.collection.identity.names.commonplace_names import is_commonplace
from reader.collection.identity.names.crossing import NameKind
from reader.collection.identity.names.name_relations import NameRelation
from reader.collection.identity.names.national_bodies import is_national_name, listed_country
from reader.collection.identity.profile_sets import ProfileSets
from reader.names import tables
from reader.resolve.rules import Rule
from reader.structures.named_tuple import NamedTuple

_RIVAL_MARGIN: Final = 1.0
"""Evidence for a rival that is weaker by less than this leaves it open which of the two is meant."""
_CLEAR: Final = 6.0
"""Evidence that is stronger needs no look at rivals."""
_USUAL_SHARE: Final = 0.8
"""The share of documents with one region from which on it is the one that is meant without saying so."""
_OF_PLACES: Final = frozenset({NameKind.LISTED, NameKind.SITE, NameKind.GENERIC})
"""Kinds of names of which the bearers are told apart by places."""
_PER_DOUBLING: Final = 1.5
"""The evidence in bits that two groups of documents need for each doubling of the smaller one, if it is general."""
_BASE_SCORE: Final = 0.3
"""The score of a suggestion without any shared context."""
_SCORE_PER_BIT: Final = 0.1
_HIGHEST_SUGGESTION: Final = 0.9


class LinkDraft(NamedTuple):
    """What joined two entities, or may join them."""

    a: int
    b: int
    rule: str
    score: float
    shared: tuple[str, ...] = ()


class UserLinks(NamedTuple):
    """The user's decisions about the entities of a component."""

    same: Sequence[tuple[int, int]] = ()
    """Must-links, the most recent first."""
    sides: Mapping[int, Collection[tuple[int, bool]]] = {}  # never changed
    """For each entity, the numbers of the cannot-links that it is part of, and on which side."""


class ComponentClusters(NamedTuple):
    """The clusters of a component."""

    clusters: Sequence[Sequence[int]]
    links: Sequence[LinkDraft] = ()
    suggestions: Sequence[LinkDraft] = ()


def cluster_entities(
    evidence: GroupEvidence,
    documents: Mapping[str, frozenset[str]],
    user: UserLinks = UserLinks(),  # noqa: B008  # immutable
) -> ComponentClusters:
    """Return the clusters of the entities of one component, or of several that the user's decisions connect.

    Args:
        evidence: The entities, and what the documents say about them.
        documents: The keys of the names in each document.
        user: The user's decisions.
    """
    entities = evidence.entities
    if len(entities) == 1:
        return ComponentClusters(((0,),))
    if len(evidence.needs) == 1 and not user.same and not user.sides:
        ((key, need),) = evidence.needs.items()
        if not need:
            links = [
                LinkDraft(number, number + 1, *name_rule(key, a, b)) for number, (a, b) in enumerate(pairwise(entities))
            ]
            return ComponentClusters((range(len(entities)),), links)
    return _Clustering(evidence, documents, user).run()


class _Clustering:
    def __init__(self, evidence: GroupEvidence, documents: Mapping[str, frozenset[str]], user: UserLinks) -> None:
        self._evidence = evidence
        self._entities = evidence.entities
        self._by_key = evidence.by_key
        self._needs = evidence.needs
        self._documents = documents
        self._user = user
        self._sets = ProfileSets(evidence, user.sides)
        self._links: list[LinkDraft] = []
        self._located = {number: number for number, entity in enumerate(self._entities) if _is_located(entity)}
        """By the root of a set of places: one of them that its document puts into a region."""

    def run(self) -> ComponentClusters:
        for a, b in self._user.same:
            if not self._sets.joined(a, b) and not self._sets.forbidden(a, b):
                self._join(a, b, Rule.USER, 1.0)
        needs = self._needs
        for key in self._by_key:
            if not needs[key]:
                self._join_by_name(key)
        for key, members in self._by_key.items():
            if needs[key] and len(members) > 1:
                self._join_without_region(key)
                self._join_at_home(key)
        relations = self._evidence.relations
        if relations:
            self._join_longer_names(relations)
        self._join_by_context()
        return ComponentClusters(self._sets.clusters(), self._links, self._suggest(relations))

    def _join_without_region(self, key: str) -> None:
        """Join the documents that put a contested place into no region, as one place that may be any of them.

        If nearly all documents with a region have the same one, they mean that one.
        """
        towns = {number: town for number in self._by_key[key] if is_town(town := self._entities[number])}
        if not towns or is_commonplace(self._entities[min(towns)].names[key]):
            return
        regions = Counter(region for town in towns.values() for region in town.countries or town.beside)
        located = sum(bool(town.beside) for town in towns.values())
        region, count = max(regions.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        usual = region if count >= _USUAL_SHARE * located else ""
        usual = home_of_capital(list(towns.values()), self._documents) or usual
        bare = [number for number, town in towns.items() if not town.beside]
        regions.update(country for town in towns.values() if not town.countries for country in stated_countries(town))
        elsewhere = {number for number in bare if self._is_elsewhere(towns[number], usual, regions)}
        bare = [number for number in bare if number not in elsewhere]
        if usual:
            bare += (number for number, town in towns.items() if usual in (town.countries or town.beside))
        for a, b in pairwise(bare):
            if not self._sets.joined(a, b) and not self._sets.blocked(a, b):
                self._join(a, b, *self._name_rule(key, a, b))

    def _is_elsewhere(self, town: EntityAppearance, usual: str, regions: Collection[str]) -> bool:
        """Return whether the only country that a document names is another one than that of most documents.

        Some document must place a listed town there, since it is known far from its country.
        """
        country = only_country(town, self._documents)
        if not country or country == usual:
            return False
        if is_listed(town) or not (usual and tables.country_of(usual)):
            return country in regions
        return tables.are_other_countries(frozenset({country}), frozenset({usual}))

    def _join_at_home(self, key: str) -> None:
        """Join the documents that mean the body of the country for which a name is listed: "Supreme Court".

        If nearly all documents that leave no doubt mean it, those that name no country or several mean it, too.
        """
        members = self._by_key[key]
        names = [self._entities[number].names[key] for number in members]
        home = next((country for name in names if is_national_name(name) and (country := listed_country(name))), "")
        if names[0].kind is not NameKind.LISTED or not home:
            return
        at_home, doubtful = [], []
        for number, name in zip(members, names, strict=True):
            countries = self._entities[number].countries
            if countries == {home} or not is_national_name(name):
                at_home.append(number)
            elif not countries or home in countries:
                doubtful.append(number)
        if len(at_home) >= _USUAL_SHARE * (len(members) - len(doubtful)):
            at_home += doubtful
        for a, b in pairwise(at_home):
            if not self._sets.joined(a, b) and not self._sets.blocked(a, b):
                self._join(a, b, *self._name_rule(key, a, b))

    def _join_by_name(self, key: str) -> None:
        """Join all entities that have a name of its own."""
        members = self._by_key[key]
        # Nothing can keep apart entities whose only name is not contested.
        simple = not self._user.sides and all(len(self._entities[number].names) == 1 for number in members)
        for a, b in pairwise(members):
            if simple:
                self._links.append(LinkDraft(a, b, *self._name_rule(key, a, b)))
            elif not self._sets.joined(a, b) and not self._sets.blocked(a, b, by_name=True):
                self._join(a, b, *self._name_rule(key, a, b))
        if simple:
            self._sets.join_all(members)
            located = next((number for number in members if number in self._located), None) if self._located else None
            if located is not None:
                self._located[self._sets.root(members[0])] = located

    def _join(self, a: int, b: int, rule: str, score: float, shared: tuple[str, ...] = ()) -> None:
        roots = self._sets.roots
        located = self._located.get(roots[a], self._located.get(roots[b]))
        self._sets.join(a, b)
        if located is not None:
            self._located[roots[a]] = located
        self._links.append(LinkDraft(a, b, rule, score, shared))

    def _name_rule(self, key: str, a: int, b: int) -> tuple[str, float]:
        return name_rule(key, self._entities[a], self._entities[b])

    def _join_longer_names(self, relations: Iterable[NameRelation]) -> None:
        """Join the bearers of a name with those of the only longer form of it, if the name is long enough itself."""
        needs = self._needs
        longer: defaultdict[str, list[NameRelation]] = defaultdict(list)
        for relation in relations:
            longer[relation.short].append(relation)
        for short, items in sorted(longer.items()):
            keys = [item.long for item in items]
            if any(not item.is_safe for item in items) or any(needs[key] for key in (short, *keys)):
                continue
            for item in sorted(items, key=lambda item: (-item.score, item.long)):
                a, b = self._by_key[short][0], self._by_key[item.long][0]
                if not self._sets.joined(a, b) and not self._sets.blocked(a, b):
                    self._join(a, b, item.rule, item.score)

    def _join_by_context(self) -> None:
        """Join the entities that share enough, the surest first.

        Evidence leaves it open who is meant if one of the two is about as much like an entity that cannot be one with
        the other. If two groups of documents are compared, some of them may share places, countries and occupations by
        chance, the likelier the more there are: each doubling of the smaller group needs more.
        """
        sets = self._sets
        roots = sets.roots
        for (a, b, weight, need, rule, shared, is_telling), start in self._evidence.strong_pairs():
            a += start
            b += start
            first, second = roots[a], roots[b]
            if first == second:
                continue
            strong = weight >= STRONG_EVIDENCE
            if not is_telling and self._may_share_by_chance(a, b):
                need += _PER_DOUBLING * log2(min(sets.size(a), sets.size(b)))
            if weight - sets.against(first, second, strong=strong) < need or self._regions_differ(a, b):
                continue
            if weight < _CLEAR:
                neighbors = self._evidence.neighbors
                least = _RIVAL_MARGIN - weight
                rivals, weights = neighbors[a]
                if sets.has_rival(a, b, rivals[: bisect_left(weights, least)], start, strong=strong):
                    continue
                rivals, weights = neighbors[b]
                if sets.has_rival(b, a, rivals[: bisect_left(weights, least)], start, strong=strong):
                    continue
            self._join(a, b, rule, _link_score(weight), shared)

    def _may_share_by_chance(self, a: int, b: int) -> bool:
        """Return whether two of many namesakes may well share a place, a country or an occupation.

        A place says which body of a town or a country is meant, but not which person or company.
        """
        return all(name.kind not in _OF_PLACES for number in (a, b) for name in self._entities[number].names.values())

    def _regions_differ(self, a: int, b: int) -> bool:
        """Return whether two places, or two others of their sets, lie in two regions."""
        if not self._located:
            return False
        roots = self._sets.roots
        first = a if self._entities[a].beside else self._located.get(roots[a])
        second = b if self._entities[b].beside else self._located.get(roots[b])
        if first is None or second is None:
            return False
        places = self._entities[first], self._entities[second]
        return all(map(_is_located, places)) and in_two_regions(*places, self._documents)

    def _suggest(self, relations: Iterable[NameRelation]) -> list[LinkDraft]:
        """Return what may join two clusters, the likeliest first: at most one suggestion for two clusters."""
        sets = self._sets
        roots = sets.roots
        best: dict[tuple[int, int], LinkDraft] = {}
        for a, b, rule, weight, shared in self._possible_links(relations):
            first, second = roots[a], roots[b]
            if first == second:
                continue
            against = sets.against(first, second, strong=weight >= STRONG_EVIDENCE)
            if against >= STRONG_EVIDENCE and weight <= against:
                continue
            score = _BASE_SCORE + _SCORE_PER_BIT * (weight - against) if weight > against else _BASE_SCORE
            if score > _HIGHEST_SUGGESTION:
                score = _HIGHEST_SUGGESTION
            pair = (first, second) if first < second else (second, first)
            best_so_far = best.get(pair)
            if best_so_far is None or best_so_far.score < score:
                best[pair] = LinkDraft(a, b, rule, round(score, 3), shared)
        return sorted(best.values(), key=lambda draft: (-draft.score, draft.a, draft.b))

    def _possible_links(
        self, relations: Iterable[NameRelation]
    ) -> Iterator[tuple[int, int, str, Weight, tuple[str, ...]]]:
        """Yield two entities, of one set or of two, the rule for their names, and what their documents share."""
        roots = self._sets.roots
        for pairs, start in self._evidence.pairs():
            for a, b, weight, _, rule, shared, _ in pairs:
                a += start
                b += start
                if roots[a] != roots[b]:
                    yield a, b, rule, weight, shared
        for key in self._by_key:
            for number, largest in self._namesakes(key):
                yield number, largest, self._name_rule(key, number, largest)[0], 0.0, ()
        for relation in relations:
            a, b = self._largest(self._by_key[relation.short]), self._largest(self._by_key[relation.long])
            yield a, b, relation.rule, 0.0, ()

    def _namesakes(self, key: str) -> Iterator[tuple[int, int]]:
        """Yield an entity of each set that has a name, and one of the largest set that has it."""
        members = self._by_key[key]
        if self._entities[members[0]].names[key].kind not in {NameKind.GENERIC, NameKind.SINGLE}:
            largest = self._largest(members)
            for number in self._first_of_sets(members):
                yield number, largest

    def _largest(self, members: Sequence[int]) -> int:
        """Return one of some entities whose set is the largest."""
        return max(self._first_of_sets(members), key=lambda number: (self._sets.size(number), -number))

    def _first_of_sets(self, members: Sequence[int]) -> Collection[int]:
        """Return the first one of some entities in each of their sets."""
        roots = self._sets.roots
        return {roots[number]: number for number in reversed(members)}.values()


def _is_located(entity: EntityAppearance) -> bool:
    """Return whether an entity is a town that its document puts into a region."""
    return bool(entity.beside) and is_town(entity)


@lru_cache(maxsize=1 << 10)
def _link_score(weight: Weight) -> float:
    """Return how sure a link is that rests on shared context, from its evidence in bits."""
    doubt: float = 0.5 ** min(weight, 6.0)
    return round(1 - doubt / 2, 3)
