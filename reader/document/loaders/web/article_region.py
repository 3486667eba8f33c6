"""Chooses the blocks of a page that are its article.

trafilatura says where the article is. Its text is not used, because it rebuilds the tree and loses captions, quotes,
cells and words on the way. Instead, the blocks of the page that occur in its text are the core, from which the rest
follows: the blocks between them that nothing marks as clutter, and further bodies of the same make, such as the
entries of a live report or the posts of a thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from reader.document.blocks import BlockKind
from reader.document.loaders.web.html_blocks import WalkedPage
from reader.document.loaders.web.page_nodes import NodeRole

_WORD: Final = re.compile(r"\w+")
_SHINGLE: Final = 3
"""Words that are compared together."""
_SHINGLES_SHARE: Final = 0.6
"""Share of a block's shingles that occur in the extracted text if the block does."""
_UNSPACED: Final = re.compile("[\u0e00-\u0fff\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")
"""Letters of scripts in which a line can be one word."""
_BODY_SHARE: Final = 0.7
"""Share of the extracted text that the body of the article holds at least."""
_MAIN_SHARE: Final = 0.5
"""Share of the extracted text above which an element holds the article, whatever its class says."""
_LONGEST_APPEAL: Final = 600
_LONGEST_CONSENT: Final = 3_000
"""Code points; a longer element holds an article."""
_LONGEST_TEASER: Final = 600
_MIN_PEER: Final = 60
"""Code points without links of a further body."""
_LINKS_SHARE: Final = 0.7
_ASIDE_LINKS_SHARE: Final = 0.3
_LONG_BLOCK: Final = 80
_LONGEST_BYLINE: Final = 8
"""Words of a line with an author, a date or tags. Longer ones are read as text if they were extracted."""
_WHOLE_PAGE: Final = frozenset(("html", "body", "main"))
_SENTENCE_ENDS: Final = frozenset(".!?:;…”\"'»。！？؟۔।")
_HEADING_TAGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BODY_CLASS: Final = re.compile(
    r"post|entry|article|story|message|answer|question|reply|body|content|text|update|live|prose", re.IGNORECASE
)
_LAYOUT_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:row|col|column|container|wrap|wrapper|grid|section|widget|group|inner|card|block|panel)",
    re.IGNORECASE,
)
_DEVICE_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:mobile|phone|tablet|desktop|print|amp|small|large|hide|show|visible|sm|md|lg|xs|xl)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AD_LABELS: Final = frozenset(
    ("advertisement", "advertisment", "advertising", "anzeige", "publicité", "publicidad", "werbung", "sponsored", "ad")
)
_MORE_HEADINGS: Final = re.compile(
    r"(?:related|recommended|more (?:from|on|in|stories|news|articles)|read (?:more|next|also)|most (?:read|popular)|"
    r"trending|you (?:may|might) also|popular|latest|also (?:read|interesting)|from around the web|up next|"
    r"lesen sie auch|mehr zum thema|meistgelesen|auch interessant|à lire aussi|lire aussi|sur le même sujet|"
    r"lea también|te puede interesar|noticias relacionadas|leggi anche|leia também|czytaj także|lees ook|läs också|"
    r"читайте также)\b",
    re.IGNORECASE,
)
_SMALL_PRINT: Final = re.compile(
    r"(?:©|\(c\)|copyright\b|all rights reserved)|.{0,80}\b(?:best viewed (?:in|with)|visited \d+ times)", re.IGNORECASE
)


class ArticleChoice(NamedTuple):
    """Which blocks of a page are the article."""

    chosen: list[bool]
    coverage: float
    """Share of the page's running text that was extracted, from 0 to 1. If low, the extraction may have failed."""
    other_words: int
    """Words that are not in the article."""
    hidden_words: int
    """Words that the page hides, not counted above."""


@dataclass
class _Texts:
    """The extracted text, prepared for comparing blocks with it."""

    shingles: set[tuple[str, ...]] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    folded: str = ""

    def has(self, words: list[str]) -> bool:
        """Return whether the words of a block occur in the text."""
        if len(words) < _SHINGLE:
            line = "".join(words)
            return line in self.lines or (_UNSPACED.search(line) is not None and line in self.folded)
        count = len(words) - _SHINGLE + 1
        hits = sum(shingle in self.shingles for shingle in _shingles(words))
        return hits >= _SHINGLES_SHARE * count


