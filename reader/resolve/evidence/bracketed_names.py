"""A bare bracket between two names: when "X (Y)" gives another name of X.

A bracket may also contain the place of X, its parent organization, a role, a party or a source. So Y must look like
another name of X: its initials in another order, the same name in another language or spelling, its scientific name, or
a name with the same word for its kind.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from reader.names import tables
from reader.names.acronyms import INNER, SYLLABLES, acronym_score, is_acronym
from reader.names.normal import normal
from reader.resolve.evidence import spelling
from reader.resolve.evidence.kind_words import kind_words
from reader.resolve.evidence.name_facts import NameFacts, facts_of
from reader.resolve.resolution import Name
from reader.structures.lazy_pattern import lazy_pattern

_ENGLISH_WORDS: Final = frozenset({"the", "of", "and", "in", "for", "on", "to", "with", "from", "our", "your", "my"})
_FUNCTION_WORDS: Final = """
de del della dello dei degli di da do dos das du des la le les el los las il lo gli der die den dem und für von zu et y
e i och og av af het een van voor en na za para pour sur al
"""
_FOREIGN_WORDS: Final = frozenset(_FUNCTION_WORDS.split())
"""Articles, prepositions and conjunctions that no English name has in its middle, folded to lower case."""
_BINOMIAL: Final = lazy_pattern(
    r"[A-Z](?:[a-z]{3,}|\.) [a-z]{2,}(?:us|um|is|ii|ae|[^e]i|a|ns|or|os|as|ense|ale|are|ile|ix|ax|ex)(?: [a-z]{3,})?"
)
"""A scientific name of an animal or a plant: genus, species, and sometimes subspecies."""
_NOT_ALTERNATIVE: Final = frozenset({"PERSON", "NORP"})
_ROAD_NUMBER: Final = lazy_pattern(r"[A-Z][A-Za-z]{0,9}\.?[ -]?\d{1,4}")
_ROADS: Final = frozenset(
    {"autobahn", "avenue", "boulevard", "drive", "expressway", "freeway", "highway", "motorway", "parkway", "road"}
    | {"street", "turnpike"}
)
_NOT_LIVING: Final = frozenset({"GPE", "LOC", "FAC", "ORG", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"})
_TRANSLATED_LABELS: Final = frozenset({"ORG", "WORK_OF_ART", "LAW", "EVENT", "PRODUCT", "FAC"})
_SHORTEST_ACRONYM: Final = 3
_LONGEST_ORIGINAL: Final = 6
"""Letters of the longest acronym that is taken for one in another language."""
_FEWEST_WORDS: Final = 2
_MOST_WORDS: Final = 10
_WORD: Final = lazy_pattern(r"[^\W_]+")


def names_again(inner: Name, outer: Name) -> bool:
    """Return whether a name in brackets looks like another name of what precedes them; both have one label."""
    inner_facts, outer_facts = facts_of(*inner), facts_of(*outer)
    if inner_facts.listed_name and outer_facts.listed_name and inner_facts.listed_name != outer_facts.listed_name:
        return False
    if _is_respelled(inner_facts, outer_facts):
        return True
    if inner.label in _NOT_ALTERNATIVE:
        return False
    return (
        _is_scientific_name(inner_facts, outer_facts)
        or _is_loose_acronym(inner_facts, outer_facts)
        or _is_loose_acronym(outer_facts, inner_facts)
        or (inner.label in _TRANSLATED_LABELS and _is_translation(inner_facts, outer_facts))
        or _is_same_kind(inner_facts, outer_facts)
        or _is_numbered_road(inner_facts, outer_facts)
    )


def may_abbreviate_original(inner: Name, outer: Name) -> bool:
    """Return whether a bracket may contain the acronym of a body's name in its own language: "Harbor Service (SPT)".

    The bracket may also name the parent organization. So the text must use the acronym again, never before it.
    """
    inner_facts, outer_facts = facts_of(*inner), facts_of(*outer)
    if inner.label != "ORG" or outer.label != "ORG" or inner_facts.listed_name or outer_facts.listed_name:
        return False
    letters = inner_facts.normal.replace(".", "")
    initials = "".join(token[0] for token in outer_facts.tokens if token not in tables.stop_words()).upper()
    is_cut = len(initials) > 1 and letters.endswith(initials)  # "[Task Force] (CTF)" of "Harbor Task Force"
    return (
        len(outer_facts.tokens) > 1
        and letters.isalpha()
        and letters.isupper()
        and _SHORTEST_ACRONYM <= len(letters) <= _LONGEST_ORIGINAL
        and not is_cut
    )


def _is_respelled(first: NameFacts, second: NameFacts) -> bool:
    """Return whether two names are two spellings or transliterations of one: "Vodra (Wodra)"."""
    evidence = spelling.compare(first, second)
    return evidence is not None and evidence.score >= 0.6


def _is_scientific_name(first: NameFacts, second: NameFacts) -> bool:
    """Return whether one of two names is scientific and the other is not: "marsh gull (Larus paludis)"."""
    if first.label in _NOT_LIVING:
        return False
    return (_BINOMIAL.fullmatch(first.text) is None) != (_BINOMIAL.fullmatch(second.text) is None)


def _is_loose_acronym(short: NameFacts, long: NameFacts) -> bool:
    """Return whether a short form is an acronym of a name by rules that are too loose without a bracket.

    Its letters come from inside words, from some of the words, or are the initials in the order of another language:
    "Episcopal Conference of Tarn (CET)", "Vellmar University Hospitals Trust (VUH)", "Tarn Harbor Company (TARNHAR)".
    """
    if not is_acronym(short.text) or short.listed_name or len(long.tokens) < _FEWEST_WORDS:
        return False
    letters = normal(short.text).replace(".", "")
    if len(letters) < _SHORTEST_ACRONYM:
        return False
    if acronym_score(short.text, long.text) >= INNER:
        return True
    words = [word for word in _WORD.findall(long.normal) if word not in tables.stop_words()]
    initials = [word[0].upper() for word in words]
    if letters.isupper() and (Counter(letters) == Counter(initials) or "".join(initials).startswith(letters)):
        return True
    if len(letters) <= _SHORTEST_ACRONYM or len(words) > _MOST_WORDS:
        return False
    return any(
        acronym_score(short.text, " ".join(words[start:end])) >= SYLLABLES
        for start in range(len(words) - 1)
        for end in range(start + 2, len(words) + 1)
    )


def _is_translation(first: NameFacts, second: NameFacts) -> bool:
    """Return whether one of two names is in another language than English, by its letters or function words."""
    return _translates(first.text, second.text) or _translates(second.text, first.text)


def _translates(english: str, foreign: str) -> bool:
    english_words, foreign_words = english.casefold().split(), foreign.casefold().split()
    if _is_foreign(english_words) or len(english_words) < _FEWEST_WORDS:
        return False
    if _is_foreign(foreign_words):
        return len(foreign_words) >= _FEWEST_WORDS
    return english.isascii() and not foreign.isascii() and bool(_ENGLISH_WORDS & set(english_words))


def _is_foreign(words: list[str]) -> bool:
    """Return whether a name has function words of another language than English, and none of English."""
    if _ENGLISH_WORDS & set(words):
        return False
    return bool(_FOREIGN_WORDS & set(words)) or any(re.match(r"[ld]['’]", word) for word in words)


def _is_numbered_road(inner: NameFacts, outer: NameFacts) -> bool:
    """Return whether a bracket contains the name of a numbered road, or its number: "US 17 (Tarn Expressway)"."""
    return any(
        _ROAD_NUMBER.fullmatch(x.normal) is not None and y.tokens[-1:] != () and y.tokens[-1] in _ROADS
        for x, y in ((inner, outer), (outer, inner))
    )


def _is_same_kind(first: NameFacts, second: NameFacts) -> bool:
    """Return whether two names are of one kind of thing: "Vell Metropolitan Area (Tarn Metropolitan Area)"."""
    return (
        min(len(first.tokens), len(second.tokens)) > 1
        and first.tokens[-1] == second.tokens[-1]
        and first.tokens[-1] in kind_words()
        and not (set(first.tokens) ^ set(second.tokens)) & tables.sides()
        and not any(char.isdigit() for char in first.fold + second.fold)
        and first.normal[:1].isupper()
        and second.normal[:1].isupper()
    )
