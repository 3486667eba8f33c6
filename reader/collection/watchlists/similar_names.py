"""Compare the names of entities with those of watchlists that are spelled or sound alike.

Only names that share the sound of a word are compared. The words of two names are aligned, each by its similarity and
by how rare it is in the lists, so that "Bank" and "Ali" weigh less than what tells the names apart.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log
from operator import itemgetter
from typing import Final

from reader.collection.watchlists.listed_names import ListedName, NameWords
from reader.collection.watchlists.name_words import folded_words, small_words, split_legal_form
from reader.resolve.evidence.spelling import sound_key
from reader.structures.named_tuple import NamedTuple

LEAST_SCORE: Final = 0.82
"""Names that are less alike are no hits."""
_BEST_SCORE: Final = 0.99
"""Only the same name is certain to be the same."""
_SMALL_WORDS: Final = "the same name but for small words or the legal form"
_LEAST_WORD: Final = 0.78
"""Words that are less alike are different words."""
_LEAST_SINGLE_WORD: Final = 0.9
"""The same for names of one word, which nothing else confirms."""
_SAME_SOUND: Final = 0.8
"""The least similarity of two words that sound alike and share most letters."""
_INITIAL: Final = 0.8
_EXTRA_WORD: Final = 0.4
"""What a word counts that only the longer name has; one of the shorter name counts fully."""
_NO_EQUAL_WORD: Final = 0.94
"""Factor of the score of two names that have no word in common."""
_PRIOR_NAMES: Final = 1000
_PRIOR_NAMES_WITH_WORD: Final = 10
"""Names that are added to those counted, and those of them with a given word: in a short list, counts say little."""
_MOST_CANDIDATES: Final = 20_000
_ROUGH_SCORE: Final = 60
"""Candidates that `rapidfuzz` finds less alike, of 100, are not compared word by word."""
_REMEMBERED: Final = 1 << 16
"""Names whose search is remembered, since documents share names."""


class SimilarName(NamedTuple):
    """A listed name that is like another name."""

    listed: ListedName
    score: float
    """0 to 1."""
    reasons: tuple[str, ...]
    """What differs, each in a few words."""


class SimilarNames:
    """The names of watchlists, ready to be compared."""

    def __init__(self) -> None:
        self._names: list[ListedName] = []
        self._words: list[tuple[str, ...]] = []
        self._sorted: list[str] = []
        """The words of each name, sorted by their sound and joined."""
        self._postings: dict[str, array[int]] = {}
        self.search = lru_cache(maxsize=_REMEMBERED)(self._search)

    def add(self, item: NameWords) -> None:
        """Add a name, before the first search."""
        words = _content_of(item.bare)
        sounds = list(map(_sound, words))
        number = len(self._names)
        self._names.append(item.listed)
        self._words.append(words)
        self._sorted.append(" ".join(word for _, word in sorted(zip(sounds, words, strict=True), key=itemgetter(0))))
        for sound in dict.fromkeys(sounds):
            if sound:
                self._postings.setdefault(sound, array("L")).append(number)

    def _search(self, name: str) -> tuple[SimilarName, ...]:
        """Return the listed names that are like a name, best first."""
        words = content_words(name)
        if not _is_comparable(words):
            return ()
        weights = {word: self._weight(word) for word in words}
        matches = []
        for number in self._candidates(words):
            listed_words = self._words[number]
            comparison: tuple[float, tuple[str, ...]] | None = None
            if words == listed_words:
                comparison = _BEST_SCORE, (_SMALL_WORDS,)
            elif (len(words) > 1) == (len(listed_words) > 1) and _is_comparable(listed_words):
                comparison = self._compare(words, listed_words, weights)
            if comparison is not None:
                matches.append(SimilarName(self._names[number], *comparison))
        return tuple(sorted(matches, key=lambda match: (-match.score, match.listed)))

    def _candidates(self, words: tuple[str, ...]) -> Iterator[int]:
        """Yield the numbers of the names that share the sound of a word and are roughly alike."""
        from rapidfuzz import fuzz, process

        postings = sorted(
            (posting for key in dict.fromkeys(map(_sound, words)) if (posting := self._postings.get(key))), key=len
        )
        sharing: dict[int, None] = {}
        for posting in postings:
            if sharing and len(sharing) + len(posting) > _MOST_CANDIDATES:
                break
            sharing |= dict.fromkeys(posting)
        numbers = list(sharing)
        candidates = [self._sorted[number] for number in numbers]
        query = _in_order_of_sound(words)
        for _, _, index in process.extract(query, candidates, scorer=fuzz.ratio, score_cutoff=_ROUGH_SCORE, limit=None):
            yield numbers[index]

    def _weight(self, word: str) -> float:
        """Return how much a word tells about who is meant: the logarithm of how rare it is in the lists."""
        posting = self._postings.get(_sound(word))
        return log(1 + (_PRIOR_NAMES + len(self._names)) / (_PRIOR_NAMES_WITH_WORD + (len(posting) if posting else 0)))

    def _compare(
        self, words: tuple[str, ...], listed: tuple[str, ...], weights: dict[str, float]
    ) -> tuple[float, tuple[str, ...]] | None:
        """Return the score and the differences of two names; None if they are not alike enough."""
        shorter, longer = (words, listed) if len(words) <= len(listed) else (listed, words)
        weight = {word: weights.get(word) or self._weight(word) for word in (*shorter, *longer)}
        unmatched = list(longer)
        matched_weight = similar_weight = missing_weight = 0.0
        spellings: list[str] = []
        pairs: list[tuple[int, int]] = []
        for word in sorted(shorter, key=lambda word: -len(word)):
            best, similarity = max(
                ((candidate, word_similarity(word, candidate)) for candidate in unmatched),
                key=lambda pair: pair[1],
                default=("", 0.0),
            )
            if similarity < _LEAST_WORD:
                missing_weight += weight[word]
                if missing_weight > matched_weight + sum(weight[short_word] for short_word in shorter) / 4:
                    return None
                continue
            unmatched.remove(best)
            pairs.append((shorter.index(word), longer.index(best)))
            matched_weight += max(weight[word], weight[best])
            similar_weight += max(weight[word], weight[best]) * similarity
            if word != best:
                pair = (word, best) if shorter is words else (best, word)
                spellings.append(f"“{pair[0]}” for “{pair[1]}”")
        extra_weight = sum(weight[word] for word in unmatched)
        total = matched_weight + missing_weight + _EXTRA_WORD * extra_weight
        score = similar_weight / total if total else 0.0
        if not set(words) & set(listed):
            in_order = [index for _, index in sorted(pairs)]
            score *= _NO_EQUAL_WORD if in_order == sorted(in_order) else 0
            if len(words) == 1 and score < _LEAST_SINGLE_WORD * _NO_EQUAL_WORD:
                return None
        if score < LEAST_SCORE:
            return None
        return round(min(score, _BEST_SCORE), 3), tuple(
            _differences(words, listed, unmatched, longer is words, spellings)
        )


def content_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without particles and without its legal form."""
    return _content_of(split_legal_form(folded_words(name))[0])


