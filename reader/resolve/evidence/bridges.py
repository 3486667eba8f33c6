"""Bridges: the words between two names that make one the other's alias, such as "X (formerly Y)" and "X (Greek: Y)".

`find_definitions` has to guess from capital letters where a name starts and ends. Here the mentions are known, so a few
words suffice: the bridge defines an alias when it has a mention directly before and directly after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.names import tables
from reader.names.cue_ids import Cue
from reader.names.cues import (
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
)

_BEFORE_NAME: Final = r"(?:(?<=\()|\s)(?:the\s|The\s)?[\"“‘']?"
_IN_PARENTHESES: Final = re.compile(
    rf"\((?:(?P<words>(?:(?:{ADVERB}{SPACE})?(?:{TIME}{SPACE})?{CALLED}"
    rf"|(?:{TIME}|also|or|{AKA}|{MAIDEN}|born)(?:{SPACE}simply)?))"
    r"|(?:in\s)?(?P<language>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?):"
    rf"|(?P<script>(?=[^\W\d_\u0041-\u024f]))){_BEFORE_NAME}"
)
_BETWEEN_WORDS: Final = re.compile(
    rf"(?:[,;]?\s{RELATIVE}(?:{ADVERB}{SPACE}{CALLED}|{TIME}{SPACE}{CALLED}|{AKA})"
    rf"|,\s(?:{FORMER_TIME}|now|{MAIDEN}|born|or{SPACE}simply)){_BEFORE_NAME}"
)
_PIVOTS: Final = (
    *VERBS,
    *(f" {word} " for word in AKA_WORDS),
    *(f", {word} " for word in (*FORMER_TIMES, "now", "née", "nee", "né", "born", "or simply")),
)
"""Words of which every bridge outside parentheses contains one."""
_WINDOW: Final = 60
"""How far a bridge may reach before and after its pivot (code points)."""
_LONGEST_INSERT: Final = 44
"""The longest parenthesis between a name and its bridge that is skipped (code points)."""


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
    return sorted({*_in_parentheses(text), *_between_words(text)})


def _in_parentheses(text: str) -> Iterator[Bridge]:
    offset = text.find("(")
    while offset >= 0:
        after_space = offset > 0 and text[offset - 1].isspace()
        match = _IN_PARENTHESES.match(text, offset, offset + _WINDOW) if after_space else None
        if match is not None:
            cue = cue_of(match["words"]) if match["words"] else Cue.TRANSLATED
            if not match["language"] or _is_language(match["language"]):
                yield Bridge(_name_end(text, offset - 1), match.end(), cue, True)
        offset = text.find("(", offset + 1)


def _between_words(text: str) -> Iterator[Bridge]:
    for pivot in _PIVOTS:
        offset = text.find(pivot)
        while offset >= 0:
            for match in _BETWEEN_WORDS.finditer(text, max(0, offset - _WINDOW), offset + _WINDOW):
                if match.start() <= offset < match.end() and "\n\n" not in match[0]:
                    yield Bridge(_name_end(text, match.start()), match.end(), cue_of(match[0]), False)
            offset = text.find(pivot, offset + 1)


def _name_end(text: str, offset: int) -> int:
    """Return where the name before a bridge ends: before one short parenthesis and before a closing quote."""
    if offset and text[offset - 1] == ")":
        opening = text.rfind("(", max(0, offset - _LONGEST_INSERT), offset)
        if opening > 0 and text[opening - 1].isspace():
            offset = opening - 1
    return offset - 1 if offset and text[offset - 1] in "\"”’'" else offset


def _is_language(words: str) -> bool:
    """Return whether words before a colon name a language, or "Lit" or "Pinyin": "(Greek: Y)"."""
    last = words.split()[-1]
    if tables.countries_of_demonym(last) or last in {"Lit", "Literally", "Pinyin"}:
        return True
    return any(entry.label in {"NORP", "LANGUAGE"} for entry in tables.organizations_of(last))
