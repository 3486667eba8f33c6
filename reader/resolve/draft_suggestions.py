"""Suggestions between the drafts of entities, before these have their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from reader.recognize import Mention
from reader.resolve.assemble import Draft, evidence_offset
from reader.resolve.evidence.base import Evidence
from reader.resolve.resolution import Name, Suggestion
from reader.resolve.rules import Rule

DraftSuggestion: TypeAlias = tuple[Evidence, Draft, Draft]
"""Evidence too weak to merge, the entity of its first name and that of its second."""
_SHARED_RULES: Final = frozenset({Rule.SHARED_NAME, Rule.FIRST_NAMED})
_MOST_CANDIDATES: Final = 4
"""A short form shared by more entities is suggested for at most this many."""


def without_surplus_candidates(suggestions: Sequence[DraftSuggestion]) -> tuple[DraftSuggestion, ...]:
    """Return the suggestions; of those for a shared short form, only the ones for its first candidates."""
    candidates: dict[Draft, set[Draft]] = {}
    for piece, short, long in suggestions:
        if piece.rule in _SHARED_RULES:
            candidates.setdefault(short, set()).add(long)
    first_candidates = {short: sorted(longs)[:_MOST_CANDIDATES] for short, longs in candidates.items()}
    return tuple(
        (piece, short, long)
        for piece, short, long in suggestions
        if piece.rule not in _SHARED_RULES or long in first_candidates[short]
    )


def best_suggestions(
    suggestions: Iterable[DraftSuggestion], number_of: Mapping[int, int], by_name: Mapping[Name, Sequence[Mention]]
) -> tuple[Suggestion, ...]:
    """Return the best suggestion for each pair of entities, the strongest first.

    Args:
        suggestions: The evidence and its two entities, which may be suggested more than once.
        number_of: The number of each entity, by the `id` of its draft.
        by_name: The mentions of each name.
    """
    best: dict[tuple[int, int], tuple[float, Rule, Evidence, bool]] = {}
    for piece, left, right in suggestions:
        a, b = number_of[id(left)], number_of[id(right)]
        entry = (-piece.score, piece.rule, piece, a > b)
        pair = (b, a) if a > b else (a, b)
        if pair not in best or entry < best[pair]:
            best[pair] = entry
    numbered: list[Suggestion] = []
    for (a, b), (_, rule, piece, swapped) in sorted(best.items(), key=lambda entry: (entry[1][0], entry[0])):
        names = (piece.b.text, piece.a.text) if swapped else (piece.a.text, piece.b.text)
        offset = evidence_offset(piece, by_name)
        numbered.append(Suggestion(f"e{a}", f"e{b}", rule, piece.score, names, offset))
    return tuple(numbered)
