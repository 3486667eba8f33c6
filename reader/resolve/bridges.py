"""Words between two names that make one the other's alias: "X (formerly Y)", "X, better known as Y", "X (Greek: Y)".

`find_definitions` has to guess from capitals where a name starts and ends. Where mentions are known, the words between
two of them say more: a bridge is a stretch of text that means the same when a name stands at each of its ends.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.names import tables

_HOW: Final = (
    r"(?:also|better|best|more\scommonly|most\scommonly|commonly|popularly|otherwise|sometimes|usually|often|"
    r"oftentimes|informally|formally|officially|locally|internationally|simply|historically)"
)
_WHEN: Final = r"(?:now|later|formerly|previously|originally|initially|once|then|currently|subsequently|until\s\d{4})"
_CALLED: Final = (
    r"(?:known|called|referred\sto|named|titled|spelled|spelt|translated|written|abbreviated|nicknamed|dubbed|styled)"
    r"(?:\s(?:simply|informally|locally|internationally|in\s\w{4,12}))?(?:\sas|\sto|\sby\sthe\sname)?"
)
_BRIDGE: Final = re.compile(
    r"[\"”’']?(?:\s\([^()\n]{0,40}\))?(?:"
    rf"(?P<open>\s\()(?P<inside>(?:(?:{_HOW}\s)?(?:{_WHEN}\s)?{_CALLED}|(?:{_WHEN}|also|or|aka|a\.k\.a\.|alias|n[ée]e|born)"
    r"(?:\ssimply)?))"
    rf"|[,;]?\s(?:(?:who|which|that)\s)?(?:is|was|are|were)?\s?(?P<outside>{_HOW}\s{_CALLED}|{_WHEN}\s(?:re)?{_CALLED}|"
    rf"(?:later|since)\srenamed|aka|a\.k\.a\.)"
    r"|,\s(?P<bare>formerly|now|alias|n[ée]e|born|or\ssimply)"
    r"|\s\((?:in\s)?(?P<language>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?):"
    r"|\s\((?P<script>(?=[^\W\d_\u0041-\u024f])))"
    r"(?:(?<=\()|\s)(?:the\s|The\s)?[\"“‘']?"
)
_CHANGED: Final = re.compile(
    r"now|later|formerly|previously|originally|initially|once|then|currently|subseq|until|born|n[ée]e|renamed"
)


class Bridge(NamedTuple):
    """A stretch between two names, code points, end exclusive, and the rule that it is evidence for."""

    start: int
    end: int
    rule: str
    tight: bool
    """In parentheses, so that it belongs to the name right before it."""


def find_bridges(text: str) -> list[Bridge]:
    """Return the stretches of a text that join two names if there are two; the time is linear in the text."""
    found: list[Bridge] = []
    for match in _BRIDGE.finditer(text):
        if "\n\n" in match[0]:
            continue
        language = match["language"]
        if language:
            if not _is_language(language):
                continue
            found.append(Bridge(match.start(), match.end(), "translated", True))
            continue
        if match["script"] is not None:
            found.append(Bridge(match.start(), match.end(), "translated", True))
            continue
        words = match["inside"] or match["outside"] or match["bare"] or ""
        rule = "formerly" if _CHANGED.search(words) else "also-known-as"
        found.append(Bridge(match.start(), match.end(), rule, match["open"] is not None))
    return found


def _is_language(label: str) -> bool:
    last = label.split()[-1]
    if tables.countries_of_demonym(last) or last in {"Lit", "Literally", "Pinyin"}:
        return True
    return any(entry.label in {"NORP", "LANGUAGE"} for entry in tables.organizations_of(last))
