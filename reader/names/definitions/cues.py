"""Cues: the words by which a text says that two names are one, such as "also known as" and "formerly".

This module declares the phrases once, as pattern fragments, and three patterns are built from them:

- for cues between two capitalized names (`find_cues`, below);
- for the words that introduce a name in parentheses (`reader.names.definitions`);
- for the words between two mentions (`reader.resolve.evidence.bridges`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from reader.names.definitions.cue_ids import Cue
from reader.structures.lazy_pattern import lazy_pattern

SPACE: Final = r"\s[ \t]*"
"""The space between two words of a cue. In wrapped text it is a line break and the indent of the next line."""


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that matches any of the phrases, also across a line break."""
    return "(?:" + "|".join(SPACE.join(map(re.escape, phrase.split())) for phrase in phrases) + ")"


ADVERB: Final = _any_of(
    (
        *("also", "better", "best", "more commonly", "most commonly", "commonly", "popularly", "otherwise"),
        *("sometimes", "usually", "often", "oftentimes", "variously", "informally", "formally", "officially"),
        *("locally", "internationally", "simply", "historically"),
    )
)
"""How a name is used: "better known as"."""
FORMER_TIMES: Final = ("formerly", "previously", "originally", "once")
FORMER_TIME: Final = _any_of(FORMER_TIMES)
"""When a name was used. Such a word is a cue without a verb, too: "formerly Y"."""
_OTHER_TIMES: Final = ("now", "later", "since", "initially", "then", "currently", "subsequently")
TIME: Final = rf"(?:{FORMER_TIME}|{_any_of(_OTHER_TIMES)}|until{SPACE}\d{{4}})"
"""When a name was or is used: "now called"."""
VERBS: Final = (
    *("known", "called", "referred to", "named", "titled", "spelled", "spelt", "translated", "written", "abbreviated"),
    *("nicknamed", "dubbed", "styled", "renamed"),
)
_MANNER: Final = rf"(?:simply|informally|locally|internationally|in{SPACE}\w{{4,12}})"
CALLED: Final = rf"(?:{_any_of(VERBS)}(?:{SPACE}{_MANNER})?(?:{SPACE}(?:as|to|by{SPACE}the{SPACE}name))?)"
"""The verb with what belongs to it: "known simply as", "referred to in Arabic as"."""
RELATIVE: Final = rf"(?:(?:(?:who|which|that){SPACE})?(?:is|was|were|are){SPACE})?"
"""The start of a clause with such a verb: "which is", "was", or nothing."""
AKA_WORDS: Final = ("aka", "a.k.a.", "a/k/a", "alias")
AKA: Final = _any_of(AKA_WORDS)
MAIDEN: Final = "(?:née|nee|né)"

_LETTER_AHEAD: Final = r"(?=[\"“‘']?(?:the\s)?[\"“‘']?[^\W\d_])"
_CAPITAL_AHEAD: Final = r"(?=[\"“‘']?(?:the\s)?[\"“‘']?[^\W\d_a-z])"
_CUE: Final = lazy_pattern(
    rf",?\s{{1,2}}(?:{RELATIVE}"
    rf"(?:(?P<known_as>known(?:{SPACE}{_MANNER})?{SPACE}as)"
    rf"|(?P<also_known_as>{ADVERB}{SPACE}{CALLED}|abbreviated{SPACE}(?:as|to)|{AKA},?)"
    rf"|(?P<formerly>(?:{FORMER_TIME}(?:{SPACE}{CALLED})?|now{SPACE}{CALLED})(?:{SPACE}as)?))"
    rf"|(?P<so_called>the{SPACE}so-called)){SPACE}{_LETTER_AHEAD}"
    rf"|(?:,\s{{1,2}}or(?:{SPACE}simply)?|(?<=\w)\sor(?=\s[A-Z]{{2}}|\s[\"“]))(?P<or_>\s){_CAPITAL_AHEAD}"
)
_ACTIVE: Final = lazy_pattern(
    rf"\s{{1,2}}(?:also|often|oftentimes|sometimes|usually|variously|informally|formally|officially|previously|originally"
    rf"|once){SPACE}(?:called|named|dubbed|nicknamed|styled|titled|renamed){SPACE}"
)
"""The verb of "The Herald once called Ada Quill a witness"."""
_GROUP_CUES: Final = {
    "known_as": Cue.KNOWN_AS,
    "also_known_as": Cue.ALSO_KNOWN_AS,
    "formerly": Cue.FORMERLY,
    "so_called": Cue.SO_CALLED,
    "or_": Cue.OR,
}
_CHANGED: Final = lazy_pattern(rf"\b(?:{TIME}|{MAIDEN}|born|renamed)\b", re.IGNORECASE)
_PIVOTS: Final = (
    *((verb.split()[0], 40) for verb in (*VERBS, "so-called")),
    *((word, 24) for word in (*AKA_WORDS, *FORMER_TIMES)),
    *((word, 2) for word in (" or ", " or\n", "\nor ")),
)
"""A word that every cue contains, and how far before that word the cue may start (code points)."""
_WINDOW_AFTER: Final = 60
"""How far after the start of its pivot a cue may end (code points)."""


def find_cues(text: str, start: int, end: int) -> Iterator[tuple[int, int, Cue]]:
    """Yield the start, the end and the kind of each cue between two offsets.

    The search looks for the pivots first, which is much faster than the pattern.
    """
    cue_starts: set[int] = set()
    for pivot, window_before in _PIVOTS:
        offset = text.find(pivot, start, end)
        searched_to = start
        while offset >= 0:
            window_start = max(searched_to, offset - window_before)
            for match in _CUE.finditer(text, window_start, min(end, offset + _WINDOW_AFTER)):
                if match.start() > offset:
                    break
                searched_to = match.end()
                if is_active(match[0]):
                    continue
                if match.end() > offset and match.start() not in cue_starts:
                    cue_starts.add(match.start())
                    yield match.start(), match.end(), _GROUP_CUES[match.lastgroup or ""]
            offset = text.find(pivot, offset + len(pivot), end)


def is_active(words: str) -> bool:
    """Return whether words between two names say that the bearer of the first one calls that of the second something.

    Without a comma or an auxiliary, "called" is an active verb.
    """
    return _ACTIVE.match(words) is not None


def cue_of(words: str) -> Cue:
    """Return the cue of words that introduce another name: `FORMERLY` if they say that the name changed."""
    return Cue.FORMERLY if _CHANGED.search(words) else Cue.ALSO_KNOWN_AS
