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
    items = [
        item
        for phase in _PHASES
        for item in by_phase.get(phase, ())
        if not sets.joins(item) and not sets.apart(item.a, item.b, soft=True)
    ]
    spellings = {_roots(sets, item) for item in items if item.rule in _SPELLING_RULES}
    wholes: defaultdict[Name, set[Name]] = defaultdict(set)
    for item in items:
        if item.rule == Rule.PART:
            wholes[sets.root(item.a)].add(sets.root(item.b))
    owners: defaultdict[Name, list[Evidence]] = defaultdict(list)
    for phase in (Phase.DEFINED, Phase.SHORT):
        for item in by_phase.get(phase, ()):
            if sets.joins(item):
                owners[item.a].append(item)
    suggestions = [
        item
        for item in items
        if not (item.phase is Phase.SHORT and _roots(sets, item) in spellings)
        and not (item.a in owners and _is_owned(item, owners[item.a], short_forms))
        and not (item.rule == Rule.PART and len(wholes[sets.root(item.a)]) > _MOST_WHOLES)
    ]
    shorts = [item for item in suggestions if item.phase is Phase.SHORT]
    first_named = set(chosen(sets, shorts, short_forms.first_named)) if short_forms is not None and shorts else set()
    for item in suggestions:
        yield _as_suggestion(item, first_named=item in first_named)


def _roots(sets: NameSets, item: Evidence) -> frozenset[Name]:
    return frozenset((sets.root(item.a), sets.root(item.b)))


def _is_owned(item: Evidence, owners: Sequence[Evidence], short_forms: ShortForms | None) -> bool:
    """Return whether a short form refers to its owners only, so that it is not suggested for a rival."""
    if item.rule == Rule.SURNAME_SOUND or (item.rule == Rule.PART and item.a.label == "PERSON"):
        return True
    if item.phase is not Phase.SHORT:
        return False
    if item.rule == Rule.ACRONYM:
        return any(owner.phase is Phase.DEFINED for owner in owners)
    full_names = [owner.b for owner in owners]
    return short_forms is not None and not short_forms.may_refer_to(item.a, item.b, full_names)


def chosen(sets: NameSets, items: Iterable[Evidence], chooser: Chooser) -> list[Evidence]:
    """Return, for each undecided surname and given name, the evidence for the candidate that `chooser` picks."""
    by_short: defaultdict[Name, list[Evidence]] = defaultdict(list)
    for item in items:
        if item.a.label == "PERSON" and item.phase is Phase.SHORT and not sets.joins(item):
            by_short[sets.root(item.a)].append(item)
    choices: list[Evidence] = []
    for _, candidates in sorted(by_short.items()):
        groups: defaultdict[Name, list[Evidence]] = defaultdict(list)
        for item in candidates:
            groups[sets.root(item.b)].append(item)
        if len({sets.root(item.b) for item in candidates if item.rule == Rule.FORMERLY}) > 1:
            continue  # the text says of several people that this is their maiden name
        short = candidates[0].a
        owner = chooser(short, [[item.b for item in group] for _, group in sorted(groups.items())])
        if owner is not None:
            choices.append(next(item for item in candidates if item.b == owner))
    return choices


def strongest_of(items: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence of about the same strength as the strongest.

    For a person's surname or given name, that is all the evidence: neither tells which of several people it refers to.
    """
    if items[0].a.label == "PERSON" and items[0].phase is Phase.SHORT:
        return sorted(items, key=lambda item: -item.score)
    top = max(item.score for item in items)
    return [item for item in items if item.score >= top - MARGIN]


def _as_suggestion(item: Evidence, *, first_named: bool) -> Evidence:
    if item.phase not in {Phase.FULL, Phase.SHORT}:
        return item._replace(phase=Phase.SUGGESTION, score=round(min(item.score, 0.9), 3))
    if first_named:
        return item._replace(
            phase=Phase.SUGGESTION, score=round(item.score * _FIRST_NAMED_FACTOR, 3), rule=Rule.FIRST_NAMED
        )
    return item._replace(phase=Phase.SUGGESTION, score=round(item.score * _SHARED_FACTOR, 3), rule=Rule.SHARED_NAME)
