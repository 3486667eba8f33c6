"""Find who is quoted: `“…,” Okonkwo told reporters`, `Okonkwo said: “…”`, `“…”, said Okonkwo`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

_QUOTE: Final = re.compile(
    r"“([^“”]{3,400})[”\"]|\"([^\"“”]{3,400})\"|«\s?([^«»]{3,400}?)\s?»|„([^„“”]{3,400})[“”]|「([^「」]{2,200})」"
)
_VERB: Final = (
    r"(?:said|says|say|told|tells|added|adds|wrote|writes|asked|asks|replied|replies|answered|explained|explains|argued"
    r"|argues|claimed|claims|insisted|insists|warned|warns|stated|states|noted|notes|declared|declares|announced|tweeted"
    r"|recalled|recalls|admitted|admits|remarked|commented|concluded|continued|testified|according\sto)"
)
_BETWEEN: Final = r"[^“”\"«»„「」.!?]{0,40}"
_SPEAKER_FIRST: Final = re.compile(rf"{_BETWEEN}\b{_VERB}\b{_BETWEEN}[,:]?\s*", re.IGNORECASE)
_AFTER_QUOTE: Final = re.compile(rf"[,.]?\s*(?:{_BETWEEN}\b{_VERB}\b{_BETWEEN})?", re.IGNORECASE)
_VERB_AFTER: Final = re.compile(rf"{_BETWEEN}\b{_VERB}\b", re.IGNORECASE)
_VERB_BEFORE: Final = re.compile(rf"\b{_VERB}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something that a document quotes somebody as saying."""

    quote: str
    sentence: str
    source: str
    title: str
    date: str
    start: int
    """The offset of the sentence in the document."""


def find_quotations(rows: Iterable[Sequence[Any]]) -> Iterator[Quotation]:
    """Yield the quotations in sentences.

    Args:
        rows: A sentence, the start and end of the speaker's name in it, then source, title, date and offset.
    """
    for sentence, start, end, source, title, date, offset in rows:
        for quote in quotes_of_speaker(sentence, start, end):
            yield Quotation(quote, sentence, source, title, date, offset)


def quotes_of_speaker(sentence: str, start: int, end: int) -> list[str]:
    """Return the quotes in a sentence that belong to the speaker whose name is `sentence[start:end]`."""
    quotes = []
    for match in _QUOTE.finditer(sentence):
        first, last = match.span()
        if first <= start < last:
            continue
        text = next(group for group in match.groups() if group is not None)
        if end <= first:
            is_speaker = _SPEAKER_FIRST.fullmatch(sentence[end:first]) is not None
        else:
            between = sentence[last:start]
            has_verb_before = _VERB_BEFORE.search(between) is not None
            has_verb_after = _VERB_AFTER.match(sentence[end:]) is not None
            is_speaker = (has_verb_before or has_verb_after) and _AFTER_QUOTE.fullmatch(between) is not None
        if is_speaker:
            quotes.append(text.strip().rstrip(","))
    return quotes
