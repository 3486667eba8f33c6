"""The document pass: what an article says once holds everywhere in it.

Every surface form that the recognizer, the tables, a definition or a person's full name speaks for is looked up in the
whole text in one pass; each is given one label by a weighted vote, and its occurrences are marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from reader.document import BlockKind, Document
from reader.names import common_words, titles
from reader.recognize.evidence import Verdict, gather, title_before
from reader.recognize.gazetteer import platforms
from reader.recognize.mention import LABELS, Mention
from reader.recognize.stretches import Stretches
from reader.recognize.surfaces import Hit, Matcher, words

_NAMES: Final = frozenset(LABELS)
_LOWER_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?…:;•*][\"”’'»)\]]*|\n)[\s\"“‘'«(\[—–-]*$")
_LOOK_BACK: Final = 12
_LEAST_RATIO: Final = 0.2
"""A single word is marked everywhere only if the recognizer marked at least this share of its occurrences."""
_LEAST_VOTES: Final = 0.6
"""… and if the recognizer's scores for it add up to this."""
_PLACES: Final = frozenset({"GPE", "LOC"})
_NEXT_CAPITAL: Final = re.compile(r" ([A-Z][a-z][^\W_]*)")
_LAST_CAPITAL: Final = re.compile(r"(?<![^\W_])([A-Z][a-z][^\W_]*) $")
_LONGEST_WORD: Final = 24
_DIRECTIONS: Final = words("North South East West Northern Southern Eastern Western Central Upper Lower Greater In The")
_LEAST_SCORE: Final = 0.3
"""What the recognizer is less sure of is left out, unless something else speaks for it."""
_CAPITALS_FROM: Final = 8
"""Letters that a line must have before it counts as written in capitals."""


