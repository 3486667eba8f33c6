"""Turn an element tree, as a page has it or as the extractor leaves it, into blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from reader.document.loaders.compose import Composer, Composition, Run

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
_UNREAD: Final = frozenset(
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


def compose_tree(root: _Element, address: str = "") -> Composition:
    """Return the text of an element tree, in HTML's vocabulary or in that of trafilatura (head, list, item, ref, lb).

    Args:
        root: The element that holds the article.
        address: Where the page was found, for its relative links; those of a page from nowhere are left out.
    """
    from lxml import etree

    walker = _Walker(address)
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


class _Walker:
    def __init__(self, address: str) -> None:
        self.composer = Composer()
        self._address = address
        self._url = ""
        self._lines: list[list[Run]] = [[]]

    def write(self, text: str | None) -> None:
        """Take the text between two tags."""
        if text:
            self._lines[-1].append(Run(text, self._url))

    def flush(self) -> None:
        """End the block that is being written."""
        if any(run.text.strip() for line in self._lines for run in line):
            self.composer.add(*self._lines)
        self._lines = [[]]

    def start(self, element: _Element) -> bool:
        """Take a start tag; return whether what it holds is to be read."""
        tag = str(element.tag)
        if tag in ("br", "lb"):
            self._lines.append([])
        if tag in _UNREAD or tag in ("br", "lb"):
            return False
        if _is_code_block(element):
            self.flush()
            self.composer.add_code("".join(map(str, element.itertext())))
            return False
        if tag in ("a", "ref"):
            self._url = self._resolved(element.get("href") or element.get("target") or "")
        if tag not in _INLINE:
            self.flush()
            self._open(tag, element)
        return True

    def end(self, element: _Element) -> None:
        """Take an end tag."""
        tag = str(element.tag)
        if tag in ("a", "ref"):
            self._url = ""
        if tag not in _INLINE and tag not in _UNREAD and tag not in ("br", "lb"):
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

    def _resolved(self, reference: str) -> str:
        """Return the absolute address of a link, "" for one inside the page or of a scheme that is no address."""
        reference = reference.strip()
        if not reference or reference.startswith("#"):
            return ""
        try:
            url = urljoin(self._address, reference)
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
