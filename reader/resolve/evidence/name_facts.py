"""The facts about one name that need no text: its parts, and what the tables say of it."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import Final

from reader.names import acronyms, persons, tables
from reader.names.normal import fold, normal
from reader.names.persons import Person
from reader.names.tables.languages import without_foreign_article
from reader.resolve.resolution import Name
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_EDGE: Final = lazy_pattern(r"^[^\w&+]+|[^\w.+]+$")
_SPLIT: Final = lazy_pattern(r"[\s/]+|(?<=\w\w)-(?=\w\w)|\s+-\s+")
_INVERTED_HEADS: Final = frozenset(
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
_STATE_KINDS: Final = frozenset(
    {"caliphate", "county", "duchy", "emirate", "empire", "kingdom", "margraviate", "principality", "sultanate"}
)
"""Kinds of states. One place may have had several of them, one after another."""
_SHORTEST_PART: Final = 3
"""Letters of the shortest part of a surname that may stand for it."""
_SHORTEST_BODY: Final = 3
"""The fewest words whose initials may be the acronym of a body without its country."""
_INITIAL_TOKEN: Final = lazy_pattern(r"[a-z]\.?(?:-?[a-z]\.?){0,2}")

_NEITHER_LETTER_NOR_MARK: Final = lazy_pattern(r"[^\w+#]+|_+")
_JOINING_WORDS: Final = frozenset({"and", "&", "both"})

PEOPLE_PREFIX: Final = "people of "
"""Precedes the country in the listed name of a demonym."""


class NameFacts(NamedTuple):
    """One name and its parts."""

    text: str
    label: str
    bucket: str
    """"person" or "thing". Only names in one bucket are compared."""
    normal: str
    fold: str
    tokens: tuple[str, ...]
    """The folded words, in the spelling in which names are compared."""
    canonical: tuple[str, ...]
    """The tokens without legal forms, descriptions and modifiers, in the order "department of defense"."""
    letters: str
    """Only the letters and digits of the folded form, and the marks that distinguish products."""
    acronym: str
    """The letters if the name looks like initials, otherwise ""."""
    listed_name: str
    """The canonical name of the only thing that the tables list under this name, otherwise ""."""
    person: Person | None

    @property
    def name(self) -> Name:
        """The name itself."""
        return Name(self.text, self.label)


def bucket_of(label: str) -> str:
    """Return the bucket of a label."""
    return "person" if label == "PERSON" else "thing"


@lru_cache(maxsize=1 << 16)
def facts_of(text: str, label: str) -> NameFacts:
    """Return the facts about a name."""
    if bucket_of(label) == "person":
        return _person_facts(text, label, normal(text), fold(text))
    bare = without_foreign_article(normal(text))
    folded = fold(bare)
    tokens = words_of(folded)
    acronym = bare.replace(".", "") if acronyms.is_acronym(bare) else ""
    listed_name = listed_as(text, label)
    canonical = _canonical(tokens, bare, acronym)
    return NameFacts(
        text,
        label,
        "thing",
        bare,
        folded,
        tokens,
        canonical,
        letters_of(folded),
        acronym,
        listed_name,
        None,
    )


def is_state(tokens: tuple[str, ...]) -> bool:
    """Return whether a name consists of a kind of state and a place: "Duchy of Tarn"."""
    return len(tokens) > 2 and tokens[1] == "of" and tokens[0] in _STATE_KINDS


def letters_of(folded: str) -> str:
    """Return the letters and digits of a folded name, and the marks that distinguish products ("C++")."""
    return _NEITHER_LETTER_NOR_MARK.sub("", folded)


def words_of(folded: str) -> tuple[str, ...]:
    """Return the words of a folded name, in the spelling in which names are compared."""
    spellings = tables.spellings()
    words = []
    for piece in _SPLIT.split(folded):
        word = spellings.get(piece) or _EDGE.sub("", piece)
        word = spellings.get(word) or spellings.get(word.rstrip(".")) or word.rstrip(".").removesuffix("'s")
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
    return tuple(map(intern, joined.split()))  # many names share a word


def listed_as(text: str, label: str) -> str:
    """Return the canonical name that the tables list for a name, or "" if they list none or several."""
    country = tables.country_of(text)
    if country is not None and label != "NORP":
        return country.name
    peoples = tables.countries_of_demonym(text)
    if len(peoples) == 1:
        return PEOPLE_PREFIX + peoples[0].name
    entry = tables.organization_of(text) or tables.organization_by_words(text)
    if entry is None or (entry.label == "NORP") != (label == "NORP"):
        return ""
    return entry.name


def _canonical(tokens: tuple[str, ...], bare: str, acronym: str) -> tuple[str, ...]:
    """Return the tokens without legal form and description, and "Defense Department" as "department of defense"."""
    if acronym or len(tokens) < 2:
        return tokens
    words = list(tokens)
    ends_in_lower_case = bare.split()[-1][:1].islower()
    legal_forms = legal_words()
    while len(words) > 1 and words[-1] in legal_forms:
        words.pop()
        if len(words) > 1 and words[-1] == "and":
            words.pop()
    if len(words) > 1 and bare.split()[-1] in _LEGAL_IN_CAPITALS and not bare.isupper():
        words.pop()
    if ends_in_lower_case and len(words) > 1 and words[-1] in tables.descriptors():
        words.pop()
    if len(words) > 1 and words[-1] in _INVERTED_HEADS and "of" not in words:
        countries = tables.countries_of_demonym(words[0])
        owner = words_of(fold(countries[0].name)) if len(countries) == 1 else (words[0],)
        words = [words[-1], "of", *owner, *words[1:-1]]
    canonical = tuple(words)
    return tokens if canonical == tokens else canonical  # nearly always one tuple for both


_LEGAL_IN_CAPITALS: Final = frozenset({"AB", "AS", "SE"})
"""Legal forms that are also words, unless they are in capitals after a name that is not: "Tarnvik AB"."""


@lru_cache(maxsize=1)
def legal_words() -> frozenset[str]:
    """Return the folded legal forms that are single words, without those that are also common words."""
    return frozenset(fold(form).rstrip(".") for form in tables.legal_forms() if " " not in form) - {
        "as",
        "se",
        "ab",
        "a",
        "holding",
    }


def without_country(bare: str) -> str:
    """Return the name of a body without the country before it, which its acronym may leave out; "" if there is none.

    "US Drug Enforcement Administration" is also the DEA. What is left has words for three letters and more: shorter
    acronyms fit too many names.
    """
    owner, _, body = bare.partition(" ")
    owner = owner.removesuffix("'s")
    content_words = [word for word in body.split() if word not in tables.stop_words()]
    if len(content_words) < _SHORTEST_BODY or not (tables.country_of(owner) or tables.countries_of_demonym(owner)):
        return ""
    return body


def _person_facts(text: str, label: str, bare: str, folded: str) -> NameFacts:
    person = persons.parse(text)
    tokens = tuple(intern(persons.bare_token(token)) for token in person.tokens)
    joins_people = not _JOINING_WORDS.isdisjoint(folded.split())
    return NameFacts(
        text,
        label,
        "person",
        bare,
        folded,
        tokens,
        tokens,
        letters_of(folded),
        "",
        "",
        None if joins_people else person,
    )


def surname_parts(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of the surname of a full name that is joined by a hyphen: "oduya", "lenz" of "Oduya-Lenz"."""
    parts = tuple(tokens[-1].split("-")) if len(tokens) > 1 else ()
    return parts if len(parts) > 1 and all(len(part) >= _SHORTEST_PART for part in parts) else ()


def is_initial_token(token: str) -> bool:
    """Return whether a folded token consists of initials only."""
    return (len(token) == 1 or "." in token) and _INITIAL_TOKEN.fullmatch(token) is not None
