"""Find the names of watchlists in a text in one pass; case, accents and punctuation do not matter.

An Aho-Corasick automaton (Aho and Corasick, "Efficient string matching", 1975) reads the text once for all names. It
sees words that one space separates, so that a match is always whole words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reader.collection.watchlists.listed_names import NO_LEGAL_FORM, REORDERED, ListedName, NameWords
from reader.collection.watchlists.name_words import NameWord, folded_words, is_legal_form, words_of
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

    from reader.document.blocks import Block

_GAP: Final = "\n"
"""Stands for the end of a block, which no name crosses."""


class ExactMatch(NamedTuple):
    """A listed name in a text: `text[start:end]`, in code points, end exclusive."""

    start: int
    end: int
    listed: ListedName


class ExactNames:
    """The names of watchlists, ready to be searched for."""

    def __init__(self) -> None:
        self._by_words: dict[str, list[ListedName]] = {}

    def add(self, item: NameWords) -> None:
        """Add a name, before the first search."""
        listed, name, words, bare = item
        by_words = self._by_words
        by_words.setdefault(" ".join(words), []).append(listed)
        family, comma, given_names = name.partition(",")
        if comma and "," not in given_names and not is_legal_form(given_names):
            turned = [*folded_words(given_names), *folded_words(family)]
            by_words.setdefault(" ".join(turned), []).append(listed._replace(form=REORDERED))
        if 1 < len(bare) < len(words):
            by_words.setdefault(" ".join(bare), []).append(listed._replace(form=NO_LEGAL_FORM))

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick([f" {words} " for words in self._by_words], store_patterns=False)

    @cached_property
    def _names(self) -> Sequence[Sequence[ListedName]]:
        """The names that each pattern of the automaton stands for."""
        return list(self._by_words.values())

    def search(self, text: str, blocks: Iterable[Block]) -> Iterator[ExactMatch]:
        """Yield the listed names in a text, in order. A match inside a longer match is left out.

        Args:
            text: The text, in normal form.
            blocks: Its blocks, in order.
        """
        words, joined, starts = _joined_words(text, blocks)
        hits = self._automaton.find_matches_as_indexes(joined, overlapping=True)
        spans = [
            (bisect_left(starts, hit_start), bisect_left(starts, hit_end - 1) - 1, pattern)
            for pattern, hit_start, hit_end in hits
        ]
        spans.sort(key=lambda span: (span[0], -span[1]))
        covered_until = -1
        previous: tuple[int, int] | None = None
        for first, last, pattern in spans:
            if last <= covered_until and (first, last) != previous:
                continue
            covered_until, previous = max(covered_until, last), (first, last)
            for listed in self._names[pattern]:
                yield ExactMatch(words[first].start, words[last].end, listed)


def _joined_words(text: str, blocks: Iterable[Block]) -> tuple[list[NameWord], str, list[int]]:
    """Return the words of a text, the words joined by spaces, and where each word's space is in the joined text."""
    words: list[NameWord] = []
    for block in blocks:
        words += words_of(text, block.start, block.end)
        words.append(NameWord(block.end, block.end, _GAP))
    starts: list[int] = []
    length = 0
    for word in words:
        starts.append(length)
        length += 1 + len(word.folded)
    return words, " " + " ".join(word.folded for word in words) + " ", starts
