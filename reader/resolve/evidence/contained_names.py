"""Compare a name of a thing with a longer one that contains it: "Harvard" and "Harvard University"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reader.names import tables
from reader.names.normal import fold
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.kind_words import (
    AREAS,
    KINDS_BEFORE_NAME,
    KINDS_BY_LABEL,
    NAMED_AFTER_NEIGHBOR,
    NAMED_AFTER_PLACE,
    OFFSHOOTS,
    OFTEN_SEVERAL,
    SCOPES,
    SETTLEMENTS,
    kind_words,
)
from reader.resolve.evidence.name_facts import NameFacts, legal_words
from reader.resolve.rules import Rule
from reader.structures.lazy_pattern import lazy_pattern

PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_PREPOSITIONS: Final = frozenset({"of", "in", "at", "for", "on", "from", "near", "de", "and"})
_LABELS_WITH_HEADS: Final = frozenset({"ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT"})
_WORK_LABELS: Final = frozenset({"WORK_OF_ART", "LAW"})
_BODY_LABELS: Final = frozenset({"ORG", "FAC", "EVENT"})
_YEAR: Final = lazy_pattern(r"(?:1[5-9]|20)\d\d")
_ORDINAL: Final = lazy_pattern(r"\d+(?:st|nd|rd|th)?")
_DISTINCTIVE_TOKENS: Final = 4
"""A name with at least this many tokens is distinctive whatever single word precedes it."""
_LONGEST_LEAD: Final = 3
"""Most tokens before the name of a kind ("Board") that stands for a longer name."""
_SUGGESTED_PARTS: Final = frozenset({"EVENT", "GPE", "LAW"})
"""Labels of names of two or more tokens that are suggested for a longer name that starts with them."""
_TITLE_LABELS: Final = frozenset({"PRODUCT", "WORK_OF_ART"})
"""Labels of names of which one that adds words is a variant or a sequel, unless a colon precedes these words."""


def compare_contained(short: NameFacts, long: NameFacts) -> Evidence | None:
    """Compare a name with a longer one that starts or ends with it."""
    size = len(short.tokens)
    if not size or size >= len(long.tokens):
        return None
    if long.tokens[:size] == short.tokens:
        return _compare_beginning(short, long, long.tokens[size:])
    if long.tokens[-size:] == short.tokens:
        return _compare_end(short, long, long.tokens[:-size])
    return None


def _compare_beginning(short: NameFacts, long: NameFacts, tail: tuple[str, ...]) -> Evidence | None:
    """Compare a name with a longer one that starts with it: "Harvard" and "Harvard University"."""
    own_kinds = KINDS_BY_LABEL.get(short.label, frozenset())
    kinds = own_kinds if short.label == "PRODUCT" else kind_words() | own_kinds
    alike = short.label == long.label
    if (
        alike
        and short.label == "ORG"
        and (_is_first_word_of_company(short, long) or _is_company_before_and(short, long))
    ):
        return Evidence(Phase.SHORT, 0.84, Rule.HEAD, short.name, long.name)
    if alike and short.label == "ORG" and len(tail) > 1:
        kind = tuple(word for word in tail if word not in legal_words())
        tail = kind if len(kind) == 1 else tail  # "Halden Pharmaceuticals Inc." is Halden
    if set(tail) <= kinds:
        if alike and short.label in _LABELS_WITH_HEADS and _is_distinctive(short, tail):
            return Evidence(Phase.SHORT, 0.86, Rule.HEAD, short.name, long.name)
        is_neighbor = short.label in PLACE_LABELS and (bool(short.listed_name) or tail[-1] in NAMED_AFTER_NEIGHBOR)
        return Evidence(Phase.SUGGESTION, 0.45, Rule.PART, short.name, long.name) if alike and not is_neighbor else None
    if not alike or (tail[0] == "and" and (short.label != "ORG" or tail[-1] not in kinds)):
        return None
    if tail[0] == "of" and _YEAR.fullmatch(" ".join(tail[1:])) and short.label == "LAW" and len(short.tokens) > 1:
        return Evidence(Phase.SHORT, 0.85, Rule.HEAD, short.name, long.name)
    if tail[0] in _PREPOSITIONS:
        headed = tail[0] != "and" and (short.tokens[-1] in kinds or (len(short.tokens) > 1 and tail[0] != "of"))
        branch = tail[0] != "of" and _is_owner(" ".join(tail[1:]))
        if headed and not branch and short.label in _LABELS_WITH_HEADS and short.tokens[0] not in OFTEN_SEVERAL:
            return Evidence(Phase.SHORT, 0.83, Rule.PLACE_OF, short.name, long.name)
        return Evidence(Phase.SUGGESTION, 0.55, Rule.PLACE_OF, short.name, long.name)
    if short.listed_name or short.acronym or _has_number(tail):
        return None
    if short.label in _TITLE_LABELS:
        is_short_title = long.normal.startswith(f"{short.normal}:")
        return Evidence(Phase.SUGGESTION, 0.45, Rule.PART, short.name, long.name) if is_short_title else None
    if short.label == "ORG" and _is_owner(" ".join(tail)):
        return None  # a branch: "Ostermann Australia"
    if len(short.tokens) >= 2:
        return (
            Evidence(Phase.SUGGESTION, 0.55, Rule.PART, short.name, long.name)
            if short.label in _SUGGESTED_PARTS
            else None
        )
    return (
        Evidence(Phase.SUGGESTION, 0.45, Rule.PART, short.name, long.name)
        if short.label not in {"GPE", "NORP"}
        else None
    )


def _is_first_word_of_company(short: NameFacts, long: NameFacts) -> bool:
    """Return whether a name is the first of the two words of a company with a legal form: "Marlow", "Marlow Lines ASA".

    A branch ("Ostermann Australia Ltd") and a namesake ("Ostermann Foundation Inc.") are other organizations.
    """
    words = fold(tables.without_legal_form(long.text)).split(" ")
    if len(words) == len(long.text.split(" ")) or len(words) != 2 or words[0] != short.fold:
        return False
    if (
        short.listed_name
        or short.acronym
        or short.normal in tables.common_words()
        or short.fold in tables.given_names()
    ):
        return False
    return _is_distinctive(short, (words[1],)) and not _is_owner(words[1]) and not _is_place(words[1])


def _is_company_before_and(short: NameFacts, long: NameFacts) -> bool:
    """Return whether a name is the part of a company's name before "and": "Marlow Bulk", "Marlow Bulk & Trading AS"."""
    if short.listed_name or set(short.tokens) <= kind_words() or tables.given_names().keys() & {short.tokens[0]}:
        return False
    return fold(tables.words_before_and(long.text)) == short.fold


