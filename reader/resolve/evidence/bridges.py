"""Bridges: words that make one of two names the other's alias, such as "X (formerly Y)" and "X (Greek: Y)".

`find_definitions` has to guess from capital letters where a name starts and ends. Here the mentions are known, so a few
words suffice: the bridge defines an alias when it has a mention directly before and directly after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reader.names import tables
from reader.names.definitions.cue_ids import Cue
from reader.names.definitions.cues import (
    ADVERB,
    AKA,
    AKA_WORDS,
    CALLED,
    FORMER_TIME,
    FORMER_TIMES,
    MAIDEN,
    RELATIVE,
    SPACE,
    TIME,
    VERBS,
    cue_of,
    is_active,
)
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple
from reader.structures.yielding_sort import sorted_by_bucket

_BEFORE_NAME: Final = r"(?:(?<=\()|\s)(?:the\s|The\s)?[\"“‘']?"
_IN_PARENTHESES: Final = lazy_pattern(
    rf"\((?:[,;]\s?)*(?:(?P<words>(?:(?:{ADVERB}{SPACE})?(?:{TIME}{SPACE})?{CALLED}"
    rf"|(?:{TIME}|also|or|ex|{AKA}|{MAIDEN}|born)(?:{SPACE}simply)?))"
    r"|(?:in\s)?(?P<language>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)[:;]"
    rf"|(?P<script>(?=[^\W\d_\u0041-\u024f]))){_BEFORE_NAME}"
)
_LANGUAGE: Final = lazy_pattern(
    r"[;,]\s(?:in\s)?(?P<language>[A-Z][A-Za-z]+(?:\s[A-Z][a-z]+)?|romanized|romanised|transliterated):\s[\"“‘']?"
)
"""A language inside a bracket: "Vell (/vɛl/; Latin: Vella)"."""
_CODE: Final = lazy_pattern(r"\((?:[A-Za-z]+\s)?[A-Z]{3,8}(?:\scode)?:\s?(?=[A-Z\d])")
"""The body that gives a code: "(IATA: TRN)", "(NYSE: VELL)"."""
_LONGEST_BRACKET: Final = 160
"""How far into a bracket a language is looked for (code points)."""
_BARE: Final = lazy_pattern(r"\((?:the\s|The\s)?[\"“‘']?(?=[^\W\d_])")
_CLAUSE: Final = lazy_pattern(
    rf"[,;]?\s(?:(?:was|were|is|has\sbeen|had\sbeen)\s)?(?:{TIME}{SPACE})?"
    rf"(?:renamed|rebranded)(?:{SPACE}(?:as|to))?{_BEFORE_NAME}"
    rf"|\s(?:has\s|had\s)?(?:changed|shortened){SPACE}(?:its|his|her|their){SPACE}name{SPACE}to{_BEFORE_NAME}"
    rf"|\s(?:{TIME}{SPACE})?(?:became|become){SPACE}known{SPACE}as{_BEFORE_NAME}"
)
"""A verb that renames its subject: "was renamed", "changed its name to"."""
_CLAUSE_PIVOTS: Final = ("renamed", "rebranded", "name to", "known as")
_UNDER_NAME: Final = (
    rf"(?:(?:uses|used|took|adopted|(?:goes|went){SPACE}by|(?:fights|fought|writes|wrote){SPACE}under){SPACE}the{SPACE}"
    rf"(?:name|alias|pseudonym|nom{SPACE}de{SPACE}guerre|(?:pen|stage){SPACE}name)(?:{SPACE}of)?)"
)
_NAMING: Final = lazy_pattern(
    rf"[,;]?\s(?:(?:whose|his|her){SPACE}(?:(?:real|birth|legal|full|true|original|pen|stage){SPACE}name|nom{SPACE}de{SPACE}guerre)"
    rf"{SPACE}(?:is|was)"
    rf"|(?:who{SPACE})?(?:also{SPACE})?{_UNDER_NAME}"
    rf"|(?:(?:(?:who|which){SPACE})?(?:(?:now|formerly|previously|also){SPACE})?"
    rf"(?:trading|trades|traded|sailing|sails|sailed){SPACE}as)"
    rf"|(?:(?:which|that){SPACE})?(?:will|would|is{SPACE}to|was{SPACE}to){SPACE}be{SPACE}renamed"
    rf"|(?:(?:has|had){SPACE})?renamed{SPACE}itself"
    rf"|{RELATIVE}known{SPACE}(?:until|before){SPACE}[^,.;()\n]{{3,30}}?{SPACE}as)(?:{SPACE}as)?{_BEFORE_NAME}"
    rf"|,\s(?:real{SPACE}name|nom{SPACE}de{SPACE}guerre|an{SPACE}alias{SPACE}(?:of|for)"
    rf"|(?:the|an?){SPACE}(?:[a-z-]+{SPACE}){{1,3}}?{FORMER_TIME}{SPACE}{CALLED}){_BEFORE_NAME}"
)
"""Words that give somebody's other name: "whose real name is", "who goes by the name"."""
_NAMING_PIVOTS: Final = (
    *(" name ", " alias ", " nom de guerre ", " pseudonym ", "trading as", "trades as", "traded as", "sailing as"),
    *("sails as", "sailed as", "be renamed", "renamed itself", "known until", "known before"),
    *(f" {time} " for time in FORMER_TIMES),
)
_OR: Final = lazy_pattern(r"\sor\s(?:the\s)?[\"“‘']?(?=[^\W\d_a-z])")
_NOTE: Final = r"(?:\s?\[[^\[\]\s]{1,8}\])?"
"""A footnote mark such as "[1]"."""
_BETWEEN_WORDS: Final = lazy_pattern(
    rf"{_NOTE}(?:[,;]?{_NOTE}\s{RELATIVE}(?:{ADVERB}{SPACE}{CALLED}|{TIME}{SPACE}{CALLED}|{AKA})"
    rf"|,{_NOTE}\s(?:{FORMER_TIME}|now|{MAIDEN}|born|or{SPACE}simply)){_BEFORE_NAME}"
)
_PIVOTS: Final = (
    *VERBS,
    *(f" {word} " for word in AKA_WORDS),
    *(f", {word} " for word in (*FORMER_TIMES, "now", "née", "nee", "né", "born", "or simply")),
)
"""Words of which every bridge outside parentheses contains one."""
_SCRIPTS: Final = frozenset(
    {"Lit", "Literally", "Pinyin", "IAST", "RTGS", "Devanagari", "Cyrillic", "Romaji", "Hangul", "Hanja", "Kanji"}
    | {"romanized", "romanised", "transliterated", "Romanization", "Transliteration"}
)
_BUCKET_BITS: Final = 12
"""Bridges are sorted in buckets of 4,096 code points."""
_WINDOW: Final = 60
"""How far a bridge may reach before and after its pivot (code points)."""
_FOOTNOTE: Final = lazy_pattern(r"\[[^\[\]\s]{1,8}\]$")
_LONGEST_INSERT: Final = 120
"""The longest parenthesis between a name and its bridge that is skipped (code points)."""
_LONGEST_FOOTNOTE: Final = 10
"""The longest mark of a footnote after a name, with space (code points)."""


