"""Similar spellings: typos and transliterations. They are suggested, never merged.

Candidates share a sound key, or a sound key without one letter and the start or the end of the word that had the
letter, so no name is compared with all others. A sound key holds the consonants of a name, with spellings that
transliteration swaps made equal. rapidfuzz measures the distance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from reader.names import tables
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import NameFacts
from reader.resolve.evidence.name_keys import Key
from reader.resolve.rules import Rule
from reader.structures.lazy_pattern import lazy_pattern

SHORTEST: Final = 5
"""Names with fewer letters have too many neighbors."""
_ENDINGS: Final = frozenset({"a", "as", "an", "ans", "ian", "ians", "in", "ism", "ist", "ists", "ity", "ite", "ites"})
_NOT_LETTERS: Final = lazy_pattern(r"[\W_]+")
_VOWELS: Final = lazy_pattern(r"[aeiouyh]+")
_DOUBLE: Final = lazy_pattern(r"(.)\1+")
_LONGEST_KEY: Final = 14
_SERVANT: Final = lazy_pattern(r"^abd(?:[aeu]l|[aeu]r|[aeu]s|[aeu]n)?-?(?=[^\W\d_]{4})")


@lru_cache(maxsize=1)
def _swaps() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of spellings that transliteration swaps, and the letter that replaces each of them."""
    table = dict(tables.confusables())
    return re.compile("|".join(sorted(map(re.escape, table), key=lambda word: (-len(word), word)))), table


@lru_cache(maxsize=1 << 16)
def sound_key(token: str) -> str:
    """Return the consonants of a folded token, one letter each. The first letter is kept even if it is a vowel."""
    letters = _NOT_LETTERS.sub("", token)
    pattern, table = _swaps()
    plain = pattern.sub(lambda match: table[match[0]], letters)
    plain = plain.replace("y", "i")
    if not plain:
        return ""
    initial = "a" if plain[0] in "aeiouh" else plain[0]
    return initial + _DOUBLE.sub(r"\1", _VOWELS.sub("", plain[1:]))


def _loose_key(token: str) -> str:
    """Return the sound key of a token with "g" as "k": Arabic and Persian q is written both ways ("Qaddafi")."""
    return sound_key(token).replace("g", "k")


def _servant_of(token: str) -> str:
    """Return a token without a leading "Abd al-" written as part of it: "rahman" for "abdulrahman"."""
    return _SERVANT.sub("", token)


def keys_of(facts: NameFacts) -> list[Key]:
    """Return the keys that names of similar spelling share."""
    letters = _NOT_LETTERS.sub("", facts.fold)
    if (
        len(letters) < SHORTEST
        or not letters.isalpha()
        or facts.acronym
        or (facts.normal.isupper() and len(letters) < 7)
    ):
        return []
    tokens = [_servant_of(token) for token in facts.tokens] if len(facts.tokens) > 1 else facts.tokens
    sounds = [sound_key(token) for token in tokens]
    sound, size = "".join(sounds), str(len(facts.tokens))
    keys: list[Key] = [("s", facts.label, size, sound[:_LONGEST_KEY])]
    keys += [("s", facts.label, size, *key) for key in _misspelling_keys(facts.tokens, sounds)]
    if facts.person is not None and ("g" in sound or "k" in sound):
        keys.append(("s", facts.label, size, sound[:_LONGEST_KEY].replace("g", "k")))
    if len(facts.tokens) == 1 and facts.bucket == "thing":
        keys.append(("f", letters[: SHORTEST + 1]))
    return list(dict.fromkeys(keys))


def _misspelling_keys(tokens: Sequence[str], sounds: Sequence[str]) -> Iterator[Key]:
    """Yield the keys that two names share if one of their words is misspelled.

    One edit leaves the first sound of a word, and its first or its last two letters, as they are. So the keys are the
    sound of the whole name, and that sound without each other sound of the word in turn, together with these letters.
    The shorter of the two words may have one letter less than `SHORTEST`.
    """
    position = 0
    whole = "".join(sounds)
    for token, sound in zip(tokens, sounds, strict=True):
        if len(token) >= SHORTEST - 1:
            end = min(position + len(sound), _LONGEST_KEY) if len(whole) > 3 else 0
            variants = (whole, *(whole[:index] + whole[index + 1 :] for index in range(position + 1, end)))
            for variant in dict.fromkeys(variant[:_LONGEST_KEY] for variant in variants):
                yield variant, f"{token[:2]}-"
                yield variant, f"-{token[-2:]}"
        position += len(sound)


def surname_key(facts: NameFacts) -> list[Key]:
    """Return the key that a surname posts, and that a full name probes for surnames that sound like its own."""
    if facts.person is None or not facts.tokens or len(facts.tokens[-1]) < SHORTEST or facts.normal.isupper():
        return []
    return [("ss", sound_key(facts.tokens[-1]))]


