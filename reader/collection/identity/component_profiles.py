"""Clusters of entities as profiles with ids, and what differs between two sets of profiles."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from reader.collection.document_record import NameRecord
from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.names.crossing import CrossingName
from reader.collection.identity.profile_clusters import ComponentClusters, LinkDraft
from reader.collection.identity.profiles import (
    ComponentProfiles,
    Profile,
    ProfileLink,
    ProfileSuggestion,
)
from reader.names import tables
from reader.resolve import Name

_ID_DIGITS: Final = 12


def lone_profile(entity: EntityAppearance, preferred: Mapping[Name, str]) -> ComponentProfiles:
    """Return the profile of an entity that nothing connects with another one, as `component_profiles` does."""
    return _one_profile((entity,), (), preferred)


def _one_profile(
    entities: Sequence[EntityAppearance], links: Iterable[LinkDraft], preferred: Mapping[Name, str]
) -> ComponentProfiles:
    """Return the profile of entities that are one."""
    profile_links = [_profile_link(entities, link) for link in links]
    return ComponentProfiles((_profile(_hash(_main_key(entities)), entities, profile_links, preferred),), ())


def _profile_link(entities: Sequence[EntityAppearance], link: LinkDraft) -> ProfileLink:
    a, b, rule, score, shared = link
    return ProfileLink(entities[a].member, entities[b].member, rule, score, shared)


def component_profiles(
    entities: Sequence[EntityAppearance], result: ComponentClusters, preferred: Mapping[Name, str]
) -> ComponentProfiles:
    """Return clusters as profiles with ids.

    Args:
        entities: The entities.
        result: Their clusters.
        preferred: The canonical name that the user chose for the entity that has a name.
    """
    clusters = result.clusters
    if len(clusters) == 1:
        return _one_profile(entities, result.links, preferred)
    cluster_of = {number: cluster for cluster, numbers in enumerate(clusters) for number in numbers}
    links_of: defaultdict[int, list[ProfileLink]] = defaultdict(list)
    for link in result.links:
        links_of[cluster_of[link.a]].append(_profile_link(entities, link))
    ids = _ids(entities, clusters)
    profiles = [
        _profile(ids[cluster], [entities[number] for number in numbers], links_of[cluster], preferred)
        for cluster, numbers in enumerate(clusters)
    ]
    profiles = _told_apart(profiles, preferred)
    ranks = [(-len(numbers), id) for numbers, id in zip(clusters, ids, strict=True)]
    offered = []
    for a, b, rule, score, shared in result.suggestions:
        first, second = ranks[cluster_of[a]], ranks[cluster_of[b]]
        if second < first:
            a, b, first, second = b, a, second, first
        x, y = entities[a], entities[b]
        names = (x.record.name, y.record.name)
        offered.append(ProfileSuggestion(first[1], second[1], rule, score, (x.member, y.member), names, shared))
    return ComponentProfiles(tuple(profiles), tuple(offered))


def _ids(entities: Sequence[EntityAppearance], clusters: Sequence[Sequence[int]]) -> list[str]:
    """Return an id for each cluster: from its most frequent name, and from a document if several have that name."""
    names = [_main_key([entities[number] for number in numbers]) for numbers in clusters]
    if len({*names}) == len(names):
        return list(map(_hash, names))
    bearers = Counter(names)
    anchors = [
        min([_anchor(entities[number]) for number in numbers]) if bearers[name] > 1 else ()
        for name, numbers in zip(names, clusters, strict=True)
    ]
    first_anchor: dict[str, tuple[str, ...]] = {}
    for name, anchor in zip(names, anchors, strict=True):
        first_anchor[name] = min(first_anchor.get(name, anchor), anchor)
    ids: list[str] = []
    uses: Counter[str] = Counter()
    for name, anchor in zip(names, anchors, strict=True):
        id = _hash(name) if first_anchor[name] == anchor else _hash(name, *anchor)
        uses[id] += 1
        ids.append(id if uses[id] == 1 else _hash(id, str(uses[id])))
    return ids


def _main_key(entities: Sequence[EntityAppearance]) -> str:
    if len(entities) == 1 and len(entities[0].names) == 1:
        return next(iter(entities[0].names))
    counts: dict[str, int] = {}
    for entity in entities:
        for key in entity.names:
            counts[key] = counts.get(key, 0) + 1
    if len(counts) == 1:
        return next(iter(counts))
    names: dict[str, CrossingName] = {}
    for entity in entities:
        names.update(entity.names)
    return min(counts, key=lambda key: (names[key].kind, -counts[key], key))


def _anchor(entity: EntityAppearance) -> tuple[str, ...]:
    """Return what identifies an entity in every build: its document and its names."""
    return (entity.member.document, *(sorted(entity.names) if len(entity.names) > 1 else entity.names))


def _hash(*parts: str) -> str:
    return "p" + hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:_ID_DIGITS]


def _profile(
    id: str, entities: Sequence[EntityAppearance], links: Iterable[ProfileLink], preferred: Mapping[Name, str]
) -> Profile:
    if len(entities) == 1 and len(entities[0].record.names) == 1:
        (entity,) = entities
        (only_name,) = entity.record.names
        name = preferred.get(Name(only_name.text, only_name.label), "") or entity.record.name
        return Profile(id, name, only_name.label, (only_name,), (entity.member,), tuple(links))
    mentions: dict[Name, int] = {}
    canonical: dict[str, int] = {}
    for entity in entities:
        record = entity.record
        canonical[record.name] = canonical.get(record.name, 0) + 1
        for text, label, count in record.names:
            alias = Name(text, label)
            mentions[alias] = mentions.get(alias, 0) + count
    labels: dict[str, int] = {}
    for alias, count in mentions.items():
        labels[alias.label] = labels.get(alias.label, 0) + count
    chosen = next((preferred[item] for item in sorted(mentions) if item in preferred), "") if preferred else ""
    name = chosen or min(canonical, key=lambda text: (-canonical[text], -len(text), text))
    names = sorted(mentions, key=lambda item: (item.text != name, -mentions[item], item))
    return Profile(
        id,
        name,
        min(labels, key=lambda label: (-labels[label], label)),
        tuple(NameRecord(item.text, item.label, mentions[item]) for item in names),
        tuple(sorted([entity.member for entity in entities])),
        tuple(links),
    )


def _told_apart(profiles: list[Profile], preferred: Mapping[Name, str]) -> list[Profile]:
    """Return profiles under their names with a legal form, where two companies have one canonical name without it.

    Names that the user chose stay.
    """
    stems = [_stem(profile) for profile in profiles]
    bearers = Counter(stems)
    return [
        _with_legal_form(profile)
        if stem and bearers[stem] > 1 and not any(Name(name.text, name.label) in preferred for name in profile.names)
        else profile
        for profile, stem in zip(profiles, stems, strict=True)
    ]


def _stem(profile: Profile) -> str:
    """Return the canonical name of a company without its legal form and without regard to case, "" of others."""
    return tables.without_legal_form(profile.name).casefold() if profile.label == "ORG" else ""


def _with_legal_form(profile: Profile) -> Profile:
    """Return a profile under its most frequent name that only a legal form distinguishes from the canonical one."""
    short = profile.name.casefold()
    for index, name in enumerate(profile.names):
        is_longer = name.label == "ORG" and len(name.text) > len(short)
        if is_longer and tables.without_legal_form(name.text).casefold() == short:
            names = (name, *profile.names[:index], *profile.names[index + 1 :])
            return replace(profile, name=name.text, names=names)
    return profile
