"""Merge the names of one text into entities, keeping what the next decision does not touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from itertools import pairwise, zip_longest
from operator import attrgetter
from typing import Final, NamedTuple, Self

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.document.normal_text import NormalText
from reader.names.definitions import Definition, find_definitions
from reader.names.normal import surface
from reader.recognize import Mention
from reader.resolve import assemble
from reader.resolve.assemble import Draft
from reader.resolve.clustering.clusters import Pair, cluster, must_link_groups
from reader.resolve.clustering.user_pairs import UserPairs
from reader.resolve.evidence import people, text_evidence
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.bridges import Bridge, find_bridges
from reader.resolve.evidence.kinship import relative_vetoes, without_roles
from reader.resolve.evidence.short_forms import ShortForms
from reader.resolve.graph import Graph
from reader.resolve.mention_groups import MentionGroups
from reader.resolve.relations import NONE, related
from reader.resolve.resolution import Constraints, Entity, Name, Resolution, Suggestion
from reader.resolve.rules import Rule
from reader.structures.yielding_sort import sorted_by_bucket

_SORT_KEY: Final = attrgetter("sort_key")
"""Sorts names several times faster than they compare."""
_TEXT_FACTS: Final = ("_writes_family_first", "_bridges", "_definitions")
"""The cached properties of a resolver that follow from the text alone."""
_SHARED_RULES: Final = frozenset({Rule.SHARED_NAME, Rule.FIRST_NAMED})
_MOST_CANDIDATES: Final = 4
"""A short form shared by more entities is suggested for at most this many."""


def resolve(text: str, mentions: Iterable[Mention], constraints: Constraints | None = None) -> Resolution:
    """Return the entities that the mentions of a text refer to, and the suggested merges.

    Args:
        text: The text.
        mentions: Its mentions. Their order does not matter.
        constraints: The user's decisions about names, which outrank every rule.
    """
    return Resolver.for_text(text).resolve(mentions, constraints or Constraints())


class _Component(NamedTuple):
    """The result for names that evidence connects."""

    drafts: tuple[Draft, ...]
    suggestions: tuple[tuple[Evidence, Draft, Draft], ...]


class _NameConstraints(NamedTuple):
    """The user's constraints on names that the document has."""

    same: frozenset[Pair]
    different: frozenset[Pair]
    preferred: dict[Name, tuple[int, str]]


_NO_CONSTRAINTS: Final = _NameConstraints(frozenset(), frozenset(), {})


