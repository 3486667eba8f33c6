"""A query: words as typed, whole words, or a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any, Final

from reader.display.search.unaccented import unaccented
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_TIME_LIMIT: Final = 0.04
"""Seconds after which the search for a regular expression in one slice of the text is given up."""
_ESCAPE: Final = lazy_pattern(r"\\.", re.DOTALL)


class QueryKind(StrEnum):
    """How a query is read. The values are the words for the user."""

    WORDS = "as typed"
    WHOLE = "whole words"
    REGEX = "regular expression"


class QueryError(Exception):
    """The regular expression is invalid, or takes too long. The message is one line for the user."""


class Query(NamedTuple):
    """A query as the user typed it, and how it is read."""

    text: str = ""
    kind: QueryKind = QueryKind.WORDS

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not self.text.strip()

    @property
    def typed(self) -> str:
        """The query as `parse_query` reads it, whatever the kind that is set."""
        marks = {QueryKind.WHOLE: (r"\<", r"\>"), QueryKind.REGEX: (r"\v", "")}
        before, after = marks.get(self.kind, ("", ""))
        return f"{before}{self.text}{after}"

    @property
    def shown(self) -> str:
        """The query as messages quote it."""
        text = self.text.strip()
        return f"/{text}/" if self.kind is QueryKind.REGEX else f"“{text}”"


def parse_query(typed: str, kind: QueryKind = QueryKind.WORDS) -> Query:
    r"""Return the query that was typed. As in vim, `\\<name\\>` is a whole word, and `\\v` begins an expression."""
    if typed.startswith(r"\v"):
        return Query(typed[2:], QueryKind.REGEX)
    if typed.startswith(r"\<") and typed.endswith(r"\>") and len(typed) > 4:
        return Query(typed[2:-2], QueryKind.WHOLE)
    return Query(typed, kind)


class Searcher:
    """A compiled query that searches slices of a text in normal form.

    Accents never matter. Case matters only if the query has capitals.

    Raises:
        QueryError: The query is an invalid regular expression.
    """

    def __init__(self, query: Query) -> None:
        from reader.document.normal_text import normalize  # not needed before the first search

        self._is_regex = query.kind is QueryKind.REGEX
        self._ignores_case = not _has_capitals(query)
        self._pattern: Any = None
        if self._is_regex:
            if query.text:
                self._pattern = _compile_regex(unaccented(query.text), ignores_case=self._ignores_case)
            return
        words = unaccented(normalize(query.text), lower=self._ignores_case).split()
        if words:
            pattern = r"\s+".join(map(re.escape, words))
            if query.kind is QueryKind.WHOLE:
                pattern = rf"(?<!\w){pattern}(?!\w)"
            self._pattern = re.compile(pattern)

    def prepare(self, text: str) -> str:
        """Return a text without accents, and in lower case if case does not matter; offsets stay the same."""
        return unaccented(text, lower=self._ignores_case and not self._is_regex)

    def find(self, prepared: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the spans of the matches that begin in `prepared[start:end]`. Matches are never empty.

        Raises:
            QueryError: The expression takes too long.
        """
        if self._pattern is None:
            return
        limits = {"timeout": _TIME_LIMIT} if self._is_regex else {}
        try:
            for match in self._pattern.finditer(prepared, start, **limits):
                first, last = match.span()
                if first >= end:
                    return
                if first < last:
                    yield first, last
        except TimeoutError:
            raise QueryError("this expression takes too long: make it simpler") from None


def _has_capitals(query: Query) -> bool:
    text = _ESCAPE.sub("", query.text) if query.kind is QueryKind.REGEX else query.text
    return any(character.isupper() for character in text)


@cache
def _compile_regex(pattern: str, *, ignores_case: bool) -> Any:
    import regex  # unlike `re`, it can be stopped

    try:
        return regex.compile(pattern, regex.MULTILINE | (regex.IGNORECASE if ignores_case else 0))
    except (regex.error, RecursionError, OverflowError) as error:
        raise QueryError(f"not a regular expression yet: {str(error).partition(' at position')[0]}") from None
