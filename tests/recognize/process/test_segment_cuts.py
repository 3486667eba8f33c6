"""Neither the cuts in a long block nor the order of batches change the result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Document
from reader.recognize import Mention, Recognizer
from reader.recognize.process import segments
from reader.recognize.process.analysis import document_pass, load_recognizer, raw_mentions, recognize
from tests.recognize.samples import document

SENTENCES = st.sampled_from(
    [
        "Ada Kovacs of Harbor Watch left Port Ellis. ",
        "She said that nothing had happened in Kenya; the World Bank did not answer. ",
        "Officials of the Ministry of Water and Mining met in Nairobi on Monday, and Angela Merkel spoke. ",
        "Nothing else is known. ",
        "“We wait,” said Kovacs, whom Harbor Watch (HW) had sent to the African Union. ",
        "In May the HW office in Port Ellis closed.[3] ",
        "the river rose, the road was closed, and the harbor of Mombasa stood empty for a week, ",
    ]
)
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=40).map("".join), min_size=1, max_size=4)


class NeighborRecognizer:
    """Uses four words on each side, like the bundled recognizer, so that too little context changes results."""

    name, version = "neighbors", "1"
    _WORD = re.compile(r"\w+")

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """Mark words that begin with a capital; label and score depend on their neighbors."""
        for text in texts:
            words = list(self._WORD.finditer(text))
            sizes = [len(word[0]) for word in words]
            yield [
                Mention(
                    word.start(),
                    word.end(),
                    ("PERSON", "ORG", "GPE")[context_size % 3],
                    "model",
                    0.7 + context_size % 7 / 25,
                )
                for number, word in enumerate(words)
                if word[0][0].isupper() and (context_size := sum(sizes[max(0, number - 4) : number + 5])) % 5
            ]


def recognize_divided(
    sample: Document, recognizer: Recognizer, segment: int, batch: int
) -> list[tuple[int, int, str, float]]:
    """Recognize a document with other sizes of segments and batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_MAX_SEGMENT", segment)
        patch.setattr(segments, "_MAX_BATCH", batch)
        patch.setattr(segments, "_MAX_FIRST_BATCH", max(1, batch // 3))
        mentions = recognize(sample, recognizer)
    # The last digits of a sum of many numbers depend on how they are grouped.
    return [(mention.start, mention.end, mention.label, round(mention.score, 2)) for mention in mentions]


@given(PARAGRAPHS, st.integers(400, 6_000), st.integers(1, 20_000))
def test_cuts_do_not_change_the_result(paragraphs: list[str], segment: int, batch: int) -> None:
    sample = document("\n\n".join(paragraphs))
    undivided = recognize_divided(sample, NeighborRecognizer(), 10**9, 10**9)
    assert recognize_divided(sample, NeighborRecognizer(), segment, batch) == undivided


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS, st.integers(400, 3_000), st.integers(1, 6_000))
def test_cuts_do_not_change_the_result_of_the_bundled_pipeline(paragraphs: list[str], segment: int, batch: int) -> None:
    sample, recognizer = document("\n\n".join(paragraphs)), load_recognizer()
    divided = recognize_divided(sample, recognizer, segment, batch)
    undivided = recognize_divided(sample, recognizer, 10**9, 10**9)
    assert [mention[:3] for mention in divided] == [mention[:3] for mention in undivided]
    assert all(abs(a[3] - b[3]) <= 0.011 for a, b in zip(divided, undivided, strict=True))


@given(PARAGRAPHS, st.integers(400, 2_000), st.randoms(use_true_random=False))
def test_the_order_of_batches_does_not_change_the_result(paragraphs: list[str], segment: int, rng: object) -> None:
    sample = document("\n\n".join(paragraphs))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_MAX_SEGMENT", segment)
        patch.setattr(segments, "_MAX_BATCH", 1_000)
        shuffled = segments.batches(sample.text, sample.blocks)
        rng.shuffle(shuffled)  # type: ignore[attr-defined]  # from Hypothesis
        raw = [mention for batch in shuffled for mention in raw_mentions(batch, NeighborRecognizer())]
        assert document_pass(sample, raw) == recognize(sample, NeighborRecognizer())
