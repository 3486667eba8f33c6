"""The names of the knowledge tables, with the weight they carry against what the recognizer finds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from reader.names import common_words, countries, fold, known_names
from reader.names.matcher import WORD
from reader.names.tables import given_names, groups, organizations, places
from reader.structures.named_tuple import NamedTuple


class GazetteerEntry(NamedTuple):
    """The entry of a surface form in the tables."""

    label: str
    weight: float
    """Its vote for the label, in mentions found by the recognizer."""
    unambiguous: bool
    """Whether every occurrence is marked. An ambiguous form is marked only if something in the text supports it."""


_COUNTRY_WEIGHT: Final = 4.0
_DEMONYM_WEIGHT: Final = 4.0
_ORGANIZATION_WEIGHT: Final = 3.0
_PLACE_WEIGHT: Final = 1.0
_REGION_WEIGHT: Final = 1.5
_GROUP_WEIGHT: Final = 1.5
_AMBIGUOUS_WEIGHT: Final = 0.6


@cache
def gazetteer() -> Mapping[str, GazetteerEntry]:
    """Return the entry of every surface form in the tables.

    The weights follow how often these forms have the label of the tables in annotated corpora: countries and demonyms
    in more than nine cases of ten, regions in three of four, and forms that are also words or given names less often.
    """
    weights = _weights()
    words, first_names = common_words(), given_names()
    labels = {surface: label for surface, (label, _) in known_names().items()}
    # "Republicans" are people before they are a party, even though the tables list the word as an alias of the party.
    for group in groups():
        for surface in (group.name, *group.aliases):
            if labels.get(surface) == "ORG":
                labels[surface], weights[surface] = group.label, _GROUP_WEIGHT
    entries = {}
    for surface, label in labels.items():
        if "," in surface:  # "Washington, D.C." is two names
            continue
        weight = weights.get(surface, _AMBIGUOUS_WEIGHT)
        ambiguous = (surface in words and weight < _COUNTRY_WEIGHT) or (
            " " not in surface and fold(surface) in first_names
        )
        unambiguous = weight > _AMBIGUOUS_WEIGHT and not ambiguous and any(char.isupper() for char in surface)
        entries[surface] = GazetteerEntry(label, _AMBIGUOUS_WEIGHT if ambiguous else weight, unambiguous)
    return MappingProxyType(entries)


def forms_starting_with(words: Collection[str]) -> Iterator[str]:
    """Yield the surface forms in the tables whose first word is one of `words`."""
    for first, forms in _forms_by_first_word().items():
        if first in words:
            yield from forms


@cache
def _forms_by_first_word() -> Mapping[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for form in gazetteer():
        if match := WORD.match(form):
            index[match[0]] = (*index.get(match[0], ()), form)
    return MappingProxyType(index)


def _weights() -> dict[str, float]:
    weights: dict[str, float] = {}
    for country in countries():
        for names, weight in (
            ((country.name, *country.aliases), _COUNTRY_WEIGHT),
            (country.demonyms, _DEMONYM_WEIGHT),
            (country.capital, _PLACE_WEIGHT),
            (country.weak, _PLACE_WEIGHT),
        ):
            for name in names:
                weights.setdefault(name, weight)
    for entry in (*organizations(), *places(), *groups()):
        weight = {
            "GPE": _PLACE_WEIGHT,
            "LOC": _REGION_WEIGHT,
            "NORP": _GROUP_WEIGHT,
            "LANGUAGE": _AMBIGUOUS_WEIGHT,
        }.get(entry.label, _ORGANIZATION_WEIGHT)
        for name in (entry.name, *entry.aliases):
            weights.setdefault(name, weight)
    return weights
