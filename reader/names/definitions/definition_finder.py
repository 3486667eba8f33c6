"""Definitions: where a text itself says what a short form or another name stands for.

Parentheses are read in both directions as in Schwartz & Hearst, "A Simple Algorithm for Identifying Abbreviation
Definitions in Biomedical Text" (PSB 2003). Cues such as "also known as" join the names on their two sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from reader.names.acronyms import INNER, SYLLABLES, acronym_score
from reader.names.definitions.bracket_notes import is_biographical, is_bracket_note
from reader.names.definitions.cue_ids import Cue
from reader.names.definitions.cues import ADVERB, AKA, CALLED, FORMER_TIME, MAIDEN, SPACE, TIME, cue_of, find_cues
from reader.names.name_breaks import ends_sentence, name_break
from reader.names.tables import country_of, stop_words, without_legal_form
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple
from reader.structures.yielding_sort import sorted_by_bucket

_PARENTHESIS: Final = lazy_pattern(r"[(\[]([^()\[\]]{2,160})[)\]]")
_PARAGRAPH_END: Final = lazy_pattern(r"\n")
"""A line break, which in a text in normal form separates blocks. Not a sentence end: definitions may contain periods
("formerly St. Mary's Inc.")."""
_SHORT: Final = lazy_pattern(r"[^\W_][\w.&/+'’-]{1,12}(?: [\w.&/+'’-]{1,10})?")
_LEAD: Final = lazy_pattern(
    r"(?P<shortened>(?:abbreviated|abbr\.|acronym)(?:\s+(?:as|to|for|:))?\s*:?\s+)"
    rf"|(?:{ADVERB}{SPACE})?(?:{TIME}{SPACE})?{CALLED}\s+"
    r"|(?:abbreviation|short|shortened)(?:\s+(?:as|to|for|:))?\s*:?\s+"
    rf"|(?:{AKA}|{MAIDEN}|{FORMER_TIME}|born)\s+"
    r"|(?P<neutral>(?:hereafter|hereinafter|henceforth|or|also|now|simply|the)\s+)",
    re.IGNORECASE,
)
"""Words that introduce a name in parentheses. Those in a named group may introduce a short form or another name."""
_WORD: Final = lazy_pattern(r"[^\W_](?:[\w.&/’'-]*[^\W_]|)\.?")
_WINDOW: Final = 240
"""How far before and after a parenthesis or cue its names may reach (code points)."""
_BUCKET_BITS: Final = 12
"""Definitions are sorted in buckets of 4,096 code points."""
_MOST_WORDS: Final = 10
"""Words in the longest name that is found by its capitals."""
_OPENING: Final = "\"“‘'(["
_CLOSING: Final = "\"”’'"
_MOST_PARTS_OF_SEAT: Final = 4
"""Parts between commas from the name of a company to the end of its seat: town, region, country."""
_GIVES_NAME: Final = lazy_pattern(rf"\b(?:{MAIDEN}|{FORMER_TIME}|{AKA})(?!\w)", re.IGNORECASE)
"""Words that introduce a name even in a bracket about somebody's birth or age: "née Lopez, 41"."""
_PIECE: Final = lazy_pattern(r"[^,;:]+")
_PART: Final = lazy_pattern(r"(?:(?! or | and | / ).)+", re.DOTALL)
_PRONOUNS: Final = frozenset({"He", "I", "It", "She", "That", "They", "This", "We", "You"})
_NOT_IN_NAME: Final = frozenset({"a", "an", "and", "as", "at", "by", "from", "in", "or", "to", "with"})
_LONGEST_NAME: Final = 100
"""The longest name in parentheses (code points)."""


class Definition(NamedTuple):
    """Two spans of a text that name the same thing according to the text; offsets in code points, end exclusive."""

    short_start: int
    short_end: int
    long_start: int
    long_end: int
    cue: Cue


def find_definitions(text: str, start: int = 0, end: int | None = None) -> list[Definition]:
    """Return the definitions between two offsets, in text order. None crosses the end of a paragraph.

    The time is linear in the length of the span: each parenthesis and each cue reads a limited window around it.
    """
    limit = len(text) if end is None else min(end, len(text))
    definitions = {*_parenthesized(text, start, limit), *_cued(text, start, limit)}
    return sorted_by_bucket(
        definitions,
        lambda d: min(d.short_start, d.long_start) >> _BUCKET_BITS,
        lambda d: (min(d.short_start, d.long_start), d),
    )


