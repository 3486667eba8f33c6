"""Cue words: what a text says between a name and another name for the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

_CUE: Final = re.compile(
    r",?\s{1,2}(?:(?:(?:who|which|that)\s(?:is|was|were|are)\s|(?:is|was|were|are)\s)?"
    r"(?P<aka>(?:(?:also|better|more\scommonly|commonly|popularly|otherwise|sometimes|usually|often|variously|"
    r"internationally|locally)\s(?:known|called|referred\sto|spelled|written|named)"
    r"(?:\ssimply|\sin\s\w{4,12})?(?:\sas|\sby\sthe\sname)?"
    r"|known\s(?:simply\s)?as|abbreviated\s(?:as|to)|aka|a\.k\.a\.,?|a/k/a|alias))"
    r"|(?P<formerly>(?:(?:formerly|previously|originally|once)(?:\s(?:known|called|named))?|now\s(?:known|called))(?:\sas)?)"
    r"|(?P<so>the\sso-called))\s(?=[\"“‘']?(?:the\s)?[\"“‘']?[^\W\d_])"
    r"|(?:,\s{1,2}or(?:\ssimply)?|(?<=\w)\sor(?=\s[A-Z]{2}|\s[\"“]))(?P<or>\s)(?=[\"“‘']?(?:the\s)?[\"“‘']?[^\W\d_a-z])"
)


class Cue(StrEnum):
    """How a text says that two names are one. The values are ids of merging rules."""

    DEFINED = "defined"
    """One is short for the other, in parentheses."""
    QUOTED = "quoted"
    """One is introduced in quotation marks."""
    ALSO_KNOWN_AS = "also-known-as"
    KNOWN_AS = "known-as"
    FORMERLY = "formerly"
    SO_CALLED = "so-called"
    OR = "or"
    TRANSLATED = "translated"


_CUES: Final = {"aka": Cue.ALSO_KNOWN_AS, "formerly": Cue.FORMERLY, "so": Cue.SO_CALLED, "or": Cue.OR}
_PIVOTS: Final = (
    *(
        (word, 40)
        for word in ("known", "called", "referred", "spelled", "written", "named", "abbreviated", "so-called")
    ),
    *((word, 24) for word in ("aka", "a.k.a", "a/k/a", "alias", "formerly", "previously", "originally", "once")),
    *((word, 2) for word in (" or ", " or\n", "\nor ")),
)
"""What a cue has in it, and how far before that the cue may start (code points)."""
_AFTER: Final = 60


def find_cues(text: str, start: int, stop: int) -> Iterator[tuple[int, int, Cue]]:
    """Yield where each cue of a stretch starts and ends, and its rule.

    They are found by their words first, which is much faster than the pattern.
    """
    seen: set[int] = set()
    for pivot, before in _PIVOTS:
        at = text.find(pivot, start, stop)
        done = start
        while at >= 0:
            for match in _CUE.finditer(text, max(done, at - before), min(stop, at + _AFTER)):
                if match.start() > at:
                    break
                done = match.end()
                if match.end() > at and match.start() not in seen:
                    seen.add(match.start())
                    kind = match.lastgroup or "aka"
                    known_as = kind == "aka" and match[kind].startswith("known")
                    yield match.start(), match.end(), Cue.KNOWN_AS if known_as else _CUES[kind]
            at = text.find(pivot, at + len(pivot), stop)
