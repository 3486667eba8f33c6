"""A page with what its elements and blocks hold: how much text, how much of it in links, how much of the article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reader.document.loaders.web.extracted_text import ExtractedText, words_of
from reader.document.loaders.web.html_blocks import WalkedPage
from reader.document.loaders.web.page_nodes import NodeRole

MAIN_SHARE: Final = 0.5
"""Share of the extracted text above which an element holds the article, whatever its class says."""
LONG_BLOCK: Final = 80
"""Code points; a shorter block may be anything but running text."""
LONGEST_BYLINE: Final = 8
"""Words of a line with an author, a date or tags. Longer ones are read as text if they were extracted."""
SENTENCE_ENDS: Final = frozenset(".!?:;…”\"'»。！？؟۔।")
_HEADING_TAGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class MeasuredPage:
    """The elements and the blocks of a page. Lengths are in code points."""

    def __init__(self, page: WalkedPage, lines: Iterable[str]) -> None:
        """Measure a page.

        Args:
            page: The page.
            lines: The lines that were extracted from it as its article.
        """
        composer = page.composer
        extracted = ExtractedText(lines)
        blocks = range(composer.block_count)
        self.nodes = page.nodes.nodes
        """The elements, those inside an element after it."""
        self.node_of = page.nodes.of_blocks
        """The innermost element of each block."""
        self.inline_hidden = page.nodes.hidden_words
        """Words that are hidden inside lines."""
        self.texts = [composer.block_text(index) for index in blocks]
        self.kinds = [composer.block_kind(index) for index in blocks]
        self.links = [composer.link_length(index) for index in blocks]
        """The length of the links in each block."""
        self.words = [words_of(text) for text in self.texts]
        self.matched = [extracted.has(words) for words in self.words]
        """Whether each block was extracted."""
        self.text_in = self._sums([len(text) for text in self.texts])
        """The length of the text in each element."""
        self.links_in = self._sums(self.links)
        """The length of the links in each element."""
        self.matched_in = self._sums(
            [len(text) if matched else 0 for text, matched in zip(self.texts, self.matched, strict=True)]
        )
        """The length of the extracted text in each element."""
        self.all_matched = self.matched_in[0] if self.nodes else 0

    def blocks_in(self, element: int) -> list[int]:
        """Return the blocks in an element."""
        end = self.nodes[element].end
        return [block for block, node in enumerate(self.node_of) if element <= node < end]

    def has_role(self, element: int, role: NodeRole, *, inside: int = -1) -> bool:
        """Return whether an element has a role, or one around it that is itself inside another; -1 for the page."""
        while element > inside:
            if self.nodes[element].role is role:
                return True
            element = self.nodes[element].parent
        return False

    def is_inside(self, element: int, tag: str) -> bool:
        """Return whether an element is inside one with a tag."""
        node = self.nodes[element].parent
        while node >= 0:
            if self.nodes[node].tag == tag:
                return True
            node = self.nodes[node].parent
        return False

    def is_linked_heading(self, element: int) -> bool:
        """Return whether an element is a heading that is a link as a whole."""
        return self.nodes[element].tag in _HEADING_TAGS and 0 < self.text_in[element] <= self.links_in[element] + 2

    def is_headline(self, block: int) -> bool:
        """Return whether a block is a heading of the first level."""
        node = self.nodes[self.node_of[block]]
        return node.tag == "h1" or self.nodes[node.parent].tag == "h1"

    def _sums(self, values: list[int]) -> list[int]:
        """Return the sum over the blocks in each element."""
        sums = [0] * len(self.nodes)
        for node, value in zip(self.node_of, values, strict=True):
            sums[node] += value
        for index in range(len(self.nodes) - 1, 0, -1):
            sums[self.nodes[index].parent] += sums[index]
        return sums
