"""Clustering of the entities that names connect, into profiles.

A name that is its bearer's alone joins all entities that have it. A name that owning may bear, or whose bearers
contradict each other, joins two entities only if their documents share enough. Evidence that is too weak becomes a
suggestion. The user's decisions come first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final, NamedTuple, Protocol

from reader.collection.identity.appearance import EntityAppearance
from reader.collection.identity.counts import CollectionCounts, Weight
from reader.collection.identity.crossing import NameKind
from reader.collection.identity.name_relations import NameRelation
from reader.collection.identity.profile_sets import STRONG_EVIDENCE, ProfileSets, contradict, hostility, traits_of
from reader.collection.identity.shared_context import ContextIndex, SharedContext
from reader.resolve.graph import compare
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule

_NEEDS: Final = {
    NameKind.LISTED: 0.0,
    NameKind.FULL: 0.0,
    NameKind.PROPER: 0.0,
    NameKind.SITE: 0.0,
    NameKind.GENERIC: 2.0,
    NameKind.INITIALS: STRONG_EVIDENCE,
    NameKind.ACRONYM: 2.5,
    NameKind.SINGLE: STRONG_EVIDENCE,
}
"""The evidence in bits that two entities with one name of a kind need to be one."""
_SOME_EVIDENCE: Final = 2.0
"""The same for a common name with a less frequent surname."""
_RIVAL_MARGIN: Final = 1.0
"""Evidence for a rival that is weaker by less than this leaves it open which of the two is meant."""
_CLEAR: Final = 6.0
"""Evidence that is stronger needs no look at rivals."""
_LEAST_WEIGHT: Final = 1.0
"""Weaker evidence is worth no suggestion."""
_USUAL_SHARE: Final = 0.8
"""The share of documents with one region from which on it is the one that is meant without saying so."""
_MOST_SIGNATURES: Final = 64
"""Different descriptions of the bearers of one name that are compared for contradictions."""
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

    clusters: tuple[tuple[int, ...], ...]
    links: tuple[LinkDraft, ...]
    suggestions: tuple[LinkDraft, ...]
    depends_on: Mapping[str, tuple[int, Weight]]
    """The keys of names whose frequency in the collection matters: in how many documents of the component they are,
    and their weights."""


class _EvidencePair(NamedTuple):
    context: SharedContext
    need: Weight
    rule: str


def cluster_entities(
    entities: Sequence[EntityAppearance],
    relations: Sequence[NameRelation],
    counts: CollectionCounts,
    user: UserLinks = UserLinks(),  # noqa: B008  # immutable
) -> ComponentClusters:
    """Return the clusters of the entities of one component.

    Args:
        entities: The entities, sorted.
        relations: Pairs of different names of which one may be a form of the other.
        counts: Counts over the collection.
        user: The user's decisions.
    """
    if len(entities) == 1:
        return ComponentClusters(((0,),), (), (), {})
    return _Clustering(entities, counts, user).run(relations)


class _Clustering:
    def __init__(self, entities: Sequence[EntityAppearance], counts: CollectionCounts, user: UserLinks) -> None:
        self._entities = entities
        self._counts = counts
        self._user = user
        self._contexts: ContextIndex | None = None
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        self._by_alias: defaultdict[str, list[int]] = defaultdict(list)
        for number, entity in enumerate(entities):
            for key in entity.names:
                self._by_key[key].append(number)
            for key in entity.aliases:
                self._by_alias[key].append(number)
        self._links: list[LinkDraft] = []
        self._pairs: list[_EvidencePair] = []
        self._needs: dict[str, Weight] = {}

    @cached_property
    def _sets(self) -> ProfileSets:
        return ProfileSets(self._entities, self._user.sides)

    @property
    def _index(self) -> ContextIndex:
        """What the documents share. Most components need it not."""
        if self._contexts is None:
            self._contexts = ContextIndex(self._entities, self._counts)
        return self._contexts

    def run(self, relations: Sequence[NameRelation]) -> ComponentClusters:
        if len(self._by_key) == 1 and not self._user.same and not self._user.sides:
            (key,) = self._by_key
            if not self._need(key):
                members = self._by_key[key]
                links = tuple(LinkDraft(a, b, *self._name_rule(key, a, b)) for a, b in pairwise(members))
                return ComponentClusters((tuple(members),), links, (), {})
        for a, b in self._user.same:
            if not self._sets.joined(a, b) and not self._sets.forbidden(a, b):
                self._sets.join(a, b)
                self._links.append(LinkDraft(a, b, Rule.USER, 1.0))
        for key in sorted(self._by_key):
            self._needs[key] = self._need(key)
        for key in sorted(self._by_key):
            if not self._needs[key]:
                self._join_by_name(key)
        for key in sorted(self._by_key):
            if self._needs[key] and len(self._by_key[key]) > 1:
                self._join_without_region(key)
                self._pairs += self._pairs_within(key)
        self._join_longer_names(relations)
        for relation in relations:
            self._pairs += self._pairs_between(relation)
        self._pairs += self._pairs_with_aliases()
        self._join_by_context()
        clusters: defaultdict[int, list[int]] = defaultdict(list)
        for number in range(len(self._entities)):
            clusters[self._sets.root(number)].append(number)
        return ComponentClusters(
            tuple(map(tuple, clusters.values())),
            tuple(self._links),
            tuple(self._suggest(relations)),
            self._contexts.depends_on if self._contexts is not None else {},
        )

    def _need(self, key: str) -> Weight:
        """Return the evidence that the bearers of a name need to be one."""
        members = self._by_key[key]
        name = self._entities[members[0]].names[key]
        need = _NEEDS[name.kind]
        if self._counts.is_common(key):
            need = STRONG_EVIDENCE if self._counts.is_very_common(key) else _SOME_EVIDENCE
        if (
            name.kind is not NameKind.LISTED
            and need < STRONG_EVIDENCE
            and len(members) > 1
            and self._is_contested(key, members)
        ):
            need = STRONG_EVIDENCE
        return need

    def _is_contested(self, key: str, members: Sequence[int]) -> bool:
        """Return whether some bearers of a name contradict each other, so that the name is shared."""
        documents = {self._entities[number].member.document for number in members}
        if len(documents) < len(members):
            return True
        is_place = self._entities[members[0]].names[key].kind is NameKind.SITE
        if is_place:
            return self._lies_in_two_regions(members)
        signatures: dict[tuple[object, ...], int] = {}
        for number in members:
            entity = self._entities[number]
            description = entity.record.description
            words = description.words if entity.record.label != "PERSON" else ()
            signature = (entity.fields, entity.countries, words, description.born, description.age, description.gender)
            if any(signature):
                signatures.setdefault(signature, number)
        traits = [traits_of(self._entities[number]) for number in list(signatures.values())[:_MOST_SIGNATURES]]
        return any(contradict(a, b) or hostility(a, b) >= STRONG_EVIDENCE for a, b in combinations(traits, 2))

    def _lies_in_two_regions(self, members: Sequence[int]) -> bool:
        """Return whether documents put a place into two regions, neither of which the other document mentions."""
        regions = {self._entities[number].beside: number for number in members if self._entities[number].beside}
        numbers = list(regions.values())[:_MOST_SIGNATURES]
        return any(self._two_regions(a, b) for a, b in combinations(numbers, 2))

    def _join_without_region(self, key: str) -> None:
        """Join the documents that put a contested place into no region, as one place that may be any of them.

        If nearly all documents with a region have the same one, they mean that one.
        """
        members = self._by_key[key]
        if self._entities[members[0]].names[key].kind is not NameKind.SITE:
            return
        bare = [number for number in members if not self._entities[number].beside]
        regions = Counter(region for number in members for region in self._entities[number].beside)
        region, count = max(regions.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if count >= _USUAL_SHARE * (len(members) - len(bare)):
            bare += (number for number in members if region in self._entities[number].beside)
        for a, b in pairwise(bare):
            if not self._sets.joined(a, b) and not self._sets.blocked(a, b, 0.0):
                rule, score = self._name_rule(key, a, b)
                self._sets.join(a, b)
                self._links.append(LinkDraft(a, b, rule, score))

    def _two_regions(self, a: int, b: int) -> bool:
        first, second = self._entities[a], self._entities[b]
        documents = self._counts.documents
        return (
            bool(first.beside and second.beside)
            and first.beside.isdisjoint(documents.get(second.member.document, ()))
            and second.beside.isdisjoint(documents.get(first.member.document, ()))
        )

    def _join_by_name(self, key: str) -> None:
        """Join all entities that have a name of its own."""
        members = self._by_key[key]
        # Nothing can keep apart entities whose only name is not contested.
        simple = not self._user.sides and all(len(self._entities[number].names) == 1 for number in members)
        for a, b in pairwise(members):
            if simple:
                self._links.append(LinkDraft(a, b, *self._name_rule(key, a, b)))
            elif not self._sets.joined(a, b) and not self._sets.blocked(a, b, 0.0, by_name=True):
                rule, score = self._name_rule(key, a, b)
                self._sets.join(a, b)
                self._links.append(LinkDraft(a, b, rule, score))
        if simple:
            self._sets.join_all(members)

    def _name_rule(self, key: str, a: int, b: int) -> tuple[str, float]:
        """Return the rule by which the names of two entities with one key are the same, and its score."""
        x, y = self._entities[a].names[key], self._entities[b].names[key]
        if x.text == y.text:
            return Rule.SAME, 1.0
        first, second = sorted((Name(x.text, x.label), Name(y.text, y.label)))
        evidence = compare(first, second)
        return (Rule.SPELLED, 0.95) if evidence is None else (evidence.rule, min(0.98, evidence.score))

    def _pairs_within(self, key: str) -> list[_EvidencePair]:
        need = self._needs[key]
        return [
            _EvidencePair(context, need, self._name_rule(key, context.first, context.second)[0])
            for context in self._index.pairs(self._by_key[key])
            if context.weight >= _LEAST_WEIGHT
        ]

    def _join_longer_names(self, relations: Sequence[NameRelation]) -> None:
        """Join the bearers of a name with those of the only longer form of it, if the name is long enough itself."""
        longer: defaultdict[str, list[NameRelation]] = defaultdict(list)
        for relation in relations:
            longer[relation.short].append(relation)
        for short, items in sorted(longer.items()):
            keys = [item.long for item in items]
            if any(not item.is_safe for item in items) or any(self._needs.get(key, 9.0) for key in (short, *keys)):
                continue
            for item in sorted(items, key=lambda item: (-item.score, item.long)):
                a, b = self._by_key[short][0], self._by_key[item.long][0]
                if not self._sets.joined(a, b) and not self._sets.blocked(a, b, 0.0):
                    self._sets.join(a, b)
                    self._links.append(LinkDraft(a, b, item.rule, item.score))

    def _pairs_between(self, relation: NameRelation) -> list[_EvidencePair]:
        short, long = self._by_key[relation.short], self._by_key[relation.long]
        need = max(relation.need, self._needs[relation.short], self._needs[relation.long])
        only_short = [number for number in short if relation.long not in self._entities[number].names]
        only_long = [number for number in long if relation.short not in self._entities[number].names]
        return [_EvidencePair(context, need, relation.rule) for context in self._index.pairs(only_short, only_long)]

    def _pairs_with_aliases(self) -> list[_EvidencePair]:
        """Return the pairs of an entity that a document knows by a short form only, and one that has it as an alias."""
        pairs: list[_EvidencePair] = []
        for key, owners in sorted(self._by_alias.items()):
            bearers = [number for number in self._by_key.get(key, ()) if key in self._entities[number].names]
            if bearers and self._entities[owners[0]].aliases[key].kind is not NameKind.SINGLE:
                need = max(self._needs[key], _NEEDS[NameKind.ACRONYM])
                bearing = set(bearers)
                owning = [number for number in owners if number not in bearing]
                pairs += (_EvidencePair(context, need, Rule.SAME) for context in self._index.pairs(bearers, owning))
        return pairs

    def _join_by_context(self) -> None:
        """Join the entities that share enough, the surest first."""
        neighbors: defaultdict[int, list[tuple[Weight, int]]] = defaultdict(list)
        for context, _, _ in self._pairs:
            neighbors[context.first].append((context.weight, context.second))
            neighbors[context.second].append((context.weight, context.first))
        for items in neighbors.values():
            items.sort(reverse=True)
        strong = [pair for pair in self._pairs if pair.context.weight >= pair.need]
        for pair in sorted(strong, key=lambda pair: (-pair.context.weight, pair.context[:2], pair.rule)):
            a, b, weight, shared = pair.context
            if self._sets.joined(a, b) or self._sets.blocked(a, b, weight):
                continue
            if weight - hostility(self._sets.traits(a), self._sets.traits(b)) < pair.need or self._regions_differ(a, b):
                continue
            if weight < _CLEAR and (
                self._has_rival(a, b, weight, neighbors) or self._has_rival(b, a, weight, neighbors)
            ):
                continue
            self._sets.join(a, b)
            self._links.append(LinkDraft(a, b, pair.rule, _link_score(weight), shared))

    def _regions_differ(self, a: int, b: int) -> bool:
        is_place = all(name.kind is NameKind.SITE for name in self._entities[a].names.values())
        return is_place and self._two_regions(a, b)

    def _has_rival(self, a: int, b: int, weight: Weight, neighbors: Mapping[int, Sequence[tuple[Weight, int]]]) -> bool:
        """Return whether `a` is about as much like an entity that cannot be one with `b`."""
        sets = self._sets
        compared = {sets.root(a), sets.root(b)}
        for rival_weight, rival in neighbors[a]:
            if rival_weight <= weight - _RIVAL_MARGIN:
                break  # the neighbors are sorted
            root = sets.root(rival)
            if root in compared:
                continue
            compared.add(root)
            if sets.blocked(rival, a, weight):
                continue
            if sets.blocked(rival, b, weight) or hostility(sets.traits(rival), sets.traits(b)) >= STRONG_EVIDENCE:
                return True
        return False

    def _suggest(self, relations: Sequence[NameRelation]) -> list[LinkDraft]:
        """Return what may join two clusters, the likeliest first: at most one suggestion for two clusters."""
        best: dict[tuple[int, int], LinkDraft] = {}

        def offer(a: int, b: int, rule: str, weight: Weight, shared: tuple[str, ...], base: float) -> None:
            first, second = self._sets.root(a), self._sets.root(b)
            if first == second or self._sets.blocked(a, b, weight):
                return
            against = hostility(self._sets.traits(a), self._sets.traits(b))
            if against >= STRONG_EVIDENCE and weight <= against:
                return
            score = min(_HIGHEST_SUGGESTION, base + _SCORE_PER_BIT * max(0.0, weight - against))
            pair = (min(first, second), max(first, second))
            if pair not in best or best[pair].score < score:
                best[pair] = LinkDraft(a, b, rule, round(score, 3), shared)

        for pair in self._pairs:
            context = pair.context
            offer(context.first, context.second, pair.rule, context.weight, context.shared, _BASE_SCORE)
        for key in sorted(self._by_key):
            self._offer_namesakes(key, offer)
        for relation in relations:
            a, b = self._largest(self._by_key[relation.short]), self._largest(self._by_key[relation.long])
            offer(a, b, relation.rule, 0.0, (), _BASE_SCORE)
        return sorted(best.values(), key=lambda draft: (-draft.score, draft.a, draft.b))

    def _offer_namesakes(self, key: str, offer: _Offer) -> None:
        """Offer each set that has a name to the largest one that has it."""
        members = self._by_key[key]
        roots = dict.fromkeys(map(self._sets.root, members))
        if len(roots) < 2 or self._entities[members[0]].names[key].kind in {NameKind.GENERIC, NameKind.SINGLE}:
            return
        largest = self._largest(members)
        for number in members:
            if not self._sets.joined(number, largest) and roots.pop(self._sets.root(number), 0) is None:
                offer(number, largest, self._name_rule(key, number, largest)[0], 0.0, (), _BASE_SCORE)

    def _largest(self, members: Sequence[int]) -> int:
        """Return one of some entities whose set is the largest."""
        return max(members, key=lambda number: (self._sets.traits(number).weight, -number))


class _Offer(Protocol):
    """The type of the function that records a suggestion."""

    def __call__(self, a: int, b: int, rule: str, weight: Weight, shared: tuple[str, ...], base: float) -> None: ...


def _link_score(weight: Weight) -> float:
    """Return how sure a link is that rests on shared context, from its evidence in bits."""
    doubt: float = 0.5 ** min(weight, 6.0)
    return round(1 - doubt / 2, 3)
