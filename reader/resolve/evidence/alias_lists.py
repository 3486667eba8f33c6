"""Mentions next to a bridge: the names on both sides, and the list of aliases that may follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from reader.recognize import Mention
from reader.resolve.mention_groups import MentionGroups
from reader.resolve.rules import Rule
from reader.structures.intervals import count_before
from reader.structures.lazy_pattern import lazy_pattern

_MOST_ALIASES: Final = 12
_LONGEST_GAP: Final = 48
"""The longest text between two aliases of a list (code points)."""
_NOTE: Final = r"(?:\s?\([^()\n]{0,40}\)|\[[^\[\]\s]{1,8}\])?"
_COMMA: Final = lazy_pattern(rf"[\"”’']?{_NOTE},[\"”’']?\s(?:the\s|The\s)?[\"“‘']?")
_OR: Final = lazy_pattern(
    rf"[\"”’']?{_NOTE},?[\"”’']?\s(?:and/)?or\s(?:(?:simply|just|later|also)\s)?(?:the\s|The\s)?[\"“‘']?"
)
_AND: Final = lazy_pattern(rf"[\"”’']?{_NOTE},?[\"”’']?\sand\s(?:(?:later|also)\s(?:as\s)?)?(?:the\s|The\s)?[\"“‘']?")
_TRANSLATION: Final = lazy_pattern(
    r"[\"”’']?(?:[,;/]?\s?|[,;]\s(?:[A-Z][A-Za-z]+\s)?[A-Z][A-Za-z]+:\s|[,;]\s(?:romanized|transliterated)(?:\sas)?:?\s)[\"“‘']?"
)
_QUOTES: Final = frozenset("\"“‘'")
_SINGULAR: Final = lazy_pattern(rf"[\"”’']?{_NOTE},?\s(?:is|was|has|had)\s")
_SAYS_WHAT: Final = lazy_pattern(rf"[\"”’']?{_NOTE},?\s(?:is|was)\s(?:an?|one)\s")
_BRACKET_END: Final = lazy_pattern(r"[\"”’']?\s?[)]|[\"”’']?[,;]\s")
_SUBJECT_START: Final = lazy_pattern(r"(?:^|[.!?\n]\s?|\n)(?:The\s)?[\"“‘']?$")


def mention_from(ordered: Sequence[Mention], offset: int) -> Mention | None:
    """Return the longest mention that starts at an offset, or None."""
    index = count_before(ordered, (offset,))
    return _longest(mention for mention in ordered[index : index + 4] if mention.start == offset)


def mention_after(groups: MentionGroups, offset: int) -> Mention | None:
    """Return the longest mention that starts at an offset, or at the article before it; else None."""
    mention = mention_from(groups.ordered, offset)
    quoted = offset - 1 if groups.text[max(0, offset - 1) : offset] in _QUOTES else offset
    if mention is None and groups.text[max(0, quoted - 4) : quoted].casefold() == "the ":
        return mention_from(groups.ordered, quoted - 4)
    return mention


def mention_until(ordered: Sequence[Mention], offset: int) -> Mention | None:
    """Return the longest mention that ends at an offset, or None."""
    index = count_before(ordered, (offset,))
    return _longest(mention for mention in ordered[max(0, index - 8) : index] if mention.end == offset)


def _longest(mentions: Iterable[Mention]) -> Mention | None:
    return max(mentions, key=lambda mention: (mention.end - mention.start, mention.label), default=None)


def more_aliases(first: Mention, groups: MentionGroups, *, bracket: bool, rule: Rule) -> Iterator[Mention]:
    """Yield the aliases that a list names after its first one: "also known as A, B or C".

    A list ends with "or", or with "and" if a bracket or a singular verb shows that all its names belong to one entity:
    "X, known as A, B and C, is". Commas alone continue a list only if it ends like that, or in a bracket that gives a
    name in several scripts.
    """
    listed: list[Mention] = []
    current, text = first, groups.text
    for _ in range(_MOST_ALIASES):
        index = count_before(groups.ordered, (current.end,))
        following = next((m for m in groups.ordered[index : index + 4] if m.start >= current.end), None)
        if following is None or following.start - current.end > _LONGEST_GAP or following.label != first.label:
            return
        following = mention_from(groups.ordered, following.start) or following
        span = (current.end, following.start)
        if bracket and rule == Rule.TRANSLATED and _TRANSLATION.fullmatch(text, *span):
            yield following
        elif _OR.fullmatch(text, *span):
            yield from listed
            yield following
            listed = []
        elif _AND.fullmatch(text, *span):
            closes = _BRACKET_END if bracket else _SINGULAR
            if closes.match(text, following.end):
                yield from listed
                yield following
            return
        elif _COMMA.fullmatch(text, *span):
            listed.append(following)
        else:
            return
        current = following


def fills_bracket(mention: Mention, text: str) -> bool:
    """Return whether a bracket, or its part before a comma, consists of one mention."""
    return _BRACKET_END.match(text, mention.end) is not None


def names_one_subject(before: Mention, right: Mention, text: str) -> bool:
    """Return whether "X or Y" starts a sentence whose verb says what it is: "Vell or Tarn is a city"."""
    starts = _SUBJECT_START.search(text, max(0, before.start - 8), before.start)
    return starts is not None and _SAYS_WHAT.match(text, right.end) is not None
