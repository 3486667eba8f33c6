from __future__ import annotations

import random

import pytest

from reader.display.entity_context.concordance import Concordance, MentionOrder
from reader.document import Block, Document
from reader.recognize import Mention


def sorted_texts(text: str, order: MentionOrder, *, name: str = "Norra") -> list[str]:
    """Return the words before or after each mention of a name, in the order of a concordance."""
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    starts = [index for index in range(len(text)) if text.startswith(name, index)]
    mentions = [Mention(start, start + len(name), "GPE") for start in starts]
    concordance = Concordance(Document(text, tuple(blocks), "", ""), mentions, order)
    for _ in concordance.run():
        pass
    sides = []
    for index in concordance.result:
        mention, block = mentions[index], next(it for it in blocks if it.start <= starts[index] < it.end)
        after = order is MentionOrder.WORDS_AFTER
        sides.append(text[mention.end : block.end] if after else text[block.start : mention.start])
    return sides


def test_words_after_are_compared_from_the_mention_outward() -> None:
    text = "Norra slept badly\nNorra met Dalby\nNorra slept alone\nNorra, at last"
    after = [" slept alone", " slept badly"]
    assert sorted_texts(text, MentionOrder.WORDS_AFTER) == [", at last", " met Dalby", *after]


def test_words_before_are_compared_from_the_mention_outward() -> None:
    text = "the quiet port of Norra\na boat to Norra\nthe old port of Norra\nnear Norra"
    assert sorted_texts(text, MentionOrder.WORDS_BEFORE) == [
        "near ",
        "the old port of ",
        "the quiet port of ",
        "a boat to ",
    ]


def test_accents_case_and_punctuation_do_not_matter() -> None:
    text = "Norra (Étude b)\nNorra etude a\nNorra Ärger\nNorra “etude” c"
    assert sorted_texts(text, MentionOrder.WORDS_AFTER) == [" Ärger", " etude a", " (Étude b)", " “etude” c"]


def test_words_of_another_paragraph_are_not_context() -> None:
    text = "Norra\naaa Norra zzz\nNorra bbb"
    assert sorted_texts(text, MentionOrder.WORDS_AFTER) == ["", " bbb", " zzz"]
    assert sorted_texts(text, MentionOrder.WORDS_BEFORE) == ["", "", "aaa "]


@pytest.mark.parametrize("order", list(MentionOrder))
def test_equal_words_keep_text_order(order: MentionOrder) -> None:
    text = "\n".join(["the Norra came"] * 30)
    mentions = [Mention(start, start + 5, "GPE") for start in range(4, len(text), 15)]
    blocks = tuple(Block(mention.start - 4, mention.end + 5) for mention in mentions)
    concordance = Concordance(Document(text, blocks, "", ""), mentions, order)
    for _ in concordance.run():
        pass
    assert list(concordance.result) == list(range(30))


def test_many_mentions_are_sorted_with_pauses_as_if_at_once() -> None:
    chance = random.Random(4)
    lines = [f"Norra {chance.choice('abcdefgh')}{chance.randrange(40)}" for _ in range(5000)]
    text = "\n".join(lines)
    assert sorted_texts(text, MentionOrder.WORDS_AFTER) == [line[5:] for line in sorted(lines)]
