"""Builds the profiles of a collection, and keeps them up to date as documents and decisions come and go."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from reader.annotate.decisions import Decision
from reader.collection.document_record import EntityRecord, NameRecord
from reader.collection.identity.appearance import EntityAppearance
from reader.collection.identity.component_evidence import ComponentEvidence, combine_evidence, gather_evidence
from reader.collection.identity.component_groups import ComponentGroups
from reader.collection.identity.counts import Weight
from reader.collection.identity.entity_index import EntityIndex
from reader.collection.identity.name_relations import NameRelation
from reader.collection.identity.profile_clusters import LinkDraft, UserLinks, cluster_entities
from reader.collection.identity.profile_decisions import DecidedIdentity, decided_identity
from reader.collection.identity.profiles import (
    ComponentProfiles,
    Profile,
    ProfileChanges,
    ProfileLink,
    ProfileMember,
    Profiles,
    ProfileSuggestion,
)
from reader.resolve import Name
from reader.structures.garbage_pause import garbage_collection_paused

_ID_DIGITS = 12


def build_profiles(entities: Iterable[EntityRecord], decisions: Sequence[Decision] = ()) -> Profiles:
    """Return the profiles of the entities of many documents.

    Args:
        entities: The entities, in any order.
        decisions: The general decisions in force, in the order in which they were made.
    """
    builder = ProfileBuilder()
    builder.update(entities, decisions=decisions)
    return builder.profiles()


class ProfileBuilder:
    """Keeps the profiles of a collection up to date. Every result equals that of `build_profiles`.

    Names connect entities to components: two entities that have one name, two names of one entity, two forms of a
    person's name. What the documents say about a component is gathered once, and again only if its entities or their
    surroundings change. A decision only clusters again: the components with the entities that it is about.
    """

    def __init__(self) -> None:
        self._index = EntityIndex()
        self._decisions: tuple[Decision, ...] = ()
        self._decided = DecidedIdentity()
        self._component_of: dict[str, int] = {}
        self._components: dict[int, tuple[str, ...]] = {}
        self._evidence: dict[int, ComponentEvidence] = {}
        """What was gathered of components with pairs to compare. That of the others is gathered when it is needed."""
        self._groups = ComponentGroups()
        self._results: dict[int, ComponentProfiles] = {}
        """The profiles of each group of components, by the component that leads it."""
        self._dependencies: dict[int, Mapping[str, tuple[int, Weight]]] = {}
        """For each component, the names whose frequency matters for it, with the weights on which its result rests."""
        self._dependents: defaultdict[str, set[int]] = defaultdict(set)
        """The components for whose result the frequency of a name matters."""
        self._last_component = 0

    def profiles(self) -> Profiles:
        """Return the profiles and suggestions as they are now."""
        return Profiles(self._results.values())

    def documents(self) -> Collection[str]:
        """Return the digests of the documents."""
        return self._index.documents()

    def update(
        self,
        added: Iterable[EntityRecord] = (),
        removed: Iterable[str] = (),
        decisions: Sequence[Decision] | None = None,
    ) -> ProfileChanges:
        """Add and remove documents, replace the decisions, and return what changed.

        Args:
            added: The entities of new documents, or of documents that replace earlier ones with the same digest.
            removed: The digests of documents to remove.
            decisions: The general decisions in force, in the order in which they were made; None if they are the same.
        """
        with garbage_collection_paused():
            return self._update(added, removed, decisions)

    def _update(
        self, added: Iterable[EntityRecord], removed: Iterable[str], decisions: Sequence[Decision] | None
    ) -> ProfileChanges:
        changed_keys: set[str] = set()
        size = self._index.counts.size
        for document in removed:
            changed_keys |= self._index.remove(document)
        by_document = attrgetter("document")
        for document, records in groupby(sorted(added, key=by_document), by_document):
            changed_keys |= self._index.remove(document)
            changed_keys |= self._index.add(document, records)
        if decisions is not None:
            self._decisions = tuple(decisions)
        dirty: set[int] = set()
        if changed_keys:
            counted_keys = changed_keys | self._index.counts.update_common()
            dirty |= self._reconnect(counted_keys)
            dirty |= self._dependencies.keys() if size != self._index.counts.size else self._reweighted(counted_keys)
            self._forget_evidence(dirty)
        if decisions is not None or changed_keys:
            decided_members = self._update_decisions()
            dirty |= {self._component_with(member) for member in decided_members if member in self._index.entities}
        return self._cluster(self._regroup(dirty))

    def _reweighted(self, keys: Iterable[str]) -> set[int]:
        """Return the components for which the weight of one of these names has changed."""
        counts = self._index.counts
        changed: set[int] = set()
        for key in keys:
            for number in self._dependents.get(key, ()):
                inside, weight = self._dependencies[number][key]
                if number not in changed and counts.companion_weight(key, inside) != weight:
                    changed.add(number)
        return changed

    def _update_decisions(self) -> set[ProfileMember]:
        """Apply the decisions to the entities. Return the entities that are bound otherwise than before."""
        old = self._decided
        new = decided_identity(self._decisions, self._index) if self._decisions else DecidedIdentity()
        self._decided = new
        members = {member for pair in {*old.same} ^ {*new.same} for member in pair}
        members |= {member for member in {*old.sides, *new.sides} if old.sides.get(member) != new.sides.get(member)}
        if old.preferred != new.preferred:
            names = {*old.preferred.items()} ^ {*new.preferred.items()}
            members |= {member for name, _ in names for member in self._index.with_name(name)}
        return members

    def _component_with(self, member: ProfileMember) -> int:
        """Return the component of an entity."""
        return self._component_of[next(iter(self._index.entities[member].names))]

    def _reconnect(self, changed: set[str]) -> set[int]:
        """Compute the components of the changed names, and of all that shared one with them, again."""
        old = {self._component_of[key] for key in changed if key in self._component_of}
        new_neighbors = {neighbor for key in changed if key in self._index for neighbor in self._index.neighbors(key)}
        old |= {self._component_of[key] for key in new_neighbors if key in self._component_of}
        pool = changed | new_neighbors | {key for number in old for key in self._components[number]}
        for number in old:
            del self._components[number]
        unvisited = {key for key in pool if key in self._index}
        for key in pool - unvisited:
            self._component_of.pop(key, None)
        dirty = set(old)
        while unvisited:
            start = unvisited.pop()
            keys, frontier = {start}, [start]
            while frontier:
                key = frontier.pop()
                for neighbor in self._index.neighbors(key):
                    if neighbor not in keys and neighbor in self._index:
                        keys.add(neighbor)
                        frontier.append(neighbor)
            unvisited -= keys
            self._last_component += 1
            self._components[self._last_component] = tuple(sorted(keys))
            self._component_of.update(dict.fromkeys(keys, self._last_component))
            dirty.add(self._last_component)
        return dirty

    def _forget_evidence(self, components: Iterable[int]) -> None:
        for number in components:
            self._evidence.pop(number, None)
            for key in self._dependencies.pop(number, ()):
                self._dependents[key].discard(number)

    def _regroup(self, dirty: set[int]) -> tuple[set[int], set[int]]:
        """Find out which components must-links connect. Return the old and the new groups that have dirty ones."""
        old = self._groups
        entities = self._index.entities
        new = self._groups = ComponentGroups(
            (self._component_with(a), self._component_with(b), (a, b))
            for a, b in self._decided.same
            if a in entities and b in entities
        )
        changed = dirty | old.difference(new)
        affected = {other for number in changed for groups in (old, new) for other in groups.members(number)}
        return {old.lead(number) for number in affected}, {new.lead(number) for number in affected}

    def _cluster(self, groups: tuple[set[int], set[int]]) -> ProfileChanges:
        outdated, current = groups
        old_profiles: dict[str, Profile] = {}
        new_profiles: dict[str, Profile] = {}
        for lead in outdated:
            old_result = self._results.pop(lead, None)
            if old_result is not None:
                old_profiles |= {profile.id: profile for profile in old_result.profiles}
        for lead in current:
            components = [number for number in self._groups.members(lead) if number in self._components]
            if components:
                result = self._results[lead] = self._cluster_group(components, self._groups.links(lead))
                new_profiles |= {profile.id: profile for profile in result.profiles}
        return ProfileChanges(
            tuple(sorted(old_profiles.keys() - new_profiles.keys())),
            tuple(profile for id, profile in sorted(new_profiles.items()) if old_profiles.get(id) != profile),
        )

    def _cluster_group(
        self, components: Iterable[int], links: Sequence[tuple[ProfileMember, ProfileMember]]
    ) -> ComponentProfiles:
        gathered = sorted(map(self._evidence_of, components), key=lambda evidence: evidence.entities[0].member)
        evidence = combine_evidence(gathered)
        user = self._user_links(evidence.entities, links)
        result = cluster_entities(evidence, self._index.counts.documents, user)
        return _component_profiles(
            evidence.entities, result.clusters, result.links, result.suggestions, self._decided.preferred
        )

    def _evidence_of(self, number: int) -> ComponentEvidence:
        evidence = self._evidence.get(number)
        if evidence is None:
            index = self._index
            keys = self._components[number]
            members = sorted({member for key in keys for member in index.with_key(key)})
            entities = [index.entities[member] for member in members]
            evidence = gather_evidence(entities, _relations_among(keys, index), index.counts)
            if evidence.pairs:
                self._evidence[number] = evidence
            if evidence.depends_on and number not in self._dependencies:
                self._dependencies[number] = evidence.depends_on
                for key in evidence.depends_on:
                    self._dependents[key].add(number)
        return evidence

    def _user_links(
        self, entities: Sequence[EntityAppearance], links: Sequence[tuple[ProfileMember, ProfileMember]]
    ) -> UserLinks:
        decided_sides = self._decided.sides
        if not links and not decided_sides:
            return UserLinks()
        numbers = {entity.member: number for number, entity in enumerate(entities)}
        sides = {number: decided_sides[member] for member, number in numbers.items() if member in decided_sides}
        return UserLinks([(numbers[a], numbers[b]) for a, b in links], sides)


def _relations_among(keys: Iterable[str], index: EntityIndex) -> list[NameRelation]:
    relations = {relation for key in keys for relation in index.related.of(key).values()}
    return sorted(relations)


def _component_profiles(
    entities: Sequence[EntityAppearance],
    clusters: Sequence[Sequence[int]],
    links: Sequence[LinkDraft],
    suggestions: Sequence[LinkDraft],
    preferred: Mapping[Name, str],
) -> ComponentProfiles:
    """Return clusters as profiles with ids."""
    cluster_of = {number: cluster for cluster, numbers in enumerate(clusters) for number in numbers}
    links_of: defaultdict[int, list[ProfileLink]] = defaultdict(list)
    for a, b, rule, score, shared in links:
        links_of[cluster_of[a]].append(ProfileLink(entities[a].member, entities[b].member, rule, score, shared))
    ids = _ids(entities, clusters)
    profiles = [
        _profile(ids[cluster], [entities[number] for number in numbers], links_of[cluster], preferred)
        for cluster, numbers in enumerate(clusters)
    ]
    offered = []
    for a, b, rule, score, shared in suggestions:
        if (-len(clusters[cluster_of[b]]), ids[cluster_of[b]]) < (-len(clusters[cluster_of[a]]), ids[cluster_of[a]]):
            a, b = b, a
        offered.append(
            ProfileSuggestion(
                ids[cluster_of[a]],
                ids[cluster_of[b]],
                rule,
                score,
                (entities[a].member, entities[b].member),
                (entities[a].record.name, entities[b].record.name),
                shared,
            )
        )
    return ComponentProfiles(tuple(profiles), tuple(offered))


def _ids(entities: Sequence[EntityAppearance], clusters: Sequence[Sequence[int]]) -> list[str]:
    """Return an id for each cluster: from its most frequent name, and from a document if several have that name."""
    names = [_main_key([entities[number] for number in numbers]) for numbers in clusters]
    bearers = Counter(names)
    anchors = [
        min(_hash(entities[number].member.document, *sorted(entities[number].names)) for number in numbers)
        if bearers[name] > 1
        else ""
        for name, numbers in zip(names, clusters, strict=True)
    ]
    first_anchor: dict[str, str] = {}
    for name, anchor in zip(names, anchors, strict=True):
        first_anchor[name] = min(first_anchor.get(name, anchor), anchor)
    ids: list[str] = []
    uses: Counter[str] = Counter()
    for name, anchor in zip(names, anchors, strict=True):
        id = _hash(name) if first_anchor[name] == anchor else _hash(name, anchor)
        uses[id] += 1
        ids.append(id if uses[id] == 1 else _hash(id, str(uses[id])))
    return ids


def _main_key(entities: Sequence[EntityAppearance]) -> str:
    if len(entities) == 1 and len(entities[0].names) == 1:
        return next(iter(entities[0].names))
    counts = Counter(key for entity in entities for key in entity.names)
    kinds = {key: name.kind for entity in entities for key, name in entity.names.items()}
    return min(counts, key=lambda key: (kinds[key], -counts[key], key))


def _hash(*parts: str) -> str:
    return "p" + hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:_ID_DIGITS]


def _profile(
    id: str, entities: Sequence[EntityAppearance], links: Iterable[ProfileLink], preferred: Mapping[Name, str]
) -> Profile:
    mentions: Counter[Name] = Counter()
    labels: Counter[str] = Counter()
    canonical: Counter[str] = Counter()
    for entity in entities:
        record = entity.record
        canonical[record.name] += 1
        for text, label, count in record.names:
            mentions[Name(text, label)] += count
            labels[label] += count
    chosen = next((preferred[item] for item in sorted(mentions) if item in preferred), "") if preferred else ""
    name = chosen or min(canonical, key=lambda text: (-canonical[text], -len(text), text))
    names = sorted(mentions, key=lambda item: (item.text != name, -mentions[item], item))
    return Profile(
        id,
        name,
        min(labels, key=lambda label: (-labels[label], label)),
        tuple(NameRecord(item.text, item.label, mentions[item]) for item in names),
        tuple(sorted(entity.member for entity in entities)),
        tuple(links),
    )