class Bridge(NamedTuple):
    """The span between two names, in code points, and the cue that it contains."""

    start: int
    end: int
    cue: Cue
    tight: bool
    """Whether it is in parentheses, so that it belongs to the name directly before it."""


def find_bridges(text: str) -> list[Bridge]:
    """Return the spans that join two names if a name ends before and another starts after them, in text order.

    The time is linear in the length of the text.
    """
    bridges = {*_in_parentheses(text), *_between_words(text), *_alternatives(text)}
    return sorted_by_bucket(bridges, lambda bridge: bridge.start >> _BUCKET_BITS)


def _in_parentheses(text: str) -> Iterator[Bridge]:
    offset = text.find("(")
    while offset >= 0:
        name_end = _name_end(text, _before_space(text, offset)) if offset else 0
        if name_end:
            bridge = _from_bracket(text, offset, name_end)
            if bridge is not None:
                yield bridge
            yield from _languages_inside(text, offset, name_end)
        offset = text.find("(", offset + 1)


def _from_bracket(text: str, offset: int, name_end: int) -> Bridge | None:
    """Return the bridge that the first words of a bracket form, or None."""
    window = (offset, offset + _WINDOW)
    match = _IN_PARENTHESES.match(text, *window)
    if match is None or (match["language"] and not _is_language(match["language"])):
        bare = _CODE.match(text, *window) or _BARE.match(text, *window)
        return Bridge(name_end, bare.end(), Cue.BRACKETED, True) if bare is not None else None
    return Bridge(name_end, match.end(), cue_of(match["words"]) if match["words"] else Cue.TRANSLATED, True)


