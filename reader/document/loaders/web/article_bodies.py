"""Finds the elements of a page that hold the text of its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.document.loaders.web.measured_page import MeasuredPage
from reader.structures.lazy_pattern import lazy_pattern

_BODY_SHARE: Final = 0.7
"""Share of the extracted text that the body of the article holds at least."""
_MIN_PEER: Final = 60
"""Code points without links of a further body."""
_BODY_CLASS: Final = lazy_pattern(
    r"post|entry|article|story|message|answer|question|reply|body|content|text|update|live|prose", re.IGNORECASE
)
_LAYOUT_CLASS: Final = lazy_pattern(
    r"(?:^|[\s_-])(?:row|col|column|container|wrap|wrapper|grid|section|widget|group|inner|card|block|panel)",
    re.IGNORECASE,
)


def body_of(page: MeasuredPage) -> int:
    """Return the innermost element that holds most of the extracted text."""
    body = 0
    while True:
        inner = _best_child(page, body)
        if inner is None or page.matched_in[inner] < _BODY_SHARE * page.all_matched:
            return body
        body = inner


def _best_child(page: MeasuredPage, parent: int) -> int | None:
    best, child = None, parent + 1
    while child < page.nodes[parent].end:
        if best is None or page.matched_in[child] > page.matched_in[best]:
            best = child
        child = page.nodes[child].end
    return best


def further_bodies(page: MeasuredPage, clutter: Sequence[bool], body: int) -> list[int]:
    """Return further bodies: elements of the same make as the body or an element around it, with text of their own.

    An element with a headline of its own, or whose heading is a link to elsewhere, is another article.
    """
    level = body
    while level > 0 and page.nodes[level].tag not in ("body", "html", "main"):
        node = page.nodes[level]
        if node.tag in ("article", "div", "section", "li", "td") and (node.names or node.tag == "article"):
            peers = [index for index in range(len(page.nodes)) if _is_peer(page, clutter, index, level)]
            if peers:
                return peers
        level = node.parent
    return []


def _is_peer(page: MeasuredPage, clutter: Sequence[bool], index: int, level: int) -> bool:
    node, model = page.nodes[index], page.nodes[level]
    if node.tag != model.tag or node.names != model.names or level <= index < model.end or node.end > level >= index:
        return False
    if clutter[index] or page.text_in[index] - page.links_in[index] < _MIN_PEER:
        return False
    is_body = node.tag == "article" or _BODY_CLASS.search(node.names)
    if not is_body and (node.parent != model.parent or _LAYOUT_CLASS.search(node.names)):
        return False
    return not _has_headline(page, index)


def _has_headline(page: MeasuredPage, index: int) -> bool:
    return any(
        page.nodes[inner].tag == "h1" or page.is_linked_heading(inner) for inner in range(index, page.nodes[index].end)
    )
