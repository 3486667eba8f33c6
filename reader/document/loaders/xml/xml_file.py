"""Loads XML: TEI, and other documents by the names that text formats share (DocBook, JATS, NITF, TTML, …).

An element with text of its own is a block; elements inside of it are part of its line, unless they are known as blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.document.loaders.compose import Composer, TextRun
from reader.document.loaders.office.zip_package import attribute, local_name, web_address
from reader.document.loaders.xml.xml_tree import parse_xml
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS: Final = frozenset(("head", "title", "subtitle", "article-title", "bridgehead", "headline", "hl1", "hl2"))
_SECTIONS: Final = frozenset(
    (
        *(
            "div",
            "div1",
            "div2",
            "div3",
            "div4",
            "div5",
            "div6",
            "div7",
            "sec",
            "section",
            "chapter",
            "part",
            "abstract",
        ),
        *("sect1", "sect2", "sect3", "sect4", "sect5", "preface", "appendix"),
    )
)
_PARAGRAPHS: Final = frozenset(
    ("p", "para", "simpara", "ab", "lg", "sp", "stage", "opener", "closer", "signed", "figure")
)
_LISTS: Final = {"list": None, "itemizedlist": None, "ul": None, "orderedlist": 1, "ol": 1}
_ITEMS: Final = frozenset(("item", "listitem", "li", "list-item"))
_ROWS: Final = frozenset(("row", "tr"))
_CELLS: Final = frozenset(("cell", "td", "th", "entry"))
_QUOTES: Final = frozenset(("quote", "blockquote", "disp-quote", "block_quote"))
_NOTES: Final = frozenset(("note", "footnote", "fn"))
_LINES: Final = frozenset(("l", "br"))
"""Elements that begin a line."""
_LINKS: Final = frozenset(("ref", "ptr", "a", "ulink", "link", "ext-link"))
_TARGETS: Final = ("target", "href", "url")
"""Attributes with the target of a link."""
_INLINE: Final = frozenset(
    (
        *(
            "w",
            "pc",
            "c",
            "s",
            "seg",
            "hi",
            "name",
            "persName",
            "placeName",
            "orgName",
            "rs",
            "date",
            "foreign",
            "emph",
        ),
        *("b", "i", "em", "strong", "span", "sup", "sub", "u", "term", "italic", "bold", "emphasis", "choice", "app"),
        *("corr", "sic", "reg", "orig", "expan", "abbr", "lem", "lb", "pb", "title", "num", "time", "xref", *_LINKS),
    )
)
"""Elements that belong to the line of a paragraph even if it has no text beside them."""
_CODE: Final = frozenset(("programlisting", "screen", "pre", "preformat"))
_IGNORED: Final = frozenset(("script", "style", "teiHeader", "fileDesc", "permissions", "binaryObject"))
_UNREAD_FORMS: Final = {"sic": "corr", "orig": "reg", "abbr": "expan", "rdg": "lem"}
"""In elements `choice` and `app`: the form that is left out if there is the other."""
_BLOCKS: Final = frozenset(
    (*_SECTIONS, *_PARAGRAPHS, *_ITEMS, *_LISTS, *_ROWS, *_CELLS, "head", "table"),
)
_PARAGRAPH_LIKE: Final = frozenset(("p", "para", "simpara", "ab", *_HEADINGS, *_ITEMS, *_CELLS, "l"))


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text in order, with headings, lists, tables and notes.

    Raises:
        DocumentError: There is no XML in the file, or too much.
    """
    parsed = parse_xml(raw)
    root = parsed.root
    if root is None:
        raise raw.error("XML that is damaged")
    walker = _XmlWalker()
    walker.walk(root)
    return LoadedContent(
        *walker.composer.result(),
        title=_first(root, ".//{*}titleStmt/{*}title", "./{*}info/{*}title", ".//{*}title-group/{*}article-title"),
        author=_first(root, ".//{*}titleStmt/{*}author", "./{*}info//{*}author"),
        date=_date(root),
        encoding=parsed.encoding,
        notices=(*walker.notices(), *parsed.notices),
    )


def _first(root: _Element, *paths: str) -> str:
    for path in paths:
        element = root.find(path)
        if element is not None and (text := one_line(" ".join(map(str, element.itertext())))):
            return text
    return ""


def _date(root: _Element) -> str:
    element = root.find(".//{*}publicationStmt/{*}date")
    return "" if element is None else one_line(attribute(element, "when") or "".join(map(str, element.itertext())))


