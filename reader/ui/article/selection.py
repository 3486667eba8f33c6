"""A selection that grows and shrinks by words or by characters, over as many blocks as the user wants."""

from __future__ import annotations

from dataclasses import replace

from reader.display.characters import next_character, previous_character
from reader.display.words import next_word, part_at, previous_word, snap, word_at
from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected span `start:end` of a text."""

    text: str
    start: int
    end: int
    forward: bool = True
    """Whether the end is the active edge, rather than the start."""
    by_characters: bool = False
    """Whether an edge was moved by characters. The selection is then taken as it is, rather than in whole words."""
    origin: int = -1
    """The offset at which the selection began; -1 if it did not begin at the cursor."""

    @property
    def span(self) -> tuple[int, int]:
        """What commands take: whole words, or the selected characters, without white space around them.

        The span is empty if nothing but punctuation is selected by words.
        """
        if not self.by_characters:
            return snap(self.text, self.start, self.end)
        start, end = self.start, self.end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

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

    def moved_by_characters(self, count: int) -> Selection:
        """Move the active edge by some characters, to the right if positive, past the other edge if need be."""
        selection = replace(self, by_characters=True)
        for _ in range(abs(count)):
            selection = selection._character_right() if count > 0 else selection._character_left()
        return selection

    def narrowed_to_part(self) -> Selection:
        """Select only the part of a compound in which the selection began, such as "Porto" of "Ostia-Porto"."""
        start, end = part_at(self.text, self.active if self.origin < 0 else self.origin)
        return replace(self, start=start, end=end, forward=True, by_characters=True) if start < end else self

    def extended_to(self, offset: int) -> Selection:
        """Move the active edge so that the word, or the character, at `offset` is the last or first one selected."""
        offset = max(0, min(offset, len(self.text) - 1))
        start, end = (offset, offset) if self.by_characters else word_at(self.text, offset)
        end = max(end, next_character(self.text, offset))
        if self.forward and offset >= self.start:
            return self._between(self.start, end)
        if self.forward:
            return self._between(start, max(self._first_end(), start), forward=False)
        if offset < self.end:
            return self._between(start, self.end, forward=False)
        return self._between(self._last_start(), end)

    def swapped(self) -> Selection:
        """Make the other edge the active one."""
        return replace(self, forward=not self.forward)

    def widened_to(self, start: int, end: int) -> Selection:
        """Widen to a span."""
        return self._between(min(start, self.start), max(end, self.end), forward=self.forward)

    def _character_right(self) -> Selection:
        if self.forward:
            return self._between(self.start, next_character(self.text, self.end))
        start = next_character(self.text, self.start)
        if start < self.end:
            return self._between(start, self.end, forward=False)
        return replace(self, forward=True)._character_right()

    def _character_left(self) -> Selection:
        if not self.forward:
            return self._between(previous_character(self.text, self.start), self.end, forward=False)
        end = previous_character(self.text, self.end)
        if end > self.start:
            return self._between(self.start, end)
        return replace(self, forward=False)._character_left()

    def _first_end(self) -> int:
        """Return the end of the first word, or character, that is selected."""
        end = next_character(self.text, self.start)
        return end if self.by_characters else max(word_at(self.text, self.start)[1], end)

    def _last_start(self) -> int:
        """Return the start of the last word, or character, that is selected."""
        start = previous_character(self.text, self.end)
        return start if self.by_characters else word_at(self.text, start)[0]

    def _edge_right(self) -> Selection:
        if self.forward:
            start = next_word(self.text, self.end - 1)
            end = max(word_at(self.text, start)[1], start + 1)
            return self if start >= len(self.text) else self._between(self.start, end)
        start = next_word(self.text, self.start)
        if start < self.end:
            return self._between(start, self.end, forward=False)
        return replace(self, forward=True)._edge_right()

    def _edge_left(self) -> Selection:
        if not self.forward:
            start = previous_word(self.text, self.start)
            is_word = word_at(self.text, start)[1] > start
            return self._between(start, self.end, forward=False) if is_word else self
        last_word = previous_word(self.text, self.end)
        end = word_at(self.text, previous_word(self.text, last_word))[1]
        if last_word <= self.start or end <= self.start:
            return replace(self, forward=False)._edge_left()
        return self._between(self.start, end)

    def _between(self, start: int, end: int, *, forward: bool = True) -> Selection:
        return replace(self, start=max(start, 0), end=min(end, len(self.text)), forward=forward)


def select_between(text: str, anchor: int, offset: int) -> Selection:
    """Select from the word at `anchor` to the word at `offset`, in either direction."""
    selection = select_word(text, anchor)
    return (selection if offset >= anchor else selection.swapped()).extended_to(offset)


def select_word(text: str, offset: int) -> Selection:
    """Select the word at `offset`, or between words the next one."""
    start, end = word_at(text, offset)
    if start == end:
        start = min(next_word(text, offset), max(len(text) - 1, 0))
        end = max(word_at(text, start)[1], start + 1)
    return Selection(text, start, min(end, len(text)), origin=offset)


def select_exactly(text: str, start: int, end: int) -> Selection:
    """Select a span as it is."""
    return Selection(text, start, end, by_characters=True, origin=start)