def compare(first: NameFacts, second: NameFacts) -> Evidence | None:
    """Return a suggestion if two names are spelled or sound nearly alike, otherwise None."""
    if first.tokens != second.tokens and sorted(first.tokens) == sorted(second.tokens):
        return Evidence(Phase.SUGGESTION, 0.7, Rule.WORD_ORDER, first.name, second.name)
    if tables.countries_of_demonym(first.text) or tables.countries_of_demonym(second.text):
        return None
    if first.label != second.label or _listed_apart(first.text, second.text):
        return None
    if len(first.tokens) == len(second.tokens) == 1 and _differ_in_ending(first.letters, second.letters):
        return Evidence(Phase.SUGGESTION, 0.5, Rule.WORD_FORM, first.name, second.name)
    if len(first.letters) > 2 and second.letters in {first.letters + "s", first.letters.removesuffix("s")}:
        return Evidence(Phase.SUGGESTION, 0.55, Rule.PLURAL, first.name, second.name)
    if first.listed_name and second.listed_name:
        return None
    if first.person and second.person and first.person.suffix != second.person.suffix:
        return None
    if len(first.tokens) != len(second.tokens):
        return _compare_surname(first, second)
    pairs = [pair for pair in zip(first.tokens, second.tokens, strict=True) if pair[0] != pair[1]]
    if first.person is not None and len(first.tokens) > 1:
        scores = [_person_similarity(*pair) for pair in pairs]
    else:
        scores = [_similarity(*pair) for pair in pairs]
    if not scores or min(score for score, _ in scores) == 0.0 or len(scores) > 2:
        return None
    score, rule = min(scores)
    factor = 1.0 if len(scores) == 1 else 0.95
    return Evidence(Phase.SUGGESTION, round(score * factor, 3), rule, first.name, second.name)


def _listed_apart(first: str, second: str) -> bool:
    """Return whether the tables list two names as different entities: "Tunis", "Tunisia"."""
    listed = tables.known_names()
    return first in listed and second in listed and listed[first][1] != listed[second][1]


def _compare_surname(first: NameFacts, second: NameFacts) -> Evidence | None:
    """Compare a surname with that of a full name by sound: "Rufai", "Abdallah Makki al-Rufayi"."""
    short, long = (first, second) if len(first.tokens) < len(second.tokens) else (second, first)
    if first.person is None or len(short.tokens) != 1 or short.tokens[-1] == long.tokens[-1]:
        return None
    score, rule = _similarity(first.tokens[-1], second.tokens[-1])
    if rule != Rule.TRANSLITERATION:
        return None
    return Evidence(Phase.SUGGESTION, round(score * 0.9, 3), Rule.SURNAME_SOUND, short.name, long.name)


def _differ_in_ending(first: str, second: str) -> bool:
    """Return whether one word is the other with another ending: "Anglican", "Anglicanism"."""
    short, long = sorted((first, second), key=len)
    return len(short) > SHORTEST and long.startswith(short) and long[len(short) :] in _ENDINGS


def _vowels_of(token: str) -> list[str]:
    return [char for char in token if char in "aeiouy"]


def _person_similarity(first: str, second: str) -> tuple[float, Rule]:
    """Return the similarity of two tokens of full names, which may also begin with "Abd al-" or write q as "g"."""
    a, b = _servant_of(first), _servant_of(second)
    if sound_key(a) == sound_key(b) and (a != first or b != second):
        return 0.65, Rule.TRANSLITERATION
    score = _similarity(first, second)
    if not score[0] and min(len(first), len(second)) >= SHORTEST and {first[0], second[0]} & {"q", "k", "g"}:
        loose = _loose_key(first)
        if len(loose) >= 3 and loose == _loose_key(second):
            return 0.6, Rule.TRANSLITERATION
    return score


def _similarity(first: str, second: str) -> tuple[float, Rule]:
    """Return the probability that two different tokens are one word, and the rule that applies. 0.0 means two words."""
    from rapidfuzz.distance import Levenshtein

    shortest = min(len(first), len(second))
    if shortest < SHORTEST - 1 or not (first + second).replace("'", "").replace("-", "").isalpha():
        return 0.0, Rule.SPELLING
    allowed = max(len(first), len(second)) // 5
    distance = Levenshtein.distance(first, second)
    sound_alike = sound_key(first) == sound_key(second)
    if sound_alike and shortest >= SHORTEST and (len(sound_key(first)) >= 3 or distance <= 2):
        return 0.65, Rule.TRANSLITERATION
    if sound_alike and distance == 1 and len(first) == len(second) and _vowels_of(first) == _vowels_of(second):
        return 0.62, Rule.TRANSLITERATION  # "Karl", "Carl"; not "Lena", "Lina"
    if shortest < SHORTEST or distance > allowed or sound_key(first)[:1] != sound_key(second)[:1]:
        return 0.0, Rule.SPELLING
    if first.rstrip("s") == second.rstrip("s"):
        return 0.5, Rule.SPELLING
    return round(0.75 * (1 - distance / max(len(first), len(second))), 3), Rule.SPELLING
