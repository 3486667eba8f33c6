"""Drops blocks of an article that turn out not to belong to it: links to others, repetitions, small print."""

from __future__ import annotations

import re
from typing import Final

from reader.document.blocks import BlockKind
from reader.document.loaders.web.measured_page import LONG_BLOCK, LONGEST_BYLINE, MeasuredPage
from reader.document.loaders.web.page_nodes import NodeRole
from reader.structures.lazy_pattern import lazy_pattern

_DEVICE_CLASS: Final = lazy_pattern(
    r"(?:^|[\s_-])(?:mobile|phone|tablet|desktop|print|amp|small|large|hide|show|visible|sm|md|lg|xs|xl)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AD_LABELS: Final = frozenset(
    ("advertisement", "advertisment", "advertising", "anzeige", "publicité", "publicidad", "werbung", "sponsored", "ad")
)
_MORE_HEADINGS: Final = lazy_pattern(
    r"(?:related|recommended|more (?:from|on|in|stories|news|articles)|read (?:more|next|also)|most (?:read|popular)|"
    r"trending|you (?:may|might) also|popular|latest|also (?:read|interesting)|from around the web|up next|"
    r"lesen sie auch|mehr zum thema|meistgelesen|auch interessant|à lire aussi|lire aussi|sur le même sujet|"
    r"lea también|te puede interesar|noticias relacionadas|leggi anche|leia também|czytaj także|lees ook|läs också|"
    r"читайте также)\b",
    re.IGNORECASE,
)
_SMALL_PRINT: Final = lazy_pattern(
    r"(?:©|\(c\)|copyright\b|all rights reserved)|.{0,80}\b(?:best viewed (?:in|with)|visited \d+ times)", re.IGNORECASE
)


def drop_surplus(page: MeasuredPage, chosen: list[bool]) -> None:
    """Unmark the blocks that do not belong to the article although they are in its text."""
    _drop_before_headline(page, chosen)
    _drop_other_articles(page, chosen)
    _drop_doubles(page, chosen)
    _drop_ends(page, chosen)


def _drop_other_articles(page: MeasuredPage, chosen: list[bool]) -> None:
    """Drop lists of links under a heading such as "Related", and labels of advertisements."""
    for index, text in enumerate(page.texts):
        if not chosen[index]:
            continue
        if "".join(page.words[index]) in _AD_LABELS:
            chosen[index] = False
        elif _MORE_HEADINGS.match(text) and text[-1] not in ".!?":
            following = index + 1
            while following < len(chosen) and 2 * page.links[following] >= len(page.texts[following]) > 0:
                following += 1
            if 2 * page.links[index] >= len(text):
                chosen[index] = False
            elif following > index + 1 and len(page.words[index]) <= LONGEST_BYLINE:
                chosen[index:following] = [False] * (following - index)


def _drop_before_headline(page: MeasuredPage, chosen: list[bool]) -> None:
    """Drop what is above the headline: the name of the section, the path through the site."""
    headline = next((index for index, is_chosen in enumerate(chosen) if is_chosen and page.is_headline(index)), 0)
    if all(len(page.texts[index]) < LONG_BLOCK for index in range(headline) if chosen[index]):
        chosen[:headline] = [False] * headline


def _drop_doubles(page: MeasuredPage, chosen: list[bool]) -> None:
    """Drop blocks that the page repeats for another kind of device, as its classes say, and pull quotes."""
    first: dict[tuple[str, ...], int] = {}
    for index, words in enumerate(page.words):
        if not chosen[index]:
            continue
        earlier = first.setdefault(tuple(words), index)
        if earlier != index and words and (_is_for_device(page, index) or _is_for_device(page, earlier)):
            chosen[index] = False
        elif page.has_role(page.node_of[index], NodeRole.PULL_QUOTE):
            chosen[index] = not _is_repeated(page, index, chosen)


def _is_repeated(page: MeasuredPage, block: int, chosen: list[bool]) -> bool:
    line = " ".join(page.words[block])
    return any(
        is_chosen and index != block and line in " ".join(page.words[index]) for index, is_chosen in enumerate(chosen)
    )


def _is_for_device(page: MeasuredPage, block: int) -> bool:
    node = page.node_of[block]
    while node >= 0 and page.nodes[node].tag not in ("article", "main", "body"):
        if page.nodes[node].names and _DEVICE_CLASS.search(page.nodes[node].names):
            return True
        node = page.nodes[node].parent
    return False


def _drop_ends(page: MeasuredPage, chosen: list[bool]) -> None:
    """Drop headings without text below them and small print at the end."""
    remaining = sum(chosen)
    for index in range(len(chosen) - 1, -1, -1):
        if chosen[index]:
            if remaining == 1 or not (page.kinds[index] is BlockKind.HEADING or _SMALL_PRINT.match(page.texts[index])):
                return
            chosen[index] = False
            remaining -= 1
