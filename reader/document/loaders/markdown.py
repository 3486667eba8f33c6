"""Renders Markdown as plain text with blocks and links."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from reader.document.encoding import decode
from reader.document.loaders.compose import Composer, Composition, TextRun
from reader.document.loaders.front_matter import split_front_matter
from reader.document.loaders.plain import checked_blocks
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import sanitize
from reader.structures.garbage_pause import garbage_collection_paused
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK: Final = lazy_pattern(r"<br\s*/?>", re.IGNORECASE)
_LINK: Final = lazy_pattern(r"""<a\s[^>]*?href\s*=\s*["']?((?:https?://|mailto:)[^"'\s>]+)""", re.IGNORECASE)
_LINK_END: Final = lazy_pattern(r"</a\s*>", re.IGNORECASE)
_TASK: Final = lazy_pattern(r"\[([ xX])\][ \t\xa0]+")
_OPEN_BOX: Final = "☐"
_CHECKED_BOX: Final = "☑"
_MARKS: Final = "[]*_`<&!|~"
_LIST_MARKER: Final = lazy_pattern(r"(?<!\S)(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t])")
_MAX_COST: Final = 500_000
"""The maximum cost of a source that is parsed. The parser takes up to 15 µs for a cost of one."""


def load_content(raw: RawSource) -> LoadedContent:
    """Return the rendered text of a file, with the metadata of its front matter."""
    decoded = decode(raw.data, raw.charset, chosen=raw.encoding)
    front_matter, body = split_front_matter(sanitize(decoded.text))
    notices = [decoded.notice] if decoded.notice else []
    if _cost(body) > _MAX_COST:
        notices.append("too many lines and marks for Markdown; read as plain text")
        composition = Composition(body, tuple(checked_blocks(raw, body)), ())
    else:
        composition = render_markdown(body)
    return LoadedContent(
        *composition,
        title=front_matter.title,
        author=front_matter.author,
        date=front_matter.date,
        encoding=decoded.encoding,
        notices=tuple(notices),
    )


def _cost(source: str) -> int:
    """Return how much work a source is for the parser: 3 for a line, 2 for a list marker, 1 for another mark."""
    cost = 3 * source.count("\n") + sum(map(source.count, _MARKS))
    return cost if cost > _MAX_COST else cost + 2 * sum(1 for _ in _LIST_MARKER.finditer(source))


def render_markdown(source: str) -> Composition:
    """Render CommonMark with tables, strikethrough, footnotes, definition lists and task lists as text.

    Each paragraph becomes one line. A hard break starts a new block, a table row is a line of cells separated by bars,
    and an image is replaced by its alternative text. Raw HTML is read with its tables, lists and links. A reference to
    a footnote becomes `[1]`, and the footnote stays where it is written.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.disable(["footnote_tail", "footnote_inline"])  # the one loses notes without references, the other needs it
    environment: dict[str, Any] = {}
    with garbage_collection_paused():
        tokens = parser.parse(source, environment)
        renderer = _Renderer(environment.get("footnotes", {}).get("refs", {}))
        for index, token in enumerate(tokens):
            renderer.add(token, tokens, index)
        renderer.add_html()
        return renderer.composer.result()


class _Renderer:
    def __init__(self, notes: Mapping[str, int]) -> None:
        self.composer = Composer()
        self._notes = notes
        """The number of each footnote from 0, by its label after a colon; -1 without a reference."""
        self._prefix = ""
        """Written before the next line."""
        self._is_task = False
        """Whether the next line begins with the box of a task."""
        self._html: list[str] = []
        """Raw HTML that follows each other: blank lines divide it, although its elements go on."""

    def add(self, token: Token, tokens: Sequence[Token], index: int) -> None:
        """Add the token at an index of all tokens."""
        composer = self.composer
        if token.type == "html_block":
            self._html.append(token.content)
            return
        self.add_html()
        match token.type:
            case "inline":
                self._add_lines(token)
            case "fence" | "code_block":
                composer.add_code(token.content)
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
                marker = _task_marker(tokens[index + 1 : index + 3])
                composer.begin_item(marker)
                self._is_task = bool(marker)
            case "footnote_reference_open":
                label = str(token.meta.get("label", ""))
                number = self._notes.get(f":{label}", -1)
                self._prefix = f"[{number + 1 if number >= 0 else label}] "
            case "footnote_reference_close":
                self._prefix = ""
            case _:
                _add_table_token(token.type, composer)

    def add_html(self) -> None:
        """Add the raw HTML so far."""
        if self._html:
            from reader.document.loaders.html_fragment import add_fragment

            add_fragment("".join(self._html), self.composer)
            self._html = []

    def _add_lines(self, token: Token) -> None:
        lines = _lines_of(token.children or [])
        if self._is_task and lines[0]:
            lines[0][0] = lines[0][0]._replace(text=_TASK.sub("", lines[0][0].text, count=1))
        self._is_task = False
        if self._prefix:
            lines[0].insert(0, TextRun(self._prefix))
            self._prefix = ""
        self.composer.add(*lines)


def _task_marker(following: Sequence[Token]) -> str:
    """Return the box of a task, or "" for another list item, given the tokens after its start."""
    if len(following) < 2 or following[1].type != "inline":
        return ""
    task = _TASK.match(following[1].content)
    return "" if task is None else _OPEN_BOX if task[1] == " " else _CHECKED_BOX


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
                elif link := _LINK.match(token.content):
                    url = html.unescape(link[1])
                elif _LINK_END.fullmatch(token.content):
                    url = ""
            case "footnote_ref":
                lines[-1].append(TextRun(f"[{int(token.meta['id']) + 1}]", url))
            case "image":
                lines[-1] += [TextRun(run.text, url) for line in _lines_of(token.children or []) for run in line]
            case _:
                lines[-1].append(TextRun(token.content, url))
    return lines
