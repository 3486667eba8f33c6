"""Converts an HTML element tree into text, blocks and links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from reader.document.loaders.compose import Composer, Composition, TextRun
from reader.document.loaders.web.page_nodes import NodeRole, PageNodes, is_hidden, role_of
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE: Final = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
        ),
        *(
            "kbd",
            "label",
            "mark",
            "math",
            "q",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
        ),
        *("sup", "time", "tt", "u", "var", "wbr"),
    )
)
_IGNORED: Final = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video", "title"),
        *("head", "button", "input", "select", "textarea", "img", "annotation", "annotation-xml"),
    )
)
_IGNORED_IN_FRAGMENTS: Final = frozenset(("nav", "footer", "aside", "menu", "dialog"))
_LISTS: Final = {"ul": None, "ol": 1, "menu": None, "dir": None}
_ITEMS: Final = frozenset(("li", "dd", "dt"))
_CELLS: Final = frozenset(("td", "th"))
_SCHEMES: Final = frozenset(("http", "https", "mailto"))
_CONTROLS: Final = ("editsection", "headerlink", "cite-backlink")
"""Parts of the classes of links beside a heading or a note."""
_NOTE_MARK: Final = lazy_pattern(r"\s*\[?(\d{1,4}|[*†‡])\]?\s*")
_BACK_LINK: Final = lazy_pattern(r"[\s↩↑^⏎\ufe0e\ufe0f]*[↩↑^⏎][\s↩↑^⏎\ufe0e\ufe0f]*")
_INVISIBLE: Final = lazy_pattern("[\xad\u200b\u2060\ufeff]|(?<=[\x21-\u024f])[\u200c\u200d]+(?=[\x21-\u024f])")
"""Soft hyphens, and characters of no width that only say where a line may end; joiners between Latin letters. Joiners
are letters of other scripts and parts of emoji."""


_NO_TARGET: Final = "about:blank"
"""Stands for the target of a link that cannot be followed, so that it still counts as a link."""


class WalkedPage(NamedTuple):
    """All text of a page."""

    composer: Composer
    nodes: PageNodes

    def composition(self, chosen: Sequence[bool] | None = None) -> Composition:
        """Return the text with its blocks and links; `chosen` says which blocks, None stands for all of them."""
        text, blocks, links = self.composer.result(chosen)
        return Composition(text, blocks, tuple(link for link in links if link.url != _NO_TARGET))


def compose_tree(root: _Element, page_url: str = "") -> Composition:
    """Return the text, blocks and links of an element tree, without its navigation.

    Args:
        root: The element with the text.
        page_url: The URL of the page, to resolve relative links. Without it, relative links are dropped.
    """
    walker = _TreeWalker(page_url)
    walker.walk(root)
    return walker.composer.result()


def add_tree(root: _Element, composer: Composer) -> None:
    """Add the text of an element tree, without its navigation, to a composer."""
    _TreeWalker("", composer=composer).walk(root)


def walk_page(root: _Element, page_url: str = "", *, with_hidden: bool = False) -> WalkedPage:
    """Return all text of an element tree, and which element holds each block.

    Args:
        root: The element with the text.
        page_url: The URL of the page, to resolve relative links.
        with_hidden: Whether to return also what is hidden inside lines. Hidden blocks are returned in any case.
    """
    nodes = PageNodes()
    walker = _TreeWalker(page_url, nodes, with_hidden=with_hidden)
    walker.walk(root)
    return WalkedPage(walker.composer, nodes)


def without_invisible(text: str) -> str:
    """Return a text without soft hyphens and characters of no width that only say where a line may end."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


