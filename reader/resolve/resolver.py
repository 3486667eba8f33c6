"""Names of one text → entities, kept so that the next decision costs only what it touches."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import Final, NamedTuple

from reader.names.definitions import Definition, find_definitions
from reader.names.normal import surface
from reader.recognize import Mention
from reader.resolve import assemble
from reader.resolve.assemble import Draft
from reader.resolve.clustering.clusters import Pair, closed, cluster
from reader.resolve.clustering.user_pairs import Settled
from reader.resolve.evidence import text_evidence
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.bridges import Bridge, find_bridges
from reader.resolve.evidence.kinship import relatives, without_roles
from reader.resolve.evidence.short_forms import Alone
from reader.resolve.graph import Graph
from reader.resolve.mention_groups import Groups
from reader.resolve.relations import NONE, related
from reader.resolve.resolution import Constraints, Entity, Name, Resolution, Suggestion
from reader.resolve.rules import Rule

_SHARED: Final = frozenset({Rule.SHARED_NAME, Rule.FIRST_NAMED})
_TAKERS: Final = 4
"""To so many entities a short form that more of them share is offered."""


def resolve(text: str, mentions: Iterable[Mention], constraints: Constraints | None = None) -> Resolution:
    """Return the entities that the mentions of a text form, and the merges on offer.

    Args:
        text: The text in which the mentions stand.
        mentions: Its mentions, in any order; the answer does not depend on it.
        constraints: What the user settled; it beats every rule.
    """
    return Resolver(text).resolve(mentions, constraints or Constraints())


class _Component(NamedTuple):
    """Names that some evidence connects, resolved."""

    drafts: tuple[Draft, ...]
    offers: tuple[tuple[Evidence, Draft, Draft], ...]


class _Settled(NamedTuple):
    """Constraints between names that the document has."""

    same: frozenset[Pair]
    different: frozenset[Pair]
    preferred: dict[Name, tuple[int, str]]


class Resolver:
    """Resolves one text again and again: after each batch of mentions, after each decision.

    Every answer equals that of `resolve`. What is kept between calls: the definitions of the text; the mentions by
    name (`Groups`, which compares the new sequence with the last one and regroups what differs); the evidence between
    distinct names, which depends on these names alone (`Graph`); the connected components of that evidence, of
    definitions and of the user's must-links; and the entities of each component. A call resolves those components
    alone whose names, mentions, definitions or constraints are others than before, then numbers the entities.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._groups = Groups(text)
        self._graph = Graph()
        self._alone = Alone(text)
        self._component_of: dict[Name, int] = {}
        self._components: dict[int, tuple[Name, ...]] = {}
        self._resolved: dict[int, _Component] = {}
        self._fresh = 0
        self._defined: list[Evidence] = []
        self._bonds: dict[Name, set[Name]] = {}
        self._settled = _Settled(frozenset(), frozenset(), {})
        self._entities: list[tuple[Draft, Entity]] = []

    @cached_property
    def _bridges(self) -> list[Bridge]:
        return find_bridges(self._text)

    @cached_property
    def _definitions(self) -> list[Definition]:
        return find_definitions(self._text)

    def resolve(self, mentions: Iterable[Mention], constraints: Constraints | None = None) -> Resolution:
        """Return the entities and suggestions for these mentions of the text under these constraints."""
        constraints = constraints or Constraints()
        dirty = self._groups.update(mentions, constraints.moved)
        settled = self._settle(constraints)
        if dirty or settled.same != self._settled.same:
            dirty |= self._update_graph(dirty, settled)
        dirty |= _touched(self._settled, settled)
        self._settled = settled
        for number in {self._component_of[name] for name in dirty if name in self._component_of}:
            self._resolved.pop(number, None)
        for number in self._components.keys() - self._resolved.keys():
            self._resolved[number] = self._component(self._components[number])
        return self._assemble()

    def between(self, left: Iterable[Name], right: Iterable[Name]) -> Evidence | None:
        """Return what speaks most for two groups of names being one entity, whatever the user settled."""
        others = set(right)
        ones = set(left) - others
        edges = self._graph.edges
        found = [item for a in ones for b, item in edges.get(a, {}).items() if b in others]
        found += [item for item in self._defined if (item.a in ones and item.b in others)]
        found += [item for item in self._defined if (item.b in ones and item.a in others)]
        found = [item for item in found if item.phase is not Phase.VETO]
        return max(found, key=lambda item: (item.score, item.rule, item.a, item.b), default=None)

    def told_apart(self, left: Iterable[Name], right: Iterable[Name]) -> bool:
        """Tell whether the text or a rule says that two groups of names are two entities."""
        ones, others = set(left), set(right)
        names = sorted(name for name in ones | others if name in self._groups.by_name)
        found = [item for name in names for item in self._graph.edges[name].values() if item.phase is Phase.VETO]
        found += text_evidence.side_by_side(names, self._groups.by_name, self._text)
        found += text_evidence.titled_apart(names, self._groups.by_name, self._text)
        found += relatives(names, self._groups.by_name, self._text)
        return any({item.a, item.b} & ones and {item.a, item.b} & others for item in found)

    def _settle(self, constraints: Constraints) -> _Settled:
        """Translate constraints into pairs of names that the document has; a contradicted must-link falls out later."""
        if not (constraints.same or constraints.different or constraints.preferred):
            return _Settled(frozenset(), frozenset(), {})
        by_name = self._groups.by_name
        by_text: dict[str, list[Name]] = {}
        for known in by_name:
            by_text.setdefault(known.text, []).append(known)

        def here(name: Name) -> list[Name]:
            exact = Name(surface(name.text), name.label)
            return [exact] if exact in by_name else by_text.get(exact.text, [])

        def pairs(given: Iterable[tuple[Name, Name]]) -> frozenset[Pair]:
            return frozenset(
                (a, b) if a < b else (b, a) for one, two in given for a in present(one) for b in present(two) if a != b
            )

        one_with = closed(constraints.same)

        def present(name: Name) -> list[Name]:
            """What the document has of a name, or else of the names that are one with it."""
            found = here(name)
            return found or [each for other in one_with.get(name, ()) for each in here(other)]

        preferred: dict[Name, tuple[int, str]] = {}
        for rank, (name, text) in enumerate(constraints.preferred):
            preferred.update(dict.fromkeys(here(name), (rank, text)))
        same = pairs(constraints.same)
        different = pairs(constraints.different)
        if constraints.said and different and _at_odds(same, different):
            same, different = _by_age([(one, pairs([(a, b)])) for one, a, b in constraints.said])
        same |= {pair for one in constraints.same for name in one for pair in pairwise(sorted(here(name)))}
        return _Settled(same, different, preferred)

    def _update_graph(self, dirty: set[Name], settled: _Settled) -> set[Name]:
        """Bring evidence and components up to date, and return the names that stand in another component now."""
        by_name, edges = self._groups.by_name, self._graph.edges
        moved: set[Name] = set()
        for name in sorted(dirty):
            if name in edges and name not in by_name:
                moved.update(edges[name], (name,))
                self._graph.remove(name)
            elif name in by_name and name not in edges:
                self._graph.add(name)
                moved.update(edges[name], (name,))
        if dirty:
            self._defined = text_evidence.defined(self._definitions, self._groups)
            self._defined += text_evidence.bridged(self._bridges, self._groups)
        bonds: dict[Name, set[Name]] = {}
        for a, b in [*settled.same, *((item.a, item.b) for item in self._defined)]:
            bonds.setdefault(a, set()).add(b)
            bonds.setdefault(b, set()).add(a)
        for name in {*bonds, *self._bonds}:
            if bonds.get(name) != self._bonds.get(name):
                moved.update((name,), bonds.get(name, ()), self._bonds.get(name, ()))
        self._bonds = bonds
        return self._connect(moved)

    def _connect(self, moved: set[Name]) -> set[Name]:
        """Find the components anew of all names that shared one with a name that moved."""
        old = {self._component_of[name] for name in moved if name in self._component_of}
        pool = {name for number in old for name in self._components[number]} | moved
        for number in old:
            del self._components[number]
            self._resolved.pop(number, None)
        here = {name for name in pool if name in self._groups.by_name}
        for name in pool - here:
            self._component_of.pop(name, None)
        waiting = set(here)
        for start in sorted(here):
            if start not in waiting:
                continue
            self._fresh += 1
            waiting.discard(start)
            found, open_names = [start], [start]
            while open_names:
                name = open_names.pop()
                near = [*self._graph.edges[name], *self._bonds.get(name, ())]
                for other in near:
                    if other in waiting:
                        waiting.discard(other)
                        found.append(other)
                        open_names.append(other)
            self._components[self._fresh] = tuple(sorted(found))
            self._component_of.update(dict.fromkeys(found, self._fresh))
        return here

    def _component(self, names: tuple[Name, ...]) -> _Component:
        """Cluster the names of one component."""
        by_name = self._groups.by_name
        preferred = self._settled.preferred
        texts = {
            name: text
            for _, name, text in sorted(
                (preferred[name][0], name, preferred[name][1]) for name in names if name in preferred
            )
        }
        if len(names) == 1:
            return _Component((assemble.draft(names, (), by_name, texts),), ())
        inside = set(names)
        edges = self._graph.edges
        edged = (item for name in names for other, item in edges[name].items() if name < other)
        evidence = without_roles(edged, by_name, self._text)
        evidence += [item for item in self._defined if item.a in inside and item.b in inside]
        evidence += text_evidence.side_by_side(names, by_name, self._text)
        evidence += text_evidence.titled_apart(names, by_name, self._text)
        evidence += relatives(names, by_name, self._text)
        same = [pair for pair in self._settled.same if pair[0] in inside]
        different = [pair for pair in self._settled.different if pair[0] in inside and pair[1] in inside]
        result = cluster(names, evidence, same, different, self._alone)
        drafts = tuple(assemble.draft(group, held, by_name, texts) for group, held in result.clusters)
        holder = {name: draft for draft in drafts for name in draft.members}
        offers = tuple((item, holder[item.a], holder[item.b]) for item in result.offers)
        return _Component(drafts, _fewer(offers))

    def _assemble(self) -> Resolution:
        """Number the entities by first mention and hang relations and suggestions on them."""
        drafts = sorted([draft for component in self._resolved.values() for draft in component.drafts])
        number_of = {id(draft): number for number, draft in enumerate(drafts, 1)}
        kin = related((number, draft.kin) for number, draft in enumerate(drafts, 1) if draft.kin is not NONE)
        kept: list[tuple[Draft, Entity]] = []
        for number, (draft, known) in enumerate(zip_longest(drafts, self._entities[: len(drafts)]), 1):
            ids = kin.get(number, ())
            if known is not None and known[0] is draft and known[1].related == ids:
                kept.append(known)
            else:
                kept.append((draft, draft.entity(number, ids)))
        self._entities = kept
        return Resolution(
            tuple([entity for _, entity in kept]),
            _suggestions(self._resolved.values(), number_of, self._groups.by_name),
        )