def settle(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the document's mentions.

    Args:
        document: The text and its blocks.
        mentions: Cleaned mentions by the recognizer, in order, none overlapping another.

    Returns:
        Mentions in order, none overlapping another, none across two blocks.
    """
    return _Pass(document, [mention for mention in mentions if mention.score >= _LEAST_SCORE]).result()


class _Pass:
    """One document being settled."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._document = document
        self._text = _shown(document)
        self._mentions = mentions
        self._capitals = Stretches(
            (block.start, block.end)
            for block in document.blocks
            if _in_capitals(document.text[block.start : block.end])
        )
        self._verdicts = gather(self._text, mentions, self._capitals)
        self._starts = frozenset(mention.start for mention in mentions)
        self._ends = frozenset(mention.end for mention in mentions)
        self._marked = {(mention.start, mention.end): mention for mention in mentions}

    def result(self) -> list[Mention]:
        hits = list(self._hits())
        counts = Counter(hit.surface for hit in hits)
        candidates = [mention for hit in hits if (mention := self._judged(hit, counts)) is not None]
        candidates += [
            Mention(start, end, "ORG", "rule", 0.9)
            for block in self._document.blocks
            for start, end in platforms(self._text, block.start, block.end)
        ]
        judged = {(hit.start, hit.end) for hit in hits}
        candidates += [mention for mention in self._mentions if (mention.start, mention.end) not in judged]
        return without_overlaps(candidates)

    def _hits(self) -> Iterator[Hit]:
        matcher = Matcher(self._verdicts)
        for block in self._document.blocks:
            yield from matcher.hits(self._text, block.start, block.end)

    def _judged(self, hit: Hit, counts: Mapping[str, int]) -> Mention | None:
        """Return the mention that stands at a hit, None where the surface is no name there."""
        found = self._verdicts[hit.surface]
        own = self._marked.get((hit.start, hit.end))
        if own is not None:
            if own.label not in _NAMES or self._decisive(own, found):
                return own
            if self._only_begins_sentence(hit, found):
                return None
            return own._replace(label=found.label, score=round((own.score + found.unity) / 2, 3))
        if not self._stands_for_a_name(hit, found, counts[hit.surface]):
            return None
        if not found.by_model and found.sure:
            return Mention(hit.start, hit.end, found.label, "rule", round(0.9 * found.unity, 3))
        return Mention(hit.start, hit.end, found.label, "propagated", round(0.9 * found.unity, 3))

    def _decisive(self, own: Mention, found: Verdict) -> bool:
        """Say whether what stands around a mention beats the vote: "President Washington"."""
        return own.label == "PERSON" != found.label and title_before(self._text, own.start)

    def _stands_for_a_name(self, hit: Hit, found: Verdict, count: int) -> bool:
        if hit.surface.isupper() and self._capitals.holds(hit.start):
            return hit.surface not in common_words()
        if found.label in _PLACES and self._in_longer_name(hit):
            return False
        if found.sure or found.defined:
            return True
        single = " " not in hit.surface and "-" not in hit.surface
        if single and self._is_word(hit.surface) and (not found.by_model or self._starts_sentence(hit.start)):
            return False
        if found.surname:
            return True
        return found.strength >= max(_LEAST_VOTES, _LEAST_RATIO * count)

    def _in_longer_name(self, hit: Hit) -> bool:
        """Say whether a place is part of a name that nobody found: "Kigali Amendment", "Food Standards Australia"."""
        if hit.surface.isupper() or "." in hit.surface:  # "US Senator"
            return False
        after = _NEXT_CAPITAL.match(self._text, hit.end)
        if after is not None and after[1].casefold() not in titles() and after.start(1) not in self._starts:
            return True
        before = _LAST_CAPITAL.search(self._text, max(0, hit.start - _LONGEST_WORD), hit.start)
        return (
            before is not None
            and before[1] not in _DIRECTIONS
            and not self._starts_sentence(before.start(1))
            and before.end(1) not in self._ends
        )

    def _only_begins_sentence(self, hit: Hit, found: Verdict) -> bool:
        """Say whether a word that the text also has in small letters is marked because its sentence begins with it."""
        return (
            not (found.sure or found.defined or found.surname)
            and hit.surface.isalpha()
            and not hit.surface.isupper()
            and hit.surface.lower() in self._lower_words
            and self._starts_sentence(hit.start)
            and hit.surface not in self._inner
        )

    @cached_property
    def _inner(self) -> frozenset[str]:
        """The surfaces that the recognizer marked inside a sentence."""
        return frozenset(
            self._text[mention.start : mention.end]
            for mention in self._mentions
            if not self._starts_sentence(mention.start)
        )

    def _is_word(self, form: str) -> bool:
        return form in common_words() or form.lower() in self._lower_words

    @cached_property
    def _lower_words(self) -> frozenset[str]:
        """The words that the text also has in small letters."""
        return frozenset(word for word in _LOWER_WORD.findall(self._text) if word.islower())

    def _starts_sentence(self, start: int) -> bool:
        return _SENTENCE_START.search(self._text[max(0, start - _LOOK_BACK) : start]) is not None


def without_overlaps(candidates: Iterable[Mention]) -> list[Mention]:
    """Keep the longest of mentions that overlap, the recognizer's own among equals; in order of place."""
    ranked = sorted(candidates, key=lambda one: (one.start - one.end, one.origin != "model", one.start))
    kept: list[Mention] = []
    taken = Stretches()
    for mention in ranked:
        if taken.free(mention.start, mention.end):
            taken.add(mention.start, mention.end)
            kept.append(mention)
    return sorted(kept)


def _shown(document: Document) -> str:
    """Return the text with the line breaks inside blocks as spaces: same length, same offsets."""
    if not any("\n" in document.text[block.start : block.end] for block in document.blocks):
        return document.text
    parts, place = [], 0
    for block in document.blocks:
        parts.append(document.text[place : block.start])
        stretch = document.text[block.start : block.end]
        parts.append(stretch if block.kind is BlockKind.CODE else stretch.replace("\n", " "))
        place = block.end
    parts.append(document.text[place:])
    return "".join(parts)


def _in_capitals(stretch: str) -> bool:
    if stretch[:40].upper() != stretch[:40]:
        return False
    letters = [char for char in stretch if char.isalpha()]
    return len(letters) >= _CAPITALS_FROM and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
