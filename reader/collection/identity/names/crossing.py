"""Which names identify an entity across documents, and how much evidence they need.

Two names with one key are one name in two spellings: they are identical, differ in case, spelling or legal form, or
are two known names of one body or country. How much that means depends on the kind of the name: a listed name is
enough, a surname or an acronym alone says very little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from reader.collection.identity.names.business_words import names_a_business
from reader.names import tables
from reader.resolve.evidence.kind_words import kind_words
from reader.resolve.evidence.name_facts import NameFacts, facts_of, is_initial_token, letters_of
from reader.structures.named_tuple import NamedTuple

_SUBJECTS: Final = frozenset(
    re.findall(
        r"\S+",
        "national international central federal general supreme high royal imperial public private united joint common"
        " regional municipal provincial local special civil criminal constitutional military naval social economic"
        " foreign internal interior exterior affairs defense defence health finance justice education agriculture"
        " environment environmental culture labor labour trade commerce industry treasury tax customs revenue home"
        " security intelligence human rights children women youth sports science transport electoral election elections"
        " democratic republican liberal conservative socialist communist green people's workers chief great"
        " of for and the in on to de la le du des del der die und et y a an"
        " agency department office ministry committee commission council board court bureau"
        " accounts air appeal appeals archives atomic attorney audit auditor auditors aviation borders citizenship"
        " communications competition consumer coordination crown cultural data digital disaster drug drugs emergencies"
        " emergency families family fisheries food forestry forests higher immigration information infrastructure"
        " innovation integration investigation investigations land lands law lower maritime market meteorological"
        " migration mineral mines mining nuclear pensions planning prevention procurement prosecution prosecutor"
        " prosecutors protection refugees regulatory religion religious research resources rural safety society"
        " spatial statistical statistics stock technology telecommunications tourism urban veterans water waters"
        " weather welfare youth"
        " corruption crime crimes democrats financial greens liberals narcotics organized republicans"
        " progressives socialists terrorism",
    )
)
"""Words that, with words for kinds of bodies, name one body in each country: "Ministry of Health"."""
_OF_PARTIES: Final = frozenset(
    re.findall(
        r"\S+",
        "agrarian alliance center centre christian civic congress democracy farmers freedom future homeland"
        " independence islamic liberty movement new patriotic people peoples pirate popular progress progressive"
        " prosperity reform republic solidarity unionist unity",
    )
)
"""More words that name parties of many countries."""
PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_RARE_INITIALS: Final = 2
"""So many initials before a surname that is not common are as good as a given name: "P. G. Wodehouse"."""
_SHORT: Final = 4
"""Names with at most this many letters are compared with their case and marks."""
_LONG_ACRONYM: Final = 8
"""Initials of so many letters are those of one body only: "SINTRATARN"."""
_GIVEN_NAME_AND_SURNAME: Final = 2
_SHORTEST_PLACE: Final = 6
"""The fewest letters of a place in capitals that are no initials although no table lists it: "TARNVIK, 4 May"."""


class NameKind(IntEnum):
    """What a name can do across documents, the strongest first."""

    LISTED = 0
    """The tables list it: a country, a known body, a place, a people."""
    FULL = 1
    """A person's name of two or more words."""
    PROPER = 2
    """A name of a thing."""
    SITE = 3
    """A name of a place that no table lists."""
    GENERIC = 4
    """A name that every country or town has one of: "Supreme Court"."""
    INITIALS = 5
    """A person's name with initials only: "J. Smith"."""
    ACRONYM = 6
    """Initials that no table lists."""
    SINGLE = 7
    """A person's name of one word."""


STRONG: Final = frozenset({NameKind.LISTED, NameKind.FULL, NameKind.PROPER, NameKind.SITE})
"""Kinds of names by which a document's entity is known in others."""


class CrossingName(NamedTuple):
    """A name as it is compared across documents."""

    key: str
    kind: NameKind
    tokens: tuple[str, ...]
    text: str
    label: str


def crossing_name(text: str, label: str) -> CrossingName | None:
    """Return how a name is compared across documents, or None if it has no letter or digit."""
    facts = facts_of(text, label)
    if not any(map(str.isalnum, facts.fold)):
        return None
    if facts.bucket != "person":
        return _thing(facts)
    if names_a_business(facts.tokens):
        return _thing(facts_of(text, "ORG"))._replace(label=label)
    return _person(facts)


def key_without_middle_names(name: CrossingName) -> str:
    """Return the key of the given name and surname alone of a full name with middle names; "" of any other name."""
    if name.kind is NameKind.FULL and len(name.tokens) > _GIVEN_NAME_AND_SURNAME:
        return f"person {name.tokens[0]} {name.tokens[-1]}"
    return ""


def _person(facts: NameFacts) -> CrossingName:
    tokens = facts.tokens
    person = facts.person
    suffix = f" {person.suffix.casefold()}" if person is not None and person.suffix else ""
    key = f"person {' '.join(tokens)}{suffix}"
    if person is None:
        kind = NameKind.PROPER
    elif len(tokens) > 1:
        kind = NameKind.INITIALS if _says_initials_only(tokens) else NameKind.FULL
    else:
        kind = NameKind.FULL if suffix else NameKind.SINGLE
    return CrossingName(key, kind, tokens, facts.text, facts.label)


def _says_initials_only(tokens: Sequence[str]) -> bool:
    """Return whether a name of several words has initials in place of its given names or its surname."""
    *given_names, surname = tokens
    if is_initial_token(surname):
        return True
    if not all(map(is_initial_token, filter(None, given_names))):
        return False
    initials = sum(map(str.isalpha, "".join(given_names)))
    return initials < _RARE_INITIALS or surname in tables.surnames()


def _thing(facts: NameFacts) -> CrossingName:
    if facts.acronym and not facts.listed_name and facts.label in PLACE_LABELS:
        place = facts_of(facts.text.title(), facts.label)
        is_known = place.listed_name or tables.country_of_capital(place.text) is not None
        if is_known or (len(facts.letters) >= _SHORTEST_PLACE and not place.acronym):
            return _named(place)._replace(text=facts.text)
    return _named(facts)


def _named(facts: NameFacts) -> CrossingName:
    if facts.listed_name:
        return CrossingName(f"listed {facts.listed_name}", NameKind.LISTED, facts.tokens, facts.text, facts.label)
    tokens = facts.canonical
    letters = letters_of("".join(tokens))
    if len(letters) <= _SHORT or facts.normal in tables.common_words():
        letters = facts.normal.replace(".", "") if facts.acronym else facts.normal
    kind = _kind_of_thing(facts, tokens)
    is_event = facts.label == "EVENT" and len(tokens) == 1
    return CrossingName(f"{'event' if is_event else 'thing'} {letters}", kind, tokens, facts.text, facts.label)


def _kind_of_thing(facts: NameFacts, tokens: tuple[str, ...]) -> NameKind:
    if facts.acronym and len(facts.letters) < _LONG_ACRONYM:
        return NameKind.ACRONYM
    if is_generic(tokens) or (
        tokens[-1] == "party" and is_generic(tuple(token for token in tokens if token not in _OF_PARTIES))
    ):
        return NameKind.GENERIC
    return NameKind.SITE if facts.label in PLACE_LABELS else NameKind.PROPER


def is_generic(tokens: tuple[str, ...]) -> bool:
    """Return whether a name consists of words for kinds and subjects only, like "Ministry of Health"."""
    return all(token in _SUBJECTS or token in kind_words() or token.isdigit() for token in tokens)
