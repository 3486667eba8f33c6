from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind
from reader.recognize.segments import batches
from tests.recognize.samples import document

PROSE = st.text(st.sampled_from("ab. X\n\té"), max_size=400)


def test_line_breaks_in_a_paragraph_are_shown_as_spaces() -> None:
    wrapped = document("Harbor\nWatch\n\nleft")
    assert [segment.text for batch in batches(wrapped.text, wrapped.blocks) for segment in batch.segments] == [
        "Harbor Watch",
        "left",
    ]


def test_code_is_not_shown() -> None:
    listing = document("Ada\n\nFrance = 1", {1: BlockKind.CODE})
    assert [segment.text for batch in batches(listing.text, listing.blocks) for segment in batch.segments] == ["Ada"]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    long = document("One sentence stands here. " * 1000)
    segments = [segment for batch in batches(long.text, long.blocks) for segment in batch.segments]
    assert len(segments) > 2
    assert all(segment.text.startswith("One sentence") for segment in segments)


def test_a_million_characters_without_a_space_are_no_word() -> None:
    run = document("x" * 1_000_000 + " Ada")
    segments = [segment for batch in batches(run.text, run.blocks) for segment in batch.segments]
    assert "".join(segment.text for segment in segments) == " " * 1_000_001 + "Ada"


@given(st.lists(PROSE, max_size=6), st.integers(1, 60))
def test_segments_cover_every_block_once(parts: list[str], times: int) -> None:
    text = document("\n\n".join(part * times for part in parts))
    place = 0
    covered = []
    for batch in batches(text.text, text.blocks):
        assert batch.first_block <= batch.last_block
        for segment in batch.segments:
            assert segment.start >= place
            place = segment.start + len(segment.text)
            covered.append((segment.start, place))
    assert sum(end - start for start, end in covered) == sum(block.end - block.start for block in text.blocks)


@given(st.lists(PROSE.filter(str.strip), min_size=1, max_size=6))
def test_every_block_stands_in_a_batch(parts: list[str]) -> None:
    text = document("\n\n".join(part * 50 for part in parts))
    found = batches(text.text, text.blocks)
    for number in range(len(text.blocks)):
        assert any(batch.first_block <= number <= batch.last_block for batch in found)
