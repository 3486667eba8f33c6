"""The words around names in languages other than English: articles, titles, offices, peoples and countries.

Two tables have all the words, so a new language takes lines in them and no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from reader.names.tables.table_files import items, rows
from reader.structures.named_tuple import NamedTuple


class LanguageWords(NamedTuple):
    """The words of one language. Forms are as the language writes them."""

    articles: tuple[str, ...]
    """Longest first. One that ends in an apostrophe needs no space after it."""
    prepositions: tuple[str, ...]
    """The same, with prepositions that are joined with an article."""
    names: frozenset[str]
    """Names that begin with an article of their own."""
    titles: tuple[str, ...]
    """Titles before a person, longest first."""
    offices: tuple[str, ...]
    """Functions, longest first, in lower case as far as the language has it."""
    plurals: frozenset[str]
    """Words before a noun in the plural."""
    endings: tuple[str, ...]
    """Endings of nouns for people in the plural."""
    peoples: frozenset[str]
    """Nouns for people."""
    countries: frozenset[str]


@cache
def words_of_language(language: str) -> LanguageWords | None:
    """Return the words of a language, by its code ("fr"); None if the tables have no words for it."""
    by_kind: dict[str, list[str]] = {}
    for code, kind, words in rows("languages.psv", 3):
        if code == language:
            by_kind.setdefault(kind, []).extend(items(words))
    if not by_kind:
        return None
    countries, peoples = set[str](), set(by_kind.get("people", ()))
    for code, _, names, demonyms in rows("countries_by_language.psv", 4):
        if code == language:
            countries.update(items(names))
            peoples.update(items(demonyms))
    return LanguageWords(
        articles=_longest_first(by_kind.get("article", ())),
        prepositions=_longest_first(by_kind.get("preposition", ())),
        names=frozenset(by_kind.get("name", ())),
        titles=_longest_first(by_kind.get("title", ())),
        offices=_longest_first(by_kind.get("office", ())),
        plurals=frozenset(by_kind.get("plural", ())),
        endings=_longest_first(by_kind.get("ending", ())),
        peoples=frozenset(peoples),
        countries=frozenset(countries),
    )


def without_foreign_article(name: str) -> str:
    """Return a name without an article of another language: "ONU" for "l'ONU", "France" for "la France".

    An article with a capital stays, as it may be part of the name ("La Paz"), unless an apostrophe joins it ("L'ONU").
    """
    match = _article_pattern().match(name)
    return name[match.end() :] if match and name[match.end()].isupper() else name


@cache
def _article_pattern() -> re.Pattern[str]:
    joined = "|".join(re.escape(article[:-1]) for article in articles() if article.endswith("'"))
    separate = "|".join(re.escape(article) for article in articles() if not article.endswith("'"))
    return re.compile(rf"(?:(?:{joined}|{joined.title()})'|(?:{separate}) )(?=[^\W\d_])")


@cache
def articles() -> tuple[str, ...]:
    """Return the articles of all languages in the tables, longest first."""
    return _longest_first(_all_of("article"))


@cache
def elisions() -> frozenset[str]:
    """Return the words that an apostrophe joins to a name: "l" of "l'ONU", "L", "d". Only articles have capitals."""
    joined = {word[:-1] for word in (*_all_of("article"), *_all_of("preposition")) if word.endswith("'")}
    return frozenset({*joined, *(word[:-1].capitalize() for word in articles() if word.endswith("'"))})


def _all_of(kind: str) -> Iterator[str]:
    for _, row_kind, words in rows("languages.psv", 3):
        if row_kind == kind:
            yield from items(words)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))
