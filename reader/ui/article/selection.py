"""A selection that grows and shrinks by words inside one block."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reader.display.words import next_word, previous_word, word_at
from reader.document.sentences import sentence_at


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected span `start:end` of a text. It never leaves the block in which it began."""

    text: str
    start: int
    end: int
    block_start: int
    block_end: int
    forward: bool = True
    """Whether the end is the active edge, rather than the start."""

    @property
    def active(self) -> int:
        """The offset of the first or last selected code point: the one at the active edge."""
        return max(self.end - 1, self.start) if self.forward else self.start

    def moved(self, words: int) -> Selection:
        """Move the active edge by some words, to the right if positive."""
        selection = self
        for _ in range(abs(words)):
            selection = selection._edge_right() if words > 0 else selection._edge_left()
        return selection

    def extended_to(self, offset: int) -> Selection:
        """Move the active edge so that the word at `offset` is the last, or the first, that is selected."""
        offset = max(self.block_start, min(offset, self.block_end - 1))
        start, end = word_at(self.text, offset)
        end = max(end, offset + 1)
        anchor = self.start if self.forward else self.end
        if self.forward:
            return self._between(anchor, end) if end > anchor else self._between(start, max(self._anchor_end(), start))
        return self._between(start, anchor, forward=False) if start < anchor else self._between(anchor - 1, end)

    def swapped(self) -> Selection:
        """Make the other edge the active one."""
        return replace(self, forward=not self.forward)

    def widened_to_sentence(self) -> Selection:
        """Widen to the whole sentence around the active edge."""
        return self.widened_to(*sentence_at(self.text, self.active, self.block_start, self.block_end))

    def widened_to(self, start: int, end: int) -> Selection:
        """Widen to a span, as far as it lies in the block."""
        return self._between(min(start, self.start), max(end, self.end), forward=self.forward)

    def clipped_to_block(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of a span that lies in the block."""
        return max(start, self.block_start), min(end, self.block_end)

    def _anchor_end(self) -> int:
        return max(word_at(self.text, self.start)[1], self.start + 1)

    def _edge_right(self) -> Selection:
        if self.forward:
            start = next_word(self.text, self.end - 1)
            end = max(word_at(self.text, start)[1], start + 1)
            return self if start >= self.block_end else self._between(self.start, end)
        start = next_word(self.text, self.start)
        if start < self.end:
            return self._between(start, self.end, forward=False)
        return replace(self, forward=True)._edge_right()

    def _edge_left(self) -> Selection:
        if not self.forward:
            start = previous_word(self.text, self.start)
            is_word = start >= self.block_start and word_at(self.text, start)[1] > start
            return self._between(start, self.end, forward=False) if is_word else self
        last_word = previous_word(self.text, self.end)
        end = word_at(self.text, previous_word(self.text, last_word))[1]
        if last_word <= self.start or end <= self.start:
            return replace(self, forward=False)._edge_left()
        return self._between(self.start, end)

    def _between(self, start: int, end: int, *, forward: bool = True) -> Selection:
        return replace(self, start=max(start, self.block_start), end=min(end, self.block_end), forward=forward)


def select_between(text: str, anchor: int, offset: int, block_start: int, block_end: int) -> Selection:
    """Select from the word at `anchor` to the word at `offset`, in either direction."""
    selection = select_word(text, anchor, block_start, block_end)
    return (selection if offset >= anchor else selection.swapped()).extended_to(offset)


def select_word(text: str, offset: int, block_start: int, block_end: int) -> Selection:
    """Select the word at `offset`, or between words the next one in the block."""
    start, end = word_at(text, offset)
    if start == end:
        start = min(next_word(text, offset), max(block_end - 1, block_start))
        end = max(word_at(text, start)[1], start + 1)
    return Selection(text, max(start, block_start), min(end, block_end), block_start, block_end)
