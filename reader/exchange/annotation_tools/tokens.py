"""Tokens and sentences for formats that annotate tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from reader.document.sentences import sentence_ends
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language

    from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedMention


class Token(NamedTuple):
    """A word, a punctuation mark or, in `split_text`, white space: `text[start:end]`, in code points."""

    start: int
    end: int


@cache
def blank_pipeline() -> Language:
    """Return spaCy's empty English pipeline. Its tokens are those that spaCy trains on."""
    import spacy

    return spacy.blank("en")


def split_text(text: str, boundaries: Iterable[int]) -> list[Token]:
    """Return spaCy's tokens of a text, white space between them included where it is not one space.

    Args:
        text: The text.
        boundaries: Offsets at which a token also ends, such as those of mentions inside words.
    """
    cuts = sorted(set(boundaries))
    tokens: list[Token] = []
    for word in blank_pipeline().tokenizer(text):
        start, end = word.idx, word.idx + len(word)
        for cut in cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]:
            tokens.append(Token(start, cut))
            start = cut
        tokens.append(Token(start, end))
    return tokens


def words_of(document: AnnotatedDocument, mentions: Sequence[AnnotatedMention]) -> list[Token]:
    """Return the tokens of a document that are not white space. No mention starts or ends inside a token."""
    text = document.text
    tokens = split_text(text, (offset for mention in mentions for offset in (mention.start, mention.end)))
    return [token for token in tokens if not text[token.start : token.end].isspace()]


def sentences_of(document: AnnotatedDocument, mentions: Sequence[AnnotatedMention]) -> Iterator[list[Token]]:
    """Yield the tokens of each sentence, without white space. No sentence ends inside a mention."""
    text = document.text
    tokens = words_of(document, mentions)
    blocks = [(block.start, block.end) for block in document.document.blocks] or [(0, len(text))]
    ends = sorted({end for start, stop in blocks for end in (*sentence_ends(text, start, stop), stop)} | {len(text)})
    sentence: list[Token] = []
    mention_number, end_number, covered_to = 0, 0, 0
    for token in tokens:
        while mention_number < len(mentions) and mentions[mention_number].start < token.start:
            covered_to = max(covered_to, mentions[mention_number].end)
            mention_number += 1
        while ends[end_number] <= token.start:
            end_number += 1
            if sentence and covered_to <= token.start:
                yield sentence
                sentence = []
        sentence.append(token)
    if sentence:
        yield sentence


def token_range(tokens: Sequence[Token], mention: AnnotatedMention) -> range:
    """Return the indexes of the tokens inside a mention; empty if it has none."""
    return range(bisect_left(tokens, (mention.start,)), bisect_left(tokens, (mention.end,)))
