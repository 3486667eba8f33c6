"""Words between two names that make one the other's alias: "X (formerly Y)", "X, better known as Y", "X (Greek: Y)".

`find_definitions` has to guess from capitals where a name starts and ends. Where mentions are known, the words between
two of them say more: a bridge is a stretch of text that means the same when a name stands at each of its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.names import tables
from reader.names.cues import Cue

_HOW: Final = (
    r"(?:also|better|best|more\scommonly|most\scommonly|commonly|popularly|otherwise|sometimes|usually|often|"
    r"oftentimes|informally|formally|officially|locally|internationally|simply|historically)"
)
_WHEN: Final = r"(?:now|later|formerly|previously|originally|initially|once|then|currently|subsequently|until\s\d{4})"
_CALLED: Final = (
    r"(?:known|called|referred\sto|named|titled|spelled|spelt|translated|written|abbreviated|nicknamed|dubbed|styled)"
    r"(?:\s(?:simply|informally|locally|internationally|in\s\w{4,12}))?(?:\sas|\sto|\sby\sthe\sname)?"
)
_AFTER: Final = r"(?:(?<=\()|\s)(?:the\s|The\s)?[\"“‘']?"
_INSIDE: Final = re.compile(
    rf"\((?:(?P<words>(?:(?:{_HOW}\s)?(?:{_WHEN}\s)?{_CALLED}|(?:{_WHEN}|also|or|aka|a\.k\.a\.|alias|n[ée]e|born)"
    r"(?:\ssimply)?))"
    r"|(?:in\s)?(?P<language>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?):"
    rf"|(?P<script>(?=[^\W\d_\u0041-\u024f]))){_AFTER}"
)
_OUTSIDE: Final = re.compile(
    rf"(?:[,;]?\s(?:(?:who|which|that)\s)?(?:(?:is|was|are|were)\s)?(?:{_HOW}\s{_CALLED}|{_WHEN}\s(?:re)?{_CALLED}|"
    r"(?:later|since)\srenamed|aka|a\.k\.a\.)"
    rf"|,\s(?:formerly|now|alias|n[ée]e|born|or\ssimply)){_AFTER}"
)
_PIVOTS: Final = (
    *("known", "called", "referred to", "named", "titled", "spelled", "spelt", "translated", "written", "abbreviated"),
    *("nicknamed", "dubbed", "styled", " aka ", "a.k.a.", ", formerly ", ", now ", ", alias ", ", née ", ", nee "),
    *(", born ", ", or simply "),
)
_LEFT: Final = 60
_RIGHT: Final = 60
_CHANGED: Final = re.compile(
    r"now|later|formerly|previously|originally|initially|once|then|currently|subseq|until|born|n[ée]e|renamed"
)


class Bridge(NamedTuple):
    """A stretch between two names, code points, end exclusive, and the cue that it contains."""

    start: int
    end: int
    cue: Cue
    tight: bool
    """In parentheses, so that it belongs to the name right before it."""


def find_bridges(text: str) -> list[Bridge]:
    """Return the stretches of a text that join two names if there are two; the time is linear in the text."""
    return sorted({*_in_parentheses(text), *_between_words(text)})


def _in_parentheses(text: str) -> Iterator[Bridge]:
    at = text.find("(")
    while at >= 0:
        match = _INSIDE.match(text, at, at + _RIGHT) if at and text[at - 1].isspace() else None
        if match is not None:
            cue = _cue(match["words"]) if match["words"] else Cue.TRANSLATED
            if not match["language"] or _is_language(match["language"]):
                yield Bridge(_before(text, at - 1), match.end(), cue, True)
        at = text.find("(", at + 1)


def _between_words(text: str) -> Iterator[Bridge]:
    for pivot in _PIVOTS:
        at = text.find(pivot)
        while at >= 0:
            for match in _OUTSIDE.finditer(text, max(0, at - _LEFT), at + _RIGHT):
                if match.start() <= at < match.end() and "\n\n" not in match[0]:
                    yield Bridge(_before(text, match.start()), match.end(), _cue(match[0]), False)
            at = text.find(pivot, at + 1)


def _cue(words: str) -> Cue:
    return Cue.FORMERLY if _CHANGED.search(words) else Cue.ALSO_KNOWN_AS


def _before(text: str, at: int) -> int:
    """Return where the name before a bridge ends: before one short parenthesis and a closing quote."""
    if at and text[at - 1] == ")":
        opened = text.rfind("(", max(0, at - 44), at)
        if opened > 0 and text[opened - 1].isspace():
            at = opened - 1
    return at - 1 if at and text[at - 1] in "\"”’'" else at


def _is_language(label: str) -> bool:
    last = label.split()[-1]
    if tables.countries_of_demonym(last) or last in {"Lit", "Literally", "Pinyin"}:
        return True
    return any(entry.label in {"NORP", "LANGUAGE"} for entry in tables.organizations_of(last))
