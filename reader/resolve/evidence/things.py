"""What two names of things (organizations, places, events, works) say of each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reader.names import tables
from reader.names.acronyms import INNER, SYLLABLES, WITH_STOP_WORDS, acronym_score
from reader.recognize import LABELS
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import PEOPLE, Facts, bucket_of, is_state
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule

_PREPOSITIONS: Final = frozenset({"of", "in", "at", "for", "on", "from", "near", "de", "and"})
_HEADED: Final = frozenset({"ORG", "GPE", "LOC", "FAC", "EVENT"})
_TITLES: Final = frozenset({"WORK_OF_ART", "LAW"})
_ABBREVIATED: Final = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "LAW"})
_SETTLEMENTS: Final = frozenset({"village", "town", "township", "city", "resort"})
_AREAS: Final = frozenset(
    {"area", "basin", "border", "coast", "delta", "district", "plain", "region", "valley", "zone"}
)
_BODIES: Final = frozenset({"ORG", "FAC", "EVENT"})
_MANY_HERE: Final = frozenset({"avenue", "building", "department", "ministry", "office", "road", "station", "street"})
"""Kinds of which a text has several even where it names one."""
_OFFSHOOTS: Final = frozenset({"foundation", "fund", "library", "museum", "press"})
"""Kinds of bodies that bear the name of another: "Ford", "Ford Foundation"."""
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)?")
_LONG_ENOUGH: Final = 4
_SHORTEST_APART: Final = 2
"""Initials of no more letters fit too many names of another label."""
_LONGEST_LEAD: Final = 3
_OURS: Final = frozenset(LABELS)
"""The labels that recognition gives, and mistakes for one another."""
_WHOLE: Final = frozenset({"EVENT", "GPE", "LAW", "WORK_OF_ART"})


def compare(x: Facts, y: Facts) -> Evidence | None:
    """Return what the strongest rule says of two things' names, None where none speaks."""
    a, b = Name(x.text, x.label), Name(y.text, y.label)
    if is_state(x.tokens) and is_state(y.tokens) and x.tokens[0] != y.tokens[0] and x.tokens[2:] == y.tokens[2:]:
        return Evidence(Phase.VETO, 1.0, Rule.TWO_STATES, a, b)
    same = _identity(x, y, a, b)
    if same is not None and x.label != y.label and not {x.label, y.label} <= _OURS:
        return Evidence(Phase.OFFER, 0.5, Rule.TWO_LABELS, a, b)  # whoever gave a label of their own meant it
    if same is not None:
        return same
    if x.known and x.known == y.known:
        return None
    if x.known and y.known:
        return Evidence(Phase.VETO, 0.9, Rule.TWO_KNOWN, a, b)
    if ((len(x.tokens), len(x.fold)) > (len(y.tokens), len(y.fold)) and not x.acronym) or (y.acronym and not x.acronym):
        x, y, a, b = y, x, b, a
    loose = _loose(x, y, a, b) or _loose(y, x, b, a)
    if loose is not None:
        return loose
    if x.acronym and not y.acronym:
        score = acronym_score(x.text, y.text)
        if score:
            return _acronym(x, y, a, b, score)
    return _partly(x, y, a, b) or _contained(x, y, a, b)


def _identity(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    if x.normal == y.normal:
        return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, a, b)
    if x.known and x.known == y.known and not x.known.startswith(PEOPLE):
        rule = Rule.COUNTRY if tables.country_of(x.text) is not None else Rule.KNOWN
        return Evidence(Phase.IDENTITY, 0.97, rule, a, b)
    short_words = len(x.fold) <= 3 or x.normal in tables.common_words() or y.normal in tables.common_words()
    if x.fold == y.fold and not short_words:
        return Evidence(Phase.IDENTITY, 0.98, Rule.CASE, a, b)
    if x.tokens == y.tokens and not short_words:
        return Evidence(Phase.IDENTITY, 0.97, Rule.SPELLED, a, b)
    if x.canonical == y.canonical and len(x.fold) > 3 and len(y.fold) > 3:
        if (len(x.canonical) == 1 and x.label != y.label) or not x.canonical:
            return Evidence(Phase.OFFER, 0.7, Rule.DESCRIPTOR, a, b)
        return Evidence(Phase.IDENTITY, 0.95, Rule.DESCRIPTOR, a, b)
    if x.letters == y.letters and len(x.letters) > 4 and not short_words:
        return Evidence(Phase.IDENTITY, 0.96, Rule.CASE, a, b)
    return None


