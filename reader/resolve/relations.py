"""What belongs together without being one: a people and its country, a body and what it is part of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from reader.names import tables
from reader.resolve.evidence.name_facts import Facts, facts_of
from reader.resolve.evidence.things import kind_words
from reader.resolve.resolution import Name

Sign = tuple[str, ...]
"""What makes two entities kin where one has it and the other looks for it."""

_INSIDE: Final = frozenset({"in", "at"})
_OUTSIDE: Final = frozenset({"of", "and", "for", "on", "from", "near", "de"})
_LONGEST: Final = 12


class Kin(NamedTuple):
    """What an entity is to others."""

    has: frozenset[Sign] = frozenset()
    """As what others find it: the country, the body that it is."""
    seeks: frozenset[Sign] = frozenset()
    """To whom it belongs: the country of a people, the parent of a body."""


NONE: Final = Kin()


def kin_of(members: Sequence[Name]) -> Kin:
    """Return the signs of a cluster of names."""
    has: set[Sign] = set()
    seeks: set[Sign] = set()
    for name in members:
        peoples = tables.countries_of_demonym(name.text)
        seeks.update(("country", country.name) for country in peoples)
        country = tables.country_of(name.text)
        if country is not None and not peoples:
            has.add(("country", country.name))
        if name.label == "ORG" and not peoples:
            facts = facts_of(*name)
            has.update(_as_parent(facts))
            seeks.update(_parents(facts))
    return Kin(frozenset(has), frozenset(seeks - has)) if has or seeks else NONE


def _as_parent(facts: Facts) -> Iterable[Sign]:
    if facts.known:
        yield "known", facts.known
    if len(facts.tokens) > 1 or not set(facts.tokens) <= kind_words():
        yield "name", *facts.tokens


def _parents(facts: Facts) -> Iterable[Sign]:
    """Yield what the parents of a body are found by: what its name begins with, or ends in after "of" or "in"."""
    if facts.known:
        yield from (("known", parent) for parent in tables.parents().get(facts.known, ()))
    words = facts.tokens
    if not 1 < len(words) <= _LONGEST:
        return
    for cut in range(1, len(words)):
        if words[cut] not in _OUTSIDE:
            yield "name", *words[:cut]
        if words[cut - 1] == "of" or words[cut - 1] in _INSIDE:
            yield "name", *words[cut:]


def related(entities: Iterable[tuple[int, Kin]]) -> dict[int, tuple[str, ...]]:
    """Return for each entity, by number, the ids of those that belong with it."""
    holders: dict[Sign, list[int]] = {}
    seekers: list[tuple[int, Kin]] = []
    for number, kin in entities:
        for sign in kin.has:
            holders.setdefault(sign, []).append(number)
        if kin.seeks:
            seekers.append((number, kin))
    found: dict[int, set[int]] = {}
    for number, kin in seekers:
        for sign in kin.seeks:
            for other in holders.get(sign, ()):
                if other != number:
                    found.setdefault(number, set()).add(other)
                    found.setdefault(other, set()).add(number)
    return {number: tuple(f"e{other}" for other in sorted(others)) for number, others in found.items()}