def _languages_inside(text: str, offset: int, name_end: int) -> Iterator[Bridge]:
    """Yield a bridge for each language that a bracket names after its first words."""
    end = text.find(")", offset, offset + _LONGEST_BRACKET)
    if end < 0 or text.find(":", offset, end) < 0:
        return
    for match in _LANGUAGE.finditer(text, offset + 1, end):
        if _is_language(match["language"]):
            yield Bridge(name_end, match.end(), Cue.TRANSLATED, True)


def _between_words(text: str) -> Iterator[Bridge]:
    for pivot in _PIVOTS:
        offset = text.find(pivot)
        while offset >= 0:
            for match in _BETWEEN_WORDS.finditer(text, max(0, offset - _WINDOW), offset + _WINDOW):
                words = match[0]
                if match.start() <= offset < match.end() and "\n\n" not in words and not is_active(words):
                    yield Bridge(_name_end(text, match.start()), match.end(), cue_of(words), False)
            offset = text.find(pivot, offset + 1)


def _alternatives(text: str) -> Iterator[Bridge]:
    for pivot in _CLAUSE_PIVOTS:
        offset = text.find(pivot)
        while offset >= 0:
            for match in _CLAUSE.finditer(text, max(0, offset - _WINDOW), offset + _WINDOW):
                if match.start() <= offset < match.end():
                    yield Bridge(_name_end(text, match.start()), match.end(), Cue.FORMERLY, False)
            offset = text.find(pivot, offset + 1)
    for pivot in _NAMING_PIVOTS:
        offset = text.find(pivot)
        while offset >= 0:
            for match in _NAMING.finditer(text, max(0, offset - _WINDOW), offset + _WINDOW):
                if match.start() <= offset < match.end() and "\n\n" not in match[0]:
                    yield Bridge(_name_end(text, match.start()), match.end(), cue_of(match[0]), False)
            offset = text.find(pivot, offset + 1)
    offset = text.find(" or ")
    while offset >= 0:
        alternative = _OR.match(text, offset)
        if alternative is not None:
            yield Bridge(_name_end(text, offset), alternative.end(), Cue.OR, False)
        offset = text.find(" or ", offset + 1)


def _before_space(text: str, offset: int) -> int:
    return offset - 1 if offset and text[offset - 1].isspace() else offset


def _name_end(text: str, offset: int) -> int:
    """Return where the name before a bridge ends: before a footnote, a short parenthesis and a closing quote."""
    footnote = _FOOTNOTE.search(text, max(0, offset - _LONGEST_FOOTNOTE), offset)
    if footnote is not None:
        offset = footnote.start()
    if offset and text[offset - 1] == ")":
        opening = text.rfind("(", max(0, offset - _LONGEST_INSERT), offset)
        if opening > 0:
            offset = _before_space(text, opening)
    return offset - 1 if offset and text[offset - 1] in "\"”’'" else offset


def _is_language(words: str) -> bool:
    """Return whether words before a colon name a language, or "Lit" or "Pinyin": "(Greek: Y)"."""
    last = words.split()[-1]
    if tables.countries_of_demonym(last) or last in _SCRIPTS:
        return True
    return any(entry.label in {"NORP", "LANGUAGE"} for entry in tables.organizations_of(last))
