"""Understand what a user searches for: words, phrases, what must not occur, and what must be near each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from reader.collection.storage.search_phrase import SearchPhrase, search_phrases
from reader.recognize.mention import LABELS

_TERM: Final = re.compile(r'-?(?:"[^"]*"?|“[^”]*”?|«[^»]*»?)\*?|\S+')
_NEAR: Final = "near"
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

    @property
    def required(self) -> tuple[SearchPhrase, ...]:
        """The phrases that must occur."""
        return tuple(phrase for phrase in self.phrases if not phrase.excluded)


def parse_request(text: str, labels: Iterable[str] = LABELS) -> SearchRequest:
    """Return what a user searches for.

    `acme bribe` asks for both words, `"Acme Corp"` for a phrase, `brib*` for the start of a word, `-weather` for texts
    without a word, and `PERSON near bribe` for a sentence with the word and a person.

    Args:
        text: What the user typed.
        labels: The labels that may stand beside "near".
    """
    known_labels = frozenset(labels)
    terms = _TERM.findall(text)
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
    return SearchRequest(tuple(dict.fromkeys(phrases)), tuple(nearby))


def _phrases(term: str) -> list[SearchPhrase]:
    excluded = len(term) > 1 and term.startswith("-")
    prefix = "*" if term.endswith("*") else ""
    return search_phrases(term.lstrip("-").strip(_MARKS + "*") + prefix, excluded=excluded)
