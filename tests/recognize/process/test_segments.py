from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind
from reader.recognize.process.segments import Segment, batches
from tests.recognize.samples import document


def own_text(segment: Segment) -> str:
    """Return the text of a segment without its context."""
    return segment.text[segment.context_before : len(segment.text) - segment.context_after]


PROSE = st.text(st.sampled_from("ab. X\n\té"), max_size=400)


def test_line_breaks_in_a_paragraph_become_spaces() -> None:
    wrapped = document("Harbor\nWatch\n\nleft")
    assert [segment.text for batch in batches(wrapped.text, wrapped.blocks) for segment in batch.segments] == [
        "Harbor Watch",
        "left",
    ]


def test_code_blocks_are_left_out() -> None:
    listing = document("Ada\n\nFrance = 1", {1: BlockKind.CODE})
    assert [segment.text for batch in batches(listing.text, listing.blocks) for segment in batch.segments] == ["Ada"]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    long = document("One sentence is here. " * 1000)
    segments = [segment for batch in batches(long.text, long.blocks) for segment in batch.segments]
    assert len(segments) > 2
    assert all(own_text(segment).startswith("One sentence") for segment in segments)
    assert all(segment.text.count("One sentence") > own_text(segment).count("One sentence") for segment in segments)


def test_a_million_characters_without_a_space_are_left_out() -> None:
    run = document("x" * 1_000_000 + " Ada")
    segments = [segment for batch in batches(run.text, run.blocks) for segment in batch.segments]
    assert [segment.text.strip() for segment in segments] == ["Ada"]
    assert segments[-1].start + len(segments[-1].text) == len(run.text)


@given(st.lists(PROSE, max_size=6), st.integers(1, 60))
def test_segments_include_every_letter_once(parts: list[str], repeats: int) -> None:
    text = document("\n\n".join((part + " ") * repeats for part in parts))
    offset = 0
    segment_texts = ""
    for batch in batches(text.text, text.blocks):
        assert batch.first_block <= batch.last_block
        for segment in batch.segments:
            assert segment.start + segment.context_before >= offset
            offset = segment.start + len(segment.text) - segment.context_after
            assert text.text[segment.start] == segment.text[0] or segment.text[0] == " "
            segment_texts += own_text(segment)
    assert "".join(segment_texts.lower().split()) == "".join(text.text.lower().split())


def test_a_lone_surrogate_is_replaced() -> None:
    broken = document("Ada \udc80")
    assert [segment.text for batch in batches(broken.text, broken.blocks) for segment in batch.segments] == [
        "Ada \ufffd"
    ]


@given(st.lists(PROSE.filter(str.strip), min_size=1, max_size=6))
def test_every_block_is_in_a_batch(parts: list[str]) -> None:
    text = document("\n\n".join((part + " ") * 50 for part in parts))
    divided = batches(text.text, text.blocks)
    for number, block in enumerate(text.blocks):
        if text.text[block.start : block.end].isspace():
            continue
        assert any(batch.first_block <= number <= batch.last_block for batch in divided)
