"""A selection that grows and shrinks by words inside one block."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reader.display.words import next_word, previous_word, word_at
from reader.document.sentences import sentence_at


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected stretch `start:end` of a text, bounded by the block that it began in."""

    text: str
    start: int
    end: int
    first: int
    """Start of the block."""
    last: int
    """End of the block."""
    forward: bool = True
    """Whether the end moves, rather than the start."""

    @property
    def active(self) -> int:
        """The code point at the end that moves."""
        return max(self.end - 1, self.start) if self.forward else self.start

    def moved(self, words: int) -> Selection:
        """Move the active end by some words, to the right if positive."""
        moved = self
        for _ in range(abs(words)):
            moved = moved._right() if words > 0 else moved._left()
        return moved

    def stretched(self, offset: int) -> Selection:
        """Move the active end so that the word at `offset` is just in."""
        offset = max(self.first, min(offset, self.last - 1))
        start, end = word_at(self.text, offset)
        end = max(end, offset + 1)
        anchor = self.start if self.forward else self.end
        if self.forward:
            return self._between(anchor, end) if end > anchor else self._between(start, max(self._anchor_end(), start))
        return self._between(start, anchor, forward=False) if start < anchor else self._between(anchor - 1, end)

    def swapped(self) -> Selection:
        """Let the other end move."""
        return replace(self, forward=not self.forward)

    def sentence(self) -> Selection:
        """Widen to the whole sentence around the active end."""
        start, end = sentence_at(self.text, self.active, self.first, self.last)
        return self._between(min(start, self.start), max(end, self.end), forward=self.forward)

    def over(self, start: int, end: int) -> Selection:
        """Widen as far as a stretch reaches in the block."""
        return self._between(min(start, self.start), max(end, self.end), forward=self.forward)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of a stretch that stands in the block."""
        return max(start, self.first), min(end, self.last)

    def _anchor_end(self) -> int:
        return max(word_at(self.text, self.start)[1], self.start + 1)

    def _right(self) -> Selection:
        if self.forward:
            start = next_word(self.text, self.end - 1)
            end = max(word_at(self.text, start)[1], start + 1)
            return self if start >= self.last else self._between(self.start, end)
        start = next_word(self.text, self.start)
        return (
            self._between(start, self.end, forward=False) if start < self.end else replace(self, forward=True)._right()
        )

    def _left(self) -> Selection:
        if not self.forward:
            start = previous_word(self.text, self.start)
            there = start >= self.first and word_at(self.text, start)[1] > start
            return self._between(start, self.end, forward=False) if there else self
        last_word = previous_word(self.text, self.end)
        end = word_at(self.text, previous_word(self.text, last_word))[1]
        if last_word <= self.start or end <= self.start:
            return replace(self, forward=False)._left()
        return self._between(self.start, end)

    def _between(self, start: int, end: int, *, forward: bool = True) -> Selection:
        return replace(self, start=max(start, self.first), end=min(end, self.last), forward=forward)


def select_between(text: str, anchor: int, offset: int, first: int, last: int) -> Selection:
    """Select from the word at `anchor` to the word at `offset`, which may stand before it."""
    selection = select_word(text, anchor, first, last)
    return selection.stretched(offset) if offset >= anchor else replace(selection, forward=False).stretched(offset)


def select_word(text: str, offset: int, first: int, last: int) -> Selection:
    """Begin a selection with the word at `offset`, or the next one in the block `first:last`."""
    start, end = word_at(text, offset)
    if start == end:
        start = min(next_word(text, offset), max(last - 1, first))
        end = max(word_at(text, start)[1], start + 1)
    return Selection(text, max(start, first), min(end, last), first, last)