class Resolver:
    """Resolves one text again and again: after each batch of mentions, after each decision.

    Every result equals that of `resolve`. Kept between calls are the definitions of the text; the mentions by name
    (`MentionGroups` compares the new sequence with the last one and regroups the differences); the evidence between
    distinct names, which depends on these names alone (`Graph`); the connected components of that evidence, of
    definitions and of the user's must-links; and the entities of each component. A call resolves only the components
    whose names, mentions, definitions or constraints have changed, then numbers the entities.
    """

    def __init__(self, normal: NormalText) -> None:
        """Prepare for the mentions of a document, given in its own offsets."""
        self._normal = normal
        text = normal.text
        self._text = text
        self._short_forms = ShortForms(text)
        self._clear()

    def _clear(self) -> None:
        """Forget all mentions, and everything that follows from them."""
        self._groups = MentionGroups(self._text)
        self._graph = Graph()
        self._component_of: dict[Name, int] = {}
        self._components: dict[int, tuple[Name, ...]] = {}
        self._resolved: dict[int, _Component] = {}
        self._last_component = 0
        self._defined: list[Evidence] = []
        self._bonds: dict[Name, set[Name]] = {}
        """For each name, the names that definitions and must-links put in its component."""
        self._constraints = _NO_CONSTRAINTS
        self._entities: list[tuple[Draft, Entity]] = []
        self._normal_mentions: dict[Mention, Mention] = {}
        """The mentions of the document, and each in offsets of the normal form; empty if the offsets are the same."""
        self._mentions: dict[Mention, Mention] = {}

    @classmethod
    def for_text(cls, text: str) -> Self:
        """Return a resolver for a plain text, whose blocks are found by its lines."""
        return cls(NormalText(Document(text, plain_blocks(text), title="", source="")))

    @classmethod
    def of_names(cls, document: Document) -> Self:
        """Return a resolver that does not read the text for evidence: it merges names by their forms alone."""
        resolver = cls(NormalText(replace(document, blocks=())))
        vars(resolver).update(_writes_family_first=False, _bridges=[], _definitions=[])
        return resolver

    def examine_text(self) -> None:
        """Look up in the text what merging needs of it, which the first merge would do otherwise."""
        for name in _TEXT_FACTS:
            getattr(self, name)

    def without_mentions(self) -> Resolver:
        """Return a resolver for the same text without any mentions. They share what follows from the text alone."""
        resolver = Resolver(self._normal)
        resolver._short_forms = self._short_forms
        for name in _TEXT_FACTS:
            if name in vars(self):
                vars(resolver)[name] = vars(self)[name]
        return resolver

    @cached_property
    def _writes_family_first(self) -> bool:
        return people.writes_family_first(self._text)

    @cached_property
    def _bridges(self) -> list[Bridge]:
        return find_bridges(self._text)

    @cached_property
    def _definitions(self) -> list[Definition]:
        return find_definitions(self._text)

    def resolve(self, mentions: Iterable[Mention], constraints: Constraints | None = None) -> Resolution:
        """Return the entities and suggestions for these mentions of the text under these constraints.

        If a call fails or is interrupted, the next one starts afresh: a half-done update would leave evidence about
        names that no mention has any more.
        """
        try:
            return self._update(mentions, constraints or Constraints())
        except BaseException:
            self._clear()
            raise

    def _update(self, mentions: Iterable[Mention], constraints: Constraints) -> Resolution:
        """Resolve the components in which the mentions or constraints differ from those of the last call."""
        changed = self._groups.update(*self._to_normal(mentions, constraints.moved))
        name_constraints = self._translate(constraints)
        if changed or name_constraints.same != self._constraints.same:
            changed |= self._update_graph(changed, name_constraints)
        changed |= _changed_names(self._constraints, name_constraints)
        self._constraints = name_constraints
        for number in {self._component_of[name] for name in changed if name in self._component_of}:
            self._resolved.pop(number, None)
        for number in self._components.keys() - self._resolved.keys():
            self._resolved[number] = self._resolve_component(self._components[number])
        return self._assemble()

    def between(self, left: Iterable[Name], right: Iterable[Name]) -> Evidence | None:
        """Return the strongest evidence that two groups of names are one entity, whatever the user decided."""
        right_names = set(right)
        left_names = set(left) - right_names
        edges = self._graph.edges
        items = [item for a in left_names for b, item in edges.get(a, {}).items() if b in right_names]
        items += [item for item in self._defined if (item.a in left_names and item.b in right_names)]
        items += [item for item in self._defined if (item.b in left_names and item.a in right_names)]
        items = [item for item in items if item.phase is not Phase.VETO]
        return max(items, key=lambda item: (item.score, item.rule, item.a, item.b), default=None)

    def told_apart(self, left: Iterable[Name], right: Iterable[Name]) -> bool:
        """Return whether the text or a rule says that two groups of names are two entities."""
        left_names, right_names = set(left), set(right)
        names = sorted(name for name in left_names | right_names if name in self._groups.by_name)
        vetoes = [item for name in names for item in self._graph.edges[name].values() if item.phase is Phase.VETO]
        vetoes += self._text_vetoes(names)
        return any({item.a, item.b} & left_names and {item.a, item.b} & right_names for item in vetoes)

    def _to_normal(
        self, mentions: Iterable[Mention], moved: Iterable[tuple[int, int, Name]]
    ) -> tuple[Iterable[Mention], Iterable[tuple[int, int, Name]]]:
        """Return mentions, and spans of moved mentions, in offsets of the normal form."""
        if self._normal.identity:
            return mentions, moved
        normal_mentions = []
        for mention in mentions:
            normal_mention = self._normal_mentions.get(mention)
            if normal_mention is None:
                start, end = self._normal.to_normal(mention.start, mention.end)
                normal_mention = mention._replace(start=start, end=max(end, start + 1))
                self._normal_mentions[mention] = normal_mention
                self._mentions.setdefault(normal_mention, mention)
            normal_mentions.append(normal_mention)
        spans = ((*self._normal.to_normal(start, end), name) for start, end, name in moved)
        return tuple(normal_mentions), tuple((start, max(end, start + 1), name) for start, end, name in spans)

    def _in_document(self, draft: Draft) -> Draft:
        """Return a draft with its mentions and links in offsets of the document."""
        if self._normal.identity:
            return draft
        mentions = tuple(self._mentions[mention] for mention in draft.mentions)
        links = tuple(
            link if link.at is None else replace(link, at=self._normal.to_document(link.at, link.at + 1)[0])
            for link in draft.links
        )
        return draft._replace(first=mentions[0], mentions=mentions, links=links)

    def _text_vetoes(self, names: Iterable[Name]) -> list[Evidence]:
        """Return what the text says against some names being one entity."""
        sorted_names = sorted(names)
        return [
            *text_evidence.evidence_from_neighbors(sorted_names, self._groups.by_name, self._text),
            *text_evidence.gender_vetoes(sorted_names, self._groups.by_name, self._text),
            *relative_vetoes(sorted_names, self._groups.by_name, self._text),
        ]

    def _suggestion_in_document(self, suggestion: Suggestion) -> Suggestion:
        if self._normal.identity or suggestion.at is None:
            return suggestion
        return replace(suggestion, at=self._normal.to_document(suggestion.at, suggestion.at + 1)[0])

    def _translate(self, constraints: Constraints) -> _NameConstraints:
        """Translate constraints into pairs of names that the document has; clustering drops contradicted must-links."""
        if not (constraints.same or constraints.different or constraints.preferred):
            return _NO_CONSTRAINTS
        by_name = self._groups.by_name
        by_text: dict[str, list[Name]] = {}
        for name in by_name:
            by_text.setdefault(name.text, []).append(name)
        linked = must_link_groups(constraints.same)

        def own_names(name: Name) -> list[Name]:
            """The names of the document that a constraint's name means: by text and label, else by text."""
            exact = Name(surface(name.text), name.label)
            return [exact] if exact in by_name else by_text.get(exact.text, [])

        def present_names(name: Name) -> list[Name]:
            """The same, or else the document's names for what must-links join with it."""
            return own_names(name) or [present for alias in linked.get(name, ()) for present in own_names(alias)]

        def pairs(constrained: Iterable[tuple[Name, Name]]) -> frozenset[Pair]:
            return frozenset(
                (a, b) if a < b else (b, a)
                for left, right in constrained
                for a in present_names(left)
                for b in present_names(right)
                if a != b
            )

        preferred: dict[Name, tuple[int, str]] = {}
        for rank, (name, text) in enumerate(constraints.preferred):
            preferred.update(dict.fromkeys(own_names(name), (rank, text)))
        same = pairs(constraints.same)
        different = pairs(constraints.different)
        if constraints.said and different and _contradict(same, different):
            same, different = _latest([(joined, pairs([(a, b)])) for joined, a, b in constraints.said])
        same |= {pair for names in constraints.same for name in names for pair in pairwise(sorted(own_names(name)))}
        return _NameConstraints(same, different, preferred)

    def _update_graph(self, changed: set[Name], constraints: _NameConstraints) -> set[Name]:
        """Update evidence and components. Return the names whose component has changed."""
        by_name, edges = self._groups.by_name, self._graph.edges
        moved: set[Name] = set()
        for name in sorted_by_bucket(changed, _first_letters, _SORT_KEY):
            if name in edges and name not in by_name:
                moved.update(edges[name], (name,))
                self._graph.remove(name)
            elif name in by_name and name not in edges:
                self._graph.add(name)
                moved.update(edges[name], (name,))
        if changed:
            self._defined = text_evidence.evidence_from_definitions(self._definitions, self._groups)
            self._defined += text_evidence.evidence_from_bridges(self._bridges, self._groups)
        bonds: dict[Name, set[Name]] = {}
        for a, b in [*constraints.same, *((item.a, item.b) for item in self._defined)]:
            bonds.setdefault(a, set()).add(b)
            bonds.setdefault(b, set()).add(a)
        for name in {*bonds, *self._bonds}:
            if bonds.get(name) != self._bonds.get(name):
                moved.update((name,), bonds.get(name, ()), self._bonds.get(name, ()))
        self._bonds = bonds
        return self._reconnect(moved)

    def _reconnect(self, moved: set[Name]) -> set[Name]:
        """Recompute the components of all names that shared one with a moved name. Return these names."""
        old_components = {self._component_of[name] for name in moved if name in self._component_of}
        pool = {name for number in old_components for name in self._components[number]} | moved
        for number in old_components:
            del self._components[number]
            self._resolved.pop(number, None)
        present = {name for name in pool if name in self._groups.by_name}
        for name in pool - present:
            self._component_of.pop(name, None)
        unvisited = set(present)
        for start in sorted_by_bucket(present, _first_letters, _SORT_KEY):
            if start not in unvisited:
                continue
            unvisited.discard(start)
            members, frontier = [start], [start]
            while frontier:
                name = frontier.pop()
                for neighbor in [*self._graph.edges[name], *self._bonds.get(name, ())]:
                    if neighbor in unvisited:
                        unvisited.discard(neighbor)
                        members.append(neighbor)
                        frontier.append(neighbor)
            self._last_component += 1
            self._components[self._last_component] = tuple(sorted(members))
            self._component_of.update(dict.fromkeys(members, self._last_component))
        return present

    def _resolve_component(self, names: tuple[Name, ...]) -> _Component:
        """Cluster the names of one component."""
        by_name = self._groups.by_name
        preferred = self._constraints.preferred
        ranked = sorted((preferred[name][0], name, preferred[name][1]) for name in names if name in preferred)
        canonical_names = {name: text for _, name, text in ranked}
        if len(names) == 1:
            return _Component((self._in_document(assemble.draft(names, (), by_name, canonical_names)),), ())
        members = set(names)
        edges = self._graph.edges
        between_names = (item for name in names for neighbor, item in edges[name].items() if name < neighbor)
        evidence = people.without_titled_rivals(without_roles(between_names, by_name, self._text))
        if self._writes_family_first:
            evidence = people.with_family_first(evidence)
        vetoes = self._text_vetoes(names)
        evidence = text_evidence.without_rivals_in_sentence(evidence, vetoes, by_name, self._text)
        evidence += [item for item in self._defined if item.a in members and item.b in members]
        evidence += vetoes
        same = [pair for pair in self._constraints.same if pair[0] in members]
        different = [pair for pair in self._constraints.different if pair[0] in members and pair[1] in members]
        clustering = cluster(names, evidence, same, different, self._short_forms)
        drafts = tuple(
            self._in_document(assemble.draft(group, links, by_name, canonical_names))
            for group, links in clustering.clusters
        )
        draft_of = {name: draft for draft in drafts for name in draft.members}
        suggestions = tuple((item, draft_of[item.a], draft_of[item.b]) for item in clustering.suggestions)
        return _Component(drafts, _limit_candidates(suggestions))

    def _assemble(self) -> Resolution:
        """Number the entities by first mention and add relations and suggestions."""
        drafts = sorted([draft for component in self._resolved.values() for draft in component.drafts])
        number_of = {id(draft): number for number, draft in enumerate(drafts, 1)}
        kin = related((number, draft.kin) for number, draft in enumerate(drafts, 1) if draft.kin is not NONE)
        entities: list[tuple[Draft, Entity]] = []
        for number, (draft, previous) in enumerate(zip_longest(drafts, self._entities[: len(drafts)]), 1):
            related_ids = kin.get(number, ())
            if previous is not None and previous[0] is draft and previous[1].related == related_ids:
                entities.append(previous)
            else:
                entities.append((draft, draft.entity(number, related_ids)))
        self._entities = entities
        by_name = self._groups.by_name
        return Resolution(
            tuple([entity for _, entity in entities]),
            tuple(map(self._suggestion_in_document, _suggestions(self._resolved.values(), number_of, by_name))),
        )


