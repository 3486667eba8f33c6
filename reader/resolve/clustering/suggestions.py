"""Suggestions: evidence between two clusters that is too weak to join them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from reader.resolve.clustering.name_sets import NameSets
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.short_forms import NameGroups, ShortForms
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule

Chooser: TypeAlias = Callable[[Name, NameGroups], Name | None]
"""Takes a short form and the groups of names it may stand for. Returns a name of the group it stands for."""

MARGIN: Final = 0.08
"""Evidence that is stronger than another by more than this decides between two candidates, except between people."""
_SHARED_FACTOR: Final = 0.75
"""Factor on the score of a short form with several candidates."""
_FIRST_NAMED_FACTOR: Final = 0.8
"""The same for the candidate who was named first."""
_MOST_WHOLES: Final = 2
"""A name that is part of more entities than this is a general word, such as "Council", and is offered for none."""
_SPELLING_RULES: Final = frozenset({Rule.SPELLING, Rule.TRANSLITERATION, Rule.WORD_ORDER})
_PHASES: Final = (Phase.IDENTITY, Phase.DEFINED, Phase.FULL, Phase.SHORT, Phase.SUGGESTION)


def suggested(
    sets: NameSets, by_phase: Mapping[Phase, list[Evidence]], short_forms: ShortForms | None
) -> Iterator[Evidence]:
    """Yield the suggestions, phase by phase.

    Suggestions leave out short forms that two spellings of one name share, because the spellings are suggested;
    acronyms and surnames that have an owner, unless the text may use them for the rival; and parts of many longer
    names.
    """
    open_evidence = [
        piece
        for phase in _PHASES
        for piece in by_phase.get(phase, ())
        if not sets.joins(piece) and not sets.apart(piece.a, piece.b, soft=True)
    ]
    spellings = {_roots(sets, piece) for piece in open_evidence if piece.rule in _SPELLING_RULES}
    wholes: defaultdict[Name, set[Name]] = defaultdict(set)
    for piece in open_evidence:
        if piece.rule == Rule.PART:
            wholes[sets.root(piece.a)].add(sets.root(piece.b))
    owners: defaultdict[Name, list[Evidence]] = defaultdict(list)
    for phase in (Phase.DEFINED, Phase.SHORT):
        for piece in by_phase.get(phase, ()):
            if sets.joins(piece):
                owners[piece.a].append(piece)
    suggestions = [
        piece
        for piece in open_evidence
        if not (piece.phase is Phase.SHORT and _roots(sets, piece) in spellings)
        and not (piece.a in owners and _is_owned(piece, owners[piece.a], short_forms))
        and not (piece.rule == Rule.PART and len(wholes[sets.root(piece.a)]) > _MOST_WHOLES)
    ]
    shorts = [piece for piece in suggestions if piece.phase is Phase.SHORT]
    first_named = set(chosen(sets, shorts, short_forms.first_named)) if short_forms is not None and shorts else set()
    for piece in suggestions:
        yield _as_suggestion(piece, first_named=piece in first_named)


def _roots(sets: NameSets, piece: Evidence) -> frozenset[Name]:
    return frozenset((sets.root(piece.a), sets.root(piece.b)))


def _is_owned(piece: Evidence, owners: Sequence[Evidence], short_forms: ShortForms | None) -> bool:
    """Return whether a short form refers to its owners only, so that it is not suggested for a rival."""
    if piece.rule == Rule.SURNAME_SOUND or (piece.rule == Rule.PART and piece.a.label == "PERSON"):
        return True
    if piece.phase is not Phase.SHORT:
        return False
    if piece.rule == Rule.ACRONYM:
        return any(owner.phase is Phase.DEFINED for owner in owners)
    full_names = [owner.b for owner in owners]
    return short_forms is not None and not short_forms.may_refer_to(piece.a, piece.b, full_names)


def chosen(sets: NameSets, evidence: Iterable[Evidence], chooser: Chooser) -> list[Evidence]:
    """Return, for each undecided surname and given name, the evidence for the candidate that `chooser` picks."""
    by_short: defaultdict[Name, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        if piece.a.label == "PERSON" and piece.phase is Phase.SHORT and not sets.joins(piece):
            by_short[sets.root(piece.a)].append(piece)
    choices: list[Evidence] = []
    for _, candidates in sorted(by_short.items()):
        groups: defaultdict[Name, list[Evidence]] = defaultdict(list)
        for piece in candidates:
            groups[sets.root(piece.b)].append(piece)
        if len({sets.root(piece.b) for piece in candidates if piece.rule == Rule.FORMERLY}) > 1:
            continue  # the text says of several people that this is their maiden name
        short = candidates[0].a
        owner = chooser(short, [[piece.b for piece in group] for _, group in sorted(groups.items())])
        if owner is not None:
            choices.append(next(piece for piece in candidates if piece.b == owner))
    return choices


def strongest_of(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence of about the same strength as the strongest.

    For a person's surname or given name, that is all the evidence: neither tells which of several people it refers to.
    """
    if evidence[0].a.label == "PERSON" and evidence[0].phase is Phase.SHORT:
        return sorted(evidence, key=lambda piece: -piece.score)
    top = max(piece.score for piece in evidence)
    return [piece for piece in evidence if piece.score >= top - MARGIN]


def _as_suggestion(piece: Evidence, *, first_named: bool) -> Evidence:
    if piece.phase not in {Phase.FULL, Phase.SHORT}:
        return piece._replace(phase=Phase.SUGGESTION, score=round(min(piece.score, 0.9), 3))
    if first_named:
        return piece._replace(
            phase=Phase.SUGGESTION, score=round(piece.score * _FIRST_NAMED_FACTOR, 3), rule=Rule.FIRST_NAMED
        )
    return piece._replace(phase=Phase.SUGGESTION, score=round(piece.score * _SHARED_FACTOR, 3), rule=Rule.SHARED_NAME)
