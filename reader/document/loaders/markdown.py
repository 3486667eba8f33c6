"""Renders Markdown as plain text with blocks and links."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reader.document.encoding import decode
from reader.document.loaders.compose import Composer, Composition, TextRun
from reader.document.loaders.front_matter import split_front_matter
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import sanitize

if TYPE_CHECKING:
    from markdown_it.token import Token

_HIDDEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_BLANK_LINE: Final = re.compile(r"\n\s*\n")


def load_content(raw: RawSource) -> LoadedContent:
    """Return the rendered text of a file, with the metadata of its front matter."""
    decoded = decode(raw.data, raw.charset, chosen=raw.encoding)
    front_matter, body = split_front_matter(sanitize(decoded.text))
    return LoadedContent(
        *render_markdown(body),
        title=front_matter.title,
        author=front_matter.author,
        date=front_matter.date,
        encoding=decoded.encoding,
        notices=(decoded.notice,) if decoded.notice else (),
    )


def render_markdown(source: str) -> Composition:
    """Render CommonMark with tables and strikethrough as text; raw HTML is reduced to its words.

    Each paragraph becomes one line. A hard break starts a new block, a table row is a line of cells separated by bars,
    and an image is replaced by its alternative text.
    """
    from markdown_it import MarkdownIt

    composer = Composer()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source):
        _add_token(token, composer)
    return composer.result()


def _add_token(token: Token, composer: Composer) -> None:
    match token.type:
        case "inline":
            composer.add(*_lines_of(token.children or []))
        case "fence" | "code_block":
            composer.add_code(token.content)
        case "html_block":
            for words in _words_of_html(token.content):
                composer.add([TextRun(words)])
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
            _add_table_token(token.type, composer)


def _add_table_token(token_type: str, composer: Composer) -> None:
    match token_type:
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


def _lines_of(children: Sequence[Token]) -> list[list[TextRun]]:
    """Return the text runs of an inline token, one list for each line between hard breaks."""
    lines: list[list[TextRun]] = [[]]
    url = ""
    for token in children:
        match token.type:
            case "link_open":
                url = str(token.attrs.get("href", ""))
            case "link_close":
                url = ""
            case "softbreak":
                lines[-1].append(TextRun(" ", url))
            case "hardbreak":
                lines.append([])
            case "html_inline":
                if _BREAK.fullmatch(token.content):
                    lines.append([])
            case _:
                lines[-1].append(TextRun(token.content, url))
    return lines


def _words_of_html(source: str) -> list[str]:
    """Return the paragraphs of a raw HTML block without tags, comments and scripts."""
    visible = _TAG.sub("", _BREAK.sub("\n\n", _HIDDEN.sub("", source)))
    return _BLANK_LINE.split(html.unescape(visible))