def _first_letters(name: Name) -> str:
    return name.text[:5]


def _contradict(same: Iterable[Pair], different: Iterable[Pair]) -> bool:
    """Return whether must-links and cannot-links contradict each other.

    They may although the decisions did not: two names that differed by their labels may be one pair by now.
    """
    pairs = UserPairs()
    for pair in same:
        pairs.join(pair)
    return any(pairs.joined(a, b) for a, b in different)


def _latest(said: list[tuple[bool, frozenset[Pair]]]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Return the must-links and cannot-links that no later one contradicts."""
    latest = UserPairs()
    for joined, pairs in reversed(said):
        for a, b in sorted(pairs):
            if joined:
                latest.join((a, b))
            else:
                latest.keep_apart((a,), (b,))
    return frozenset(latest.same), frozenset(latest.different)


def _limit_candidates(
    suggestions: tuple[tuple[Evidence, Draft, Draft], ...],
) -> tuple[tuple[Evidence, Draft, Draft], ...]:
    """Return the suggestions, those of a shared short form for its first candidates only."""
    candidates: dict[Draft, set[Draft]] = {}
    for item, short, long in suggestions:
        if item.rule in _SHARED_RULES:
            candidates.setdefault(short, set()).add(long)
    first_candidates = {short: sorted(longs)[:_MOST_CANDIDATES] for short, longs in candidates.items()}
    return tuple(
        (item, short, long)
        for item, short, long in suggestions
        if item.rule not in _SHARED_RULES or long in first_candidates[short]
    )


def _changed_names(old: _NameConstraints, new: _NameConstraints) -> set[Name]:
    """Return the names whose constraints have changed."""
    names = {name for pair in (old.same ^ new.same) | (old.different ^ new.different) for name in pair}
    return names | {name for name, _ in old.preferred.items() ^ new.preferred.items()}


def _suggestions(
    components: Iterable[_Component], number_of: dict[int, int], by_name: dict[Name, tuple[Mention, ...]]
) -> tuple[Suggestion, ...]:
    """Return the best suggestion for each pair of entities, the strongest first."""
    best: dict[tuple[int, int], tuple[float, Rule, Evidence, bool]] = {}
    for component in components:
        for item, left, right in component.suggestions:
            a, b = number_of[id(left)], number_of[id(right)]
            entry = (-item.score, item.rule, item, a > b)
            pair = (b, a) if a > b else (a, b)
            if pair not in best or entry < best[pair]:
                best[pair] = entry
    suggestions: list[Suggestion] = []
    for (a, b), (_, rule, item, swapped) in sorted(best.items(), key=lambda entry: (entry[1][0], entry[0])):
        names = (item.b.text, item.a.text) if swapped else (item.a.text, item.b.text)
        offset = by_name[item.a][0].start if item.offset is None else item.offset
        suggestions.append(Suggestion(f"e{a}", f"e{b}", rule, item.score, names, offset))
    return tuple(suggestions)
