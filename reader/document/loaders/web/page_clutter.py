"""Finds the elements of a page that are clutter: navigation, appeals, what is beside the article, other articles."""

from __future__ import annotations

from typing import Final

from reader.document.loaders.web.measured_page import MAIN_SHARE, MeasuredPage
from reader.document.loaders.web.page_nodes import NodeRole

_LONGEST_APPEAL: Final = 600
_LONGEST_CONSENT: Final = 3_000
"""Code points; a longer element holds an article."""
_LONGEST_TEASER: Final = 600
_ASIDE_LINKS_SHARE: Final = 0.3


def clutter_of(page: MeasuredPage) -> list[bool]:
    """Return for each element whether it or one around it is clutter."""
    clutter = [False] * len(page.nodes)
    for index, node in enumerate(page.nodes):
        if node.parent >= 0 and clutter[node.parent]:
            clutter[index] = True
        elif node.role is not NodeRole.UNKNOWN:
            clutter[index] = _is_clutter(page, index)
    _mark_teasers(page, clutter)
    return clutter


def _is_clutter(page: MeasuredPage, index: int) -> bool:
    node, length = page.nodes[index], page.text_in[index]
    if page.all_matched and page.matched_in[index] > MAIN_SHARE * page.all_matched:
        return False
    match node.role:
        case NodeRole.HIDDEN:
            return True
        case NodeRole.CLUTTER:
            return not (node.tag == "footer" and page.is_inside(index, "blockquote"))
        case NodeRole.APPEAL:
            return length <= (_LONGEST_CONSENT if "cook" in node.names or "onsent" in node.names else _LONGEST_APPEAL)
        case NodeRole.ASIDE:
            return page.matched_in[index] == 0 or page.links_in[index] > _ASIDE_LINKS_SHARE * length
        case _:
            return False


def _mark_teasers(page: MeasuredPage, clutter: list[bool]) -> None:
    """Mark groups of two and more elements of one make that each announce another article with a link."""
    groups: dict[tuple[int, str, str], list[int]] = {}
    for index, node in enumerate(page.nodes):
        is_short = node.tag in ("article", "div", "section", "li") and 0 < page.text_in[index] < _LONGEST_TEASER
        if is_short and not clutter[index] and _is_teaser(page, index):
            groups.setdefault((node.parent, node.tag, node.names), []).append(index)
    for group in groups.values():
        matched = sum(page.matched_in[index] for index in group)
        if (len(group) > 1 or page.nodes[group[0]].tag == "article") and matched < MAIN_SHARE * page.all_matched:
            for index in group:
                clutter[index : page.nodes[index].end] = [True] * (page.nodes[index].end - index)


def _is_teaser(page: MeasuredPage, index: int) -> bool:
    """Return whether an element has a heading that is a link, or is a link for the most part and has a heading."""
    node = page.nodes[index]
    if not page.links_in[index] or node.end == index + 1:
        return False
    return any(page.is_linked_heading(inner) for inner in range(index + 1, node.end))
