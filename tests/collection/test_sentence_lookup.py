from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.collection.sentence_lookup import SentenceLookup
from reader.document import Block, Document
from reader.document.sentences import sentence_at


@given(st.lists(st.sampled_from(["Ada left. ", "Dr. Who? ", "“No!” he said. ", "a", "。", "\n", ". "]), min_size=1))
def test_finds_the_sentences_of_the_document_module(pieces: list[str]) -> None:
    text = "x" + "".join(pieces) + "x"
    middle = len(text) // 2
    blocks = (Block(0, middle), Block(middle, len(text))) if middle else (Block(0, len(text)),)
    document = Document(text, blocks, "", "")
    lookup = SentenceLookup(document)
    for offset in [*range(len(text)), 0]:
        index = document.block_index_at(offset)
        block = blocks[index]
        assert lookup.at(offset) == (index, sentence_at(text, offset, block.start, block.end))
