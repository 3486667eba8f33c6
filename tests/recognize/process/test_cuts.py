"""Where a document is cut, and in what order its parts are read, makes no difference."""

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


class Neighborly:
    """A recognizer that looks at four words on each side, as the bundled one does: cutting too near would show."""

    name, version = "neighborly", "1"
    _WORD = re.compile(r"\w+")

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """Mark what begins with a capital, with a label and a score that depend on the neighbors."""
        for text in texts:
            words = list(self._WORD.finditer(text))
            sizes = [len(word[0]) for word in words]
            yield [
                Mention(word.start(), word.end(), ("PERSON", "ORG", "GPE")[around % 3], "model", 0.7 + around % 7 / 25)
                for number, word in enumerate(words)
                if word[0][0].isupper() and (around := sum(sizes[max(0, number - 4) : number + 5])) % 5
            ]


def read(article: Document, recognizer: Recognizer, segment: int, batch: int) -> list[tuple[int, int, str, float]]:
    """Recognize with other sizes of segments and batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_SEGMENT", segment)
        patch.setattr(segments, "_BATCH", batch)
        patch.setattr(segments, "_FIRST_BATCH", max(1, batch // 3))
        found = recognize(article, recognizer)
    # Sums of many numbers depend on how they are grouped, in their last digits.
    return [(one.start, one.end, one.label, round(one.score, 2)) for one in found]


@given(PARAGRAPHS, st.integers(400, 6_000), st.integers(1, 20_000))
def test_the_cut_makes_no_difference(paragraphs: list[str], segment: int, batch: int) -> None:
    article = document("\n\n".join(paragraphs))
    assert read(article, Neighborly(), segment, batch) == read(article, Neighborly(), 10**9, 10**9)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS, st.integers(400, 3_000), st.integers(1, 6_000))
def test_the_cut_makes_no_difference_to_the_bundled_pipeline(paragraphs: list[str], segment: int, batch: int) -> None:
    article, recognizer = document("\n\n".join(paragraphs)), load_recognizer()
    apart, whole = read(article, recognizer, segment, batch), read(article, recognizer, 10**9, 10**9)
    assert [one[:3] for one in apart] == [one[:3] for one in whole]
    assert all(abs(a[3] - b[3]) <= 0.011 for a, b in zip(apart, whole, strict=True))


@given(PARAGRAPHS, st.integers(400, 2_000), st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(paragraphs: list[str], segment: int, random: object) -> None:
    article = document("\n\n".join(paragraphs))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_SEGMENT", segment)
        patch.setattr(segments, "_BATCH", 1_000)
        todo = segments.batches(article.text, article.blocks)
        random.shuffle(todo)  # type: ignore[attr-defined]  # of hypothesis
        raw = [mention for batch in todo for mention in raw_mentions(batch, Neighborly())]
        assert document_pass(article, raw) == recognize(article, Neighborly())
