"""Names of persons: their parts, and whether two of them can be one person's."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from reader.names.normal import fold, normal
from reader.names.tables import (
    Title,
    capital_particles,
    countries_of_demonym,
    country_of,
    given_names,
    nicknames,
    particles,
    suffixes,
    titles,
)

_TOKEN: Final = re.compile(r"\S+")
_JOINED: Final = re.compile(r"(al|el|ul|ur|as|ash|az|an|at|ad|ar|bin|ibn|abu|abd)-(?=\w)", re.IGNORECASE)
_INITIAL: Final = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.){2,3}|(?:[^\W\d_]\.-?){2}")
_LONGEST_TITLE: Final = 4
_MODIFIERS: Final = frozenset({"the", "former", "then", "ex", "late", "outgoing", "acting", "retired", "and"})


class Person(NamedTuple):
    """The parts of a person's name, as written."""

    titles: tuple[Title, ...]
    given: tuple[str, ...]
    """All names before the surname, given and middle; particles are bound to the token after them."""
    surname: str
    """With its particles: "van Gogh", "al-Sudani"; the only token where there is one."""
    suffix: str
    """In one form: "Jr", "II"; empty where there is none."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Given names and surname, in order."""
        return (*self.given, self.surname) if self.surname else self.given

    @property
    def gender(self) -> str:
        """What the titles say: "f", "m", or "" where they are silent."""
        return next((title.gender for title in self.titles if title.gender), "")


def strip_titles(name: str) -> tuple[int, str]:
    """Return where the name proper starts (code points) and the name without what stands before it.

    Titles, ranks and offices are taken off from the left, articles too, as long as a capitalized token is left:
    "President Obama" gives (10, "Obama"), "King" alone stays. Nothing is taken from the right.
    """
    start = _titles_end(name)[0]
    return start, name[start:]


def _titles_end(name: str) -> tuple[int, tuple[Title, ...]]:
    """Return where the name proper starts, and the titles before it."""
    spans = [match.span() for match in _TOKEN.finditer(name)]
    at = start = 0
    found: list[Title] = []
    kept: tuple[Title, ...] = ()
    while at < len(spans) - 1:
        size, title = _title_at(name, spans, at)
        if title is None and not _before_title(name, spans, at, bool(found)):
            break
        if title is not None:
            found.append(title)
        at += size
        if found and _name_like(name[spans[at][0] :]):
            start, kept = spans[at][0], tuple(found)
    return start, kept


def _before_title(name: str, spans: list[tuple[int, int]], at: int, after: bool) -> bool:
    """Say whether token `at` may stand before or between titles: an article, "former", a country or demonym."""
    word = name[slice(*spans[at])]
    if word.casefold().rstrip("-") in _MODIFIERS:
        return True
    country = country_of(word) is not None or bool(countries_of_demonym(word))
    return country and not after and _title_at(name, spans, at + 1)[1] is not None


def _title_at(name: str, spans: list[tuple[int, int]], at: int) -> tuple[int, Title | None]:
    """Return how many tokens the longest title at token `at` has, and the title; one token must be left after it."""
    known = titles()
    for size in range(min(_LONGEST_TITLE, len(spans) - 1 - at), 0, -1):
        text = " ".join(name[slice(*span)] for span in spans[at : at + size])
        title = known.get(text.casefold().rstrip(".,"))
        if title is not None and (text[:1].isupper() or title.kind != "honorific"):
            return size, title
    return 1, None


def _name_like(rest: str) -> bool:
    first = rest.split(None, 1)[0] if rest else ""
    if first[:1].isupper() or first[:1] in "'‘’“\"":
        return first.casefold() not in {"of", "and", "for"}
    return first.casefold() in particles() or _JOINED.match(first) is not None


@lru_cache(maxsize=1 << 15)
def parse(name: str) -> Person:
    """Return the parts of a person's name."""
    core_at, found = _titles_end(name)
    bare = normal(name[core_at:])
    words = [word for word in re.split(r"[\s,]+", bare.replace('"', " ")) if word]
    suffix = ""
    known = suffixes()
    while len(words) > 1 and words[-1] in known:
        same, kind = known[words.pop()]
        suffix = same if kind == "generation" else suffix
    if "," in bare and not suffix and len(words) == 2 and bare.split(",", 1)[1].strip():
        words.reverse()  # "Doe, John"
    tokens = _bind(words)
    if not tokens:
        return Person(found, (), bare, suffix)
    return Person(found, tuple(tokens[:-1]), tokens[-1], suffix)


def _bind(words: list[str]) -> list[str]:
    """Join each particle to the word after it: "van", "der", "Bellen" → "van der Bellen"."""
    tokens: list[str] = []
    held: list[str] = []
    alone = len(words) == 2 and words[0].casefold() not in {"ben", "van"}
    for word in words[:-1]:
        if _is_particle(word, first=not alone and not tokens and not held):
            held.append(word)
        else:
            tokens.append(" ".join([*held, word]))
            held = []
    return [*tokens, " ".join([*held, *words[-1:]])] if words else []


def _is_particle(word: str, *, first: bool) -> bool:
    """Say whether a word binds to the next one; with a capital only some do, and fewer at the start ("Ben", "Van")."""
    lower = word.casefold()
    if word[:1].islower():
        return lower in particles()
    where = capital_particles().get(lower, "")
    return where == "anywhere" or (where == "inside" and not first)


def bare_token(token: str) -> str:
    """Return a name token folded and without its particles: "al-Rufayi" → "rufayi", "van Gogh" → "gogh"."""
    folded = fold(token).replace("'", "")
    words = folded.split()
    while len(words) > 1 and words[0] in particles():
        words.pop(0)
    return _JOINED.sub("", " ".join(words)) or folded


def is_initial(token: str) -> bool:
    """Say whether a token is an initial, or two or three run together: "J.", "J", "J.K."."""
    return _INITIAL.fullmatch(token) is not None and token[:1].isupper()


def tokens_agree(left: str, right: str) -> float:
    """Return how well two given names agree: 1 the same, 0.9 an initial, 0.85 a nickname, 0 not."""
    a, b = bare_token(left), bare_token(right)
    if a == b:
        return 1.0
    if is_initial(left) or is_initial(right):
        return 0.9 if a[:1] == b[:1] else 0.0
    known = nicknames()
    return 0.85 if known.get(a, frozenset()) & known.get(b, frozenset()) else 0.0


def genders_agree(left: Person, right: Person) -> bool:
    """Say whether nothing known of two names says that one is a woman's and the other a man's."""
    a, b = gender_of(left), gender_of(right)
    return not (a and b and a != b)


def gender_of(person: Person) -> str:
    """Return "f" or "m" by title, else by a common given name; "" where neither says."""
    if person.gender:
        return person.gender
    if person.given:
        known = given_names().get(fold(person.given[0]), "")
        return known if known != "b" else ""
    return ""


def shortenings(person: Person) -> frozenset[tuple[str, ...]]:
    """Return every ordered sub-sequence of a name's tokens, folded, that may stand for it; the whole left out.

    As BookNLP indexes full names (Bamman et al.): "David Foster Wallace" has "David Wallace", "Foster Wallace",
    "David Foster", "Wallace". A single given name is among them; who uses the index weighs it.
    """
    tokens = [bare_token(token) for token in person.tokens][:6]
    return frozenset(part for size in range(1, len(tokens)) for part in combinations(tokens, size))
