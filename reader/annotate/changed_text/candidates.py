"""Where a decision that lost its place may belong now: places for the user to choose from, the likeliest first. Pure.

Unlike `relocate`, which takes a place only for certain, this offers whatever resembles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import repeat
from typing import Final, NamedTuple

from reader.annotate.anchors import Anchor, make_anchor
from reader.annotate.changed_text.similar import similar
from reader.annotate.decision_history import Orphan
from reader.annotate.decisions import Decision, OrphanDismissed, SpanDecision

_MOST: Final = 50
_TAILS: Final = (12, 8, 5)
"""Code points beside a quote by which a place is found where the quote itself was reworded, the surest first."""
_AROUND: Final = 64
_WORD: Final = re.compile(r"\w+")


class Lost(NamedTuple):
    """What was decided about one place that is not found any more."""

    orphans: tuple[Orphan, ...]

    @property
    def anchor(self) -> Anchor:
        """What stood there."""
        return self.orphans[0].anchor

    @property
    def start(self) -> int:
        """Where that was in its text (code point)."""
        decision = self.orphans[0].decision
        return decision.start if isinstance(decision, SpanDecision) else 0

    def at(self, start: int, end: int) -> tuple[Decision, ...]:
        """Return what to decide so that all of it holds at a place (code points)."""
        moved = [each.reattached(start, end)[0] for each in self.orphans]
        return (*moved, *self.dismissed())

    def dismissed(self) -> tuple[Decision, ...]:
        """Return what to decide so that it is given up."""
        return tuple(OrphanDismissed(each.id) for each in self.orphans)


def by_place(orphans: Iterable[Orphan]) -> list[Lost]:
    """Return orphans by the place that they were about, in the order in which they were decided."""
    found: dict[tuple[int, int, Anchor], list[Orphan]] = {}
    for orphan in orphans:
        if isinstance(orphan.decision, SpanDecision):
            found.setdefault((orphan.decision.start, orphan.decision.end, orphan.anchor), []).append(orphan)
    return [Lost(tuple(group)) for group in found.values()]


def candidates(text: str, lost: Anchor, near: int | None = None) -> list[tuple[int, int]]:
    """Return places for what was lost: where its words stand, or else where what was around them does, or like words.

    Args:
        text: The text as it is now.
        lost: What stood at the place, and around it.
        near: About where that was (code point), so that words are sought there that resemble it.
    """
    places = _standing(text, lost.quote, re.NOFLAG) or _standing(text, lost.quote, re.IGNORECASE)
    if not places:
        between = next(filter(None, (_between(text, lost, reach) for reach in _TAILS)), [])
        alike = [] if near is None else similar(text, lost.quote, near)
        words = _standing(text, _longest_word(lost.quote), re.IGNORECASE, whole=True)
        places = [*between, *alike, *(word for word in words if not any(map(_holds, alike, repeat(word))))]
    sides = _words(lost.prefix), _words(lost.suffix)
    return sorted(dict.fromkeys(places), key=lambda place: -_likeness(text, place, *sides))[:_MOST]


def _holds(place: tuple[int, int], word: tuple[int, int]) -> bool:
    return place[0] <= word[0] and word[1] <= place[1]


def _standing(text: str, quote: str, flags: re.RegexFlag, *, whole: bool = False) -> list[tuple[int, int]]:
    """Return where a quote stands as whole words; where it does so nowhere, within words, unless `whole`."""
    words = quote.split()
    if not words:
        return []
    pattern = r"\s+".join(map(re.escape, words))
    before, after = (r"\b" if re.match(r"\w", edge) else "" for edge in (words[0][0], words[-1][-1]))
    found = [each.span() for each in re.finditer(before + pattern + after, text, flags)]
    return found if found or whole else [each.span() for each in re.finditer(pattern, text, flags)]


def _between(text: str, lost: Anchor, reach: int) -> list[tuple[int, int]]:
    """Return what stands now between what stood before the quote and what stood after it."""
    left, right = lost.prefix[-reach:], lost.suffix[:reach]
    if not left.strip() or not right.strip():
        return []
    longest = 3 * len(lost.quote) + _AROUND
    found = []
    for start in (each.end() for each in re.finditer(re.escape(left), text)):
        end = text.find(right, start + 1, start + longest)
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            found.append((start, end))
    return found


def _longest_word(quote: str) -> str:
    return max((word for word in quote.split() if len(word) > 3), key=len, default="")


def _likeness(text: str, place: tuple[int, int], left: set[str], right: set[str]) -> int:
    """Return how many words on either side of a place are those that were there before."""
    here = make_anchor(text, *place)
    return len(left & _words(here.prefix)) + len(right & _words(here.suffix))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
