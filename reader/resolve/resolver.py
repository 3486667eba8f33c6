"""Merge the names of one text into entities; after a decision, only what it affects is computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from itertools import chain, zip_longest
from typing import Final, Self

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.document.normal_text import NormalText
from reader.names.definitions.definition_finder import Definition, find_definitions
from reader.recognize import Mention
from reader.resolve import assemble
from reader.resolve.assemble import Draft
from reader.resolve.clustering.clusters import cluster
from reader.resolve.connected_names import ConnectedNames, sorted_names
from reader.resolve.draft_suggestions import DraftSuggestion, best_suggestions, without_surplus_candidates
from reader.resolve.evidence import people, text_evidence
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.bridges import Bridge, find_bridges
from reader.resolve.evidence.kinship import relative_vetoes, without_roles
from reader.resolve.evidence.short_forms import ShortForms
from reader.resolve.graph import Graph
from reader.resolve.mention_groups import MentionGroups
from reader.resolve.name_constraints import NO_CONSTRAINTS, NameConstraints, changed_names, constraints_on_names
from reader.resolve.normal_mentions import NormalMentions
from reader.resolve.relations import NONE, related
from reader.resolve.resolution import Constraints, Entity, Name, Resolution
from reader.structures.named_tuple import NamedTuple

_TEXT_FACTS: Final = ("_writes_family_first", "_bridges", "_definitions")
"""The cached properties of a resolver that follow from the text alone."""


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
    suggestions: tuple[DraftSuggestion, ...]


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
        """Discard all mentions and everything derived from them."""
        self._groups = MentionGroups(self._text)
        self._graph = Graph()
        self._connected = ConnectedNames()
        self._resolved: dict[int, _Component] = {}
        """The result of each component of connected names."""
        self._defined: list[Evidence] = []
        self._constraints = NO_CONSTRAINTS
        self._entities: list[tuple[Draft, Entity]] = []
        self._offsets = NormalMentions(self._normal)

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
        """Look up everything in the text that merging needs, so that the first merge need not."""
        for name in _TEXT_FACTS:
            getattr(self, name)

    def without_mentions(self) -> Resolver:
        """Return a resolver for the same text without mentions. The two share what depends on the text alone."""
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

        If a call fails or is interrupted, the next one starts from scratch: an incomplete update would leave evidence
        about names that no mention has anymore.
        """
        try:
            return self._update(mentions, constraints or Constraints())
        except BaseException:
            self._clear()
            raise

    def _update(self, mentions: Iterable[Mention], constraints: Constraints) -> Resolution:
        """Resolve the components in which the mentions or constraints differ from those of the last call."""
        changed = self._groups.update(*self._offsets.to_normal(mentions, constraints.moved))
        name_constraints = constraints_on_names(constraints, self._groups.by_name)
        if changed or name_constraints.same != self._constraints.same:
            changed |= self._update_graph(changed, name_constraints)
        changed |= changed_names(self._constraints, name_constraints)
        self._constraints = name_constraints
        components = self._connected.members
        for number in (self._resolved.keys() - components.keys()) | self._connected.components_of(changed):
            self._resolved.pop(number, None)
        for number in components.keys() - self._resolved.keys():
            self._resolved[number] = self._resolve_component(components[number])
        return self._assemble()

    def between(self, left: Iterable[Name], right: Iterable[Name]) -> Evidence | None:
        """Return the strongest evidence that two groups of names are one entity, regardless of the user's decisions.

        Its offset is in the document, as that of a link.
        """
        right_names = set(right)
        left_names = set(left) - right_names
        edges = self._graph.edges
        evidence = [piece for a in left_names for b, piece in edges.get(a, {}).items() if b in right_names]
        evidence += [piece for piece in self._defined if (piece.a in left_names and piece.b in right_names)]
        evidence += [piece for piece in self._defined if (piece.b in left_names and piece.a in right_names)]
        evidence = [piece for piece in evidence if piece.phase is not Phase.VETO]
        if not evidence:
            return None
        strongest = max(evidence, key=lambda piece: (piece.score, piece.rule, piece.a, piece.b))
        offset = assemble.evidence_offset(strongest, self._groups.by_name)
        return strongest._replace(offset=self._offsets.offset_in_document(offset))

    def told_apart(self, left: Iterable[Name], right: Iterable[Name]) -> bool:
        """Return whether the text or a rule says that two groups of names are two entities."""
        left_names, right_names = set(left), set(right)
        names = sorted(name for name in left_names | right_names if name in self._groups.by_name)
        vetoes = [piece for name in names for piece in self._graph.edges[name].values() if piece.phase is Phase.VETO]
        vetoes += self._text_vetoes(names)
        return any({piece.a, piece.b} & left_names and {piece.a, piece.b} & right_names for piece in vetoes)

    def _text_vetoes(self, names: Iterable[Name]) -> list[Evidence]:
        """Return vetoes from the text against some names being one entity."""
        sorted_names = sorted(names)
        return [
            *text_evidence.evidence_from_neighbors(sorted_names, self._groups.by_name, self._text),
            *text_evidence.gender_vetoes(sorted_names, self._groups.by_name, self._text),
            *relative_vetoes(sorted_names, self._groups.by_name, self._text),
        ]

    def _update_graph(self, changed: set[Name], constraints: NameConstraints) -> set[Name]:
        """Update evidence and components. Return the names whose component has changed."""
        by_name, edges = self._groups.by_name, self._graph.edges
        moved: set[Name] = set()
        for name in sorted_names(changed):
            if name in edges and name not in by_name:
                moved.update(edges[name], (name,))
                self._graph.remove(name)
            elif name in by_name and name not in edges:
                self._graph.add(name)
                moved.update(edges[name], (name,))
        if changed:
            self._defined = text_evidence.evidence_from_definitions(self._definitions, self._groups)
            self._defined += text_evidence.evidence_from_bridges(self._bridges, self._groups)
        defined_pairs = ((piece.a, piece.b) for piece in self._defined)
        moved |= self._connected.bind(chain(constraints.same, defined_pairs))
        return self._connected.reconnect(moved, edges)

    def _resolve_component(self, names: tuple[Name, ...]) -> _Component:
        """Cluster the names of one component."""
        by_name = self._groups.by_name
        preferred = self._constraints.preferred
        ranked = sorted((preferred[name][0], name, preferred[name][1]) for name in names if name in preferred)
        canonical_names = {name: text for _, name, text in ranked}
        if len(names) == 1:
            return _Component(
                (self._offsets.draft_in_document(assemble.draft(names, (), by_name, canonical_names)),), ()
            )
        members = set(names)
        edges = self._graph.edges
        between_names = (piece for name in names for neighbor, piece in edges[name].items() if name < neighbor)
        evidence = people.without_titled_rivals(without_roles(between_names, by_name, self._text))
        if self._writes_family_first:
            evidence = people.with_family_first(evidence)
        vetoes = self._text_vetoes(names)
        evidence = text_evidence.without_rivals_in_sentence(evidence, vetoes, by_name, self._text)
        evidence += [piece for piece in self._defined if piece.a in members and piece.b in members]
        evidence += vetoes
        same = [pair for pair in self._constraints.same if pair[0] in members]
        different = [pair for pair in self._constraints.different if pair[0] in members and pair[1] in members]
        clustering = cluster(names, evidence, same, different, self._short_forms)
        drafts = tuple(
            self._offsets.draft_in_document(assemble.draft(group, links, by_name, canonical_names))
            for group, links in clustering.clusters
        )
        draft_of = {name: draft for draft in drafts for name in draft.members}
        suggestions = tuple((piece, draft_of[piece.a], draft_of[piece.b]) for piece in clustering.suggestions)
        return _Component(drafts, without_surplus_candidates(suggestions))

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
        suggested = chain.from_iterable(component.suggestions for component in self._resolved.values())
        suggestions = best_suggestions(suggested, number_of, self._groups.by_name)
        return Resolution(
            tuple([entity for _, entity in entities]),
            tuple(map(self._offsets.suggestion_in_document, suggestions)),
        )