def _parenthesized(text: str, start: int, limit: int) -> Iterator[Definition]:
    for match in _PARENTHESIS.finditer(text, start, limit):
        if _PARAGRAPH_END.search(match[1]) or match.start() == start or not text[match.start() - 1].isspace():
            continue
        biographical = is_biographical(match[1])
        for name_start, name_end, cue in _candidates(text, *match.span(1)):
            if is_bracket_note(text[name_start:name_end]) or (biographical and not _introduces_name(cue, match[1])):
                continue
            definition = _definition_before(text, start, match.start(), name_start, name_end, cue)
            if definition is not None:
                yield definition


def _introduces_name(cue: Cue, bracket: str) -> bool:
    """Return whether a biographical bracket introduces a name: "née Lopez, 41", "also known as Abu Dar, 41"."""
    return cue == Cue.ALSO_KNOWN_AS or _GIVES_NAME.search(bracket) is not None


def _candidates(text: str, start: int, end: int) -> Iterator[tuple[int, int, Cue]]:
    """Yield the span of each part of a parenthesis that may be a name, and the cue of the words that introduce it."""
    for piece in _PIECE.finditer(text, start, end):
        if text[piece.end() : piece.end() + 1] == ":":
            continue
        for part in _PART.finditer(text, *piece.span()):
            name_start, cue = _skip_lead(text, *part.span())
            name_end = part.end()
            while name_end > name_start and text[name_end - 1].isspace():
                name_end -= 1
            if name_end - name_start >= 4 and text[name_start] in _OPENING and text[name_end - 1] in _CLOSING:
                name_start, name_end, cue = name_start + 1, name_end - 1, Cue.QUOTED if cue == Cue.DEFINED else cue
            if name_end - name_start >= 2:
                yield name_start, name_end, cue


def _skip_lead(text: str, start: int, end: int) -> tuple[int, Cue]:
    """Return the offset after words such as "formerly known as", and the cue that they express."""
    cue = Cue.DEFINED
    while True:
        while start < end and text[start].isspace():
            start += 1
        lead = _LEAD.match(text, start, end)
        if lead is None or lead.end() >= end:
            return start, cue
        start = lead.end()
        if cue is Cue.DEFINED:
            cue = cue_of(lead[0]) if lead.lastgroup is None else Cue.DEFINED


def _definition_before(
    text: str, start: int, opening: int, inner_start: int, inner_end: int, cue: Cue
) -> Definition | None:
    """Return the definition that a name in parentheses forms with the words before the parenthesis.

    Args:
        text: The text.
        start: The offset before which nothing is read.
        opening: The offset of the parenthesis.
        inner_start: The start of the name in parentheses.
        inner_end: Its end.
        cue: The cue of the words that introduce it.
    """
    window_start = _window_start(text, start, opening)
    outer_end = opening
    while outer_end > window_start and text[outer_end - 1] in " \t\n\"”’'":
        outer_end -= 1
    inner = text[inner_start:inner_end]
    if cue in {Cue.DEFINED, Cue.QUOTED}:
        if _is_short_form(inner):
            word_count = max(2, min(len(inner) + 5, len(inner) * 2))
            words_start = _sentence_start(text, _last_words(text, window_start, outer_end, word_count), outer_end)
            long_start = best_long_form(inner, words_start, text, outer_end)
            if long_start is not None:
                return Definition(inner_start, inner_end, long_start, outer_end, cue)
        short_start = _last_short_form(text, window_start, outer_end)
        if short_start is not None and acronym_score(text[short_start:outer_end], _joined(inner)) >= INNER:
            return Definition(short_start, outer_end, inner_start, inner_end, cue)
        if cue is Cue.DEFINED:
            return None
    name_end = _name_end(text, window_start, opening)
    name_start = _name_start(text, window_start, name_end)
    if name_start is None or not _may_be_name(inner):
        return None
    if cue is Cue.QUOTED and text[max(0, name_start - 2) : name_start] == ", ":
        company = _company_before(text, window_start, name_start - 2)
        if company is not None:
            return Definition(inner_start, inner_end, *company, cue)
        if country_of(text[name_start:name_end]) is not None:
            return None
    return Definition(inner_start, inner_end, name_start, name_end, cue)


