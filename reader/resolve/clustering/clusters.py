"""Constrained clustering of the names of one connected component.

Names join phase by phase. A short form joins a cluster only if every name that it may stand for is in that cluster by
then, so an ambiguous name never connects two entities. The user's constraints come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reader.resolve.clustering.name_sets import NameSets
from reader.resolve.clustering.suggestions import chosen, strongest_of, suggested
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import facts_of
from reader.resolve.evidence.short_forms import ShortForms
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule
from reader.structures.named_tuple import NamedTuple

Pair = tuple[Name, Name]
_SOFT_VETOES: Final = frozenset({Rule.SIDE_BY_SIDE, Rule.TWO_KNOWN})
_GENERAL: Final = frozenset({Rule.KEPT_HEAD, Rule.KIND, Rule.PLACE_OF})
_TEAM_WORDS: Final = frozenset(
    {
        *("ac", "afc", "athletic", "baseball", "basket", "basketball", "bc", "bk", "cf", "cycling", "esports", "fc"),
        *("fk", "football", "handball", "hockey", "racing", "rovers", "rugby", "sc", "sk", "team", "united"),
        *("volleyball", "wanderers"),
    }
)


class Clustering(NamedTuple):
    """The clusters of a component."""

    clusters: tuple[tuple[tuple[Name, ...], tuple[Evidence, ...]], ...]
    """The sorted names of each cluster, and the evidence that joined them."""
    suggestions: tuple[Evidence, ...]
    """Evidence between two clusters that is too weak to join them."""


def cluster(
    names: Sequence[Name],
    evidence: Iterable[Evidence],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    short_forms: ShortForms | None = None,
) -> Clustering:
    """Return the clusters of some names. They do not depend on the order in which names and evidence are passed.

    Args:
        names: The names of the component.
        evidence: All evidence between them.
        same: The user's must-links. One that contradicts `different` is ignored.
        different: The user's cannot-links.
        short_forms: Where the short forms occur alone in the text.
    """
    sets = NameSets(sorted(names))
    for a, b in sorted(different):
        sets.keep_apart(a, b, hard=True)
    for a, b in sorted(same):
        if not sets.apart(a, b, soft=False):
            sets.join(Evidence(Phase.IDENTITY, 1.0, Rule.USER, a, b))
    by_phase: defaultdict[Phase, list[Evidence]] = defaultdict(list)
    for piece in sorted(evidence, key=_order):
        by_phase[piece.phase].append(piece)
    for piece in by_phase[Phase.VETO]:
        sets.keep_apart(piece.a, piece.b, hard=piece.rule not in _SOFT_VETOES)
    identical = {frozenset((piece.a, piece.b)) for piece in by_phase[Phase.IDENTITY]}
    defined = [piece for piece in by_phase[Phase.DEFINED] if frozenset((piece.a, piece.b)) in identical]
    for piece in [*defined, *by_phase[Phase.IDENTITY]]:
        if not sets.apart(piece.a, piece.b, soft=False):
            sets.join(piece)
    for phase in (Phase.DEFINED, Phase.FULL, Phase.SHORT):
        phase_evidence = _without_rivals(by_phase, phase)
        if phase is Phase.SHORT:
            phase_evidence = _without_titled_rivals(sets, phase_evidence)
        _join_unambiguous(sets, phase_evidence, soft=phase is not Phase.DEFINED)
    if short_forms is not None:
        _join_introduced(sets, by_phase[Phase.SHORT], short_forms)
    return _result(sets, by_phase, short_forms)


def must_link_groups(same: Iterable[tuple[Name, Name]]) -> dict[Name, tuple[Name, ...]]:
    """Return, for each name, all names that must-links join with it, even through names not in the document."""
    groups: dict[Name, list[Name]] = {}
    for a, b in same:
        left, right = groups.setdefault(a, [a]), groups.setdefault(b, [b])
        if left is not right:
            left += right
            groups.update(dict.fromkeys(right, left))
    return {name: tuple(group) for name, group in groups.items()}


def _order(evidence: Evidence) -> tuple[object, ...]:
    return (evidence.phase, -evidence.score, evidence.rule, evidence.a, evidence.b, evidence.offset or 0)


def _without_rivals(by_phase: dict[Phase, list[Evidence]], phase: Phase) -> list[Evidence]:
    """Return the evidence of a phase, except for short forms that may also stand for other names of the text.

    These are general words ("Board") that are also part of other names, loose names of countries ("Korea"), and names
    of a company and the team that it owns ("Kesko" of "Kesko Group" and "Kesko United").
    """
    evidence = by_phase.get(phase, [])
    rivals: defaultdict[tuple[Name, bool], set[Name]] = defaultdict(set)
    for piece in by_phase.get(Phase.SUGGESTION, ()) if phase is Phase.SHORT else ():
        if piece.rule in {Rule.PART, Rule.LOOSE_NAME}:
            rivals[piece.a, piece.rule == Rule.LOOSE_NAME].add(piece.b)
    return [
        piece
        for piece in evidence
        if not (piece.rule in _GENERAL and rivals.get((piece.a, False)))
        and not (piece.rule == Rule.HEAD and any(map(_is_team, rivals.get((piece.a, False), ()))))
        and not (piece.rule == Rule.LOOSE_NAME and rivals.get((piece.a, True)))
    ]


def _is_team(name: Name) -> bool:
    """Return whether the last word of a name is one for a team."""
    return facts_of(*name).tokens[-1:] != () and facts_of(*name).tokens[-1] in _TEAM_WORDS


def _without_titled_rivals(sets: NameSets, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence without short forms of two names that the text keeps apart: "Mr. Moor", "Miss Moor"."""
    shorts: defaultdict[Name, list[Name]] = defaultdict(list)
    for piece in evidence:
        if piece.a.label == "PERSON" and " " in piece.a.text:
            shorts[piece.b].append(piece.a)
    shared = {
        (short, long)
        for long, names in shorts.items()
        if len(names) > 1
        for short in names
        if any(sets.apart(short, rival, soft=False) for rival in names if rival != short)
    }
    return [piece for piece in evidence if (piece.a, piece.b) not in shared]