def _has_number(tokens: tuple[str, ...]) -> bool:
    """Return whether any token contains a digit, as the year of an event, an edition or a sequel does."""
    return any(char.isdigit() for token in tokens for char in token)


def _is_distinctive(facts: NameFacts, tail: tuple[str, ...]) -> bool:
    """Return whether a name is distinctive by itself, so that words for its kind after it add nothing."""
    if set(facts.tokens) & kind_words() or set(facts.tokens) <= tables.sides() | SCOPES:
        return False
    if facts.label == "GPE":
        return set(tail) <= SETTLEMENTS and not facts.listed_name
    if (facts.label == "LOC" and set(tail) & AREAS) or (facts.label == "ORG" and tail[-1] in OFFSHOOTS):
        return False
    return set(tail) <= tables.descriptors() if facts.listed_name or facts.acronym else True


def _compare_end(short: NameFacts, long: NameFacts, lead: tuple[str, ...]) -> Evidence | None:
    """Compare a name with a longer one that ends with it: "Board of Inquiry" and "UN Board of Inquiry"."""
    kinds = kind_words() | KINDS_BY_LABEL.get(short.label, frozenset())
    if short.label == "ORG" and _ORDINAL.fullmatch(lead[-1]):
        return None
    if (lead[-1] in _PREPOSITIONS and lead[-1] != "of") or set(lead) & tables.sides() or short.label != long.label:
        return None
    if lead[-1] == "of":
        is_place = set(lead[:-1]) <= tables.place_words() and short.label in {"GPE", "LOC"}
        if is_place and not set(short.tokens) & kinds:
            return Evidence(Phase.SHORT, 0.85, Rule.HEAD, short.name, long.name)
        return (
            Evidence(Phase.SUGGESTION, 0.42, Rule.PART, short.name, long.name)
            if short.label in {"ORG", "FAC"}
            else None
        )
    if set(lead) <= tables.place_words() and short.label in {"LOC", "FAC"} and not set(short.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.86, Rule.HEAD, short.name, long.name)
    if set(lead) <= KINDS_BEFORE_NAME.get(short.label, frozenset()) and not set(short.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.86, Rule.HEAD, short.name, long.name)
    if short.label in {"GPE", "NORP"}:
        return None
    if short.label == "PRODUCT" and _is_maker(" ".join(lead)) and not set(short.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.84, Rule.KEPT_HEAD, short.name, long.name)
    has_owner = _is_owner(" ".join(lead)) or all(map(_is_owner, lead))
    if not has_owner:
        has_owner = len(lead) == 1 and len(short.tokens) >= _DISTINCTIVE_TOKENS and not _has_number(lead)
    if has_owner and _is_named_after_place(short.tokens):
        return None  # "Chinese University of Hong Kong" is not the University of Hong Kong
    if has_owner and set(short.tokens) & kinds and short.label not in _WORK_LABELS:
        return Evidence(Phase.SHORT, 0.84, Rule.KEPT_HEAD, short.name, long.name)
    if (
        short.label == "ORG"
        and short.tokens[-1][-1] in "sx"
        and not set(short.tokens) & kinds
        and _is_place(" ".join(lead))
    ):
        return Evidence(Phase.SHORT, 0.84, Rule.TEAM, short.name, long.name)
    if (
        short.label in _BODY_LABELS
        and short.tokens[0] not in OFTEN_SEVERAL
        and set(short.tokens) <= kind_words() - (tables.descriptors() - tables.place_words())
        and len(lead) <= _LONGEST_LEAD
    ):
        return Evidence(Phase.SHORT, 0.8, Rule.KIND, short.name, long.name)
    if _has_number(lead) or set(lead) & _PREPOSITIONS:
        return None
    return Evidence(Phase.SUGGESTION, 0.5 if len(short.tokens) > 1 else 0.4, Rule.PART, short.name, long.name)