class _XmlWalker:
    """Walks a tree without recursion, however deep it is."""

    def __init__(self) -> None:
        self.composer = Composer()
        self._lines: list[list[TextRun]] = [[]]
        self._depth = 0
        """Number of open sections."""
        self._paragraphs = 0
        """Number of open elements that are paragraphs, headings, items or cells."""
        self._have_text: list[bool] = []
        """Whether each open element has text beside its children."""
        self._skipped: _Element | None = None
        self._url = ""
        self._notes: list[_Element] = []
        self._has_deletions = self._has_other_forms = False

    def notices(self) -> tuple[str, ...]:
        """Return what was left out."""
        left_out = ["deleted text"] if self._has_deletions else []
        if self._has_other_forms:
            left_out.append("original spellings and abbreviations")
        return (f"left out: {', '.join(left_out)}",) if left_out else ()

    def walk(self, root: _Element) -> None:
        """Add an element, then the notes in it."""
        self._walk(root)
        number = 0
        while number < len(self._notes):  # notes may have notes
            note = self._notes[number]
            number += 1
            self._write(f"[{number}] ")
            self._walk(note)

    def _walk(self, root: _Element) -> None:
        from lxml import etree

        self._paragraphs = int(local_name(root) in _PARAGRAPH_LIKE)
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element is root or self._begin(element):
                    self._have_text.append(_has_own_text(element))
                    self._write(element.text)
                else:
                    self._skipped = element
                    walk.skip_subtree()
            elif element is not root:
                if element is self._skipped:
                    self._skipped = None
                else:
                    self._have_text.pop()
                    self._finish(local_name(element))
                self._write(element.tail)
        self._have_text.clear()
        self._flush()

    def _write(self, text: str | None) -> None:
        if text:
            self._lines[-1].append(TextRun(text, self._url))

    def _flush(self) -> None:
        if any(run.text.strip() for line in self._lines for run in line):
            self.composer.add(*self._lines)
        self._lines = [[]]

    def _begin(self, element: _Element) -> bool:
        """Handle a start tag. Return whether to read the content of the element."""
        name = local_name(element)
        if name in _IGNORED or not name or self._is_unread(name, element):
            return False
        if name in _NOTES and self._have_text[-1]:
            self._notes.append(element)
            self._write(f"[{len(self._notes)}]")
            return False
        if name in _CODE:
            self._flush()
            self.composer.add_code("".join(map(str, element.itertext())))
            return False
        if name == "lb":
            self._write("" if attribute(element, "break") == "no" else " ")
        elif name == "pb":
            page = attribute(element, "n")
            self.composer.page = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 0
        elif name in _LINES:
            self._lines.append([])
        elif name in _LINKS and not self._url:
            self._url = next((url for key in _TARGETS if (url := web_address(attribute(element, key)))), "")
        if self._is_block(name):
            self._flush()
            self._open(name)
        self._paragraphs += name in _PARAGRAPH_LIKE
        return True

    def _finish(self, name: str) -> None:
        if name in _LINKS:
            self._url = ""
        elif name == "l":
            self._lines.append([])
        if name in _PARAGRAPH_LIKE:
            self._paragraphs -= 1
        if self._is_block(name):
            self._flush()
            self._close(name)

    def _is_unread(self, name: str, element: _Element) -> bool:
        """Return whether an element is deleted, or a form of a word that stands beside a better one."""
        if name == "del":
            self._has_deletions = True
            return True
        better = _UNREAD_FORMS.get(name)
        parent = element.getparent()
        if not better or parent is None or local_name(parent) not in ("choice", "app"):
            return False
        is_unread = parent.find(f"{{*}}{better}") is not None
        self._has_other_forms |= is_unread
        return is_unread

    def _is_block(self, name: str) -> bool:
        """Return whether an element inside the open ones is a block of its own."""
        if name in _BLOCKS:
            return True
        return not (self._have_text[-1] or (self._paragraphs and name in _INLINE))

    def _open(self, name: str) -> None:
        if name in _SECTIONS:
            self._depth += 1
        elif name in _HEADINGS:
            self.composer.heading = min(max(self._depth, 1), 6)
        elif name in _LISTS:
            self.composer.open_list(_LISTS[name])
        elif name in _ITEMS:
            self.composer.begin_item()
        elif name in _QUOTES:
            self.composer.quotes += 1
        elif name == "table":
            self.composer.open_table()
        elif name in _ROWS:
            self.composer.open_row()

    def _close(self, name: str) -> None:
        if name in _SECTIONS:
            self._depth -= 1
        elif name in _HEADINGS:
            self.composer.heading = 0
        elif name in _LISTS:
            self.composer.close_list()
        elif name in _QUOTES:
            self.composer.quotes -= 1
        elif name in _CELLS:
            self.composer.close_cell()
        elif name in _ROWS:
            self.composer.close_row()
        elif name == "table":
            self.composer.close_table()


def _has_own_text(element: _Element) -> bool:
    """Return whether an element has text beside its children."""
    return bool(str(element.text or "").strip()) or any(str(child.tail or "").strip() for child in element)
