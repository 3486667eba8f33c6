"""Chooses the blocks of a page that are its article.

trafilatura says where the article is. Its text is not used, because it rebuilds the tree and loses captions, quotes,
cells and words on the way. Instead, the blocks of the page that occur in its text are the core, from which the rest
follows: the blocks between them that nothing marks as clutter, and further bodies of the same make, such as the
entries of a live report or the posts of a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reader.document.blocks import BlockKind
from reader.document.loaders.web.article_bodies import body_of, further_bodies
from reader.document.loaders.web.html_blocks import WalkedPage
from reader.document.loaders.web.measured_page import LONG_BLOCK, LONGEST_BYLINE, SENTENCE_ENDS, MeasuredPage
from reader.document.loaders.web.page_clutter import clutter_of
from reader.document.loaders.web.page_nodes import NodeRole
from reader.document.loaders.web.surplus_blocks import drop_surplus
from reader.structures.named_tuple import NamedTuple

_LINKS_SHARE: Final = 0.7
_WHOLE_PAGE: Final = frozenset(("html", "body", "main"))


class ArticleChoice(NamedTuple):
    """Which blocks of a page are the article."""

    chosen: list[bool]
    coverage: float
    """Share of the page's running text that was extracted, from 0 to 1. If low, the extraction may have failed."""
    other_words: int
    """Words that are not in the article."""
    hidden_words: int
    """Words that the page hides, not counted above."""


def choose(walked: WalkedPage, lines: Iterable[str]) -> ArticleChoice:
    """Return which blocks of a page are its article, given the lines that were extracted from it."""
    page = MeasuredPage(walked, lines)
    clutter = clutter_of(page)
    chosen = [False] * len(page.texts)
    if page.all_matched:
        body = body_of(page)
        _choose_matched(page, clutter, chosen, body)
        for element in [body, *further_bodies(page, clutter, body)]:
            _fill(page, clutter, chosen, element)
        _choose_around(page, clutter, chosen, body)
        drop_surplus(page, chosen)
    hidden, beside = page.inline_hidden, 0
    for block, is_chosen in enumerate(chosen):
        if not is_chosen:
            if page.has_role(page.node_of[block], NodeRole.HIDDEN):
                hidden += len(page.words[block])
            else:
                beside += len(page.words[block])
    return ArticleChoice(chosen, _coverage(page, clutter), beside, hidden)


def _choose_matched(page: MeasuredPage, clutter: Sequence[bool], chosen: list[bool], body: int) -> None:
    """Choose what was extracted. Outside of the body, a text that is in it as well is a teaser of this article."""
    end = page.nodes[body].end
    inside = {tuple(page.words[index]) for index in page.blocks_in(body) if page.matched[index]}
    for index, node in enumerate(page.node_of):
        if page.matched[index] and not clutter[node] and not _is_short_byline(page, index):
            chosen[index] = body <= node < end or tuple(page.words[index]) not in inside


def _fill(page: MeasuredPage, clutter: Sequence[bool], chosen: list[bool], body: int) -> None:
    """Choose the blocks of a body that are not marked as anything else."""
    inside = page.blocks_in(body)
    if page.nodes[body].tag in _WHOLE_PAGE:
        core = [index for index in inside if chosen[index]]
        inside = [index for index in inside if core and core[0] < index < core[-1]]
    for index in inside:
        chosen[index] = chosen[index] or _belongs(page, clutter, index, body)


def _belongs(page: MeasuredPage, clutter: Sequence[bool], index: int, body: int) -> bool:
    node = page.node_of[index]
    if clutter[node] or page.has_role(node, NodeRole.BYLINE, inside=body):
        return False
    if page.kinds[index] is BlockKind.CODE:
        return True
    if page.links[index] >= _LINKS_SHARE * len(page.texts[index]):
        # a list of links in the text itself, such as one of further sources
        return page.kinds[index] is BlockKind.LIST_ITEM and page.nodes[body].tag not in _WHOLE_PAGE
    if page.kinds[index] is BlockKind.PARAGRAPH and page.nodes[node].role is not NodeRole.CAPTION:
        return len(page.words[index]) > 3 or page.texts[index][-1] in SENTENCE_ENDS
    return True


def _is_short_byline(page: MeasuredPage, index: int) -> bool:
    words, text = page.words[index], page.texts[index]
    is_short = len(words) <= LONGEST_BYLINE and text[-1] not in SENTENCE_ENDS
    return is_short and page.has_role(page.node_of[index], NodeRole.BYLINE, inside=0)


def _choose_around(page: MeasuredPage, clutter: Sequence[bool], chosen: list[bool], body: int) -> None:
    """Choose the captions in the article around the body, and its summary between headline and body."""
    scope = body
    while scope > 0 and page.nodes[scope].tag not in ("article", "main", "body"):
        scope = page.nodes[scope].parent
    if page.nodes[scope].tag not in ("article", "main"):
        return
    end = page.nodes[scope].end
    first = next(iter(page.blocks_in(body)), 0)
    last = max((index for index, is_chosen in enumerate(chosen) if is_chosen), default=-1)
    headline = next((index for index in range(first) if page.is_headline(index) and page.node_of[index] >= scope), -1)
    for index in range(last):
        node = page.node_of[index]
        if chosen[index] or not scope <= node < end or clutter[node]:
            continue
        if page.has_role(node, NodeRole.CAPTION, inside=scope):
            chosen[index] = len(page.words[index]) > 2 and 2 * page.links[index] < len(page.texts[index])
        elif -1 < headline < index < first:
            chosen[index] = _is_summary(page, index, scope)


def _is_summary(page: MeasuredPage, index: int, scope: int) -> bool:
    text = page.texts[index]
    if page.has_role(page.node_of[index], NodeRole.BYLINE, inside=scope) or 3 * page.links[index] > len(text):
        return False
    if page.kinds[index] is BlockKind.HEADING:
        following = index + 1
        return following < len(page.texts) and page.kinds[following] is BlockKind.LIST_ITEM
    return len(page.words[index]) > 3 and (page.kinds[index] is BlockKind.LIST_ITEM or text[-1] in SENTENCE_ENDS)


def _coverage(page: MeasuredPage, clutter: Sequence[bool]) -> float:
    running = matched = 0
    for index, text in enumerate(page.texts):
        if len(text) >= LONG_BLOCK and 3 * page.links[index] < len(text) and not clutter[page.node_of[index]]:
            running += len(text)
            matched += len(text) if page.matched[index] else 0
    return matched / running if running else 1.0