def _loose(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    """Compare a name that often stands for another ("Emirates", "OK") with what it stands for."""
    if not y.known or y.known not in tables.weakly_known(x.text):
        return None
    return Evidence(Phase.SHORT, 0.92, Rule.LOOSE_NAME, a, b) if x.label == y.label else None


def _acronym(x: Facts, y: Facts, a: Name, b: Name, score: float) -> Evidence:
    alike = x.label == y.label or len(x.acronym) > _SHORTEST_APART
    if score >= SYLLABLES and {x.label, y.label} <= _ABBREVIATED and alike and not x.known:
        return Evidence(Phase.SHORT, round(score * 0.93, 3), Rule.ACRONYM, a, b)
    return Evidence(Phase.OFFER, 0.6 if score > INNER else 0.5, Rule.ACRONYM, a, b)


def _partly(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    """Compare "407th AEG" with "407th Air Expeditionary Group": words in common, then initials of the others."""
    words, longer = x.normal.split(), y.normal.split()
    shared = len(words) - 1
    if not 0 < shared < len(longer) - 1 or words[:shared] != longer[:shared]:
        return None
    if acronym_score(words[-1], " ".join(longer[shared:])) < WITH_STOP_WORDS:
        return None
    return Evidence(Phase.SHORT, 0.9, Rule.ACRONYM, a, b)


def _contained(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    """Compare a name with a longer one that starts or ends with it."""
    size = len(x.tokens)
    if not size or size >= len(y.tokens):
        return None
    if y.tokens[:size] == x.tokens:
        return _beginning(x, y, a, b, y.tokens[size:])
    if y.tokens[-size:] == x.tokens:
        return _end(x, y, a, b, y.tokens[:-size])
    return None


@lru_cache(maxsize=1)
def kind_words() -> frozenset[str]:
    """Return the words that say of what kind a thing is."""
    return tables.heads() | tables.place_words() | tables.descriptors()


def _beginning(x: Facts, y: Facts, a: Name, b: Name, rest: tuple[str, ...]) -> Evidence | None:
    """Compare a name with one that goes on after it: "Harvard" and "Harvard University"."""
    kinds = kind_words()
    alike = x.label == y.label
    if set(rest) <= kinds:
        if alike and x.label in _HEADED and _bare(x, rest):
            return Evidence(Phase.SHORT, 0.86, Rule.HEAD, a, b)
        return Evidence(Phase.OFFER, 0.45, Rule.PART, a, b) if alike and not (x.label == "GPE" and x.known) else None
    if not alike or (rest[0] == "and" and (x.label != "ORG" or rest[-1] not in kinds)):
        return None
    if rest[0] in _PREPOSITIONS:
        headed = rest[0] != "and" and (x.tokens[-1] in kinds or (len(x.tokens) > 1 and rest[0] != "of"))
        branch = rest[0] != "of" and _says_whose(" ".join(rest[1:]))
        if headed and not branch and x.label in _HEADED and x.tokens[0] not in _MANY_HERE:
            return Evidence(Phase.SHORT, 0.83, Rule.PLACE_OF, a, b)
        return Evidence(Phase.OFFER, 0.55, Rule.PLACE_OF, a, b)
    if x.known or x.acronym:
        return None
    if len(x.tokens) >= 2:
        return Evidence(Phase.OFFER, 0.55, Rule.PART, a, b) if x.label in _WHOLE else None
    return Evidence(Phase.OFFER, 0.45, Rule.PART, a, b) if x.label not in {"GPE", "NORP"} else None


def _bare(x: Facts, rest: tuple[str, ...]) -> bool:
    """Say whether a name is distinctive by itself, so that words for its kind after it add nothing."""
    if set(x.tokens) & kind_words() or set(x.tokens) <= tables.sides():
        return False
    if x.label == "GPE":
        return set(rest) <= _SETTLEMENTS and not x.known
    if (x.label == "LOC" and set(rest) & _AREAS) or (x.label == "ORG" and rest[-1] in _OFFSHOOTS):
        return False
    return set(rest) <= tables.descriptors() if x.known or x.acronym else True


def _end(x: Facts, y: Facts, a: Name, b: Name, lead: tuple[str, ...]) -> Evidence | None:
    """Compare a name with one that ends in it: "Board of Inquiry" and "UN Board of Inquiry"."""
    kinds = kind_words()
    if x.label == "ORG" and _ORDINAL.fullmatch(lead[-1]):
        return None
    if (lead[-1] in _PREPOSITIONS and lead[-1] != "of") or set(lead) & tables.sides() or x.label != y.label:
        return None
    if lead[-1] == "of":
        whole = set(lead[:-1]) <= tables.place_words() and x.label in {"GPE", "LOC"} and not set(x.tokens) & kinds
        if whole:
            return Evidence(Phase.SHORT, 0.85, Rule.HEAD, a, b)
        return Evidence(Phase.OFFER, 0.42, Rule.PART, a, b) if x.label in {"ORG", "FAC"} else None
    if set(lead) <= tables.place_words() and x.label in {"LOC", "FAC"} and not set(x.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.86, Rule.HEAD, a, b)
    if x.label in {"GPE", "NORP"}:
        return None
    whose = (
        _says_whose(" ".join(lead)) or all(map(_says_whose, lead)) or (len(lead) == 1 and len(x.tokens) >= _LONG_ENOUGH)
    )
    if whose and set(x.tokens) & kinds and x.label not in _TITLES:
        return Evidence(Phase.SHORT, 0.84, Rule.KEPT_HEAD, a, b)
    if x.label == "ORG" and x.tokens[-1][-1] in "sx" and not set(x.tokens) & kinds and _is_place(" ".join(lead)):
        return Evidence(Phase.SHORT, 0.84, Rule.TEAM, a, b)
    if (
        x.label in _BODIES
        and x.tokens[0] not in _MANY_HERE
        and set(x.tokens) <= kinds - (tables.descriptors() - tables.place_words())
        and len(lead) <= _LONGEST_LEAD
    ):
        return Evidence(Phase.SHORT, 0.8, Rule.KIND, a, b)
    return Evidence(Phase.OFFER, 0.5 if len(x.tokens) > 1 else 0.4, Rule.PART, a, b)


@lru_cache(maxsize=4096)
def _is_place(words: str) -> bool:
    """Say whether folded words are a known place."""
    return any(entry.label == "GPE" for entry in tables.organizations_of(words)) or tables.country_of(words) is not None


@lru_cache(maxsize=4096)
def _says_whose(word: str) -> bool:
    """Say whether a folded word is a country, a people or the initials of a known body: "us", "iraqi", "un"."""
    forms = (word, word.upper(), word.capitalize())
    return any(tables.country_of(form) or tables.countries_of_demonym(form) for form in forms) or (
        len(word) <= 5 and bool(tables.organizations_of(word.upper()))
    )


def across(x: Facts, y: Facts) -> Evidence | None:
    """Return what is said of the same name under labels of two buckets."""
    if x.fold != y.fold or bucket_of(x.label) == bucket_of(y.label):
        return None
    return Evidence(Phase.OFFER, 0.5, Rule.TWO_LABELS, Name(x.text, x.label), Name(y.text, y.label))
