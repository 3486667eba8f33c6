"""Compare two names of things: organizations, places, events, works."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reader.names import tables
from reader.names.acronyms import EXACT, INNER, NEARLY_EXACT, SYLLABLES, WITH_STOP_WORDS, acronym_score
from reader.recognize import LABELS
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.contained_names import PLACE_LABELS, compare_contained
from reader.resolve.evidence.name_facts import PEOPLE_PREFIX, NameFacts, is_state, listed_as, without_country
from reader.resolve.rules import Rule

_LABELS_WITH_ACRONYMS: Final = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "LAW"})
_COMMON_INITIALS: Final = 2
"""Initials with at most this many letters fit too many names with another label."""
_RECOGNIZED_LABELS: Final = frozenset(LABELS)
"""The labels that recognition assigns, and may confuse."""


def compare(first: NameFacts, second: NameFacts) -> Evidence | None:
    """Return the evidence of the strongest rule that applies to two names of things, or None."""
    if (
        is_state(first.tokens)
        and is_state(second.tokens)
        and first.tokens[0] != second.tokens[0]
        and first.tokens[2:] == second.tokens[2:]
    ):
        return Evidence(Phase.VETO, 1.0, Rule.TWO_STATES, first.name, second.name)
    identity = _compare_identity(first, second)
    if identity is not None:
        return None if _labels_differ_on_purpose(first, second) else identity
    if first.listed_name and first.listed_name == second.listed_name:
        return None
    if first.listed_name and second.listed_name:
        return Evidence(Phase.VETO, 0.9, Rule.TWO_KNOWN, first.name, second.name)
    if ((len(first.tokens), len(first.fold)) > (len(second.tokens), len(second.fold)) and not first.acronym) or (
        second.acronym and not first.acronym
    ):
        first, second = second, first
    weakly_listed = _compare_weakly_listed(first, second) or _compare_weakly_listed(second, first)
    if weakly_listed is not None:
        return weakly_listed
    if first.acronym and not second.acronym:
        score = _best_acronym_score(first.text, second)
        if score:
            return _compare_acronym(first, second, score)
    return _compare_partial_acronym(first, second) or compare_contained(first, second)


def _labels_differ_on_purpose(first: NameFacts, second: NameFacts) -> bool:
    """Return whether two names that are spelled alike are two entities because of their labels.

    A label that the user chose is meant as a difference, and an event is often named after its place.
    """
    labels = {first.label, second.label}
    if len(labels) == 2 and not labels <= _RECOGNIZED_LABELS:
        return True
    return (first.label == "EVENT") != (second.label == "EVENT") and bool(labels & PLACE_LABELS)


def _compare_identity(first: NameFacts, second: NameFacts) -> Evidence | None:
    """Compare two names that may be two spellings of one name."""
    if first.normal == second.normal:
        return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, first.name, second.name)
    if (
        first.listed_name
        and first.listed_name == second.listed_name
        and not first.listed_name.startswith(PEOPLE_PREFIX)
    ):
        rule = Rule.COUNTRY if tables.country_of(first.text) is not None else Rule.KNOWN
        return Evidence(Phase.IDENTITY, 0.97, rule, first.name, second.name)
    short_words = (
        len(first.fold) <= 3 or first.normal in tables.common_words() or second.normal in tables.common_words()
    )
    if first.fold == second.fold and not short_words:
        return Evidence(Phase.IDENTITY, 0.98, Rule.CASE, first.name, second.name)
    if first.tokens == second.tokens and not short_words:
        return Evidence(Phase.IDENTITY, 0.97, Rule.SPELLED, first.name, second.name)
    if (
        first.canonical == second.canonical
        and len(first.fold) > 3
        and len(second.fold) > 3
        and not _are_two_listed(first, second)
    ):
        if (len(first.canonical) == 1 and first.label != second.label) or not first.canonical:
            return Evidence(Phase.SUGGESTION, 0.7, Rule.DESCRIPTOR, first.name, second.name)
        return Evidence(Phase.IDENTITY, 0.95, Rule.DESCRIPTOR, first.name, second.name)
    if first.letters == second.letters and len(first.letters) > 4 and not short_words:
        return Evidence(Phase.IDENTITY, 0.96, Rule.CASE, first.name, second.name)
    return None


def _are_two_listed(first: NameFacts, second: NameFacts) -> bool:
    """Return whether the tables list two things that differ by the order of words: "Miami University"."""
    return bool(first.listed_name and second.listed_name) and first.listed_name != second.listed_name


def _compare_weakly_listed(short: NameFacts, long: NameFacts) -> Evidence | None:
    """Compare a name that often stands for a listed one ("Emirates", "OK") with that name."""
    if not long.listed_name or long.listed_name not in tables.weakly_known(short.text):
        return None
    if short.label != long.label:
        return None
    if _is_shared_by_countries(short.text, long.listed_name):
        return Evidence(Phase.SUGGESTION, 0.6, Rule.LOOSE_NAME, short.name, long.name)
    return Evidence(Phase.SHORT, 0.92, Rule.LOOSE_NAME, short.name, long.name)


@lru_cache(maxsize=4096)
def _is_shared_by_countries(weak_name: str, listed_name: str) -> bool:
    """Return whether a weak name of a country may mean another country that the text does not name.

    It does not if the demonym belongs to one country only: "Koreans" are South Koreans, so "Korea" is South Korea, but
    "Congo" may be either of two countries.
    """
    countries = [country for country in map(tables.country_of, tables.weakly_known(weak_name)) if country is not None]
    form = weak_name.casefold()
    owners = [country for country in countries if any(word.casefold().startswith(form) for word in country.demonyms)]
    return len(countries) > 1 and [owner.name for owner in owners] != [listed_name]


def _best_acronym_score(acronym: str, long: NameFacts) -> float:
    """Return how well an acronym fits a name, or what is left of it without the country before it, from 0 to 1."""
    score = acronym_score(acronym, long.text)
    if score < SYLLABLES and acronym_score(acronym, without_country(long.normal)) == EXACT:
        return NEARLY_EXACT
    return score


def _compare_acronym(short: NameFacts, long: NameFacts, score: float) -> Evidence | None:
    """Return the evidence for an acronym that fits a name with a score."""
    alike = short.label == long.label or len(short.acronym) > _COMMON_INITIALS
    # "SEC" is listed as another name than "US Securities and Exchange Commission", but for the same body.
    is_free = not short.listed_name or short.listed_name == listed_as(without_country(long.normal), long.label)
    if score >= SYLLABLES and {short.label, long.label} <= _LABELS_WITH_ACRONYMS and alike and is_free:
        return Evidence(Phase.SHORT, round(score * 0.93, 3), Rule.ACRONYM, short.name, long.name)
    if not alike:
        return None
    return Evidence(Phase.SUGGESTION, 0.6 if score > INNER else 0.5, Rule.ACRONYM, short.name, long.name)


def _compare_partial_acronym(short: NameFacts, long: NameFacts) -> Evidence | None:
    """Compare "407th AEG" with "407th Air Expeditionary Group": shared words, then the initials of the others."""
    words, longer = short.normal.split(), long.normal.split()
    shared = len(words) - 1
    if not 0 < shared < len(longer) - 1 or words[:shared] != longer[:shared]:
        return None
    if acronym_score(words[-1], " ".join(longer[shared:])) < WITH_STOP_WORDS:
        return None
    return Evidence(Phase.SHORT, 0.9, Rule.ACRONYM, short.name, long.name)