def _content_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name without particles, unless fewer than two are left."""
    small = small_words()
    telling = tuple(word for word in words if word not in small)
    return telling if len(telling) > 1 else tuple(words)


def word_similarity(first: str, second: str) -> float:
    """Return how alike two folded words are, 0 to 1."""
    if first == second:
        return 1.0
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == 1:
        return _INITIAL if longer.startswith(shorter) else 0.0
    if len(shorter) < 3 or shorter.isdigit() or longer.isdigit():
        return 0.0
    from rapidfuzz.distance import OSA, JaroWinkler

    first_sound, second_sound = _sound(first), _sound(second)
    if first_sound[:1] != second_sound[:1]:
        return 0.0
    edits = OSA.normalized_similarity(first, second)
    similarity = (edits + JaroWinkler.similarity(first, second)) / 2 if len(shorter) > 3 else 0.0
    if first_sound == second_sound and edits >= 0.5:
        return max(similarity, _SAME_SOUND + (1 - _SAME_SOUND) * edits)
    return similarity


def _in_order_of_sound(words: tuple[str, ...]) -> str:
    return " ".join(sorted(words, key=_sound))


@lru_cache(maxsize=1 << 18)
def _sound(word: str) -> str:
    """Return the sound key of a word with "g" as "k": Arabic and Persian q is written both ways ("Qaddafi")."""
    return sound_key(word).replace("g", "k")


def _is_comparable(words: tuple[str, ...]) -> bool:
    """Return whether a name says enough to be like another: two words that are no initials, or a long one."""
    full_words = [word for word in words if len(word) > 1]
    return len(full_words) > 1 or (len(words) == 1 and len(words[0]) > 5)


def _differences(
    words: tuple[str, ...], listed: tuple[str, ...], unmatched: list[str], text_is_longer: bool, spellings: list[str]
) -> Iterator[str]:
    yield from spellings
    if unmatched:
        yield f"{'with' if text_is_longer else 'without'} {', '.join(f'“{word}”' for word in unmatched)}"
    if len(words) == len(listed) and sorted(words) == sorted(listed):
        yield "the words in another order"
