"""Find the names of watchlists in a text in one pass; case, accents and punctuation do not matter.

An Aho-Corasick automaton (Aho and Corasick, "Efficient string matching", 1975) reads the text once for all names. It
sees words that one space separates, so that a match is always whole words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.collection.watchlists.name_words import NameWord, folded_words, is_legal_form, split_legal_form, words_of

if TYPE_CHECKING:
    from reader.collection.watchlists.watchlist import ListedEntity, Watchlist
    from reader.document.blocks import Block

SAME: Final = "the same name"
REORDERED: Final = "the words in another order"
NO_LEGAL_FORM: Final = "without the legal form"
_GAP: Final = "\n"
"""Stands for the end of a block, which no name crosses."""


class ListedName(NamedTuple):
    """One name of a listed entity."""

    list_index: int
    entity_index: int
    name_index: int
    """0 for its name, then its aliases."""
    form: str
    """How the words that are searched for differ from the name as listed: one of the constants of this module."""


class ExactMatch(NamedTuple):
    """A listed name in a text: `text[start:end]`, in code points, end exclusive."""

    start: int
    end: int
    listed: ListedName


class ExactNames:
    """The names of watchlists, ready to be searched for."""

    def __init__(self, watchlists: Sequence[Watchlist]) -> None:
        from ahocorasick_rs import AhoCorasick

        by_words: dict[str, list[ListedName]] = {}
        for list_index, watchlist in enumerate(watchlists):
            for entity_index, entity in enumerate(watchlist.entities):
                for words, name_index, form in _searched_forms(entity):
                    by_words.setdefault(words, []).append(ListedName(list_index, entity_index, name_index, form))
        self._names = list(by_words.values())
        self._automaton = AhoCorasick([f" {words} " for words in by_words], store_patterns=False)

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


def _searched_forms(entity: ListedEntity) -> Iterator[tuple[str, int, str]]:
    """Yield the words of each form of each name, the number of the name, and the form."""
    for index, name in enumerate(entity.names):
        words = folded_words(name)
        if not words:
            continue
        yield " ".join(words), index, SAME
        family, comma, given_names = name.partition(",")
        if comma and "," not in given_names and not is_legal_form(given_names):
            turned = [*folded_words(given_names), *folded_words(family)]
            yield " ".join(turned), index, REORDERED
        bare, form = split_legal_form(words)
        if form and len(bare) > 1:
            yield " ".join(bare), index, NO_LEGAL_FORM


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
