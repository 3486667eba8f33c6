"""Find the phrases of a search in a text, to highlight them and to see what is in one sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from reader.collection.storage.search_phrase import SearchPhrase, fold
from reader.document.sentences import sentence_at
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

_WORD: Final = lazy_pattern(r"[^\W_]+")
_LETTER: Final = r"[^\W_]"
_LONGEST: Final = 400
"""Code points of an excerpt. Longer sentences are cut."""
_MOST_MATCHES: Final = 200
"""Matches of a phrase that are looked at in one text."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a document, with what was searched for in it."""

    start: int
    """The offset in the document, in code points."""
    text: str
    highlights: tuple[tuple[int, int], ...] = ()
    """Spans in the excerpt, sorted and without overlaps."""


def phrase_spans(text: str, phrase: SearchPhrase) -> list[tuple[int, int]]:
    """Return where a phrase occurs in a text, in order. Case and accents make no difference."""
    if phrase.is_unspaced:
        return _spans(phrase, text)
    folded, has_others = _folded_in_place(text)
    if not has_others:
        return _spans(phrase, folded)
    return sorted({*_spans(phrase, folded), *_spans_by_word(text, phrase)})[:_MOST_MATCHES]


def _spans(phrase: SearchPhrase, folded: str) -> list[tuple[int, int]]:
    return [match.span() for match in islice(_pattern(phrase).finditer(folded), _MOST_MATCHES)]


@lru_cache(maxsize=4)
def _folded_in_place(text: str) -> tuple[str, bool]:
    """Return a text with each character folded that stays one, and whether it has others: "ß", a letter and its mark.

    The offsets stay those of the text. A search has several phrases for each text.
    """
    if text.isascii():
        return text.lower(), False
    folded = {char: fold(char) for char in set(text)}
    in_place = text.translate({ord(char): form for char, form in folded.items() if len(form) == 1})
    has_others = any(len(form) != 1 and (char.isalnum() or not form) for char, form in folded.items())
    return in_place, has_others or not unicodedata.is_normalized("NFC", text)


@lru_cache(maxsize=256)
def _pattern(phrase: SearchPhrase) -> re.Pattern[str]:
    words = map(re.escape, phrase.words)
    if phrase.is_unspaced:
        return re.compile("".join(words))
    end = "" if phrase.is_prefix else rf"(?!{_LETTER})"
    return re.compile(rf"(?<!{_LETTER})" + r"[\W_]+".join(words) + rf"{_LETTER}*" * phrase.is_prefix + end)


def _spans_by_word(text: str, phrase: SearchPhrase) -> list[tuple[int, int]]:
    """Compare word by word: slower, but accents make no difference."""
    first, spans = phrase.words[0], list[tuple[int, int]]()
    words = [(match.start(), match.end(), _folded(match[0])) for match in _WORD.finditer(text)]
    count = len(phrase.words)
    for index in range(len(words) - count + 1):
        if not words[index][2].startswith(first):
            continue
        folded = tuple(word for _, _, word in words[index : index + count])
        last_matches = folded[-1].startswith(phrase.words[-1]) if phrase.is_prefix else folded[-1] == phrase.words[-1]
        if folded[:-1] == phrase.words[:-1] and last_matches:
            spans.append((words[index][0], words[index + count - 1][1]))
    return spans


_folded: Final = lru_cache(maxsize=1 << 16)(fold)


def best_sentence(text: str, groups: Sequence[Sequence[tuple[int, int]]]) -> tuple[int, int]:
    """Return the span of the sentence with the most kinds of matches, the first of several; else of the first one.

    Args:
        text: The text.
        groups: The spans of each phrase.
    """
    best, best_kinds = sentence_around(text, 0), 0
    for start, _ in sorted(span for spans in groups for span in spans)[:_MOST_MATCHES]:
        sentence = sentence_around(text, start)
        kinds = sum(any(sentence[0] <= first < sentence[1] for first, _ in spans) for spans in groups)
        if kinds > best_kinds:
            best, best_kinds = sentence, kinds
            if kinds == len(groups):
                break
    return best


def sentence_around(text: str, offset: int) -> tuple[int, int]:
    """Return the span of the sentence at an offset. Blank lines separate paragraphs."""
    blank_line = text.rfind("\n\n", 0, offset)
    paragraph_end = text.find("\n\n", offset)
    return sentence_at(
        text, offset, blank_line + 2 if blank_line >= 0 else 0, paragraph_end if paragraph_end >= 0 else len(text)
    )


def make_excerpt(text: str, sentence: tuple[int, int], spans: Iterable[tuple[int, int]]) -> Excerpt:
    """Return an excerpt of one sentence, cut around the first match if it is long."""
    start, end = sentence
    inside = sorted(span for span in spans if start <= span[0] and span[1] <= end)
    if end - start > _LONGEST:
        start = max(start, (inside[0][0] if inside else start) - _LONGEST // 3)
        end = min(end, start + _LONGEST)
    highlights: list[tuple[int, int]] = []
    for first, last in inside:
        if first >= start and last <= end and (not highlights or first - start >= highlights[-1][1]):
            highlights.append((first - start, last - start))
    return Excerpt(start, text[start:end], tuple(highlights))