def _at_odds(same: Iterable[Pair], different: Iterable[Pair]) -> bool:
    """Tell whether two names are to be one entity and two: apart by their labels once, they may be one pair by now."""
    settled = Settled()
    for pair in same:
        settled.join(pair)
    return any(settled.one(a, b) for a, b in different)


def _by_age(said: list[tuple[bool, frozenset[Pair]]]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Return what does not contradict what was said later."""
    settled = Settled()
    for one, found in reversed(said):
        for a, b in sorted(found):
            if one:
                settled.join((a, b))
            else:
                settled.part((a,), (b,))
    return frozenset(settled.same), frozenset(settled.different)


def _fewer(offers: tuple[tuple[Evidence, Draft, Draft], ...]) -> tuple[tuple[Evidence, Draft, Draft], ...]:
    """Return the offers without those of a shared short form to all but the first-named of many who have it."""
    takers: dict[Draft, set[Draft]] = {}
    for item, short, long in offers:
        if item.rule in _SHARED:
            takers.setdefault(short, set()).add(long)
    kept = {short: sorted(found)[:_TAKERS] for short, found in takers.items()}
    return tuple(entry for entry in offers if entry[0].rule not in _SHARED or entry[2] in kept[entry[1]])


def _touched(old: _Settled, new: _Settled) -> set[Name]:
    """Return the names whose constraints are others than before."""
    found = {name for pair in (old.same ^ new.same) | (old.different ^ new.different) for name in pair}
    return found | {name for name, _ in old.preferred.items() ^ new.preferred.items()}


def _suggestions(
    components: Iterable[_Component], number_of: dict[int, int], by_name: dict[Name, tuple[Mention, ...]]
) -> tuple[Suggestion, ...]:
    """Return the best offer for each two entities, the likeliest first."""
    best: dict[tuple[int, int], tuple[float, Rule, Evidence, bool]] = {}
    for component in components:
        for item, left, right in component.offers:
            a, b = number_of[id(left)], number_of[id(right)]
            entry = (-item.score, item.rule, item, a > b)
            pair = (b, a) if a > b else (a, b)
            if pair not in best or entry < best[pair]:
                best[pair] = entry
    found: list[Suggestion] = []
    for (a, b), (_, rule, item, swapped) in sorted(best.items(), key=lambda entry: (entry[1][0], entry[0])):
        names = (item.b.text, item.a.text) if swapped else (item.a.text, item.b.text)
        at = by_name[item.a][0].start if item.at is None else item.at
        found.append(Suggestion(f"e{a}", f"e{b}", rule, item.score, names, at))
    return tuple(found)
