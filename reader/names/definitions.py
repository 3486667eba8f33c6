"""Definitions in a text: where it says itself what a short or other name stands for.

Parentheses are read as in Schwartz & Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions in
Biomedical Text" (PSB 2003), in both directions; cue words ("also known as") join the names on their two sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.names.acronyms import acronym_score
from reader.names.bracket_notes import is_aside, tells_of_a_life
from reader.names.cues import ADVERB, AKA, CALLED, FORMER_TIME, MAIDEN, SPACE, TIME, Cue, cue_of, find_cues
from reader.names.tables import stop_words

_PARENTHESIS: Final = re.compile(r"[(\[]([^()\[\]]{2,160})[)\]]")
_PARAGRAPH_END: Final = re.compile(r"\n[ \t]*\n|[.!?:;”\"][ \t]*\n")
"""Not a sentence end: definitions may contain periods ("formerly St. Mary’s Inc.") but never continue after a line that
ends in punctuation."""
_SHORT: Final = re.compile(r"[^\W_][\w.&/+'’-]{1,12}(?: [\w.&/+'’-]{1,10})?")
_LEAD: Final = re.compile(
    r"(?P<shortened>(?:abbreviated|abbr\.|acronym)(?:\s+(?:as|to|for|:))?\s*:?\s+)"
    rf"|(?:{ADVERB}{SPACE})?(?:{TIME}{SPACE})?{CALLED}\s+"
    r"|(?:abbreviation|short|shortened)(?:\s+(?:as|to|for|:))?\s*:?\s+"
    rf"|(?:{AKA}|{MAIDEN}|{FORMER_TIME}|born)\s+"
    r"|(?P<neutral>(?:hereafter|hereinafter|henceforth|or|also|now|simply|the)\s+)",
    re.IGNORECASE,
)
"""Words that introduce a name in parentheses. Those in a named group may introduce a short form or another name."""
_WORD: Final = re.compile(r"[^\W_](?:[\w.&/’'-]*[^\W_]|)\.?")
_REACH: Final = 240
_NAME_WORDS: Final = 10
_OPENING: Final = "\"“‘'(["
_CLOSING: Final = "\"”’'"
_GIVES_NAME: Final = re.compile(rf"\b(?:{MAIDEN}|{FORMER_TIME}|{AKA})(?!\w)", re.IGNORECASE)
_PIECE: Final = re.compile(r"[^,;:]+")
_PART: Final = re.compile(r"(?:(?! or | and | / ).)+", re.DOTALL)
_NO_PART: Final = frozenset({"a", "an", "and", "as", "at", "by", "from", "in", "or", "to", "with"})


class Definition(NamedTuple):
    """Two stretches of a text that the text itself says are one name; offsets in code points, end exclusive."""

    short_start: int
    short_end: int
    long_start: int
    long_end: int
    cue: Cue


def find_definitions(text: str, start: int = 0, end: int | None = None) -> list[Definition]:
    """Return the definitions between two offsets, in order of place; never one across paragraphs.

    The time is linear in the stretch: each parenthesis and each cue looks at a bounded piece around it.
    """
    stop = len(text) if end is None else min(end, len(text))
    found = {*_parenthesized(text, start, stop), *_cued(text, start, stop)}
    return sorted(found, key=lambda d: (min(d.short_start, d.long_start), d))


def _parenthesized(text: str, start: int, stop: int) -> Iterator[Definition]:
    for match in _PARENTHESIS.finditer(text, start, stop):
        if _PARAGRAPH_END.search(match[1]) or match.start() == start or not text[match.start() - 1].isspace():
            continue
        life = tells_of_a_life(match[1])
        for at, until, cue in _pieces(text, *match.span(1)):
            if is_aside(text[at:until]) or (life and not _told_as_name(cue, match[1])):
                continue
            definition = _defined_before(text, start, match.start(), at, until, cue)
            if definition is not None:
                yield definition


def _told_as_name(cue: Cue, bracket: str) -> bool:
    """Say whether a bracket about a life calls its name one: "née Lopez, 41", "also known as Abu Dar, 41"."""
    return cue == Cue.ALSO_KNOWN_AS or _GIVES_NAME.search(bracket) is not None


def _pieces(text: str, at: int, until: int) -> Iterator[tuple[int, int, Cue]]:
    """Yield each part of a parenthesis that may be a name, without what leads it in, and the cue of that lead."""
    for piece in _PIECE.finditer(text, at, until):
        if text[piece.end() : piece.end() + 1] == ":":
            continue
        for part in _PART.finditer(text, *piece.span()):
            first, cue = _without_lead(text, *part.span())
            last = part.end()
            while last > first and text[last - 1].isspace():
                last -= 1
            if last - first >= 4 and text[first] in _OPENING and text[last - 1] in _CLOSING:
                first, last, cue = first + 1, last - 1, Cue.QUOTED if cue == Cue.DEFINED else cue
            if last - first >= 2:
                yield first, last, cue


def _without_lead(text: str, first: int, last: int) -> tuple[int, Cue]:
    """Return where a part starts after words like "formerly known as", and the cue that they stand for."""
    cue = Cue.DEFINED
    while True:
        while first < last and text[first].isspace():
            first += 1
        lead = _LEAD.match(text, first, last)
        if lead is None or lead.end() >= last:
            return first, cue
        first = lead.end()
        if cue is Cue.DEFINED:
            cue = cue_of(lead[0]) if lead.lastgroup is None else Cue.DEFINED


def _defined_before(text: str, floor: int, paren: int, at: int, until: int, cue: Cue) -> Definition | None:
    """Return the definition that the piece `at:until` of a parenthesis makes with the words before it."""
    left = _window_left(text, floor, paren)
    before_end = paren
    while before_end > left and text[before_end - 1] in " \t\n\"”’'":
        before_end -= 1
    inside = text[at:until]
    if cue in {Cue.DEFINED, Cue.QUOTED}:
        if _short_form(inside):
            words = max(2, min(len(inside) + 5, len(inside) * 2))
            long_at = best_long_form(inside, _last_words(text, left, before_end, words), text, before_end)
            if long_at is not None:
                return Definition(at, until, long_at, before_end, cue)
        match = _last_short(text, left, before_end)
        if match is not None and acronym_score(text[match:before_end], _joined(inside)) >= 0.6:
            return Definition(match, before_end, at, until, cue)
        if cue is Cue.DEFINED:
            return None
    name_end = _name_end(text, left, paren)
    name_at = _name_left(text, left, name_end)
    if name_at is None or not _capital(inside):
        return None
    return Definition(at, until, name_at, name_end, cue)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _capital(text: str) -> bool:
    return any(word[:1].isupper() for word in text.split()) and len(text) <= 100


def _short_form(text: str) -> bool:
    return (
        _SHORT.fullmatch(text) is not None
        and any(map(str.isalpha, text))
        and sum(map(str.isupper, text)) >= 2
        and len(text.split()) <= 2
    )


def _window_left(text: str, floor: int, at: int) -> int:
    left = max(floor, at - _REACH)
    for match in _PARAGRAPH_END.finditer(text, left, at):
        left = match.end()
    return left


def _last_words(text: str, left: int, right: int, count: int) -> int:
    """Return where the last `count` words of text[left:right] start."""
    at = right
    for _ in range(count):
        while at > left and text[at - 1].isspace():
            at -= 1
        while at > left and not text[at - 1].isspace():
            at -= 1
    return at


def _last_short(text: str, left: int, right: int) -> int | None:
    at = right
    while at > left and not text[at - 1].isspace():
        at -= 1
    while at < right and text[at] in "\"“‘'(":
        at += 1
    return at if _short_form(text[at:right]) else None


def best_long_form(short: str, left: int, text: str, right: int) -> int | None:
    """Return where the long form of `short` starts in text[left:right], None where there is none.

    The characters of the short form are matched from right to left, its first one at the start of a word
    (Schwartz & Hearst 2003, `findBestLongForm`). Then the long form must be made of initials for its greater part.
    """
    at = right
    for number in range(len(short) - 1, -1, -1):
        char = short[number].lower()
        if not char.isalnum():
            continue
        at -= 1
        while at >= left and (text[at].lower() != char or (number == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < left:
            return None
    at = max(text.rfind(" ", left, at) + 1, text.rfind("\n", left, at) + 1, left) if at > left else at
    while at < right and not text[at].isalnum():
        at += 1
    long = text[at:right]
    words = _WORD.findall(long)
    letters = [char for char in short if char.isalnum()]
    if len(long) <= len(short) or short in words or len(words) > min(len(letters) + 5, len(letters) * 2):
        return None
    initials = {part[0].lower() for word in words for part in re.split(r"[-/]", word) if part}
    told = sum(char.lower() in initials for char in letters)
    kept = [word for word in words if word not in stop_words()]
    used = sum(word[0].lower() in {char.lower() for char in letters} for word in kept)
    return at if told * 2 > len(letters) and used * 3 >= len(kept) * 2 else None


def _cued(text: str, start: int, stop: int) -> Iterator[Definition]:
    for cue_start, at, cue in find_cues(text, start, stop):
        left = _window_left(text, start, cue_start)
        before_end = _name_end(text, left, cue_start)
        if _PARAGRAPH_END.search(text, before_end, at):
            continue
        while at < stop and (text[at] in "\"“‘'" or text.startswith("the ", at)):
            at += 1 if text[at] in "\"“‘'" else 4
        until = _name_right(text, at, min(stop, at + _REACH))
        name_at = _name_left(text, left, before_end)
        if until is None or name_at is None or name_at >= before_end:
            continue
        if cue == Cue.OR and not _or_defines(text, name_at, before_end, at, until, cue_start):
            continue
        yield Definition(at, until, name_at, before_end, cue)


def _name_end(text: str, left: int, at: int) -> int:
    """Return where the name before a cue ends: before quotes, commas and one parenthesis."""
    while at > left and text[at - 1] in " \t\n\"”’'),":
        opened = text.rfind("(", left, at) if text[at - 1] == ")" else -1
        at = opened if opened >= 0 else at - 1
    return at


def _or_defines(text: str, name_at: int, name_end: int, at: int, until: int, cue: int) -> bool:
    """Say whether "X, or Y," renames X: set off by commas, and one the initials of the other or in quotes."""
    left, right = _joined(text[name_at:name_end]), _joined(text[at:until])
    if acronym_score(right, left) >= 0.85 or acronym_score(left, right) >= 0.85:
        return True
    return text[cue : cue + 1] == "," and text[at - 1 : at] in {'"', "“"}


def _name_left(text: str, left: int, right: int) -> int | None:
    """Return where the capitalized name that ends at `right` starts, None where none ends there."""
    start: int | None = None
    at = right
    for _ in range(_NAME_WORDS):
        word_end = at
        while at > left and not text[at - 1].isspace():
            at -= 1
        opened = text[at : at + 1] != "" and text[at] in _OPENING
        word = text[at:word_end].lstrip(_OPENING)
        if not word or (start is not None and word[-1] in ',;:)”"'):
            break
        if word[0].isupper() or (word[0].isdigit() and start is not None) or _prefixed(word):
            start = word_end - len(word)
        elif word not in stop_words() or start is None:
            break
        if opened:
            break
        while at > left and text[at - 1].isspace():
            at -= 1
    return start


def _prefixed(word: str) -> bool:
    return re.match(r"(?:al|el|ul|ad|an|as|ash|ar)-[^\W\d_]", word) is not None and any(map(str.isupper, word))


def _name_right(text: str, left: int, right: int) -> int | None:
    """Return where the capitalized name that starts at `left` ends, None where none starts there."""
    end: int | None = None
    for number, match in enumerate(re.finditer(r"\S+", text[left:right])):
        word = match[0]
        bare = word.rstrip(".,;:!?\"”’')]")
        if bare and (bare[0].isupper() or (bare[0].isdigit() and end is not None) or _prefixed(bare)):
            end = left + match.start() + len(bare)
            if bare.endswith(("'s", "’s")):
                end -= 2
                break
        elif end is None or bare not in stop_words() or bare in _NO_PART:
            break
        if bare != word or number >= _NAME_WORDS:
            break
    return end
