"""What speaks for and against the entities of a component being one: everything that the documents say.

The user's decisions play no part here, so a decision leaves it as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance, says_country
from reader.collection.identity.evidence.counts import CollectionCounts, Weight
from reader.collection.identity.evidence.generations import names_of_two_generations
from reader.collection.identity.evidence.homes import (
    are_in_two_countries,
    have_two_homes,
    in_two_regions,
    is_town,
    may_have_two_homes,
    share_no_name,
)
from reader.collection.identity.evidence.shared_context import ContextIndex
from reader.collection.identity.evidence.traits import Traits, contradict, hostility, traits_of
from reader.collection.identity.names.business_words import names_a_newspaper
from reader.collection.identity.names.commonplace_names import is_commonplace
from reader.collection.identity.names.crossing import CrossingName, NameKind
from reader.collection.identity.names.name_relations import NameRelation
from reader.collection.identity.names.national_bodies import is_national_name, listed_country
from reader.resolve.graph import compare
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule
from reader.structures.named_tuple import NamedTuple

STRONG_EVIDENCE: Final = 3.0
"""Evidence in bits that joins two bearers of a common name."""
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
_SLIGHT_EVIDENCE: Final = 1.0
"""The same for a rarer full name, two of whose bearers are described and have nothing in common."""
_COMMONPLACE_EVIDENCE: Final = 1.0
"""The same for a name that bodies of many places have, if two documents that have it share nothing else."""
_SHORTEST_TELLING_INITIALS: Final = 3
"""So many initials need slight evidence if all documents which spell them out take them for one body."""
_HYPHEN: Final = "-"
"""Two surnames in one are rare enough for one bearer."""
_LEAST_WEIGHT: Final = 1.0
"""Weaker evidence is worth no suggestion."""
_FEW_BEARERS: Final = 5
"""Listed initials keep their meaning if more documents have them, for each one that spells them out otherwise."""
_MOST_MEANINGS: Final = 3
"""Initials of more bodies are no question that anybody could answer."""
_MOST_QUESTIONS: Final = 12
"""Documents with the same initials for which it is asked what they mean."""
_MOST_SIGNATURES: Final = 64
"""Different descriptions of the bearers of one name that are compared for contradictions."""


class EvidencePair(NamedTuple):
    """Two entities whose documents share something."""

    first: int
    """The indexes of the two entities."""
    second: int
    weight: Weight
    """What speaks for their being one."""
    need: Weight
    """What must speak for it if they are to be one."""
    rule: str
    """The rule by which their names are the same."""
    shared: tuple[str, ...]
    """What their documents share, best first."""
    is_telling: bool
    """Whether that is more than places, countries and occupations."""


class Neighbors(NamedTuple):
    """The entities that one shares something with, those that it shares most with first."""

    indexes: Sequence[int]
    negative_weights: Sequence[Weight]
    """What they share with it, each below 0: so the smallest one is first."""


class ComponentEvidence:
    """The entities that names connect, and what speaks for their being one. Never changes."""

    def __init__(
        self,
        entities: Sequence[EntityAppearance],
        by_key: Mapping[str, Sequence[int]],
        needs: Mapping[str, Weight],
        relations: Sequence[NameRelation],
        pairs: Sequence[EvidencePair] = (),
        *,
        shares_names: bool = False,
    ) -> None:
        """Keep what was gathered.

        Args:
            entities: The entities, sorted within each component.
            by_key: The indexes of the entities that have a name, by its key.
            needs: For the key of each name, the evidence that its bearers need to be one.
            relations: Pairs of different names of which one may be a form of the other.
            pairs: The pairs of entities whose documents share something.
            shares_names: Whether other names count that several of their documents have, and how many documents of
                the collection have those.
        """
        self.entities = entities
        self.by_key = by_key
        self.needs = needs
        self.relations = relations
        self.pairs = pairs
        strong = [pair for pair in pairs if pair.weight >= pair.need]
        self.strong_pairs = sorted(strong, key=lambda pair: (-pair.weight, pair.first, pair.second, pair.rule))
        """The pairs that share as much as they need, the surest first."""
        self.shares_names = shares_names

    def complete(self) -> None:
        """Work out now what clustering will ask for."""
        _ = self.traits, self.neighbors

    @cached_property
    def traits(self) -> tuple[Sequence[Traits], Sequence[int]]:
        """The different traits of the entities, and for each entity the index of its own."""
        numbers: dict[Traits, int] = {}
        of_entities = [numbers.setdefault(traits_of(entity), len(numbers)) for entity in self.entities]
        return list(numbers), of_entities

    @cached_property
    def neighbors(self) -> Sequence[Neighbors]:
        """For each entity, those that it shares something with."""
        neighbors: list[list[tuple[Weight, int]]] = [[] for _ in self.entities]
        for first, second, weight, *_ in self.pairs:
            neighbors[first].append((-weight, second))
            neighbors[second].append((-weight, first))
        for items in neighbors:
            items.sort()
        return [Neighbors([number for _, number in items], [weight for weight, _ in items]) for items in neighbors]


def gather_evidence(
    entities: Sequence[EntityAppearance], relations: Sequence[NameRelation], counts: CollectionCounts
) -> ComponentEvidence:
    """Return what the documents say about the entities of one component.

    Args:
        entities: The entities, sorted.
        relations: Pairs of different names of which one may be a form of the other.
        counts: Counts over the collection.
    """
    return _Gathering(entities, counts).run(relations)


def name_rule(key: str, first: EntityAppearance, second: EntityAppearance) -> tuple[str, float]:
    """Return the rule by which the names of two entities with one key are the same, and its score."""
    x, y = first.names[key], second.names[key]
    if x.text == y.text:
        return Rule.SAME, 1.0
    low, high = sorted((Name(x.text, x.label), Name(y.text, y.label)))
    evidence = compare(low, high)
    return (Rule.SPELLED, 0.95) if evidence is None else (evidence.rule, min(0.98, evidence.score))


def _by_key(entities: Iterable[EntityAppearance]) -> dict[str, list[int]]:
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        for key in entity.names:
            by_key[key].append(number)
    return dict(sorted(by_key.items()))


class _Gathering:
    def __init__(self, entities: Sequence[EntityAppearance], counts: CollectionCounts) -> None:
        self._entities = entities
        self._counts = counts
        self._by_key = _by_key(entities)
        self._of_two_generations = names_of_two_generations(entities, self._by_key)
        self._needs = {key: self._need(key) for key in self._by_key}
        self._contexts: ContextIndex | None = None

    @property
    def _index(self) -> ContextIndex:
        """What the documents share. Most components do not need it."""
        if self._contexts is None:
            self._contexts = ContextIndex(self._entities, self._counts)
        return self._contexts

    def run(self, relations: Sequence[NameRelation]) -> ComponentEvidence:
        if len(self._entities) == 1:
            return ComponentEvidence(self._entities, self._by_key, self._needs, relations)
        pairs: list[EvidencePair] = []
        for key, members in self._by_key.items():
            if self._needs[key] and len(members) > 1:
                pairs += self._pairs_within(key)
        for relation in relations:
            pairs += self._pairs_between(relation)
        pairs += self._pairs_with_aliases()
        shares_names = self._contexts is not None and self._contexts.shares_names
        return ComponentEvidence(self._entities, self._by_key, self._needs, relations, pairs, shares_names=shares_names)

    def _need(self, key: str) -> Weight:
        """Return the evidence that the bearers of a name need to be one."""
        members = self._by_key[key]
        name = self._entities[members[0]].names[key]
        if name.kind in {NameKind.ACRONYM, NameKind.SITE}:  # others may show that it is "Halden" in capitals, or a body
            name = min(self._forms(key, members), key=lambda form: form.kind)
        need = _NEEDS[name.kind]
        is_telling = name.kind is NameKind.ACRONYM and len(key.rpartition(" ")[2]) >= _SHORTEST_TELLING_INITIALS
        if is_telling and self._has_one_meaning(key):
            need = _SLIGHT_EVIDENCE
        if key in self._of_two_generations:
            return STRONG_EVIDENCE
        if key in self._counts.common:
            need = STRONG_EVIDENCE if self._counts.is_very_common(key) else _SOME_EVIDENCE
        if name.kind is NameKind.LISTED:
            national = next((item for item in self._forms(key, members) if is_national_name(item)), None)
            if national is not None and self._is_of_several_countries(national):
                return _NEEDS[NameKind.GENERIC]
            if national is None and self._is_spelled_out_otherwise(key, members):
                return _NEEDS[NameKind.ACRONYM]
            if self._are_in_two_countries(members):
                return STRONG_EVIDENCE
        if (
            name.kind is not NameKind.LISTED
            and not is_national_name(name)
            and need < STRONG_EVIDENCE
            and len(members) > 1
            and self._is_contested(key, members)
        ):
            return STRONG_EVIDENCE
        if name.kind is NameKind.FULL and not need and _HYPHEN not in name.tokens[-1] and self._are_unrelated(members):
            return _SLIGHT_EVIDENCE
        if not need and len(members) > 1 and is_commonplace(name) and self._are_strangers(members):
            return _SOME_EVIDENCE if names_a_newspaper(name.tokens) else _COMMONPLACE_EVIDENCE
        if not need and len(members) > 1 and may_have_two_homes(name) and self._have_two_homes(members):
            return _COMMONPLACE_EVIDENCE
        return need

    def _has_one_meaning(self, key: str) -> bool:
        """Return whether some documents spell out some initials, and all of them in the same way."""
        bodies = {min(entity.names) for entity in self._entities if key in entity.aliases}
        return len(bodies) == 1

    def _are_strangers(self, members: Sequence[int]) -> bool:
        """Return whether two documents that have a name have no other name in common."""
        entities = [self._entities[number] for number in members[:_MOST_SIGNATURES]]
        return any(self._share_nothing(a, b) for a, b in combinations(entities, 2))

    def _have_two_homes(self, members: Sequence[int]) -> bool:
        """Return whether two documents that have nothing else in common place a body in two countries or towns."""
        return have_two_homes([self._entities[number] for number in members[:_MOST_SIGNATURES]], self._counts.documents)

    def _are_unrelated(self, members: Sequence[int]) -> bool:
        """Return whether two documents describe the bearer of a name and have nothing else in common.

        Two documents about one person nearly always share more, if only a country or a word of the description.
        """
        described = [entity for number in members if (entity := self._entities[number]).is_described]
        return any(
            set(a.record.description.words).isdisjoint(b.record.description.words) and self._share_nothing(a, b)
            for a, b in combinations(described[:_MOST_SIGNATURES], 2)
        )

    def _is_spelled_out_otherwise(self, key: str, members: Sequence[int]) -> bool:
        """Return whether quite a few documents, for its bearers, have initials that are listed for another body."""
        others = sum(key in entity.aliases for entity in self._entities)
        return others > 0 and len(members) <= others * _FEW_BEARERS

    def _forms(self, key: str, members: Sequence[int]) -> Iterator[CrossingName]:
        """Yield the forms in which documents have a name."""
        return (self._entities[number].names[key] for number in members)

    def _is_of_several_countries(self, name: CrossingName) -> bool:
        """Return whether some documents mean the body of another country by a name that is listed for one of them.

        A list that does not say the country leaves it to the documents: two of them must say two countries themselves.
        """
        bearers = [entity for entity in self._entities if name.key in entity.names or name.key in entity.aliases]
        home = listed_country(name)
        if home:
            return any(entity.countries and home not in entity.countries for entity in bearers)
        countries = {entity.countries for entity in bearers if says_country(entity)}
        return any(a.isdisjoint(b) for a, b in combinations(countries, 2))

    def _is_contested(self, key: str, members: Sequence[int]) -> bool:
        """Return whether some bearers of a name contradict each other, so that the name is shared."""
        bearers = [self._entities[number] for number in members]
        # A person and a body of one document that have the name of a body are one, of which the label differs.
        if len({(entity.member.document, entity.record.label == "PERSON") for entity in bearers}) < len(members):
            return True
        if all(name.kind is NameKind.SITE for name in self._forms(key, members)):
            return self._lies_in_two_regions(members) or self._are_in_two_countries(members)
        signatures: dict[tuple[object, ...], int] = {}
        for number in members:
            entity = self._entities[number]
            description = entity.record.description
            words = description.words if entity.record.label != "PERSON" else ()
            signature = (entity.fields, entity.countries, words, description.born, description.age, description.gender)
            if any(signature):
                signatures.setdefault(signature, number)
        return any(self._are_two(a, b) for a, b in combinations(list(signatures.values())[:_MOST_SIGNATURES], 2))

    def _are_two(self, first: int, second: int) -> bool:
        """Return whether what two documents say of a name is about two bearers.

        Two documents that have nothing else in common and put a person into two fields, even related ones, are.
        """
        x, y = self._entities[first], self._entities[second]
        a, b = traits_of(x), traits_of(y)
        if contradict(a, b):
            return True
        against = hostility(a, b)
        return against >= STRONG_EVIDENCE or (bool(against) and bool(a.people) and self._share_nothing(x, y))

    def _share_nothing(self, a: EntityAppearance, b: EntityAppearance) -> bool:
        """Return whether the documents of two entities have no other name in common."""
        return share_no_name(a, b, self._counts.documents)

    def _are_in_two_countries(self, members: Sequence[int]) -> bool:
        """Return whether two documents place a town in two countries."""
        towns = [entity for number in members if is_town(entity := self._entities[number])]
        return are_in_two_countries(towns[:_MOST_SIGNATURES], self._counts.documents)

    def _lies_in_two_regions(self, members: Sequence[int]) -> bool:
        regions = {self._entities[number].beside: number for number in members if self._entities[number].beside}
        bearers = [self._entities[number] for number in list(regions.values())[:_MOST_SIGNATURES]]
        return any(in_two_regions(a, b, self._counts.documents) for a, b in combinations(bearers, 2))

    def _pairs_within(self, key: str) -> list[EvidencePair]:
        need, entities, members = self._needs[key], self._entities, self._by_key[key]
        rule = Rule.SAME if len({entities[number].names[key].text for number in members}) == 1 else ""
        return [
            EvidencePair(a, b, weight, need, rule or name_rule(key, entities[a], entities[b])[0], shared, is_telling)
            for a, b, (weight, shared, is_telling) in self._index.pairs(members)
            if weight >= _LEAST_WEIGHT
        ]

    def _pairs_between(self, relation: NameRelation) -> list[EvidencePair]:
        short, long = self._by_key[relation.short], self._by_key[relation.long]
        need = max(relation.need, self._needs[relation.short], self._needs[relation.long])
        only_short = [number for number in short if relation.long not in self._entities[number].names]
        only_long = [number for number in long if relation.short not in self._entities[number].names]
        return [
            EvidencePair(a, b, weight, need, relation.rule, shared, is_telling)
            for a, b, (weight, shared, is_telling) in self._index.pairs(only_short, only_long)
        ]

    def _pairs_with_aliases(self) -> list[EvidencePair]:
        """Return the pairs of an entity that a document knows by a short form only, and one that has it as an alias."""
        by_alias: defaultdict[str, list[int]] = defaultdict(list)
        for number, entity in enumerate(self._entities):
            for key in entity.aliases:
                by_alias[key].append(number)
        pairs: list[EvidencePair] = []
        for key, owners in sorted(by_alias.items()):
            bearers = self._by_key.get(key, ())
            kind = self._entities[owners[0]].aliases[key].kind
            if bearers and kind is not NameKind.SINGLE:
                need = self._needs[key]
                if self._entities[bearers[0]].names[key].kind is not NameKind.ACRONYM:
                    need = max(need, _NEEDS[NameKind.ACRONYM])
                bearing = set(bearers)
                owning = [number for number in owners if number not in bearing]
                shared_pairs = [
                    EvidencePair(a, b, weight, need, Rule.SAME, shared, is_telling)
                    for a, b, (weight, shared, is_telling) in self._index.pairs(bearers, owning)
                ]
                pairs += shared_pairs
                if kind is NameKind.GENERIC:
                    continue
                pairs += self._questions(bearers, owning, need, {pair[:2] for pair in shared_pairs})
        return pairs

    def _questions(
        self, bearers: Sequence[int], owners: Sequence[int], need: Weight, known: set[tuple[int, ...]]
    ) -> Iterator[EvidencePair]:
        """Yield pairs that share nothing, but are worth a question: initials, and the few bodies that they may mean."""
        bodies = {min(self._entities[owner].names): owner for owner in reversed(owners)}
        if len(bodies) > _MOST_MEANINGS:
            return
        for bearer in bearers[:_MOST_QUESTIONS]:
            for owner in bodies.values():
                apart = self._entities[bearer].member.document != self._entities[owner].member.document
                if apart and (bearer, owner) not in known:
                    yield EvidencePair(bearer, owner, 0.0, need, Rule.SAME, (), is_telling=False)
