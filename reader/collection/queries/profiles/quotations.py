"""Find who is quoted: `“…,” Okonkwo told reporters`, `Okonkwo said: “…”`, `“…”, said Okonkwo. “…”`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

_QUOTE: Final = lazy_pattern(
    r"“([^“”]{3,1000})[”\"]|\"([^\"“”]{3,1000})\"|«\s?([^«»]{3,1000}?)\s?»|„([^„“”]{3,1000})[“”]|「([^「」]{2,500})」"
)
_PARAGRAPH_END: Final = lazy_pattern(r"\n[^\S\n]*\n")
_VERBS: Final = (
    r"said|says|say|added|adds|wrote|writes|asked|asks|replied|replies|answered|explained|explains|argued"
    r"|argues|claimed|claims|insisted|insists|warned|warns|stated|states|noted|notes|declared|declares|announced|tweeted"
    r"|recalled|recalls|admitted|admits|remarked|commented|concluded|continued|testified"
)
_VERB: Final = rf"(?:{_VERBS}|told|tells)"
_OTHER: Final = r"[^“”\"«»„「」.!?]"
"""A character within one clause."""
_SPEAKER_FIRST: Final = lazy_pattern(
    rf"(?!['’]s\b)(?:{_OTHER}{{0,40}}\b|, [^“”\"«»„「」.!?,]{{1,80}}, ){_VERB}\b{_OTHER}{{0,40}}[,:]?\s*", re.IGNORECASE
)
"""What is between a speaker and a quote: " said:", ", the mayor of Brno, told reporters that "."""
_OTHER_SUBJECT: Final = lazy_pattern(rf", (?!{_VERB}\b)[^,]*\b{_VERB}\b", re.IGNORECASE)
"""A clause with a subject of its own after the name: "Asked by Okonkwo, the witness said: “…”"."""
_DESCRIBED: Final = r"(?:(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Aa]n?|[Aa]s)\b[^“”\"«»„「」.!?A-Z]{0,60})?"
_TITLE: Final = r"(?:[A-Z][\w.’'-]{0,20} ){0,4}"
_NOUN: Final = (
    r"(?!(?:of|at|from|for|in|to|about|with|on|and|that|as|when|before|after|by)\b)(?:[a-z][\w’'-]*|[A-Z]{2,6})"
)
_VERB_THEN_SPEAKER: Final = lazy_pattern(
    rf"[,.]?\s*(?:\w+ly )?(?:{_VERBS}|according\sto)"
    rf"(?: {_OTHER}{{1,80}}\b[a-z][\w-]*, {_TITLE}| (?:[A-Z][\w-]{{0,20}}['’]s? )?(?:{_NOUN} ){{0,5}}{_TITLE})"
)
"""What is between a quote and its speaker with the verb first: ", said the tired ", ", said its chair, Professor "."""
_SPEAKER_THEN_VERB: Final = lazy_pattern(rf"[,.]?\s*{_DESCRIBED}{_TITLE}")
"""What is between a quote and its speaker with the verb after: ", his lawyer, Sir "."""
_SENTENCE_QUOTED: Final = lazy_pattern(r"\.[”\"»」“]\Z")
_VERB_AFTER: Final = lazy_pattern(rf"(?!['’]s\b){_OTHER}{{0,40}}\b{_VERB}\b", re.IGNORECASE)
_CONTINUED: Final = lazy_pattern(rf"{_OTHER}{{0,120}}[.,:]\s*")
"""What is between a speaker and the rest of what they said: " told reporters. "."""
_POSSESSIVE: Final = lazy_pattern(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something that a document quotes somebody as saying."""

    quote: str
    sentence: str
    """The sentence with the name of the speaker."""
    source: str
    title: str
    date: str
    start: int
    """The offset of the sentence in the document."""


def find_quotations(rows: Iterable[Sequence[Any]]) -> Iterator[Quotation]:
    """Yield the quotations in passages.

    Args:
        rows: A passage around the speaker's name, the start and end of the name in it, the start and end of its
            sentence in the passage, then source, title, date and the offset of the sentence in the document.
    """
    for passage, start, end, sentence_start, sentence_end, source, title, date, offset in rows:
        first = max((match.end() for match in _PARAGRAPH_END.finditer(passage, 0, start)), default=0)
        paragraph_end = _PARAGRAPH_END.search(passage, end)
        paragraph = passage[first : paragraph_end.start() if paragraph_end else len(passage)]
        sentence = passage[sentence_start:sentence_end]
        for quote in quotes_of_speaker(paragraph, start - first, end - first):
            yield Quotation(quote, sentence, source, title, date, offset)


def quotes_of_speaker(paragraph: str, start: int, end: int) -> list[str]:
    """Return the quotes in a paragraph that belong to the speaker whose name is `paragraph[start:end]`."""
    matches = list(_QUOTE.finditer(paragraph))
    if _POSSESSIVE.match(paragraph, end) or any(match.start() <= start < match.end() for match in matches):
        return []
    before = max((match for match in matches if match.end() <= start), key=re.Match.end, default=None)
    after = min((match for match in matches if match.start() >= end), key=re.Match.start, default=None)
    quotes = []
    if before and _follows_quote(paragraph, before.end(), start, end):
        quotes.append(before)
        if after and _CONTINUED.fullmatch(paragraph, end, after.start()):
            quotes.append(after)
    elif after and _precedes_quote(paragraph[end : after.start()]):
        quotes.append(after)
    return [_words_of(match) for match in quotes]


def _follows_quote(paragraph: str, quote_end: int, start: int, end: int) -> bool:
    """Return whether the speaker at `start:end` said what ends at `quote_end`."""
    if _VERB_THEN_SPEAKER.fullmatch(paragraph, quote_end, start):
        return True
    if _SENTENCE_QUOTED.search(paragraph, quote_end - 2, quote_end):
        return False  # "Reyes said: “It is over.” Marlow said nothing."
    is_subject = _SPEAKER_THEN_VERB.fullmatch(paragraph, quote_end, start) is not None
    return is_subject and _VERB_AFTER.match(paragraph, end) is not None


def _precedes_quote(between: str) -> bool:
    """Return whether the words between a name and a quote make the name the speaker's."""
    if _SPEAKER_FIRST.fullmatch(between) is None:
        return False
    clause = _OTHER_SUBJECT.match(between)
    return clause is None or between.startswith(", who ")


def _words_of(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None).strip().rstrip(",")
