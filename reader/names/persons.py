"""Names of persons: their parts, and whether the parts of two names agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, islice
from typing import Final

from reader.names.normal import fold, normal
from reader.names.tables import (
    Title,
    capital_particles,
    countries_of_demonym,
    country_of,
    given_name_titles,
    given_names,
    nicknames,
    particles,
    suffixes,
    titles,
)
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_WORD: Final = lazy_pattern(r"\S+")
_JOINED: Final = lazy_pattern(r"(al|el|ul|ur|as|ash|az|an|at|ad|ar|bin|ibn|abu|abd)-(?=\w)", re.IGNORECASE)
_INITIAL: Final = lazy_pattern(r"[^\W\d_]\.?|(?:[^\W\d_]\.){2,3}|(?:[^\W\d_]\.-?){2}")
_QUOTED: Final = lazy_pattern(r"(?<=\s)'([^']+)'(?=\s)")
"""A nickname in single quotes inside a name."""
_IN_CAPITALS_FIRST: Final = lazy_pattern(r"(?P<surname>[^,a-z]{2,}), (?P<given>[^\W\d_][^,]*[^\W\d_A-Z][^,]*)")
_LONGEST_TITLE: Final = 4
_MAIDEN_CUES: Final = frozenset({"née", "nee", "né"})
"""Words within a name after which the former one follows: "Anna Bell née Clark"."""
_MODIFIERS: Final = frozenset({"the", "former", "then", "ex", "late", "outgoing", "acting", "retired", "and"})


class Person(NamedTuple):
    """The parts of a person's name, as written in the text."""

    titles: tuple[Title, ...]
    given: tuple[str, ...]
    """Given and middle names. A particle is joined to the token after it."""
    surname: str
    """The last token with its particles, such as "van Gogh" and "al-Sudani", also if it is the only one."""
    suffix: str
    """The generation in its standard form, such as "Jr" or "II"; empty if there is none."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Given names and surname, in order."""
        return (*self.given, self.surname) if self.surname else self.given

    @property
    def gender(self) -> str:
        """The gender that the titles imply: "f", "m", or "" if they imply none."""
        return next((title.gender for title in self.titles if title.gender), "")


def strip_titles(name: str) -> tuple[int, str]:
    """Return the offset of the name proper (code points), and the name from there.

    Titles, ranks and offices are removed from the left, and articles with them, as long as a capitalized token is left:
    "President Obama" gives (10, "Obama"), but "King" stays. Nothing is removed from the right. A title that is a given
    name as well stays before a single token: "Amir Kharel", "Dean Moss".
    """
    start = _split_titles(name)[0]
    return start, name[start:]


def _split_titles(name: str) -> tuple[int, tuple[Title, ...]]:
    """Return the offset of the name proper, and the titles before it."""
    words = name.split()
    if len(words) == 2 and words[0].casefold() in given_name_titles():
        return 0, ()
    index = first = 0
    matches: list[Title] = []
    titles_before: tuple[Title, ...] = ()
    while index < len(words) - 1:
        size, title = _title_at(words, index)
        if title is None and not _may_adjoin_title(words, index, bool(matches)):
            break
        if title is not None:
            matches.append(title)
        index += size
        if matches and _starts_like_name(words[index]):
            first, titles_before = index, tuple(matches)
    return _offset_of(name, first) if first else 0, titles_before


def _offset_of(name: str, index: int) -> int:
    """Return the offset of a word of a name (code points)."""
    return next(islice(_WORD.finditer(name), index, None)).start()


def _may_adjoin_title(words: Sequence[str], index: int, after_title: bool) -> bool:
    """Return whether a word may precede a title: an article, a word like "former", or a country before the first."""
    word = words[index]
    if word.casefold().rstrip("-") in _MODIFIERS:
        return True
    if after_title or _title_at(words, index + 1)[1] is None:
        return False
    return country_of(word) is not None or bool(countries_of_demonym(word))


def _title_at(words: Sequence[str], index: int) -> tuple[int, Title | None]:
    """Return the longest title that starts at a word and leaves one after it, and its number of words.

    Without a title the number is 1.
    """
    titles_by_form = titles()
    for size in range(min(_LONGEST_TITLE, len(words) - 1 - index), 0, -1):
        text = " ".join(words[index : index + size])
        title = titles_by_form.get(text.casefold().rstrip(".,"))
        if title is not None and (text[:1].isupper() or title.kind != "honorific"):
            return size, title
    return 1, None


def _starts_like_name(word: str) -> bool:
    if word[:1].isupper() or word[:1] in "'‘’“\"":
        return word.casefold() not in {"of", "and", "for"}
    return word.casefold() in particles() or _JOINED.match(word) is not None


