"""Converts an HTML element tree, raw or extracted by trafilatura, into text, blocks and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from reader.document.loaders.compose import Composer, Composition, TextRun

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
            "hi",
            "i",
        ),
        *(
            "ins",
            "kbd",
            "label",
            "mark",
            "q",
            "ref",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
        ),
        *("sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_IGNORED: Final = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video", "title"),
        *("button", "input", "select", "textarea", "nav", "footer", "aside", "menu", "dialog", "img", "graphic"),
    )
)
_LISTS: Final = {"ul": None, "ol": 1, "menu": None, "dir": None}
_ITEMS: Final = frozenset(("li", "item", "dd", "dt"))
_QUOTES: Final = frozenset(("blockquote", "quote"))
_CELLS: Final = frozenset(("td", "th", "cell"))
_SCHEMES: Final = frozenset(("http", "https", "mailto"))


def compose_tree(root: _Element, page_url: str = "") -> Composition:
    """Return the text, blocks and links of an element tree.

    Args:
        root: The element with the article, with the tags of HTML or those of trafilatura (head, list, item, ref, lb).
        page_url: The URL of the page, to resolve relative links. Without it, relative links are dropped.
    """
    from lxml import etree

    walker = _TreeWalker(page_url)
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if walker.start(element):
                walker.write(element.text)
            else:
                walk.skip_subtree()
        elif event == "end":
            walker.end(element)
        if event != "start" and element is not root:
            walker.write(element.tail)
    walker.flush()
    return walker.composer.result()


class _TreeWalker:
    def __init__(self, page_url: str) -> None:
        self.composer = Composer()
        self._page_url = page_url
        self._url = ""
        self._lines: list[list[TextRun]] = [[]]

    def write(self, text: str | None) -> None:
        """Add the text between two tags."""
        if text:
            self._lines[-1].append(TextRun(text, self._url))

    def flush(self) -> None:
        """End the current block."""
        if any(run.text.strip() for line in self._lines for run in line):
            self.composer.add(*self._lines)
        self._lines = [[]]

    def start(self, element: _Element) -> bool:
        """Handle a start tag. Return whether to read the content of the element."""
        tag = str(element.tag)
        if tag in ("br", "lb"):
            self._lines.append([])
        if tag in _IGNORED or tag in ("br", "lb"):
            return False
        if _is_code_block(element):
            self.flush()
            self.composer.add_code("".join(map(str, element.itertext())))
            return False
        if tag in ("a", "ref"):
            self._url = self._absolute_url(element.get("href") or element.get("target") or "")
        if tag not in _INLINE:
            self.flush()
            self._open(tag, element)
        return True

    def end(self, element: _Element) -> None:
        """Handle an end tag."""
        tag = str(element.tag)
        if tag in ("a", "ref"):
            self._url = ""
        if tag not in _INLINE and tag not in _IGNORED and tag not in ("br", "lb"):
            self.flush()
            self._close(tag, element)

    def _open(self, tag: str, element: _Element) -> None:
        if level := _heading_level(tag, element):
            self.composer.heading = level
        elif tag in ("list", *_LISTS):
            self.composer.open_list(_LISTS.get(element.get("rend") or tag))
        elif tag in _ITEMS:
            self.composer.begin_item()
        elif tag in _QUOTES:
            self.composer.quotes += 1
        elif tag == "table":
            self.composer.open_table()
        elif tag in ("tr", "row"):
            self.composer.open_row()

    def _close(self, tag: str, element: _Element) -> None:
        if _heading_level(tag, element):
            self.composer.heading = 0
        elif tag in ("list", *_LISTS):
            self.composer.close_list()
        elif tag in _QUOTES:
            self.composer.quotes -= 1
        elif tag in _CELLS:
            self.composer.close_cell()
        elif tag in ("tr", "row"):
            self.composer.close_row()
        elif tag == "table":
            self.composer.close_table()

    def _absolute_url(self, href: str) -> str:
        """Return the absolute URL of a link, or "" for a link inside the page or with another scheme."""
        href = href.strip()
        if not href or href.startswith("#"):
            return ""
        try:
            url = urljoin(self._page_url, href)
            return url if urlsplit(url).scheme in _SCHEMES else ""
        except ValueError:
            return ""


def _heading_level(tag: str, element: _Element) -> int:
    name = (element.get("rend") or "h2") if tag == "head" else tag
    return int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else 0


def _is_code_block(element: _Element) -> bool:
    if element.tag == "pre":
        return True
    return element.tag == "code" and "\n" in "".join(map(str, element.itertext())).strip()
