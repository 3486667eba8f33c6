"""What is known of names beforehand, weighed against what the recognizer says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from reader.names import common_words, countries, fold, known_names
from reader.names.matcher import WORD
from reader.names.tables import given_names, groups, organizations, places


class Known(NamedTuple):
    """What the tables say of a surface form."""

    label: str
    weight: float
    """How many mentions by the recognizer this counts as."""
    sure: bool
    """Whether it is marked wherever it stands; otherwise something in the text must speak for it."""


_COUNTRY: Final = 4.0
_DEMONYM: Final = 4.0
_ORGANIZATION: Final = 3.0
_PLACE: Final = 1.0
_REGION: Final = 1.5
_GROUP: Final = 1.5
_UNSURE: Final = 0.6


@cache
def gazetteer() -> Mapping[str, Known]:
    """Return every known surface form that may be looked for in a text.

    The weights follow how often such names are what the tables say in annotated corpora: countries and demonyms are in
    more than nine cases of ten, regions in three of four, names that are also words or given names in fewer.
    """
    weights = _weights()
    words, given = common_words(), given_names()
    labels = {surface: label for surface, (label, _) in known_names().items()}
    # "Republicans" are people before they are a party, whatever they are an alias of.
    for group in groups():
        for surface in (group.name, *group.aliases):
            if labels.get(surface) == "ORG":
                labels[surface], weights[surface] = group.label, _GROUP
    known = {}
    for surface, label in labels.items():
        if "," in surface:  # "Washington, D.C." is two names
            continue
        weight = weights.get(surface, _UNSURE)
        ambiguous = (surface in words and weight < _COUNTRY) or (" " not in surface and fold(surface) in given)
        sure = weight > _UNSURE and not ambiguous and any(char.isupper() for char in surface)
        known[surface] = Known(label, _UNSURE if ambiguous else weight, sure)
    return MappingProxyType(known)


def known_in(words: Collection[str]) -> Iterator[str]:
    """Yield the known surface forms whose first word is among some words."""
    for first, forms in _by_first_word().items():
        if first in words:
            yield from forms


@cache
def _by_first_word() -> Mapping[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for form in gazetteer():
        if match := WORD.match(form):
            index[match[0]] = (*index.get(match[0], ()), form)
    return MappingProxyType(index)


def _weights() -> dict[str, float]:
    weights: dict[str, float] = {}
    for country in countries():
        for names, weight in (
            ((country.name, *country.aliases), _COUNTRY),
            (country.demonyms, _DEMONYM),
            (country.capital, _PLACE),
            (country.weak, _PLACE),
        ):
            for name in names:
                weights.setdefault(name, weight)
    for entry in (*organizations(), *places(), *groups()):
        weight = {"GPE": _PLACE, "LOC": _REGION, "NORP": _GROUP, "LANGUAGE": _UNSURE}.get(entry.label, _ORGANIZATION)
        for name in (entry.name, *entry.aliases):
            weights.setdefault(name, weight)
    return weights


_X: Final = re.compile(
    r"(?<![\w.-])X(?:(?P<former>,? \(?formerly (?:known as )?Twitter)|"
    r"(?=[,.;:!?)”\"]|$| (?:that|after|and|or|on|in|by|saying|what|to|as)\b))"
)
_POSTED: Final = re.compile(
    r"\b(?:posts?|posted|posting|wrote|writes|said|says|shared?|shares|sharing|announced|statements?|videos?|messages?|"
    r"accounts?|threads?|tweeted|tweets?|confirmed|published|released|uploaded|platform|network|media)\b"
    r"[^.!?\n]{0,80}? (?:on|to|via|site|platform|network) $"
)
_LOOK_BACK: Final = 100


def platforms(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where "X" is the social network: after words about posting, or called the former Twitter."""
    for match in _X.finditer(text, start, end):
        place = match.start()
        if match["former"] or _POSTED.search(text, max(start, place - _LOOK_BACK), place):
            yield place, place + 1


_PARTICLES: Final = r"(?:(?:al|el|van|von|der|den|de|la|bin|ibn|di|da|du|le|del) )*(?:al-|el-|Al-|El-)?"
_PART: Final = r"[A-Z](?:[’'][A-Z])?[\w-]*[a-z]"
_TITLED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lady|Lord|Señor|Señora)\.? "
    rf"(?P<name>{_PARTICLES}{_PART}(?: {_PARTICLES}{_PART}){{0,3}})(?!\w)"
)


def titled(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names of persons that stand after "Mr", "Mrs", "Dr" and the like."""
    for match in _TITLED.finditer(text, start, end):
        yield match.span("name")
