"""What two names of things (organizations, places, events, works) say of each other."""

from __future__ import annotations

from typing import Final

from reader.names import tables
from reader.names.acronyms import INNER, SYLLABLES, acronym_score
from reader.resolve.facts import Facts, bucket_of
from reader.resolve.model import Name
from reader.resolve.rules import Evidence, Phase

_PREPOSITIONS: Final = frozenset({"of", "in", "at", "for", "on", "from", "near", "de", "and"})
_TITLES: Final = frozenset({"WORK_OF_ART", "LAW"})


def compare(x: Facts, y: Facts) -> Evidence | None:
    """Return what the strongest rule says of two things' names, None where none speaks."""
    a, b = Name(x.text, x.label), Name(y.text, y.label)
    same = _identity(x, y, a, b)
    if same is not None:
        return same
    if x.known and y.known:
        return Evidence(Phase.VETO, 0.9, "two-known", a, b)
    if ((len(x.tokens), len(x.fold)) > (len(y.tokens), len(y.fold)) and not x.acronym) or (y.acronym and not x.acronym):
        x, y, a, b = y, x, b, a
    if (y.known and y.known in tables.weakly_known(x.text)) or (x.known and x.known in tables.weakly_known(y.text)):
        return Evidence(Phase.OFFER, 0.7, "loose-name", a, b)
    if x.acronym and not y.acronym:
        score = acronym_score(x.text, y.text)
        if score:
            return _acronym(x, y, a, b, score)
    return _contained(x, y, a, b)


def _identity(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    if x.normal == y.normal:
        return Evidence(Phase.IDENTITY, 1.0, "same", a, b)
    if x.known and x.known == y.known:
        if x.known.startswith("people of "):
            return Evidence(Phase.IDENTITY, 0.95, "people", a, b)
        rule = "country" if tables.country_of(x.text) is not None else "known"
        return Evidence(Phase.IDENTITY, 0.97, rule, a, b)
    short_words = len(x.fold) <= 3 or x.normal in tables.common_words() or y.normal in tables.common_words()
    if x.fold == y.fold and not short_words:
        return Evidence(Phase.IDENTITY, 0.98, "case", a, b)
    if x.tokens == y.tokens and not short_words:
        return Evidence(Phase.IDENTITY, 0.97, "spelled", a, b)
    if x.canonical == y.canonical and len(x.fold) > 3 and len(y.fold) > 3:
        if (len(x.canonical) == 1 and x.label != y.label) or not x.canonical:
            return Evidence(Phase.OFFER, 0.7, "descriptor", a, b)
        return Evidence(Phase.IDENTITY, 0.95, "descriptor", a, b)
    if x.label == y.label == "NORP" and (x.fold + "s" == y.fold or y.fold + "s" == x.fold):
        return Evidence(Phase.IDENTITY, 0.95, "plural", a, b)
    return None


def _acronym(x: Facts, y: Facts, a: Name, b: Name, score: float) -> Evidence:
    organized = {x.label, y.label} <= {"ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "LAW"}
    if score >= SYLLABLES and organized and x.normal not in {"AM", "PM", "OK", "TV"}:
        return Evidence(Phase.SHORT, round(score * 0.93, 3), "acronym", a, b)
    return Evidence(Phase.OFFER, 0.6 if score > INNER else 0.5, "acronym", a, b)


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


def kind_words() -> frozenset[str]:
    """Return the words that say of what kind a thing is."""
    return tables.heads() | tables.place_words() | tables.descriptors()


def _beginning(x: Facts, y: Facts, a: Name, b: Name, rest: tuple[str, ...]) -> Evidence | None:
    kinds = kind_words()
    alike = x.label == y.label
    if set(rest) <= kinds:
        if alike and x.label not in _TITLES and not set(x.tokens) <= kinds | tables.sides():
            return Evidence(Phase.SHORT, 0.86, "head", a, b)
        return Evidence(Phase.OFFER, 0.5 if alike else 0.4, "part", a, b)
    headed = x.tokens[-1] in kinds or len(x.tokens) > 1
    if rest[0] in _PREPOSITIONS and headed:
        if alike and rest[0] != "and" and len(x.tokens) > 1 and rest[0] != "of":
            return Evidence(Phase.SHORT, 0.85, "place-of", a, b)
        return Evidence(Phase.OFFER, 0.55, "place-of", a, b) if rest[0] != "and" else None
    if alike and len(x.tokens) >= 2:
        return Evidence(Phase.OFFER, 0.55, "part", a, b)
    return Evidence(Phase.OFFER, 0.45, "part", a, b) if alike and x.label not in {"GPE", "NORP"} else None


def _end(x: Facts, y: Facts, a: Name, b: Name, lead: tuple[str, ...]) -> Evidence | None:
    kinds = kind_words()
    alike = x.label == y.label
    if lead[-1] == "of":
        if alike and set(lead[:-1]) <= kinds and x.label in {"GPE", "LOC"}:
            return Evidence(Phase.SHORT, 0.85, "head", a, b)
        return None
    if lead[-1] in _PREPOSITIONS or set(lead) & tables.sides():
        return None
    if set(lead) <= tables.place_words() and alike and x.label in {"GPE", "LOC", "FAC"}:
        return Evidence(Phase.SHORT, 0.86, "head", a, b)
    if alike and len(x.tokens) >= 2 and set(x.tokens) & kinds and x.label not in _TITLES:
        return Evidence(Phase.SHORT, 0.84, "kept-head", a, b)
    if alike and x.label in {"ORG", "FAC", "EVENT", "LOC", "PRODUCT", "WORK_OF_ART", "LAW"}:
        return Evidence(Phase.OFFER, 0.5 if len(x.tokens) > 1 else 0.4, "part", a, b)
    return None


def across(x: Facts, y: Facts) -> Evidence | None:
    """Return what is said of the same name under labels of two buckets."""
    if x.fold != y.fold or bucket_of(x.label) == bucket_of(y.label):
        return None
    return Evidence(Phase.OFFER, 0.5, "two-labels", Name(x.text, x.label), Name(y.text, y.label))
