"""Loads OpenDocument texts (ODT)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.document.loaders.compose import Composer, TextRun
from reader.document.loaders.office.list_levels import ListLevels, ListStyle
from reader.document.loaders.office.zip_package import (
    attribute,
    local_name,
    notices_of,
    open_package,
    text_at,
    web_address,
)
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line
from reader.document.signatures import SAVE_ANEW

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND: Final = "an OpenDocument file"
_SKIPPED: Final = frozenset(
    (
        *("tracked-changes", "note-citation", "ruby-text", "title", "desc", "scripts", "font-face-decls"),
        *("automatic-styles", "forms", "sequence-decls", "variable-decls", "user-field-decls", "binary-data", "math"),
    )
)
_MAX_SPACES: Final = 100
_MAX_LEVEL: Final = 6


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text of a document with its lists, tables, links and notes, as it reads with all changes accepted.

    Raises:
        DocumentError: The file is damaged, has a password or is too large.
    """
    with open_package(raw, _KIND) as package:
        manifest = package.tree("META-INF/manifest.xml")
        if manifest is not None and manifest.find(".//{*}encryption-data") is not None:
            raise raw.error(f"{_KIND} with a password; save it without the password first")
        content = package.tree("content.xml")
        body = None if content is None else content.find("{*}body")
        if content is None or body is None:
            raise raw.error(f"{_KIND} that is damaged; {SAVE_ANEW}")
        walker = _OpenDocumentWalker([content, package.tree("styles.xml")])
        walker.walk(body)
        walker.add_notes()
        meta = package.tree("meta.xml")
        return LoadedContent(
            *walker.composer.result(),
            title=one_line(text_at(meta, ".//{*}title")),
            author=one_line(text_at(meta, ".//{*}initial-creator") or text_at(meta, ".//{*}creator")),
            creation_date=one_line(text_at(meta, ".//{*}creation-date"))[:10],
            notices=walker.notices(),
        )


class _OpenDocumentWalker:
    """Walks over the elements of a document in order."""

    def __init__(self, roots: list[_Element | None]) -> None:
        self.composer = Composer()
        self._numbered = _numbered_levels(roots)
        self._lists = ListLevels(self.composer)
        self._list_keys: list[str] = []
        """The style and number of each open list."""
        self._list_count = 0
        self._is_item_start = False
        self._open: list[tuple[_Element, list[list[TextRun]]]] = []
        """The open paragraphs with their lines; those of text boxes lie in the paragraph of their anchor."""
        self._boxes: list[tuple[_Element, list[list[TextRun]]]] = []
        self._tables = 0
        self._urls: list[str] = []
        self._notes: list[_Element] = []
        self._comments = 0
        self._has_deletions = False
        self._prefix = ""

    def walk(self, root: _Element) -> None:
        """Add the text of an element."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._start(element):
                    self._write(element.text)
                else:
                    walk.skip_subtree()
            else:
                self._end(element)
                if element is not root:
                    self._write(element.tail)

    def add_notes(self) -> None:
        """Add the footnotes and endnotes after the text, each with its mark."""
        self._lists.close_all()
        self._list_keys = []
        for index, note in enumerate(self._notes):
            self._prefix = f"[{index + 1}] "
            self.walk(note)

    def notices(self) -> tuple[str, ...]:
        """Return what was left out."""
        return notices_of(self._comments, self._has_deletions)

    def _write(self, text: str | None) -> None:
        if text and self._open:
            self._open[-1][1][-1].append(TextRun(text, self._urls[-1] if self._urls else ""))

    def _start(self, element: _Element) -> bool:
        """Handle a start tag. Return whether to read the content of the element."""
        tag = local_name(element)
        if tag == "annotation":
            self._comments += 1
            return False
        if tag == "note":
            body = element.find("{*}note-body")
            if body is not None:
                self._notes.append(body)
                self._write(f"[{len(self._notes)}]")
            return False
        if tag in _SKIPPED:
            self._has_deletions |= tag == "tracked-changes" and element.find(".//{*}deletion") is not None
            return False
        if tag in ("p", "h"):
            self._open.append((element, [[]]))
        elif tag == "a":
            self._urls.append(web_address(attribute(element, "href")))
        elif tag == "line-break" and self._open:
            self._open[-1][1].append([])
        elif tag == "s":
            self._write(" " * min(int(attribute(element, "c") or "1"), _MAX_SPACES))
        elif tag == "tab":
            self._write(" ")
        elif not self._open:
            self._start_group(tag, element)
        return True

    def _start_group(self, tag: str, element: _Element) -> None:
        if tag == "list":
            outer = self._list_keys[-1].partition("\0")[0] if self._list_keys else ""
            style = attribute(element, "style-name") or outer
            if not self._list_keys and attribute(element, "continue-numbering") != "true":
                self._list_count += 1
            self._list_keys.append(f"{style}\0{self._list_count}")
        elif tag in ("list-item", "list-header"):
            self._is_item_start = tag == "list-item"
        elif tag == "table":
            self._tables += 1
            if self._tables == 1:
                self._lists.close_all()
                self.composer.open_table()
        elif tag == "table-row" and self._tables == 1:
            self.composer.open_row()

    def _end(self, element: _Element) -> None:
        """Handle an end tag."""
        tag = local_name(element)
        if tag in ("p", "h"):
            paragraph = self._open.pop()
            if self._open:
                self._boxes.append(paragraph)
                return
            boxes, self._boxes = self._boxes, []
            for collected in (paragraph, *boxes):
                self._add(*collected)
        elif tag == "a" and self._urls:
            self._urls.pop()
        elif not self._open:
            self._end_group(tag)

    def _end_group(self, tag: str) -> None:
        if tag == "list" and self._list_keys:
            self._list_keys.pop()
            if not self._list_keys:
                self._lists.close_all()
        elif tag == "table":
            self._tables -= 1
            if not self._tables:
                self.composer.close_table()
        elif self._tables == 1 and tag == "table-cell":
            self.composer.close_cell()
        elif self._tables == 1 and tag == "table-row":
            self.composer.close_row()

    def _add(self, element: _Element, lines: list[list[TextRun]]) -> None:
        if self._prefix:
            lines[0].insert(0, TextRun(self._prefix))
            self._prefix = ""
        if not any(run.text.strip() for line in lines for run in line):
            return
        if self._tables:
            self.composer.add(*lines)
            return
        if local_name(element) == "h":
            level = attribute(element, "outline-level")
            self.composer.heading = min(max(int(level), 1), _MAX_LEVEL) if level.isdecimal() else 1
            self._lists.close_all()
            self.composer.add([run for line in lines for run in (*line, TextRun(" "))])
            self.composer.heading = 0
            return
        if self._list_keys and self._is_item_start:
            style, depth = self._list_keys[-1].partition("\0")[0], len(self._list_keys) - 1
            first = 1 if (style, depth + 1) in self._numbered else None
            self._lists.begin_item(ListStyle(self._list_keys[-1], first), depth)
            self._is_item_start = False
        self.composer.add(*lines)


def _numbered_levels(roots: list[_Element | None]) -> frozenset[tuple[str, int]]:
    """Return the names of list styles with their levels from 1 that have numbers."""
    numbered: set[tuple[str, int]] = set()
    for root in roots:
        for style in () if root is None else root.iterfind(".//{*}list-style"):
            name = attribute(style, "name")
            for level in style.iterfind("{*}list-level-style-number"):
                if attribute(level, "num-format") and attribute(level, "level").isdecimal():
                    numbered.add((name, int(attribute(level, "level"))))
    return frozenset(numbered)
