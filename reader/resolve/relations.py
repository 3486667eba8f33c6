"""Relations between entities that are connected but different, such as a people and its country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reader.names import tables
from reader.resolve.evidence.kind_words import kind_words
from reader.resolve.evidence.name_facts import NameFacts, facts_of
from reader.resolve.resolution import Name
from reader.structures.named_tuple import NamedTuple

KinKey = tuple[str, ...]
"""What relates two entities if one has it and the other seeks it."""

_IN: Final = frozenset({"in", "at"})
_OF: Final = frozenset({"of", "and", "for", "on", "from", "near", "de"})
_LONGEST: Final = 12
"""Words of a name beyond which no parents are sought."""


class Kin(NamedTuple):
    """What relates an entity to others."""

    has: frozenset[KinKey] = frozenset()
    """What others find it by: its country, or the organization that it is."""
    seeks: frozenset[KinKey] = frozenset()
    """What it belongs to: the country of a people, the parent of an organization."""


NONE: Final = Kin()


def kin_of(members: Sequence[Name]) -> Kin:
    """Return the keys of a cluster of names."""
    has: set[KinKey] = set()
    seeks: set[KinKey] = set()
    for name in members:
        countries = tables.countries_of_demonym(name.text)
        seeks.update(("country", country.name) for country in countries)
        own_country = tables.country_of(name.text)
        if own_country is not None and not countries:
            has.add(("country", own_country.name))
        if name.label == "ORG" and not countries:
            facts = facts_of(*name)
            has.update(_own_keys(facts))
            seeks.update(_parent_keys(facts))
    return Kin(frozenset(has), frozenset(seeks - has)) if has or seeks else NONE


def _own_keys(facts: NameFacts) -> Iterable[KinKey]:
    if facts.listed_name:
        yield "known", facts.listed_name
    if len(facts.tokens) > 1 or not set(facts.tokens) <= kind_words():
        yield "name", *facts.tokens


def _parent_keys(facts: NameFacts) -> Iterable[KinKey]:
    """Yield the keys of an organization's parents: what its name begins with, or ends in after "of" or "in"."""
    if facts.listed_name:
        yield from (("known", parent) for parent in tables.parents().get(facts.listed_name, ()))
    words = facts.tokens
    if not 1 < len(words) <= _LONGEST:
        return
    for cut in range(1, len(words)):
        if words[cut] not in _OF:
            yield "name", *words[:cut]
        if words[cut - 1] == "of" or words[cut - 1] in _IN:
            yield "name", *words[cut:]


def related(entities: Iterable[tuple[int, Kin]]) -> dict[int, tuple[str, ...]]:
    """Return for each entity, by number, the ids of the related entities."""
    holders: dict[KinKey, list[int]] = {}
    seekers: list[tuple[int, Kin]] = []
    for number, kin in entities:
        for key in kin.has:
            holders.setdefault(key, []).append(number)
        if kin.seeks:
            seekers.append((number, kin))
    related_numbers: dict[int, set[int]] = {}
    for number, kin in seekers:
        for key in kin.seeks:
            for holder in holders.get(key, ()):
                if holder != number:
                    related_numbers.setdefault(number, set()).add(holder)
                    related_numbers.setdefault(holder, set()).add(number)
    return {number: tuple(f"e{kin}" for kin in sorted(numbers)) for number, numbers in related_numbers.items()}
