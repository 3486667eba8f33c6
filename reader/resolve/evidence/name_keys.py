"""The keys by which names find each other: two names are compared if one posts a key that the other probes."""

from __future__ import annotations

from typing import Final

from reader.names import acronyms, persons, tables
from reader.names.normal import fold
from reader.names.persons import Person
from reader.resolve.evidence.name_facts import (
    NameFacts,
    is_initial_token,
    is_state,
    surname_parts,
    without_country,
)
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_MOST_PART_WORDS: Final = 12
"""Longer names are not looked for by their parts."""
_MOST_ACRONYM_WORDS: Final = 10
"""Longer names have no acronym of their initials."""
_WORD: Final = lazy_pattern(r"[^\W_]+")

Key = tuple[str, ...]


class NameKeys(NamedTuple):
    """The keys of one name."""

    posts: list[Key]
    """Keys by which other names find this one."""
    probes: list[Key]
    """Keys by which this name looks for others."""
    shared: list[Key]
    """Keys that are both."""


def keys_of(facts: NameFacts) -> NameKeys:
    """Return the keys of a name."""
    return _person_keys(facts) if facts.bucket == "person" else _thing_keys(facts)


def _thing_keys(facts: NameFacts) -> NameKeys:
    bare, tokens = facts.normal, facts.tokens
    shared: list[Key] = [("n", facts.fold), ("c", *facts.canonical)]
    posts: list[Key] = [("t", *tokens)]
    if facts.listed_name:
        posts.append(("k", facts.listed_name))
    probes = [*posts, *(("k", weak) for weak in tables.weakly_known(facts.text)), *_part_keys(tokens)]
    if is_state(tokens):
        shared.append(("st", *tokens[2:]))
    if facts.acronym:
        posts += _acronym_keys(facts.acronym)
    elif len(tokens) > 1:
        probes += _initial_keys(bare)
        if body := without_country(bare):
            probes += _initial_keys(body)
    words = bare.split()
    if len(words) > 1 and acronyms.is_acronym(words[-1]):
        posts.append(("m", *words[:-1]))
    probes += [("m", *words[:cut]) for cut in range(1, min(len(words) - 1, _MOST_PART_WORDS))]
    return NameKeys(posts, probes, shared)


def _part_keys(tokens: tuple[str, ...]) -> list[Key]:
    """Return the keys of every proper beginning and end of a name, unless it has too many tokens."""
    size = len(tokens)
    if size > _MOST_PART_WORDS:
        return []
    keys: list[Key] = []
    for cut in range(1, size):
        keys.append(("t", *tokens[:cut]))
        keys.append(("t", *tokens[cut:]))
    return keys


def _acronym_keys(acronym: str) -> list[Key]:
    """Return the keys of an acronym: all letters, and for names of two or three words the first and a later letter."""
    letters = acronym.upper().rstrip("0123456789") if acronym[-1:].isdigit() else acronym.upper()
    keys: list[Key] = [("a", letters)]
    if letters.endswith("S"):
        keys.append(("a", letters[:-1]))
    if len(letters) > 2:
        keys += [("b", letters[0], letter) for letter in dict.fromkeys(letters[1:])]
    return keys


def _initial_keys(bare: str) -> list[Key]:
    """Return the keys by which a name looks for its acronym, with and without the initials of stop words."""
    stops = tables.stop_words()
    words = _WORD.findall(bare.replace(".", ""))
    if len(words) > 2 and words[-1].isdigit():
        words.pop()
    main_words = [word for word in words if word not in stops]
    if not 2 <= len(main_words) <= _MOST_ACRONYM_WORDS:
        return []
    initials = "".join(word[0] for word in main_words).upper()
    keys: list[Key] = [("a", initials), ("a", "".join(word[0] for word in words).upper())]
    if len(main_words) <= 3:
        keys.append(("b", initials[0], initials[-1]))
    return list(dict.fromkeys(keys))


def _person_keys(facts: NameFacts) -> NameKeys:
    bare, tokens, person = facts.normal, facts.tokens, facts.person
    whole = ("p", *tokens)
    keys = NameKeys([whole], [whole], [("n", facts.fold)])
    if len(tokens) < 2:
        initials = bare.replace(".", "")
        if 2 <= len(initials) <= 4 and bare.isupper():
            keys.posts.append(("q", initials))
        keys.probes.extend(("h", token) for token in tokens)
        return keys
    keys.probes.append(("q", "".join(token[:1] for token in tokens).upper()))
    keys.posts.extend(("h", part) for part in surname_parts(tokens))
    if persons.is_capitalized_particle(bare.split(" ", 1)[0]):
        keys.posts.append(("v", facts.fold))
    elif person is not None and " " in person.surname:
        keys.probes.append(("v", fold(person.surname)))
    if person is not None:
        keys.probes.extend(("p", *part) for part in persons.shortenings(tokens))
        _add_short_given_names(keys, person, tokens)
    return keys


def _add_short_given_names(keys: NameKeys, person: Person, tokens: tuple[str, ...]) -> None:
    """Add the keys by which short given names find full ones.

    Names with initials ("J. Doe", "John D.") or a pet form ("Bob Doe") share keys, and probe others that full names
    post. Two full names have no key in common here: they share their tokens anyway if they agree, and a list of a
    thousand people with one surname has half a million pairs of full names.
    """

    def add(kind: str, values: Key, *, is_short: bool) -> None:
        if is_short:
            keys.shared.append((f"{kind}-short", *values))
            keys.probes.append((f"{kind}-full", *values))
        else:
            keys.posts.append((f"{kind}-full", *values))

    surname, given_names = tokens[-1], tokens[:-1]
    has_initials = any(map(_writes_initials, person.given))
    for given_name in given_names:
        if given_name:
            add("i", (surname, given_name[:1]), is_short=has_initials)
    if len(tokens) == 2:
        add("j", (given_names[0], surname[:1]), is_short=is_initial_token(surname))
    nicknames = tables.nicknames()
    for given_name in given_names:
        for full_form in sorted(nicknames.get(given_name, ())):
            add("p", (surname, full_form), is_short=given_name != full_form)


def _writes_initials(given_name: str) -> bool:
    """Return whether a given name is one or more initials: "J.", "J.K.", "JK"."""
    return persons.is_initial(given_name) or (len(given_name) == 2 and given_name.isupper() and given_name.isalpha())
