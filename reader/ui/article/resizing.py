"""Moving the edges of a mention word by word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from reader.annotate import (
    Decision,
    MentionAdded,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    PlaceNoted,
    PlaceTagged,
)
from reader.display.words import next_word, previous_word, word_at
from reader.names.normal import surface
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name


@dataclass(frozen=True, slots=True)
class Resizing:
    """A mention whose edges are being moved, and how far it reaches now; it stays in its block and keeps a word."""

    mention: Mention
    text: str
    start: int
    end: int
    first: int
    """Start of the block."""
    last: int
    """End of the block."""

    def right(self, words: int) -> Resizing:
        """Move the right edge by some words, outwards if positive."""
        return self._stepwise(words, Resizing._right_out, Resizing._right_in)

    def left(self, words: int) -> Resizing:
        """Move the left edge by some words, outwards if positive."""
        return self._stepwise(words, Resizing._left_out, Resizing._left_in)

    def _stepwise(self, words: int, out: _Step, back: _Step) -> Resizing:
        moved = self
        for _ in range(abs(words)):
            before, moved = moved, (out if words > 0 else back)(moved)
            if moved == before:
                break
        return moved

    def _right_out(self) -> Resizing:
        end = word_at(self.text, self.end - 1)[1]
        if end <= self.end:
            start = next_word(self.text, self.end - 1)
            end = word_at(self.text, start)[1] if start < self.last else self.end
        return replace(self, end=end) if self.end < end <= self.last else self

    def _right_in(self) -> Resizing:
        last = previous_word(self.text, self.end)
        end = word_at(self.text, previous_word(self.text, last))[1]
        return replace(self, end=end) if self.start < end <= last else self

    def _left_out(self) -> Resizing:
        start = previous_word(self.text, self.start)
        there = self.first <= start < self.start and word_at(self.text, start)[1] > start
        return replace(self, start=start) if there else self

    def _left_in(self) -> Resizing:
        start = next_word(self.text, self.start)
        return replace(self, start=start) if start < self.end else self


_Step: TypeAlias = Callable[[Resizing], Resizing]


def resizing(reading: Reading, mention: Mention) -> Resizing:
    """Begin to move the edges of a mention."""
    block = reading.document.block_at(mention.start)
    first, last = min(block.start, mention.start), max(block.end, mention.end)
    return Resizing(mention, reading.document.text, mention.start, mention.end, first, last)


def resized(reading: Reading, state: Resizing) -> list[Decision]:
    """Return what to decide so that the mention reaches as far as it does now; nothing where it reached so far before.

    It takes the place of what it comes to overlap, and stays beside what it overlapped before.
    """
    mention, start, end = state.mention, state.start, state.end
    if (start, end) == mention[:2]:
        return []
    overlapped = [each for each in reading.mentions_between(start, end) if each[:2] not in (mention[:2], (start, end))]
    kept = [each for each in overlapped if each.start < mention.end and mention.start < each.end]
    make = MentionOverlaid if kept else MentionAdded
    decisions: list[Decision] = [make(start, end, mention.label), MentionRemoved(mention.start, mention.end)]
    if kept:
        decisions += [MentionRemoved(each.start, each.end) for each in overlapped if each not in kept]
    name = reading.name_of(mention)
    if name != Name(surface(reading.document.text[mention.start : mention.end]), mention.label):
        decisions.append(MentionMoved(start, end, name))
    return [*decisions, *_carried(reading, mention, start, end)]


def _carried(reading: Reading, mention: Mention, start: int, end: int) -> list[Decision]:
    """Return what to decide so that the note and the tags of a mention go with it to another place."""
    remarks, before, now = reading.notes, mention[:2], (start, end)
    decisions: list[Decision] = []
    if note := remarks.at(*before):
        there = remarks.at(*now)
        both = f"{there}\n\n{note}" if there and there != note else note
        decisions += [PlaceNoted(*now, both), PlaceNoted(*before, "")]
    if tags := remarks.place_tags.get(before, ()):
        decisions += [PlaceTagged(*now, tags), PlaceTagged(*before, (), tags)]
    return decisions