def _is_named_after_place(tokens: tuple[str, ...]) -> bool:
    """Return whether a name is complete with its place: a nationality before it makes another organization."""
    if len(tokens) < 3 or tokens[1] not in {"of", "in", "at"}:
        return False
    place = " ".join(tokens[2:])
    is_place = _is_place(place) or tables.known_names().get(place.title(), ("", ""))[0] == "GPE"
    return tokens[0] in NAMED_AFTER_PLACE and (is_place or tokens[0] == "university")


@lru_cache(maxsize=4096)
def _is_place(words: str) -> bool:
    """Return whether folded words are a place that the tables list."""
    return any(entry.label == "GPE" for entry in tables.organizations_of(words)) or tables.country_of(words) is not None


@lru_cache(maxsize=4096)
def _is_maker(words: str) -> bool:
    """Return whether folded words are an organization that the tables list: "google"."""
    forms = (words, words.title(), words.upper())
    return any(entry.label == "ORG" for form in forms for entry in tables.organizations_of(form))


@lru_cache(maxsize=4096)
def _is_owner(word: str) -> bool:
    """Return whether a folded word is a country, a people or the initials of a listed body: "us", "iraqi", "un"."""
    forms = (word, word.upper(), word.capitalize())
    return any(tables.country_of(form) or tables.countries_of_demonym(form) for form in forms) or (
        len(word) <= 5 and bool(tables.organizations_of(word.upper()))
    )
