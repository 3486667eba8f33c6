"""Parses the query of a user: words, phrases, exclusions, and terms that must be near each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from typing import Final

from reader.collection.storage.collection_storage import CollectionError
from reader.collection.storage.search_phrase import SearchPhrase, search_phrases
from reader.document import one_line
from reader.document.metadata.calendar_days import stated_day
from reader.recognize.mention import LABELS
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

_TERM: Final = lazy_pattern(r'-?(?:"[^"]*"?|“[^”]*”?|«[^»]*»?)\*?|\S+')
_NEAR: Final = "near"
_DAY: Final = lazy_pattern(r"(since|until):(.*)", re.IGNORECASE)
_MARKS: Final = '"“”«»'


@dataclass(frozen=True, slots=True)
class NearbyTerms:
    """Two terms that must occur in one sentence: phrases, or labels that some name in the sentence has."""

    phrases: tuple[SearchPhrase, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a document must have."""

    phrases: tuple[SearchPhrase, ...] = ()
    """Every phrase of the request, including those that must be near something, and the excluded ones."""
    nearby: tuple[NearbyTerms, ...] = field(default=())
    since: str = ""
    """The first day of the document, as "2021", "2021-03" or "2021-03-12"."""
    until: str = ""
    """The last day."""

    @property
    def required(self) -> tuple[SearchPhrase, ...]:
        """The phrases that must occur."""
        return tuple(phrase for phrase in self.phrases if not phrase.excluded)


def parse_request(text: str, labels: Iterable[str] = LABELS) -> SearchRequest:
    """Return what a user searches for.

    `acme bribe` asks for both words, `"Acme Corp"` for a phrase, `brib*` for the start of a word, `-weather` for texts
    without a word, and `PERSON near bribe` for a sentence with the word and a person. `since:2020` and `until:2021-05`
    limit the date of the document.

    Args:
        text: What the user typed.
        labels: The labels that may stand beside "near".

    Raises:
        CollectionError: What stands after `since:` or `until:` is no day.
    """
    known_labels = frozenset(labels)
    days = {"since": "", "until": ""}
    terms: list[str] = []
    for term in _TERM.findall(text):
        if match := _DAY.fullmatch(term):
            days[match[1].lower()] = _stated_day(term, match[2])
        else:
            terms.append(term)
    phrases: list[SearchPhrase] = []
    nearby: list[NearbyTerms] = []
    index = 0
    while index < len(terms):
        group = [terms[index]]
        while index + 2 < len(terms) and terms[index + 1].lower() == _NEAR:
            group.append(terms[index + 2])
            index += 2
        index += 1
        if len(group) == 1:
            phrases += _phrases(group[0])
            continue
        group_labels = tuple(term for term in group if term in known_labels)
        group_phrases = tuple(
            phrase._replace(excluded=False) for term in group if term not in known_labels for phrase in _phrases(term)
        )
        phrases += group_phrases
        nearby.append(NearbyTerms(group_phrases, group_labels))
    return SearchRequest(tuple(dict.fromkeys(phrases)), tuple(nearby), days["since"], days["until"])


def _stated_day(term: str, text: str) -> str:
    day = stated_day(text)
    if not day:
        raise CollectionError(f"{one_line(term)} is not a day such as {term[:5].lower()}:2021-03-12, 2021-03 or 2021")
    return day


def _phrases(term: str) -> list[SearchPhrase]:
    excluded = len(term) > 1 and term.startswith("-")
    prefix = "*" if term.endswith("*") else ""
    return search_phrases(term.lstrip("-").strip(_MARKS + "*") + prefix, excluded=excluded)