def _join_unambiguous(sets: NameSets, evidence: Sequence[Evidence], *, soft: bool) -> None:
    """Join short forms that have exactly one candidate, until there are none."""
    changed = True
    while changed and evidence:
        changed = False
        by_short: defaultdict[Name, list[Evidence]] = defaultdict(list)
        for piece in evidence:
            by_short[sets.root(piece.a)].append(piece)
        for short in sorted(by_short):
            best = _only_candidate(sets, by_short[short], soft=soft)
            if best is not None:
                sets.join(best)
                changed = True


def _only_candidate(sets: NameSets, evidence: Sequence[Evidence], *, soft: bool) -> Evidence | None:
    """Return the strongest evidence if all evidence of about the same strength points to one other cluster.

    Once a short form has joined a name, it stands for no other one, however weak the evidence was.
    """
    open_evidence = [
        piece for piece in evidence if not sets.joins(piece) and not sets.apart(piece.a, piece.b, soft=soft)
    ]
    if not open_evidence:
        return None
    strongest = strongest_of(open_evidence)
    if len({sets.root(piece.b) for piece in strongest}) > 1:
        return None
    if strongest[0].phase is Phase.SHORT:
        shorts = {piece.a for piece in strongest}
        if _stands_for_person(sets, strongest[0]) or any(piece.a in shorts and sets.joins(piece) for piece in evidence):
            return None
    return strongest[0]


def _stands_for_person(sets: NameSets, piece: Evidence) -> bool:
    """Return whether the short form of some evidence is a single token and already stands for a person's full name.

    It does not matter whether a rule, the text or the user joined them: joining another name would connect two people.
    """
    if piece.a.label != "PERSON" or len(facts_of(*piece.a).tokens) > 1:
        return False
    return any(len(facts_of(*name).tokens) > 1 for name in sets.members(piece.a))


def _join_introduced(sets: NameSets, evidence: Sequence[Evidence], short_forms: ShortForms) -> None:
    """Join a surname or given name that several people share with the only one of them who was mentioned by then."""
    for piece in chosen(sets, evidence, short_forms.introduced):
        if not sets.apart(piece.a, piece.b, soft=True) and not _stands_for_person(sets, piece):
            sets.join(piece._replace(rule=Rule.INTRODUCED, score=0.8))


def _result(sets: NameSets, by_phase: Mapping[Phase, list[Evidence]], short_forms: ShortForms | None) -> Clustering:
    members: defaultdict[Name, list[Name]] = defaultdict(list)
    for name in sets.names:
        members[sets.root(name)].append(name)
    links: defaultdict[Name, list[Evidence]] = defaultdict(list)
    for piece in [*sets.used, *_beside_user(sets, by_phase)]:
        links[sets.root(piece.a)].append(piece)
    clusters = tuple((tuple(sorted(group)), tuple(links[root])) for root, group in sorted(members.items()))
    return Clustering(clusters, tuple(suggested(sets, by_phase, short_forms)))


def _beside_user(sets: NameSets, by_phase: Mapping[Phase, list[Evidence]]) -> list[Evidence]:
    """Return the evidence of rules that would connect names which the user joined."""
    roots = {sets.root(piece.a) for piece in sets.used if piece.rule == Rule.USER}
    if not roots:
        return []
    by_rules = NameSets(name for name in sets.names if sets.root(name) in roots)
    for piece in sets.used:
        if piece.rule != Rule.USER and piece.a in by_rules:
            by_rules.join(piece)
    already_used = len(by_rules.used)
    for phase in (Phase.IDENTITY, Phase.DEFINED, Phase.FULL, Phase.SHORT, Phase.SUGGESTION):
        for piece in by_phase[phase]:
            if piece.a in by_rules and sets.joins(piece):
                by_rules.join(piece)
    return by_rules.used[already_used:]