def _company_before(text: str, window_start: int, comma: int) -> tuple[int, int] | None:
    """Return the span of the company whose seat ends at a comma: "Marlow Ltd, Oslo, Norway"; None without one."""
    for _ in range(_MOST_PARTS_OF_SEAT):
        start = _name_start(text, window_start, comma)
        if start is None:
            return None
        base = without_legal_form(text[start:comma])
        if base and base != text[start:comma]:
            return start, comma
        if text[max(0, start - 2) : start] != ", ":
            return None
        comma = start - 2
    return None


def _joined(text: str) -> str:
    return " ".join(text.split())


def _may_be_name(text: str) -> bool:
    """Return whether a text has a capitalized word and is not too long for a name."""
    return len(text) <= _LONGEST_NAME and any(word[:1].isupper() for word in text.split())


def _is_short_form(text: str) -> bool:
    """Return whether a text may be a short form: one or two words with at least two capitals."""
    return (
        _SHORT.fullmatch(text) is not None
        and any(map(str.isalpha, text))
        and sum(map(str.isupper, text)) >= 2
        and len(text.split()) <= 2
    )


def _window_start(text: str, start: int, offset: int) -> int:
    """Return where the window before an offset starts: in the same paragraph, at most 240 code points before it."""
    window_start = max(start, offset - _WINDOW)
    for match in _PARAGRAPH_END.finditer(text, window_start, offset):
        window_start = match.end()
    return window_start


def _last_words(text: str, window_start: int, window_end: int, count: int) -> int:
    """Return the offset at which the last `count` words of text[window_start:window_end] start."""
    offset = window_end
    for _ in range(count):
        while offset > window_start and text[offset - 1].isspace():
            offset -= 1
        while offset > window_start and not text[offset - 1].isspace():
            offset -= 1
    return offset


def _last_short_form(text: str, window_start: int, window_end: int) -> int | None:
    """Return where the last word of text[window_start:window_end] starts if it may be a short form, else None."""
    offset = window_end
    while offset > window_start and not text[offset - 1].isspace():
        offset -= 1
    while offset < window_end and text[offset] in "\"“‘'(":
        offset += 1
    return offset if _is_short_form(text[offset:window_end]) else None


def best_long_form(short: str, window_start: int, text: str, window_end: int) -> int | None:
    """Return where the long form of `short` starts in text[window_start:window_end], or None if there is none.

    The characters of the short form are matched from right to left, the first one at the start of a word
    (Schwartz & Hearst 2003, `findBestLongForm`). Then more than half of the letters must be initials of the long form,
    and two thirds of its words, stop words not counted, must start with one of the letters.
    """
    offset = window_end
    for number in range(len(short) - 1, -1, -1):
        char = short[number].lower()
        if not char.isalnum():
            continue
        offset -= 1
        while offset >= window_start and (
            text[offset].lower() != char or (number == 0 and offset > 0 and text[offset - 1].isalnum())
        ):
            offset -= 1
        if offset < window_start:
            return None
    if offset > window_start:
        offset = max(
            text.rfind(" ", window_start, offset) + 1, text.rfind("\n", window_start, offset) + 1, window_start
        )
    while offset < window_end and not text[offset].isalnum():
        offset += 1
    long = text[offset:window_end]
    words = _WORD.findall(long)
    letters = [char for char in short if char.isalnum()]
    if len(long) <= len(short) or short in words or len(words) > min(len(letters) + 5, len(letters) * 2):
        return None
    initials = {part[0].lower() for word in words for part in re.split(r"[-/]", word) if part}
    initial_count = sum(char.lower() in initials for char in letters)
    content_words = [word for word in words if word not in stop_words()]
    abbreviated_count = sum(word[0].lower() in {char.lower() for char in letters} for word in content_words)
    plausible = initial_count * 2 > len(letters) and abbreviated_count * 3 >= len(content_words) * 2
    return offset if plausible else None


