from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.cli.output.brackets import with_brackets
from reader.document import Block, BlockKind, Document
from reader.recognize import Mention


def test_each_name_is_put_in_brackets_with_its_label() -> None:
    text = "IS and Iraq\n\nIraq"
    document = Document(text, (Block(0, 11, BlockKind.HEADING, 1), Block(13, 17)), "t", "-")
    marked = with_brackets(document, [Mention(0, 2, "ORG"), Mention(7, 11, "GPE"), Mention(13, 17, "GPE")])
    assert marked.text == "[IS ORG] and [Iraq GPE]\n\n[Iraq GPE]"
    block_texts = [marked.text[block.start : block.end] for block in marked.blocks]
    assert block_texts == ["[IS ORG] and [Iraq GPE]", "[Iraq GPE]"]
    assert marked.blocks[0].kind is BlockKind.HEADING


def test_nested_mentions_have_nested_brackets() -> None:
    text = "Bank of England said"
    document = Document(text, (Block(0, len(text)),), "t", "-")
    mentions = [Mention(0, 4, "FAC"), Mention(0, 15, "ORG"), Mention(8, 15, "GPE"), Mention(16, 20, "X")]
    marked = with_brackets(document, sorted(mentions))
    assert marked.text == "[[Bank FAC] of [England GPE] ORG] [said X]"
    assert [marked.text[block.start : block.end] for block in marked.blocks] == [marked.text]


def test_a_mention_across_two_blocks_leaves_both_blocks_in_place() -> None:
    document = Document("ab\ncd", (Block(0, 2), Block(3, 5)), "t", "-")
    marked = with_brackets(document, [Mention(1, 4, "ORG")])
    assert marked.text == "a[b\nc ORG]d"
    assert [marked.text[block.start : block.end] for block in marked.blocks] == ["a[b", "c ORG]d"]


@given(st.lists(st.tuples(st.text("abc ", min_size=1, max_size=9), st.booleans()), min_size=1, max_size=8))
def test_blocks_contain_the_same_words_with_brackets(parts: list[tuple[str, bool]]) -> None:
    text, blocks, mentions = "", [], []
    for part, named in parts:
        blocks.append(Block(len(text), len(text) + len(part)))
        if named:
            mentions.append(Mention(len(text), len(text) + len(part), "ORG"))
        text += part + "\n"
    marked = with_brackets(Document(text, tuple(blocks), "t", "-"), mentions)
    block_texts = [marked.text[block.start : block.end] for block in marked.blocks]
    assert block_texts == [f"[{part} ORG]" if named else part for part, named in parts]
