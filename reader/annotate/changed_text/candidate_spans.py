"""Finds spans to which the user may attach an orphan, the likeliest first. Pure.

Unlike `relocate`, which finds a span only if it is certain, this offers everything that resembles the old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from reader.annotate.changed_text.similar_words import find_similar_words
from reader.annotate.decisions import Decision, OrphanDismissed, SpanDecision
from reader.annotate.log.anchors import Anchor, make_anchor
from reader.annotate.log.decision_history import Orphan
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_MAX_CANDIDATES: Final = 50
_CONTEXT_LENGTHS: Final = (12, 8, 5)
"""Code points of context on either side by which a reworded quote is found; the surest length comes first."""
_EXTRA_LENGTH: Final = 64
"""A reworded quote may be three times as long as the old one and this many code points more."""
_WORD: Final = lazy_pattern(r"\w+")


class OrphanGroup(NamedTuple):
    """The orphans of one span of the earlier text."""

    orphans: tuple[Orphan, ...]

    @property
    def anchor(self) -> Anchor:
        """The text of the span, with its context."""
        return self.orphans[0].anchor

    @property
    def start(self) -> int:
        """The start of the span in the earlier text (code points)."""
        decision = self.orphans[0].decision
        return decision.start if isinstance(decision, SpanDecision) else 0

    def reattached(self, start: int, end: int) -> tuple[Decision, ...]:
        """Return the decisions that attach all orphans to `start:end` (code points)."""
        decisions = [orphan.reattached(start, end)[0] for orphan in self.orphans]
        return (*decisions, *self.dismissed())

    def dismissed(self) -> tuple[Decision, ...]:
        """Return the decisions that dismiss all orphans."""
        return tuple(OrphanDismissed(orphan.id) for orphan in self.orphans)


def group_by_span(orphans: Iterable[Orphan]) -> list[OrphanGroup]:
    """Return orphans grouped by their span in the earlier text, in the order in which they were decided."""
    groups: dict[tuple[int, int, Anchor], list[Orphan]] = {}
    for orphan in orphans:
        if isinstance(orphan.decision, SpanDecision):
            key = (orphan.decision.start, orphan.decision.end, orphan.anchor)
            groups.setdefault(key, []).append(orphan)
    return [OrphanGroup(tuple(group)) for group in groups.values()]


def candidate_spans(text: str, anchor: Anchor, old_start: int | None = None) -> list[tuple[int, int]]:
    """Return spans where an orphan may belong, the likeliest first.

    These are the spans of its quote; if there are none, those between its context, those of similar words near its old
    position, and those of the longest word of the quote.

    Args:
        text: The text as it is now.
        anchor: The anchor of the orphan.
        old_start: Its approximate position in the earlier text (code points); None to skip the search for similar
        words.
    """
    spans = _find_quote(text, anchor.quote, re.NOFLAG) or _find_quote(text, anchor.quote, re.IGNORECASE)
    if not spans:
        by_context = next(filter(None, (_find_by_context(text, anchor, length) for length in _CONTEXT_LENGTHS)), [])
        similar = [] if old_start is None else find_similar_words(text, anchor.quote, old_start)
        words = _find_quote(text, _longest_word(anchor.quote), re.IGNORECASE, whole_words_only=True)
        outside_similar = (word for word in words if not any(_contains(span, word) for span in similar))
        spans = [*by_context, *similar, *outside_similar]
    prefix_words, suffix_words = _words(anchor.prefix), _words(anchor.suffix)
    ranked = sorted(dict.fromkeys(spans), key=lambda span: -_shared_context(text, span, prefix_words, suffix_words))
    return ranked[:_MAX_CANDIDATES]


def _contains(span: tuple[int, int], inner: tuple[int, int]) -> bool:
    return span[0] <= inner[0] and inner[1] <= span[1]


def _find_quote(text: str, quote: str, flags: re.RegexFlag, *, whole_words_only: bool = False) -> list[tuple[int, int]]:
    """Return the spans of a quote as whole words or, if there are none, also within words."""
    words = quote.split()
    if not words:
        return []
    pattern = r"\s+".join(map(re.escape, words))
    left_border, right_border = (r"\b" if re.match(r"\w", edge) else "" for edge in (words[0][0], words[-1][-1]))
    spans = [match.span() for match in re.finditer(left_border + pattern + right_border, text, flags)]
    return spans if spans or whole_words_only else [match.span() for match in re.finditer(pattern, text, flags)]


def _find_by_context(text: str, anchor: Anchor, length: int) -> list[tuple[int, int]]:
    """Return the spans between the last `length` code points before the quote and the first ones after it."""
    prefix, suffix = anchor.prefix[-length:], anchor.suffix[:length]
    if not prefix.strip() or not suffix.strip():
        return []
    max_length = 3 * len(anchor.quote) + _EXTRA_LENGTH
    spans = []
    for start in (match.end() for match in re.finditer(re.escape(prefix), text)):
        end = text.find(suffix, start + 1, start + max_length)
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            spans.append((start, end))
    return spans


def _longest_word(quote: str) -> str:
    return max((word for word in quote.split() if len(word) > 3), key=len, default="")


def _shared_context(text: str, span: tuple[int, int], prefix_words: set[str], suffix_words: set[str]) -> int:
    """Return how many words the context of a span shares with the old context."""
    anchor = make_anchor(text, *span)
    return len(prefix_words & _words(anchor.prefix)) + len(suffix_words & _words(anchor.suffix))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
