"""Adapt what a pipeline finds in a language other than English: articles, titles, offices, peoples and countries.

The rules are the same for every language; `reader.names.tables.languages` reads the words of each from tables. Texts in
English, and in languages without words in the tables, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from reader.names.tables.languages import LanguageWords, words_of_language
from reader.recognize.mention import Mention
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_LABELS_WITH_ARTICLE: Final = frozenset({"WORK_OF_ART"})
"""The title of a work includes its article."""
_MAY_BE_PEOPLE: Final = frozenset({"LOC", "GPE", "PERSON", "ORG", "MISC"})
_MAY_BE_COUNTRY: Final = frozenset({"LOC", "MISC"})
_MARKS: Final = " \t\n\u00a0\"'«»“”„‘’([-–—"
_SENTENCE_START: Final = lazy_pattern(r"(?:^|\n|[.!?…:;•*][\"'»”)\]]* |[«»\"“„([–—] ?)[\s\"'«“„(\[]*$")
_BEFORE_LENGTH: Final = 12
"""Code points before a name in which the start of a sentence is looked for."""
_MAX_OWN_NAME: Final = 60
"""Most code points of a name that begins with an article of its own."""
_DETERMINER: Final = lazy_pattern(r"([^\W\d_]+) $")
_MAX_WORD: Final = 16
"""Code points before a name in which a word is looked for."""


_ADJECTIVES: Final = r"[^\W\d_A-ZÀ-ÖØ-Þ][\w-]*(?: [^\W\d_A-ZÀ-ÖØ-Þ][\w-]*){0,3}"
"""Words in lower case: "belge" of "Premier ministre belge"."""


class _Patterns(NamedTuple):
    """Compiled patterns of one language."""

    lead: re.Pattern[str]
    """Prepositions and articles before a name, as they are inside a sentence."""
    capital_article: re.Pattern[str]
    """An article with a capital."""
    titles: re.Pattern[str]
    office: re.Pattern[str]
    """A name that is an office, with or without what it is for."""


def adapt_mentions(text: str, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """Return the mentions of a text without the articles, titles and offices of its language.

    Peoples get the label NORP and countries GPE, which pipelines with few labels call LOC or MISC.

    Args:
        text: The text, in normal form.
        mentions: The raw mentions of a recognizer, sorted by offset.
        language: The language of the text, as a code ("fr"); "" if unknown.
    """
    words = words_of_language(language) if language else None
    if words is None:
        return list(mentions)
    patterns = _patterns(words)
    inside_sentences = {
        text[mention.start : mention.end]
        for mention in mentions
        if patterns.capital_article.match(text, mention.start) and not _begins_sentence(text, mention.start)
    }
    adapted = []
    for mention in mentions:
        start, end = mention.start, mention.end
        while start < end and text[start] in _MARKS:
            start += 1
        keeps_article = text[start:end] in words.names or text[start:end] in inside_sentences
        if mention.label not in _LABELS_WITH_ARTICLE and not keeps_article:
            start = _name_start(text, start, end, mention.label, patterns, words)
        if not patterns.office.fullmatch(text, start, end) and not _is_title(text[start:end], words):
            adapted.append(mention._replace(start=start, label=_label(text, start, end, mention.label, words)))
    return adapted


def _name_start(text: str, start: int, end: int, label: str, patterns: _Patterns, words: LanguageWords) -> int:
    """Return the offset at which the name itself starts, after prepositions, articles and titles."""
    if label == "PERSON":
        offset = start
        while title := patterns.titles.match(text, offset, end):  # several in "M. le président Macron"
            offset = title.end()
            start = offset if text[offset].isupper() else start
        return start
    while lead := patterns.lead.match(text, start, end):
        start = lead.end()
        if end - start <= _MAX_OWN_NAME and text[start:end] in words.names:
            return start
    article = patterns.capital_article.match(text, start, end)
    return article.end() if article and label != "MISC" and _begins_sentence(text, start) else start


def _is_title(name: str, words: LanguageWords) -> bool:
    """Return whether a name is only a title: "M." before "le député". One with a capital may be a name: "Prince"."""
    return (name.endswith(".") or name.islower()) and name in words.titles


def _label(text: str, start: int, end: int, label: str, words: LanguageWords) -> str:
    """Return the label of a name: NORP for a people, GPE for a country, else its own."""
    name = text[start:end]
    determiner = _DETERMINER.search(text, max(0, start - _MAX_WORD), start)
    is_plural = determiner is not None and determiner[1].lower() in words.plurals
    if label in _MAY_BE_PEOPLE and name[:1].isupper():
        if name in words.peoples and (is_plural or name not in words.countries):
            return "NORP"
        if is_plural and label != "ORG" and " " not in name and words.endings and name.endswith(words.endings):
            return "NORP"
    return "GPE" if label in _MAY_BE_COUNTRY and name in words.countries else label


def _begins_sentence(text: str, offset: int) -> bool:
    return _SENTENCE_START.search(text[max(0, offset - _BEFORE_LENGTH) : offset]) is not None


@cache
def _patterns(words: LanguageWords) -> _Patterns:
    lead = (*words.prepositions, *words.articles)
    capital_articles = [article[:1].upper() + article[1:] for article in words.articles]
    offices = "|".join(map(re.escape, words.offices)) or "(?!)"
    return _Patterns(
        lead=re.compile(rf"{_before_name(lead)}(?=\S)"),
        capital_article=re.compile(rf"{_before_name(capital_articles)}(?=[^\W_])"),
        titles=re.compile(rf"(?:{_before_name(lead)})?(?:{'|'.join(map(re.escape, words.titles)) or '(?!)'})\s+(?=\S)"),
        office=re.compile(rf"(?:{offices})|(?i:{offices}) (?:{_before_name(lead)}.*|{_ADJECTIVES})", re.DOTALL),
    )


def _before_name(words: Sequence[str]) -> str:
    """Return a pattern for one of some words and the space after it, which a word with an apostrophe does not need."""
    return "(?:" + ("|".join(re.escape(word) + ("" if word[-1] == "'" else r"\s+") for word in words) or "(?!)") + ")"
