"""Moving the edges of a mention by words or by characters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from reader.annotate import Decision
from reader.annotate.decisions import (
    MentionAdded,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    SpanNoted,
    SpanTagged,
)
from reader.display.characters import next_character, previous_character
from reader.display.words import next_word, previous_word, word_at
from reader.names.normal import surface
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Resizing:
    """A mention whose edges are being moved, with its new span `start:end`.

    The new span stays inside the block and keeps at least one word, or one character.
    """

    mention: Mention
    text: str
    start: int
    end: int
    block_start: int
    block_end: int

    def right_edge_moved(self, words: int) -> Resizing:
        """Move the right edge by some words, outwards if positive."""
        return self._repeated(words, Resizing._right_out, Resizing._right_in)

    def left_edge_moved(self, words: int) -> Resizing:
        """Move the left edge by some words, outwards if positive."""
        return self._repeated(words, Resizing._left_out, Resizing._left_in)

    def right_edge_nudged(self, characters: int) -> Resizing:
        """Move the right edge by some characters, outwards if positive."""
        return self._repeated(characters, Resizing._right_character_out, Resizing._right_character_in)

    def left_edge_nudged(self, characters: int) -> Resizing:
        """Move the left edge by some characters, outwards if positive."""
        return self._repeated(characters, Resizing._left_character_out, Resizing._left_character_in)

    def _repeated(self, steps: int, outward: _Step, inward: _Step) -> Resizing:
        step = outward if steps > 0 else inward
        resizing = self
        for _ in range(abs(steps)):
            previous, resizing = resizing, step(resizing)
            if resizing == previous:
                break
        return resizing

    def _right_out(self) -> Resizing:
        end = word_at(self.text, self.end - 1)[1]
        if end <= self.end:
            start = next_word(self.text, self.end - 1)
            end = word_at(self.text, start)[1] if start < self.block_end else self.end
        return replace(self, end=end) if self.end < end <= self.block_end else self

    def _right_in(self) -> Resizing:
        last_word = previous_word(self.text, self.end)
        end = word_at(self.text, previous_word(self.text, last_word))[1]
        return replace(self, end=end) if self.start < end <= last_word else self

    def _left_out(self) -> Resizing:
        start = previous_word(self.text, self.start)
        is_word = self.block_start <= start < self.start and word_at(self.text, start)[1] > start
        return replace(self, start=start) if is_word else self

    def _left_in(self) -> Resizing:
        start = next_word(self.text, self.start)
        return replace(self, start=start) if start < self.end else self

    def _right_character_out(self) -> Resizing:
        return replace(self, end=min(next_character(self.text, self.end), self.block_end))

    def _right_character_in(self) -> Resizing:
        end = previous_character(self.text, self.end)
        return replace(self, end=end) if end > self.start else self

    def _left_character_out(self) -> Resizing:
        return replace(self, start=max(previous_character(self.text, self.start), self.block_start))

    def _left_character_in(self) -> Resizing:
        start = next_character(self.text, self.start)
        return replace(self, start=start) if start < self.end else self


_Step: TypeAlias = Callable[[Resizing], Resizing]


def start_resizing(reading: Reading, mention: Mention) -> Resizing:
    """Return the state in which the edges of a mention can be moved inside its block."""
    block = reading.document.block_at(mention.start)
    block_start, block_end = min(block.start, mention.start), max(block.end, mention.end)
    return Resizing(mention, reading.document.text, mention.start, mention.end, block_start, block_end)


def resize_decisions(reading: Reading, state: Resizing) -> list[Decision]:
    """Return the decisions that give the mention its new span; none where the span has not changed.

    The mention replaces mentions that it newly overlaps, and stays beside those that it overlapped before. Its note
    and tags move with it.
    """
    mention, start, end = state.mention, state.start, state.end
    if (start, end) == mention[:2]:
        return []
    overlapped = [
        candidate
        for candidate in reading.mentions_between(start, end)
        if candidate[:2] not in (mention[:2], (start, end))
    ]
    neighbors = [
        candidate for candidate in overlapped if candidate.start < mention.end and mention.start < candidate.end
    ]
    addition = MentionOverlaid if neighbors else MentionAdded
    decisions: list[Decision] = [addition(start, end, mention.label), MentionRemoved(mention.start, mention.end)]
    if neighbors:
        decisions += [
            MentionRemoved(candidate.start, candidate.end) for candidate in overlapped if candidate not in neighbors
        ]
    name = reading.name_of(mention)
    if name != Name(surface(reading.document.text[mention.start : mention.end]), mention.label):
        decisions.append(MentionMoved(start, end, name))
    return [*decisions, *_note_decisions(reading, mention, start, end)]


def _note_decisions(reading: Reading, mention: Mention, start: int, end: int) -> list[Decision]:
    """Return the decisions that move the note and tags of a mention to the span `start:end`.

    A note that is already there stays, with the moved one below it.
    """
    notes, old_span, new_span = reading.notes, mention[:2], (start, end)
    decisions: list[Decision] = []
    if note := notes.note_at(*old_span):
        present = notes.note_at(*new_span)
        both = f"{present}\n\n{note}" if present and present != note else note
        decisions += [SpanNoted(*new_span, both), SpanNoted(*old_span, "")]
    if tags := notes.span_tags.get(old_span, ()):
        decisions += [SpanTagged(*new_span, tags), SpanTagged(*old_span, (), tags)]
    return decisions