def _shingles(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


def prepare(lines: Iterable[str]) -> _Texts:
    """Return the lines of the extracted text in the form in which `choose` compares them."""
    texts = _Texts()
    words: list[str] = []
    for line in lines:
        line_words = fold(line)
        texts.lines.add("".join(line_words))
        words += line_words
    texts.shingles.update(_shingles(words))
    texts.folded = "".join(words)
    return texts


def fold(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.casefold())


def choose(page: WalkedPage, lines: Iterable[str]) -> ArticleChoice:
    """Return which blocks of a page are its article, given the lines that were extracted from it."""
    return _Chooser(page, prepare(lines)).choose()


class _Chooser:
    def __init__(self, page: WalkedPage, texts: _Texts) -> None:
        self.nodes = page.nodes.nodes
        self.node_of = page.nodes.of_blocks
        composer = page.composer
        count = composer.block_count
        self.texts = [composer.block_text(index) for index in range(count)]
        self.kinds = [composer.block_kind(index) for index in range(count)]
        self.links = [composer.link_length(index) for index in range(count)]
        self.words = [fold(text) for text in self.texts]
        self.matched = [texts.has(words) for words in self.words]
        self.inline_hidden = page.nodes.hidden_words
        self.text_in = self._sums([len(text) for text in self.texts])
        self.links_in = self._sums(self.links)
        self.matched_in = self._sums(
            [len(text) if matched else 0 for text, matched in zip(self.texts, self.matched, strict=True)]
        )
        self.all_matched = self.matched_in[0] if self.nodes else 0

    def _sums(self, values: list[int]) -> list[int]:
        """Return the sum over the blocks in each element."""
        sums = [0] * len(self.nodes)
        for node, value in zip(self.node_of, values, strict=True):
            sums[node] += value
        for index in range(len(self.nodes) - 1, 0, -1):
            sums[self.nodes[index].parent] += sums[index]
        return sums

    def choose(self) -> ArticleChoice:
        self.clutter = self._clutter()
        chosen = [False] * len(self.texts)
        if self.all_matched:
            body = self._body()
            bodies = [body, *self._peers(body)]
            self._choose_matched(chosen, body)
            for node in bodies:
                self._fill(chosen, node)
            self._choose_around(chosen, body)
            self._drop_before_headline(chosen)
            self._drop_other_articles(chosen)
            self._drop_doubles(chosen)
            self._drop_ends(chosen)
        hidden = self.inline_hidden
        beside = 0
        for index, is_chosen in enumerate(chosen):
            if not is_chosen:
                if self._role_around(index, NodeRole.HIDDEN):
                    hidden += len(self.words[index])
                else:
                    beside += len(self.words[index])
        return ArticleChoice(chosen, self._coverage(), beside, hidden)

    def _role_around(self, block: int, role: NodeRole) -> bool:
        node = self.node_of[block]
        while node >= 0:
            if self.nodes[node].role is role:
                return True
            node = self.nodes[node].parent
        return False

    def _clutter(self) -> list[bool]:
        """Return for each element whether it or one around it is clutter."""
        clutter = [False] * len(self.nodes)
        for index, node in enumerate(self.nodes):
            if node.parent >= 0 and clutter[node.parent]:
                clutter[index] = True
            elif node.role is not NodeRole.UNKNOWN:
                clutter[index] = self._is_clutter(index)
        self._mark_teasers(clutter)
        return clutter

    def _is_clutter(self, index: int) -> bool:
        node, length = self.nodes[index], self.text_in[index]
        if self.all_matched and self.matched_in[index] > _MAIN_SHARE * self.all_matched:
            return False
        match node.role:
            case NodeRole.HIDDEN:
                return True
            case NodeRole.CLUTTER:
                return not (node.tag == "footer" and self._is_inside(index, "blockquote"))
            case NodeRole.APPEAL:
                return length <= (
                    _LONGEST_CONSENT if "cook" in node.names or "onsent" in node.names else _LONGEST_APPEAL
                )
            case NodeRole.ASIDE:
                return self.matched_in[index] == 0 or self.links_in[index] > _ASIDE_LINKS_SHARE * length
            case _:
                return False

    def _is_inside(self, index: int, tag: str) -> bool:
        node = self.nodes[index].parent
        while node >= 0:
            if self.nodes[node].tag == tag:
                return True
            node = self.nodes[node].parent
        return False

    def _mark_teasers(self, clutter: list[bool]) -> None:
        """Mark groups of two and more elements of one make that each announce another article with a link."""
        groups: dict[tuple[int, str, str], list[int]] = {}
        for index, node in enumerate(self.nodes):
            is_short = node.tag in ("article", "div", "section", "li") and 0 < self.text_in[index] < _LONGEST_TEASER
            if is_short and not clutter[index] and self._is_teaser(index):
                groups.setdefault((node.parent, node.tag, node.names), []).append(index)
        for group in groups.values():
            matched = sum(self.matched_in[index] for index in group)
            if (len(group) > 1 or self.nodes[group[0]].tag == "article") and matched < _MAIN_SHARE * self.all_matched:
                for index in group:
                    clutter[index : self.nodes[index].end] = [True] * (self.nodes[index].end - index)

    def _is_teaser(self, index: int) -> bool:
        """Return whether an element has a heading that is a link, or is a link for the most part and has a heading."""
        node = self.nodes[index]
        if not self.links_in[index] or node.end == index + 1:
            return False
        headings = [inner for inner in range(index + 1, node.end) if self.nodes[inner].tag in _HEADING_TAGS]
        return any(0 < self.text_in[head] <= self.links_in[head] + 2 for head in headings)

    def _body(self) -> int:
        """Return the innermost element that holds most of the extracted text."""
        body = 0
        while True:
            inner = self._best_child(body)
            if inner is None or self.matched_in[inner] < _BODY_SHARE * self.all_matched:
                return body
            body = inner

    def _best_child(self, parent: int) -> int | None:
        best, child = None, parent + 1
        while child < self.nodes[parent].end:
            if best is None or self.matched_in[child] > self.matched_in[best]:
                best = child
            child = self.nodes[child].end
        return best

    def _peers(self, body: int) -> list[int]:
        """Return further bodies: elements of the same make as the body or an element around it, with text of their own.

        An element with a headline of its own, or whose heading is a link to elsewhere, is another article.
        """
        level = body
        while level > 0 and self.nodes[level].tag not in ("body", "html", "main"):
            node = self.nodes[level]
            if node.tag in ("article", "div", "section", "li", "td") and (node.names or node.tag == "article"):
                peers = [index for index in range(len(self.nodes)) if self._is_peer(index, level)]
                if peers:
                    return peers
            level = node.parent
        return []

    def _is_peer(self, index: int, level: int) -> bool:
        node, model = self.nodes[index], self.nodes[level]
        if (
            node.tag != model.tag
            or node.names != model.names
            or level <= index < model.end
            or node.end > level >= index
        ):
            return False
        if self.clutter[index] or self.text_in[index] - self.links_in[index] < _MIN_PEER:
            return False
        is_body = node.tag == "article" or _BODY_CLASS.search(node.names)
        if not is_body and (node.parent != model.parent or _LAYOUT_CLASS.search(node.names)):
            return False
        return not self._has_headline(index)

    def _has_headline(self, index: int) -> bool:
        for inner in range(index, self.nodes[index].end):
            tag = self.nodes[inner].tag
            if tag == "h1" or (tag in _HEADING_TAGS and 0 < self.text_in[inner] <= self.links_in[inner] + 2):
                return True
        return False

    def _choose_matched(self, chosen: list[bool], body: int) -> None:
        """Choose what was extracted. Outside of the body, a text that is in it as well is a teaser of this article."""
        end = self.nodes[body].end
        inside = {
            tuple(self.words[index])
            for index, node in enumerate(self.node_of)
            if self.matched[index] and body <= node < end
        }
        for index, node in enumerate(self.node_of):
            if self.matched[index] and not self.clutter[node] and not self._is_short_byline(index):
                chosen[index] = body <= node < end or tuple(self.words[index]) not in inside

    def _fill(self, chosen: list[bool], body: int) -> None:
        """Choose the blocks of a body that are not marked as anything else."""
        end = self.nodes[body].end
        inside = [index for index, node in enumerate(self.node_of) if body <= node < end]
        if self.nodes[body].tag in _WHOLE_PAGE:
            core = [index for index in inside if chosen[index]]
            inside = [index for index in inside if core and core[0] < index < core[-1]]
        for index in inside:
            chosen[index] = chosen[index] or self._belongs(index, body)

    def _belongs(self, index: int, body: int) -> bool:
        node = self.node_of[index]
        if self.clutter[node] or self._is_byline(node, body):
            return False
        if self.kinds[index] is BlockKind.CODE:
            return True
        if self.links[index] >= _LINKS_SHARE * len(self.texts[index]):
            # a list of links in the text itself, such as one of further sources
            return self.kinds[index] is BlockKind.LIST_ITEM and self.nodes[body].tag not in _WHOLE_PAGE
        if self.kinds[index] is BlockKind.PARAGRAPH and self.nodes[node].role is not NodeRole.CAPTION:
            return len(self.words[index]) > 3 or self.texts[index][-1] in _SENTENCE_ENDS
        return True

    def _is_short_byline(self, index: int) -> bool:
        words, text = self.words[index], self.texts[index]
        is_short = len(words) <= _LONGEST_BYLINE and text[-1] not in _SENTENCE_ENDS
        return is_short and self._is_byline(self.node_of[index], 0)

    def _is_byline(self, node: int, body: int) -> bool:
        while node > body:
            if self.nodes[node].role is NodeRole.BYLINE:
                return True
            node = self.nodes[node].parent
        return False

    def _choose_around(self, chosen: list[bool], body: int) -> None:
        """Choose the captions in the article around the body, and its summary between headline and body."""
        scope = body
        while scope > 0 and self.nodes[scope].tag not in ("article", "main", "body"):
            scope = self.nodes[scope].parent
        if self.nodes[scope].tag not in ("article", "main"):
            return
        end = self.nodes[scope].end
        first = next((index for index, node in enumerate(self.node_of) if body <= node < self.nodes[body].end), 0)
        last = max((index for index, is_chosen in enumerate(chosen) if is_chosen), default=-1)
        headline = next(
            (index for index in range(first) if self._is_headline(index) and self.node_of[index] >= scope), -1
        )
        for index in range(last):
            node = self.node_of[index]
            if chosen[index] or not scope <= node < end or self.clutter[node]:
                continue
            if self._is_caption(node, scope):
                chosen[index] = len(self.words[index]) > 2 and 2 * self.links[index] < len(self.texts[index])
            elif -1 < headline < index < first:
                chosen[index] = self._is_summary(index, scope)

    def _is_headline(self, index: int) -> bool:
        return (
            self.nodes[self.node_of[index]].tag == "h1"
            or self.nodes[self.nodes[self.node_of[index]].parent].tag == "h1"
        )

    def _is_summary(self, index: int, scope: int) -> bool:
        text = self.texts[index]
        if self._is_byline(self.node_of[index], scope) or 3 * self.links[index] > len(text):
            return False
        if self.kinds[index] is BlockKind.HEADING:
            following = index + 1
            return following < len(self.texts) and self.kinds[following] is BlockKind.LIST_ITEM
        return len(self.words[index]) > 3 and (self.kinds[index] is BlockKind.LIST_ITEM or text[-1] in _SENTENCE_ENDS)

    def _is_caption(self, node: int, scope: int) -> bool:
        while node > scope:
            if self.nodes[node].role is NodeRole.CAPTION:
                return True
            node = self.nodes[node].parent
        return False

    def _drop_other_articles(self, chosen: list[bool]) -> None:
        """Drop lists of links under a heading such as "Related", and labels of advertisements."""
        for index, text in enumerate(self.texts):
            if not chosen[index]:
                continue
            if "".join(self.words[index]) in _AD_LABELS:
                chosen[index] = False
            elif _MORE_HEADINGS.match(text) and text[-1] not in ".!?":
                following = index + 1
                while following < len(chosen) and 2 * self.links[following] >= len(self.texts[following]) > 0:
                    following += 1
                if 2 * self.links[index] >= len(text):
                    chosen[index] = False
                elif following > index + 1 and len(self.words[index]) <= _LONGEST_BYLINE:
                    chosen[index:following] = [False] * (following - index)

    def _drop_before_headline(self, chosen: list[bool]) -> None:
        """Drop what is above the headline: the name of the section, the path through the site."""
        headline = next((index for index, is_chosen in enumerate(chosen) if is_chosen and self._is_headline(index)), 0)
        if all(len(self.texts[index]) < _LONG_BLOCK for index in range(headline) if chosen[index]):
            chosen[:headline] = [False] * headline

    def _drop_doubles(self, chosen: list[bool]) -> None:
        """Drop blocks that the page repeats for another kind of device, as its classes say, and pull quotes."""
        first: dict[tuple[str, ...], int] = {}
        for index, words in enumerate(self.words):
            if not chosen[index]:
                continue
            earlier = first.setdefault(tuple(words), index)
            if earlier != index and words and (self._is_for_device(index) or self._is_for_device(earlier)):
                chosen[index] = False
            elif self._role_around(index, NodeRole.PULL_QUOTE):
                chosen[index] = not self._is_repeated(index, chosen)

    def _is_repeated(self, block: int, chosen: list[bool]) -> bool:
        line = " ".join(self.words[block])
        return any(
            is_chosen and index != block and line in " ".join(self.words[index])
            for index, is_chosen in enumerate(chosen)
        )

    def _is_for_device(self, block: int) -> bool:
        node = self.node_of[block]
        while node >= 0 and self.nodes[node].tag not in ("article", "main", "body"):
            if self.nodes[node].names and _DEVICE_CLASS.search(self.nodes[node].names):
                return True
            node = self.nodes[node].parent
        return False

    def _drop_ends(self, chosen: list[bool]) -> None:
        """Drop headings without text below them and small print at the end."""
        remaining = sum(chosen)
        for index in range(len(chosen) - 1, -1, -1):
            if chosen[index]:
                if remaining == 1 or not (
                    self.kinds[index] is BlockKind.HEADING or _SMALL_PRINT.match(self.texts[index])
                ):
                    return
                chosen[index] = False
                remaining -= 1

    def _coverage(self) -> float:
        running = matched = 0
        for index, text in enumerate(self.texts):
            if len(text) >= _LONG_BLOCK and 3 * self.links[index] < len(text) and not self.clutter[self.node_of[index]]:
                running += len(text)
                matched += len(text) if self.matched[index] else 0
        return matched / running if running else 1.0
