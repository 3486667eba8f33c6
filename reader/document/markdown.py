"""Markdown as its reader sees it: the text without the marks, its blocks and its links."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.document.compose import Composer, Run
from reader.document.matter import Matter, split_matter
from reader.document.model import Block, BlockKind, Hyperlink

if TYPE_CHECKING:
    from markdown_it.token import Token

_HIDDEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_BULLET: Final = "•"


class Rendered(NamedTuple):
    """The rendered text of a Markdown source and what its front matter says."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Hyperlink, ...]
    matter: Matter


def render_markdown(source: str) -> Rendered:
    """Return a Markdown source as text: CommonMark with tables and strikethrough, raw HTML reduced to its words.

    Paragraphs are one line each; a hard break begins a new block, a table row is a line of cells between bars, the name
    of an image stands for the image.
    """
    from markdown_it import MarkdownIt

    matter, body = split_matter(source)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    walker = _Walker()
    for token in parser.parse(body):
        walker.take(token)
    return Rendered(*walker.composer.result(), matter)


class _Walker:
    """Turns the parser's flat tokens into blocks, remembering in which lists, quotes and rows the current one stands."""

    def __init__(self) -> None:
        self.composer = Composer()
        self._heading = 0
        self._quotes = 0
        self._numbers: list[int | None] = []
        """The next number of every open list, None where it has bullets."""
        self._marker = ""
        self._row: list[Run] | None = None
        self._close = False
        """Whether the next block follows without a blank line."""

    def take(self, token: Token) -> None:
        """Take the next token of the document."""
        match token.type:
            case "inline":
                self._take_inline(token.children or [])
            case "fence" | "code_block":
                self.composer.add([Run(token.content)], BlockKind.CODE)
            case "html_block":
                for part in _words_of_html(token.content):
                    self._add([Run(part)])
            case "heading_open" | "heading_close":
                self._heading = int(token.tag[1]) if token.nesting > 0 else 0
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                self._take_list(token)
            case "list_item_open":
                self._take_item()
            case "tr_open" | "td_close" | "th_close" | "tr_close" | "thead_open":
                self._take_table(token)

    def _take_list(self, token: Token) -> None:
        if token.nesting < 0:
            self._numbers.pop()
            self._marker, self._close = "", False
            return
        start = token.attrs.get("start", 1)
        self._numbers.append(int(start) if token.type.startswith("ordered") else None)
        self._close = len(self._numbers) > 1

    def _take_item(self) -> None:
        number = self._numbers[-1]
        self._marker = _BULLET if number is None else f"{number}."
        self._numbers[-1] = None if number is None else number + 1

    def _take_table(self, token: Token) -> None:
        if token.type == "thead_open":
            self._close = False
        elif token.type == "tr_open":
            self._row = []
        elif token.type == "tr_close":
            row, self._row = self._row or [], None
            self._add(row[:-1])
            self._close = True
        elif self._row is not None:
            self._row.append(Run(" | "))

    def _take_inline(self, children: Sequence[Token]) -> None:
        for line in _lines_of(children):
            if self._row is not None:
                self._row += [*line, Run(" ")]
            else:
                self._add(line)
                self._close = True
        self._close = self._row is None and bool(self._numbers)

    def _add(self, runs: list[Run]) -> None:
        kind, level = BlockKind.PARAGRAPH, 0
        if self._heading:
            kind, level = BlockKind.HEADING, self._heading
        elif self._numbers:
            kind, level = BlockKind.LIST_ITEM, len(self._numbers)
        elif self._quotes:
            kind, level = BlockKind.QUOTE, self._quotes
        if self.composer.add(runs, kind, level, self._marker if self._numbers else "", close=self._close):
            self._marker = ""


def _lines_of(children: Sequence[Token]) -> list[list[Run]]:
    """Return the runs of an inline token, one list for each line that a hard break ends."""
    lines: list[list[Run]] = [[]]
    url = ""
    for token in children:
        match token.type:
            case "link_open":
                url = str(token.attrs.get("href", ""))
            case "link_close":
                url = ""
            case "hardbreak":
                lines.append([])
            case "softbreak":
                lines[-1].append(Run(" ", url))
            case "html_inline":
                if _BREAK.fullmatch(token.content):
                    lines.append([])
            case _:
                lines[-1].append(Run(token.content, url))
    return lines


def _words_of_html(source: str) -> list[str]:
    """Return the paragraphs of a raw HTML block without its tags, comments and scripts."""
    visible = _TAG.sub("", _BREAK.sub("\n\n", _HIDDEN.sub("", source)))
    return re.split(r"\n\s*\n", html.unescape(visible))