def _cued(text: str, start: int, limit: int) -> Iterator[Definition]:
    for cue_start, cue_end, cue in find_cues(text, start, limit):
        window_start = _window_start(text, start, cue_start)
        long_end = _name_end(text, window_start, cue_start)
        if _PARAGRAPH_END.search(text, long_end, cue_end):
            continue
        short_start = cue_end
        while short_start < limit and (text[short_start] in "\"“‘'" or text.startswith("the ", short_start)):
            short_start += 1 if text[short_start] in "\"“‘'" else 4
        short_end = _capitalized_end(text, short_start, min(limit, short_start + _WINDOW))
        long_start = _name_start(text, window_start, long_end)
        if short_end is None or long_start is None or long_start >= long_end:
            continue
        definition = Definition(short_start, short_end, long_start, long_end, cue)
        if cue != Cue.OR or _or_defines(text, definition, cue_start):
            yield definition


def _name_end(text: str, window_start: int, offset: int) -> int:
    """Return where the name before a cue ends: before quotes, commas and one parenthesis."""
    while offset > window_start and text[offset - 1] in " \t\n\"”’'),":
        opening = text.rfind("(", window_start, offset) if text[offset - 1] == ")" else -1
        offset = opening if opening >= 0 else offset - 1
    return offset


def _or_defines(text: str, definition: Definition, cue_start: int) -> bool:
    """Return whether "X, or Y" gives two names of one thing.

    One is the acronym of the other, or a comma precedes "or" and Y is in quotes.
    """
    long = _joined(text[definition.long_start : definition.long_end])
    short = _joined(text[definition.short_start : definition.short_end])
    if acronym_score(short, long) >= SYLLABLES or acronym_score(long, short) >= SYLLABLES:
        return True
    previous = text[definition.short_start - 1 : definition.short_start]
    return text[cue_start : cue_start + 1] == "," and previous in {'"', "“"}


def _name_start(text: str, window_start: int, window_end: int) -> int | None:
    """Return where the capitalized name that ends at `window_end` starts, or None if none ends there."""
    start: int | None = None
    offset = window_end
    for _ in range(_MOST_WORDS):
        word_end = offset
        while offset > window_start and not text[offset - 1].isspace():
            offset -= 1
        has_opening = text[offset : offset + 1] != "" and text[offset] in _OPENING
        word = text[offset:word_end].lstrip(_OPENING)
        if not word or (start is not None and word[-1] in ',;:)”"'):
            break
        if word[0].isupper() or (word[0].isdigit() and start is not None) or _has_article_prefix(word):
            start = word_end - len(word)
        elif word not in stop_words() or start is None:
            break
        if has_opening:
            break
        while offset > window_start and text[offset - 1].isspace():
            offset -= 1
    if start is None:
        return None
    start = _sentence_start(text, start, window_end)
    return None if text[start:window_end] in _PRONOUNS else start


def _sentence_start(text: str, start: int, end: int) -> int:
    """Return the start of the last sentence in `text[start:end]`, the end of a name."""
    while (sentence := name_break(text, start, end)) is not None:
        start = sentence[1]
    return start


def _has_article_prefix(word: str) -> bool:
    """Return whether a word is a name after a transliterated article: "al-Sudani"."""
    return re.match(r"(?:al|el|ul|ad|an|as|ash|ar)-[^\W\d_]", word) is not None and any(map(str.isupper, word))


def _capitalized_end(text: str, window_start: int, window_end: int) -> int | None:
    """Return where the capitalized name that starts at `window_start` ends, or None if none starts there."""
    end: int | None = None
    matches = list(re.finditer(r"\S+", text[window_start:window_end]))[: _MOST_WORDS + 1]
    for match, following in zip_longest(matches, matches[1:]):
        word = match[0]
        bare = word.rstrip(".,;:!?\"”’')]")
        if bare and (bare[0].isupper() or (bare[0].isdigit() and end is not None) or _has_article_prefix(bare)):
            end = window_start + match.start() + len(bare)
            if bare.endswith(("'s", "’s")):
                end -= 2
                break
        elif end is None or bare not in stop_words() or bare in _NOT_IN_NAME:
            break
        if bare != word and (word != bare + "." or following is None or ends_sentence(bare, following[0])):
            break
    return end
