from __future__ import annotations

import numpy as np
import pytest

from reader.recognize.network.crf import marginals, sum_chains, with_probabilities
from reader.recognize.network.decoding import Floats, NameSpan, best_tags, spelled_names, tag_count

_LABELS = 3


def random_scores(lengths: list[int], spread: float, seed: int = 0) -> list[Floats]:
    rng = np.random.default_rng(seed)
    return [(spread * rng.standard_normal((length, tag_count(_LABELS)))).astype(np.float32) for length in lengths]


def names_of(scores: list[Floats]) -> list[list[NameSpan]]:
    names = [spelled_names(tags, _LABELS) for tags in best_tags(scores, _LABELS)]
    assert all(names), "each sequence has names"
    return with_probabilities(names, scores, _LABELS)


@pytest.mark.parametrize("spread", [0.1, 1, 5, 9, 11, 300, 3000])
def test_the_probability_of_a_name_of_one_word_is_that_of_its_tag(spread: float) -> None:
    """`marginals` sums logarithms, which works however far the scores are apart."""
    scores = random_scores([40, 7, 150, 61], spread)
    chains = sum_chains(scores, _LABELS)
    probabilities = marginals(chains, _LABELS)
    for column, names in enumerate(names_of(scores)):
        for name in names:
            if name.end - name.start == 1:
                expected = probabilities[name.start, column, 1 + 3 * _LABELS + name.label]
                assert name.score == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("spread", [0.1, 1, 5, 9, 11, 300, 3000])
def test_a_sequence_has_the_same_names_alone_and_among_others(spread: float) -> None:
    scores = random_scores([40, 7, 150, 61], spread, seed=1)
    for rows, names in zip(scores, names_of(scores), strict=True):
        [alone] = names_of([rows])
        assert [name[:3] for name in alone] == [name[:3] for name in names]
        assert [name.score for name in alone] == pytest.approx([name.score for name in names], abs=1e-9)


def test_the_best_tags_are_those_with_the_highest_score_of_all_sequences() -> None:
    """Compared with every sequence of four tags that spells whole names."""
    for seed in range(20):
        [scores] = random_scores([4], 2, seed)
        best = max(_sequences(4), key=lambda tags: scores[np.arange(4), tags].sum())
        [tags] = best_tags([scores], _LABELS)
        assert tags.tolist() == best


def _sequences(length: int, label: int = -1) -> list[list[int]]:
    """Return the sequences of tags that spell whole names; inside a name with a label if it is not -1."""
    if not length:
        return [[]] if label < 0 else []
    choices = (
        [(0, -1), *((1 + n, n) for n in range(_LABELS)), *((1 + 3 * _LABELS + n, -1) for n in range(_LABELS))]
        if label < 0
        else [(1 + _LABELS + label, label), (1 + 2 * _LABELS + label, -1)]
    )
    return [[tag, *rest] for tag, after in choices for rest in _sequences(length - 1, after)]