class _TreeWalker:
    def __init__(
        self,
        page_url: str,
        nodes: PageNodes | None = None,
        composer: Composer | None = None,
        *,
        with_hidden: bool = False,
    ) -> None:
        self.composer = composer or Composer()
        self._nodes = nodes
        self._page_url = page_url
        self._with_hidden = with_hidden
        self._url = ""
        self._lines: list[list[TextRun]] = [[]]
        self._rows = 0
        """Number of open table rows, one in the other."""

    def walk(self, root: _Element) -> None:
        """Read a tree."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if self._start(element):
                    if text := element.text:
                        self._write(text)
                else:
                    walk.skip_subtree()
            elif event == "end":
                self._end(element)
            if event != "start" and element is not root and (tail := element.tail):
                self._write(tail)
        self._flush()

    def _write(self, text: str) -> None:
        """Add the text between two tags."""
        self._lines[-1].append(TextRun(without_invisible(text), self._url))

    def _flush(self) -> None:
        """End the current block."""
        lines = self._lines
        if len(lines) > 1 or lines[0]:
            if any(run.text.strip() for line in lines for run in line):
                self.composer.add(*lines)
                self._assign()
            self._lines = [[]]

    def _assign(self) -> None:
        if self._nodes is not None:
            self._nodes.assign(self.composer.block_count)

    def _break_line(self) -> None:
        """End the line. The second of two breaks ends the paragraph."""
        if len(self._lines) > 1 and not any(run.text.strip() for run in self._lines[-1]):
            self._flush()
        else:
            self._lines.append([])

    def _start(self, element: _Element) -> bool:
        """Handle a start tag. Return whether to read the content of the element."""
        tag = str(element.tag)
        if tag == "br":
            self._break_line()
            return False
        if tag in _IGNORED or (self._nodes is None and tag in _IGNORED_IN_FRAGMENTS):
            return False
        if tag in _INLINE:
            return self._start_inline(tag, element)
        self._flush()
        if self._nodes is not None:
            self._nodes.open(element)
        if tag == "pre":
            self.composer.add_code(_code_of(element))
            self._assign()
            return False
        self._open(tag, element)
        return True

    def _start_inline(self, tag: str, element: _Element) -> bool:
        if tag == "a":
            if _BACK_LINK.fullmatch("".join(map(str, element.itertext()))):
                return False
            self._url = self._absolute_url(element.get("href") or "")
            if not self._url and self._nodes is not None:
                self._url = _NO_TARGET
        elif tag == "code" and "\n" in (code := "".join(map(str, element.itertext()))).strip():
            self._flush()
            self.composer.add_code(code)
            self._assign()
            return False
        elif tag == "sup" and (mark := _note_mark(element)):
            self._write(f"[{mark}]")
            return False
        elif tag == "q":
            self._write("“")
        skips_hidden = self._nodes is not None and not self._with_hidden
        if skips_hidden and len(element.attrib) and self._is_left_out(element):
            self._url = "" if tag == "a" else self._url
            return False
        return True

    def _is_left_out(self, element: _Element) -> bool:
        """Return whether an inline element is hidden or a control, such as the "[edit]" links of wikis."""
        assert self._nodes is not None
        is_left_out = is_hidden(element) or (
            element.tag in ("span", "a", "sup") and role_of(element) is NodeRole.HIDDEN
        )
        if not is_left_out and element.tag in ("span", "a"):
            names = element.get("class") or ""
            is_left_out = "editsection" in names or "headerlink" in names or "cite-backlink" in names
        if is_left_out:
            self._nodes.hidden_words += len("".join(map(str, element.itertext())).split())
        return is_left_out

    def _end(self, element: _Element) -> None:
        """Handle an end tag."""
        tag = str(element.tag)
        if tag == "a":
            self._url = ""
        elif tag == "q":
            self._write("”")
        elif tag in _INLINE or tag in _IGNORED or tag == "br" or (self._nodes is None and tag in _IGNORED_IN_FRAGMENTS):
            return
        else:
            self._flush()
            if tag != "pre":
                self._close(tag)
            self._assign()
            if self._nodes is not None:
                self._nodes.close()

    def _open(self, tag: str, element: _Element) -> None:
        if level := _heading_level(tag):
            self.composer.heading = level
        elif tag in _LISTS:
            self.composer.open_list(_first_number(element) if tag == "ol" else None)
        elif tag in _ITEMS:
            self.composer.begin_item()
        elif tag == "blockquote":
            self.composer.quotes += 1
        elif tag == "table" and not self._rows:
            self.composer.open_table()
        elif tag == "tr":
            if not self._rows:
                self.composer.open_row()
            self._rows += 1

    def _close(self, tag: str) -> None:
        if _heading_level(tag):
            self.composer.heading = 0
        elif tag in _LISTS:
            self.composer.close_list()
        elif tag == "blockquote":
            self.composer.quotes -= 1
        elif tag in _CELLS and self._rows == 1:
            self.composer.close_cell()
        elif tag == "tr":
            self._rows -= 1
            if not self._rows:
                self.composer.close_row()
        elif tag == "table" and not self._rows:
            self.composer.close_table()

    def _absolute_url(self, href: str) -> str:
        """Return the absolute URL of a link, or "" for a link inside the page or with another scheme."""
        href = href.strip()
        if not href or href.startswith("#"):
            return ""
        try:
            url = urljoin(self._page_url, href) if self._page_url else href
            return url if urlsplit(url).scheme in _SCHEMES else ""
        except ValueError:
            return ""


def _heading_level(tag: str) -> int:
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0


def _first_number(element: _Element) -> int:
    start = element.get("start", "1")
    return int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 1


def _code_of(element: _Element) -> str:
    """Return the lines of preformatted text. Some sites write line breaks as elements."""
    pieces: list[str] = []
    for part in element.iter():
        if part.tag == "br":
            pieces.append("\n")
        elif part.text and isinstance(part.tag, str):
            pieces.append(part.text)
        if part is not element and part.tail:
            pieces.append(part.tail)
    return "".join(pieces) if element.find(".//br") is not None else "".join(map(str, element.itertext()))


def _note_mark(element: _Element) -> str:
    """Return the number of a note that a raised link refers to, or ""."""
    link = element if element.tag == "a" else element.find(".//a")
    if link is None and (parent := element.getparent()) is not None and parent.tag == "a":
        link = parent
    if link is None or "#" not in (link.get("href") or ""):
        return ""
    mark = _NOTE_MARK.fullmatch("".join(map(str, element.itertext())))
    return mark[1] if mark else ""
