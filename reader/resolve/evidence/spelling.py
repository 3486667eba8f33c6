"""Spelling neighbours: typos and transliterations. They are offered, never merged.

Candidates share a sound key (the consonants of a name, spellings that transliteration swaps made one), or one less
a letter, so that no name is ever compared with all others; rapidfuzz measures the distance.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reader.names import tables
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import Facts, Key
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule

SHORTEST: Final = 5
"""Names of fewer letters have too many neighbours."""
_ENDINGS: Final = frozenset({"a", "as", "an", "ans", "ian", "ians", "in", "ism", "ist", "ists", "ity", "ite", "ites"})
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_VOWELS: Final = re.compile(r"[aeiouyh]+")
_DOUBLE: Final = re.compile(r"(.)\1+")
_LONGEST_KEY: Final = 14


@lru_cache(maxsize=1)
def _swaps() -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(tables.confusables())
    return re.compile("|".join(sorted(map(re.escape, table), key=lambda word: (-len(word), word)))), table


@lru_cache(maxsize=1 << 16)
def sound_key(token: str) -> str:
    """Return the consonants of a folded token in one letter each, the first letter kept whatever it is."""
    letters = _NOT_LETTERS.sub("", token)
    pattern, table = _swaps()
    plain = pattern.sub(lambda match: table[match[0]], letters)
    plain = plain.replace("y", "i")
    if not plain:
        return ""
    first = "a" if plain[0] in "aeiouh" else plain[0]
    return first + _DOUBLE.sub(r"\1", _VOWELS.sub("", plain[1:]))


def keys_of(facts: Facts) -> list[Key]:
    """Return the keys under which spelling neighbours of a name meet."""
    letters = _NOT_LETTERS.sub("", facts.fold)
    if (
        len(letters) < SHORTEST
        or not letters.isalpha()
        or facts.acronym
        or (facts.normal.isupper() and len(letters) < 7)
    ):
        return []
    sound = "".join(map(sound_key, facts.tokens))[:_LONGEST_KEY]
    size = str(len(facts.tokens))
    keys: list[Key] = [("s", facts.label, size, sound)]
    if len(sound) > 3:
        keys += [("s", facts.label, size, sound[:at] + sound[at + 1 :]) for at in range(1, len(sound))]
    if len(facts.tokens) == 1 and facts.bucket == "thing":
        keys.append(("f", letters[: SHORTEST + 1]))
    return list(dict.fromkeys(keys))


def surname_key(facts: Facts) -> list[Key]:
    """Return the key under which a full name looks for surnames that sound like its own, and a surname is found."""
    if facts.person is None or not facts.tokens or len(facts.tokens[-1]) < SHORTEST or facts.normal.isupper():
        return []
    return [("ss", sound_key(facts.tokens[-1]))]


def compare(x: Facts, y: Facts) -> Evidence | None:
    """Return an offer where two names are spelled or sound nearly alike, None where they do not."""
    a, b = Name(x.text, x.label), Name(y.text, y.label)
    if sorted(x.tokens) == sorted(y.tokens) and len(x.tokens) > 1:
        return Evidence(Phase.OFFER, 0.7, Rule.WORD_ORDER, a, b)
    if tables.countries_of_demonym(x.text) or tables.countries_of_demonym(y.text) or _known_as_two(x.text, y.text):
        return None
    if x.label == y.label and len(x.tokens) == len(y.tokens) == 1 and _word_forms(x.letters, y.letters):
        return Evidence(Phase.OFFER, 0.5, Rule.WORD_FORM, a, b)
    if x.label == y.label and len(x.letters) > 2 and y.letters in {x.letters + "s", x.letters.removesuffix("s")}:
        return Evidence(Phase.OFFER, 0.55, Rule.PLURAL, a, b)
    if x.label != y.label or (x.known and y.known) or (x.person and y.person and x.person.suffix != y.person.suffix):
        return None
    if len(x.tokens) != len(y.tokens):
        return _surname(x, y, a, b)
    scores = [_alike(one, two) for one, two in zip(x.tokens, y.tokens, strict=True) if one != two]
    if not scores or min(score for score, _ in scores) == 0.0 or len(scores) > 2:
        return None
    score, rule = min(scores)
    return Evidence(Phase.OFFER, round(score * (1.0 if len(scores) == 1 else 0.95), 3), rule, a, b)


def _known_as_two(one: str, other: str) -> bool:
    """Say whether the tables know two names of different things: "Tunis", "Tunisia"."""
    known = tables.known_names()
    return one in known and other in known and known[one][1] != known[other][1]


def _surname(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    """Return an offer where a surname alone sounds like that of a full name: "Rufai", "Abdallah Makki al-Rufayi"."""
    if x.person is None or min(len(x.tokens), len(y.tokens)) != 1 or x.tokens[-1] == y.tokens[-1]:
        return None
    score, rule = _alike(x.tokens[-1], y.tokens[-1])
    if rule != Rule.TRANSLITERATION:
        return None
    short, long = (a, b) if len(x.tokens) < len(y.tokens) else (b, a)
    return Evidence(Phase.OFFER, round(score * 0.9, 3), Rule.SURNAME_SOUND, short, long)


def _word_forms(one: str, other: str) -> bool:
    """Say whether one word is the other with another ending: "Anglican", "Anglicanism"."""
    short, long = sorted((one, other), key=len)
    return len(short) > SHORTEST and long.startswith(short) and long[len(short) :] in _ENDINGS


def _vowels_of(token: str) -> list[str]:
    return [char for char in token if char in "aeiouy"]


def _alike(one: str, two: str) -> tuple[float, Rule]:
    """Return how likely two different tokens are one word, and the rule that says so; 0.0 where they are not."""
    from rapidfuzz.distance import Levenshtein

    shortest = min(len(one), len(two))
    if shortest < SHORTEST - 1 or not (one + two).replace("'", "").replace("-", "").isalpha():
        return 0.0, Rule.SPELLING
    allowed = max(len(one), len(two)) // 5
    distance = Levenshtein.distance(one, two)
    alike = sound_key(one) == sound_key(two)
    if alike and shortest >= SHORTEST and (len(sound_key(one)) >= 3 or distance <= 2):
        return 0.65, Rule.TRANSLITERATION
    if alike and distance == 1 and len(one) == len(two) and _vowels_of(one) == _vowels_of(two):
        return 0.62, Rule.TRANSLITERATION  # "Karl", "Carl"; not "Lena", "Lina"
    if shortest < SHORTEST or distance > allowed or sound_key(one)[:1] != sound_key(two)[:1]:
        return 0.0, Rule.SPELLING
    if one.rstrip("s") == two.rstrip("s"):
        return 0.5, Rule.SPELLING
    return round(0.75 * (1 - distance / max(len(one), len(two))), 3), Rule.SPELLING
