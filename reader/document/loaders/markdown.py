"""Markdown as its reader sees it: the text without the marks, its blocks and its links."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reader.document.loaders.compose import Composer, Composition, Run

if TYPE_CHECKING:
    from markdown_it.token import Token

_HIDDEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_BLANK_LINE: Final = re.compile(r"\n\s*\n")


def render_markdown(source: str) -> Composition:
    """Return a Markdown source as text: CommonMark with tables and strikethrough, raw HTML reduced to its words.

    Paragraphs are one line each; a hard break begins a new block, a table row is a line of cells between bars, the
    words that stand for an image are kept.
    """
    from markdown_it import MarkdownIt

    composer = Composer()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source):
        _take(token, composer)
    return composer.result()


def _take(token: Token, composer: Composer) -> None:
    match token.type:
        case "inline":
            composer.add(*_lines_of(token.children or []))
        case "fence" | "code_block":
            composer.add_code(token.content)
        case "html_block":
            for words in _words_of_html(token.content):
                composer.add([Run(words)])
        case "heading_open" | "heading_close":
            composer.heading = int(token.tag[1]) if token.nesting > 0 else 0
        case "blockquote_open" | "blockquote_close":
            composer.quotes += token.nesting
        case "bullet_list_open":
            composer.open_list(None)
        case "ordered_list_open":
            composer.open_list(int(token.attrs.get("start", 1)))
        case "bullet_list_close" | "ordered_list_close":
            composer.close_list()
        case "list_item_open":
            composer.begin_item()
        case _:
            _take_table(token.type, composer)


def _take_table(event: str, composer: Composer) -> None:
    match event:
        case "table_open":
            composer.open_table()
        case "tr_open":
            composer.open_row()
        case "td_close" | "th_close":
            composer.close_cell()
        case "tr_close":
            composer.close_row()
        case "table_close":
            composer.close_table()


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
            case "softbreak":
                lines[-1].append(Run(" ", url))
            case "hardbreak":
                lines.append([])
            case "html_inline":
                if _BREAK.fullmatch(token.content):
                    lines.append([])
            case _:
                lines[-1].append(Run(token.content, url))
    return lines


def _words_of_html(source: str) -> list[str]:
    """Return the paragraphs of a raw HTML block without its tags, comments and scripts."""
    visible = _TAG.sub("", _BREAK.sub("\n\n", _HIDDEN.sub("", source)))
    return _BLANK_LINE.split(html.unescape(visible))
