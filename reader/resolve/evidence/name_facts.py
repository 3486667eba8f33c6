"""What can be said of one name apart from any text: its parts and the keys under which others find it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from reader.names import acronyms, persons, tables
from reader.names.normal import fold, normal
from reader.names.persons import Person

_EDGE: Final = re.compile(r"^[^\w&+]+|[^\w.+]+$")
_SPLIT: Final = re.compile(r"[\s/]+|(?<=\w\w)-(?=\w\w)|\s+-\s+")
_INVERTED: Final = frozenset(
    {
        "department",
        "ministry",
        "bureau",
        "government",
        "army",
        "navy",
        "parliament",
        "embassy",
        "republic",
        "university",
    }
)
_STATES: Final = frozenset(
    {"caliphate", "county", "duchy", "emirate", "empire", "kingdom", "margraviate", "principality", "sultanate"}
)
"""Kinds of states of which one place may have had several, one after the other."""
_INITIAL_TOKEN: Final = re.compile(r"[a-z]\.?(?:-?[a-z]\.?){0,2}")

_WORD: Final = re.compile(r"[^\W_]+")
_SEVERAL: Final = frozenset({"and", "&", "both"})

PEOPLE: Final = "people of "
"""Stands before the country in what a demonym is known as."""

Key = tuple[str, ...]


class Facts(NamedTuple):
    """One name, taken apart."""

    text: str
    label: str
    bucket: str
    """"person" or "thing": names are compared inside a bucket only."""
    normal: str
    fold: str
    tokens: tuple[str, ...]
    """Folded words in the one form in which names are compared."""
    canonical: tuple[str, ...]
    """The tokens without legal forms, descriptions and modifiers, inversions undone."""
    letters: str
    """The letters and digits of the folded form alone, and the marks that tell products apart."""
    acronym: str
    """The letters, where the name looks like initials; otherwise ""."""
    known: str
    """The canonical name of what the tables know under this name, if that is one thing."""
    person: Person | None
    posts: tuple[Key, ...]
    """Keys under which others find this name."""
    probes: tuple[Key, ...]
    """Keys under which this name looks for others."""


def bucket_of(label: str) -> str:
    """Return the bucket of a label."""
    return "person" if label == "PERSON" else "thing"


@lru_cache(maxsize=1 << 16)
def facts_of(text: str, label: str) -> Facts:
    """Return what is known of a name."""
    bare, folded = normal(text), fold(text)
    if bucket_of(label) == "person":
        return _person(text, label, bare, folded)
    tokens = words_of(folded)
    acronym = bare.replace(".", "") if acronyms.is_acronym(bare) else ""
    known = known_as(text, label)
    canonical = _canonical(tokens, bare, acronym)
    posts: list[Key] = [("n", folded), ("t", *tokens), ("c", *canonical)]
    probes: list[Key] = [("n", folded), ("t", *tokens), ("c", *canonical)]
    if known:
        posts.append(("k", known))
        probes.append(("k", known))
    probes += [("k", weak) for weak in tables.weakly_known(text)]
    probes += _parts(tokens)
    if is_state(tokens):
        posts.append(("st", *tokens[2:]))
        probes.append(("st", *tokens[2:]))
    if acronym:
        posts += _acronym_keys(acronym)
    elif len(tokens) > 1:
        probes += _initial_keys(bare)
    words = bare.split()
    if len(words) > 1 and acronyms.is_acronym(words[-1]):
        posts.append(("m", *words[:-1]))
    probes += [("m", *words[:cut]) for cut in range(1, len(words) - 1)]
    return Facts(
        text,
        label,
        "thing",
        bare,
        folded,
        tokens,
        canonical,
        _letters(folded),
        acronym,
        known,
        None,
        tuple(posts),
        tuple(probes),
    )


def is_state(tokens: tuple[str, ...]) -> bool:
    """Say whether a name says of which kind a state is: "Duchy of Tarn"."""
    return len(tokens) > 2 and tokens[1] == "of" and tokens[0] in _STATES


def _letters(folded: str) -> str:
    return "".join(char for char in folded if char.isalnum() or char in "+#")


def words_of(folded: str) -> tuple[str, ...]:
    """Return the words of a folded name in the form in which names are compared."""
    same = tables.spellings()
    words = []
    for piece in _SPLIT.split(folded):
        word = same.get(piece) or _EDGE.sub("", piece)
        word = same.get(word) or same.get(word.rstrip(".")) or word.rstrip(".").removesuffix("'s")
        if word and word != "the":
            words.append(word)
    joined = " ".join(words)
    for long, short in (
        ("united states of america", "us"),
        ("united states", "us"),
        ("united nations", "un"),
        ("united kingdom", "uk"),
        ("european union", "eu"),
    ):
        if long in joined:
            joined = joined.replace(long, short)
    return tuple(joined.split())


def known_as(text: str, label: str) -> str:
    """Return the canonical name under which the tables know a name, "" where they know none or more than one."""
    country = tables.country_of(text)
    if country is not None and label != "NORP":
        return country.name
    peoples = tables.countries_of_demonym(text)
    if len(peoples) == 1:
        return PEOPLE + peoples[0].name
    entry = tables.organization_of(text)
    if entry is None or (entry.label == "NORP") != (label == "NORP"):
        return ""
    return entry.name


def _canonical(tokens: tuple[str, ...], bare: str, acronym: str) -> tuple[str, ...]:
    """Return the tokens without legal form and description; "Defense Department" as "department of defense"."""
    if acronym or len(tokens) < 2:
        return tokens
    words = list(tokens)
    last_small = bare.split()[-1][:1].islower()
    forms = legal_words()
    while len(words) > 1 and words[-1] in forms:
        words.pop()
        if len(words) > 1 and words[-1] == "and":
            words.pop()
    if last_small and len(words) > 1 and words[-1] in tables.descriptors():
        words.pop()
    if len(words) > 1 and words[-1] in _INVERTED and "of" not in words:
        first = tables.countries_of_demonym(words[0])
        place = words_of(fold(first[0].name)) if len(first) == 1 else (words[0],)
        words = [words[-1], "of", *place, *words[1:-1]]
    return tuple(words)


@lru_cache(maxsize=1)
def legal_words() -> frozenset[str]:
    """Return the legal forms as single folded words."""
    return frozenset(fold(form).rstrip(".") for form in tables.legal_forms() if " " not in form) - {
        "as",
        "se",
        "ab",
        "a",
        "holding",
    }


def _parts(tokens: tuple[str, ...]) -> list[Key]:
    """Return the keys of every proper beginning and end of a name."""
    size = len(tokens)
    if size > 12:
        return []
    found: list[Key] = []
    for cut in range(1, size):
        found.append(("t", *tokens[:cut]))
        found.append(("t", *tokens[cut:]))
    return found


def _acronym_keys(acronym: str) -> list[Key]:
    """Return the keys of initials: the letters, and first and a later letter for beginnings of two or three words."""
    letters = acronym.upper().rstrip("0123456789") if acronym[-1:].isdigit() else acronym.upper()
    keys: list[Key] = [("a", letters)]
    if letters.endswith("S"):
        keys.append(("a", letters[:-1]))
    if len(letters) > 2:
        keys += [("b", letters[0], letter) for letter in dict.fromkeys(letters[1:])]
    return keys


def _initial_keys(bare: str) -> list[Key]:
    stops = tables.stop_words()
    words = _WORD.findall(bare.replace(".", ""))
    if len(words) > 2 and words[-1].isdigit():
        words.pop()
    kept = [word for word in words if word not in stops]
    if not 2 <= len(kept) <= 10:
        return []
    initials = "".join(word[0] for word in kept).upper()
    keys: list[Key] = [("a", initials), ("a", "".join(word[0] for word in words).upper())]
    if len(kept) <= 3:
        keys.append(("b", initials[0], initials[-1]))
    return list(dict.fromkeys(keys))


def _person(text: str, label: str, bare: str, folded: str) -> Facts:
    person = persons.parse(text)
    tokens = tuple(persons.bare_token(token) for token in person.tokens)
    posts: list[Key] = [("p", *tokens), ("n", folded)]
    probes: list[Key] = [("p", *tokens), ("n", folded)]
    if len(tokens) == 1 and 2 <= len(bare.replace(".", "")) <= 4 and bare.isupper():
        posts.append(("q", bare.replace(".", "")))
    elif len(tokens) > 1:
        probes.append(("q", "".join(token[:1] for token in tokens).upper()))
    several = bool(_SEVERAL & set(folded.split()))
    if len(tokens) > 1 and not several:
        probes += [("p", *part) for part in sorted(persons.shortenings(person))]
        both = _initials(tokens)
        posts += both
        probes += both
    return Facts(
        text,
        label,
        "person",
        bare,
        folded,
        tokens,
        tokens,
        _letters(folded),
        "",
        "",
        None if several else person,
        tuple(posts),
        tuple(probes),
    )


def _initials(tokens: tuple[str, ...]) -> list[Key]:
    """Return the keys that names with initials share with the full ones: "j. doe", "john d."."""
    keys: list[Key] = [("i", tokens[-1], given[:1]) for given in tokens[:-1] if given]
    if len(tokens) == 2:
        keys.append(("j", tokens[0], tokens[-1][:1]))
    known = tables.nicknames()
    keys += [("i", tokens[-1], given[:1]) for given in sorted(known.get(tokens[0], ()))]
    return list(dict.fromkeys(keys))


def is_initial_token(token: str) -> bool:
    """Say whether a folded token is initials only."""
    return _INITIAL_TOKEN.fullmatch(token) is not None and (len(token) == 1 or "." in token)