@lru_cache(maxsize=1 << 15)
def parse(name: str) -> Person:
    """Return the parts of a person's name."""
    start, person_titles = _split_titles(name)
    bare = normal(name[start:])
    unquoted = _QUOTED.sub(r" \1 ", bare) if "'" in bare else bare
    words = unquoted.replace('"', " ").replace(",", " ").split()
    if not _MAIDEN_CUES.isdisjoint(map(str.casefold, words[1:])):
        del words[next(index for index, word in enumerate(words) if index and word.casefold() in _MAIDEN_CUES) :]
    suffix = ""
    suffix_table = suffixes()
    while len(words) > 1 and words[-1] in suffix_table:
        standard_form, kind = suffix_table[words.pop()]
        suffix = standard_form if kind == "generation" else suffix
    if "," in bare and not suffix and len(words) == 2 and bare.split(",", 1)[1].strip():
        words.reverse()  # "Doe, John"
    elif inverted := _IN_CAPITALS_FIRST.fullmatch(bare):
        words = [*inverted["given"].split(), *inverted["surname"].split()]  # "AL-SALEM, John Peter"
    tokens = _join_particles(words)
    if not tokens:
        return Person(person_titles, (), bare, suffix)
    return Person(person_titles, tuple(tokens[:-1]), tokens[-1], suffix)


def _join_particles(words: list[str]) -> list[str]:
    """Join each particle to the word after it: "van", "der", "Bellen" → "van der Bellen"."""
    tokens: list[str] = []
    pending: list[str] = []
    # "De Niro" is a surname alone, but "Ben Smith" and "Van Morrison" start with a given name.
    surname_alone = len(words) == 2 and words[0].casefold() not in {"ben", "van"}
    for word in words[:-1]:
        if _is_particle(word, first=not surname_alone and not tokens and not pending):
            pending.append(word)
        else:
            tokens.append(" ".join([*pending, word]))
            pending = []
    return [*tokens, " ".join([*pending, *words[-1:]])] if words else []


def _is_particle(word: str, *, first: bool) -> bool:
    """Return whether a word is a particle of the next one.

    Only some particles may have a capital, and fewer of them at the start of a name ("Ben", "Van").
    """
    lower = word.casefold()
    if word[:1].islower():
        return lower in particles()
    position = capital_particles().get(lower, "")
    return position == "anywhere" or (position == "inside" and not first)


def is_capitalized_particle(word: str) -> bool:
    """Return whether a word is a particle that begins with a capital: "Van" of "Van Gogh"."""
    return word[:1].isupper() and word.casefold() in particles()


@lru_cache(maxsize=1 << 15)
def bare_token(token: str) -> str:
    """Return a token of a name, folded and without its particles: "al-Rufayi" → "rufayi", "van Gogh" → "gogh"."""
    folded = fold(token).replace("'", "")
    words = folded.split()
    while len(words) > 1 and words[0] in particles():
        words.pop(0)
    return _JOINED.sub("", " ".join(words)) or folded


def is_initial(token: str) -> bool:
    """Return whether a token is an initial, or two or three without a space: "J.", "J", "J.K."."""
    may_be_initial = len(token) == 1 or "." in token
    return may_be_initial and token[:1].isupper() and _INITIAL.fullmatch(token) is not None


def tokens_agree(first: str, second: str) -> float:
    """Return how well two given names agree: 1 if equal, 0.9 for an initial, 0.85 for a nickname, else 0."""
    a, b = bare_token(first), bare_token(second)
    if a == b:
        return 1.0
    if is_initial(first) or is_initial(second):
        return 0.9 if a[:1] == b[:1] else 0.0
    full_forms = nicknames()
    return 0.85 if full_forms.get(a, frozenset()) & full_forms.get(b, frozenset()) else 0.0


def genders_agree(first: Person, second: Person) -> bool:
    """Return False if one name is a woman's and the other a man's; True if they agree or either is unknown."""
    a, b = gender_of(first), gender_of(second)
    return not (a and b and a != b)


def gender_of(person: Person) -> str:
    """Return "f" or "m" by the titles or else by a common given name; "" if unknown."""
    if person.gender:
        return person.gender
    if person.given:
        gender = given_names().get(fold(person.given[0]), "")
        return gender if gender != "b" else ""
    return ""


def shortenings(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """Return every ordered subsequence of the tokens of a name, each once, except the whole name.

    As BookNLP indexes full names (Bamman et al.): "David Foster Wallace" has "David Wallace", "Foster Wallace", "David
    Foster" and "Wallace". Single given names are included; the caller decides how to weight them. Of more than six
    tokens, only the first and the last three are used.
    """
    if len(tokens) > 6:
        tokens = [*tokens[:3], *tokens[-3:]]
    return list(dict.fromkeys(subset for size in range(1, len(tokens)) for subset in combinations(tokens, size)))
