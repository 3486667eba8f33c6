"""The rules of merging, each declared once: its id and its explanation."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from reader.names.definitions.cue_ids import Cue


class Rule(StrEnum):
    """A reason why two names may, or may not, be one entity. The value is its id, which exports and links contain."""

    explanation: str
    """One line that tells the user why."""

    def __new__(cls, id: str, explanation: str = "") -> Self:
        """Create a member from its id and its explanation."""
        rule = str.__new__(cls, id)
        rule._value_ = id
        rule.explanation = explanation
        return rule

    USER = "user", "decided by you"
    SAME = "same", "the same name"
    CASE = "case", "the same but for capitals, accents or punctuation"
    PREFIX = "prefix", "the same but for a title or an article"
    SPELLED = "spelled", "the same words in another spelling or order"
    LEGAL_FORM = "legal-form", "the same without the legal form of a company"
    DESCRIPTOR = "descriptor", "the same without a descriptive word"
    COUNTRY = "country", "two names of one country"
    KNOWN = "known", "two known names of one entity"
    PEOPLE = "people", "two words for the people of one country"
    PLURAL = "plural", "singular and plural of one name"
    DEFINED = Cue.DEFINED, "the text defines one as short for the other, in parentheses"
    QUOTED = Cue.QUOTED, "the text introduces one as the short form, in quotation marks"
    ALSO_KNOWN_AS = Cue.ALSO_KNOWN_AS, "the text says that it is also known as the other"
    FORMERLY = Cue.FORMERLY, "the text says that it was formerly called the other"
    OR = Cue.OR, "the text names one as an alternative to the other"
    KNOWN_AS = Cue.KNOWN_AS, "the text says that it is known as the other"
    TRANSLATED = Cue.TRANSLATED, "the text gives the name in another language or script"
    BRACKETED = Cue.BRACKETED, "the text gives one in parentheses after the other"
    APPOSITION = "apposition", "the text puts one next to the other, between commas"
    SO_CALLED = Cue.SO_CALLED, "the text calls it that"
    FULL_NAME = "full-name", "a longer form of the same person's name"
    INITIALS = "initials", "given names shortened to initials"
    NICKNAME = "nickname", "a nickname for the given name"
    SURNAME = "surname", "the surname of the only person who fits"
    INTRODUCED = "introduced", "the surname or given name of the only person mentioned so far who has it"
    FIRST_NAMED = "first-named", "first of several people with this name"
    GIVEN_NAME = "given-name", "the given name of the only person who fits"
    ACRONYM = "acronym", "the initials of the longer name"
    HEAD = "head", "the same without its generic word, such as River"
    KEPT_HEAD = "kept-head", "the end of the longer name, with its generic word"
    KIND = "kind", "the generic word alone, which ends no other name"
    TEAM = "team", "the name of the team without its place"
    PLACE_OF = "place-of", "the longer name adds a place or a topic"
    TWO_LABELS = "two-labels", "the same name with two labels"
    SHARED_NAME = "shared-name", "several candidates for a short form"
    LOOSE_NAME = "loose-name", "a name that is often used for the other"
    PART = "part", "part of the longer name"
    SPELLING = "spelling", "nearly the same spelling"
    TRANSLITERATION = "transliteration", "the same sounds in another spelling"
    SURNAME_SOUND = "surname-sound", "the surname of the longer name, spelled as it sounds"
    WORD_FORM = "word-form", "the same word with another ending"
    WORD_ORDER = "word-order", "the same words in another order"
    SIDE_BY_SIDE = "side-by-side", "named next to each other"
    SUFFIX = "suffix", "different generations of one family"
    MIDDLE_INITIALS = "middle-initials", "different middle initials"
    GENDER = "gender", "a man and a woman"
    KINSHIP = "kinship", "the text calls one a relative, or a part, of the other"
    TWO_KNOWN = "two-known", "two different known names"
    TWO_STATES = "two-states", "two types of state"
    RELATED = "related", "a people and its country, or an organization and its parent"
