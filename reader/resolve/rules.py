"""The rules of merging: what each is called, how sure it is, and when it may act by itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from reader.resolve.resolution import Name


class Phase(IntEnum):
    """When a piece of evidence is weighed; earlier phases settle what later ones may lean on."""

    IDENTITY = 0
    """Two spellings of one name."""
    DEFINED = 1
    """The text says itself that one stands for the other."""
    FULL = 2
    """Two forms of a person's full name, the shorter first."""
    SHORT = 3
    """A short form and a name that it may stand for, the shorter first."""
    OFFER = 4
    """Likely, never enough to merge."""
    VETO = 5
    """They are not one."""


class Evidence(NamedTuple):
    """What one rule says of two names; in `DEFINED`, `FULL` and `SHORT` `a` is the form that stands for `b`."""

    phase: Phase
    score: float
    rule: str
    a: Name
    b: Name
    at: int | None = None


RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "user": "you said so",
        "same": "the same name",
        "case": "the same but for capitals, accents or punctuation",
        "prefix": "the same but for a title or an article before it",
        "spelled": "the same words in another spelling or order",
        "legal-form": "the same without the company's legal form",
        "descriptor": "the same without a word that only describes it",
        "country": "two names of one country",
        "known": "two known names of one entity",
        "people": "two words for the people of one country",
        "plural": "singular and plural of one name",
        "defined": "the text gives one as short for the other, in parentheses",
        "quoted": "the text introduces one as its short form, in quotation marks",
        "also-known-as": "the text says that it is also known as the other",
        "formerly": "the text says that it was formerly called the other",
        "or": "the text offers one as another word for the other",
        "known-as": "the text says that it is known as the other",
        "translated": "the text gives it in another language or script",
        "apposition": "the text puts one beside the other, between commas",
        "so-called": "the text calls it so",
        "full-name": "a longer form of the same person's name",
        "initials": "given names shortened to initials",
        "nickname": "a pet form of the given name",
        "surname": "the surname of the only person here who can be meant",
        "introduced": "the surname or first name of the only person who had it when it was first used",
        "first-named": "the one who was named first of several who have this name",
        "given-name": "the first name of the only person here who can be meant",
        "acronym": "initials of the longer name",
        "head": "the same without the word for its kind",
        "kept-head": "the end of the longer name, its kind kept",
        "kind": "the word for its kind alone, with which no other name here ends",
        "team": "the team's name without its place",
        "place-of": "the longer name says where or of what",
        "two-labels": "the same name under two labels",
        "shared-name": "a short form that fits more than one",
        "loose-name": "a name that often stands for the other",
        "part": "part of the longer name",
        "spelling": "nearly the same spelling",
        "transliteration": "the same sounds in another spelling",
        "surname-sound": "the surname of the longer name, written as it sounds",
        "word-form": "the same word with another ending",
        "word-order": "the same words in another order",
        "side-by-side": "named side by side",
        "suffix": "different generations of one family",
        "gender": "a man and a woman",
        "kinship": "the text calls one a relative, or a part, of the other",
        "two-known": "two different known names",
        "two-states": "two kinds of state",
        "related": "a people and its country, or a body and what it is part of",
    }
)
"""Every rule → one line that tells the reader what it rests on."""
