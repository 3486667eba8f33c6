"""Loads Word documents (DOCX, Office Open XML)."""

from __future__ import annotations

import posixpath
from dataclasses import field
from typing import TYPE_CHECKING, Final

from reader.document.loaders.compose import Composer, TextRun
from reader.document.loaders.office.list_levels import ListLevels, ListStyle
from reader.document.loaders.office.zip_package import (
    ZipPackage,
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
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND: Final = "a Word document"
_DELETED: Final = frozenset(("del", "moveFrom", "delText"))
_SKIPPED: Final = frozenset(("Fallback", "instrText", "rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr"))
_HEADING_NAME: Final = lazy_pattern(r"heading ([1-9])$")
_MAX_LEVEL: Final = 6
_AUTHOR_OF_TEMPLATE: Final = "python-docx"
_DATE_OF_TEMPLATE: Final = "2013-12-23T23:15:00Z"
"""What the library python-docx leaves in every document that it makes."""
_PRIVATE_USE: Final = range(0xE000, 0xF900)


class _Style(NamedTuple):
    heading: int
    """Level of the headings of this style, 0 for paragraphs, -1 if the base style decides."""
    number: str
    """The `numId` of a list, or ""."""
    base: str


@dataclass(slots=True)
class _Parts:
    """What the body refers to."""

    styles: dict[str, _Style] = field(default_factory=dict)
    lists: dict[tuple[str, int], ListStyle] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    notes: dict[tuple[str, str], _Element] = field(default_factory=dict)
    """By the kind of the note (footnote, endnote) and its id."""


@dataclass(slots=True)
class _Paragraph:
    element: _Element
    lines: list[list[TextRun]] = field(default_factory=lambda: [[]])


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text of a document with its lists, tables, links and notes, as it reads with all changes accepted.

    Raises:
        DocumentError: The file is damaged or too large.
    """
    with open_package(raw, _KIND) as package:
        main = _main_part(package)
        body = package.tree(main)
        if body is None:
            raise raw.error(f"{_KIND} that is damaged; {SAVE_ANEW}")
        walker = _WordWalker(_read_parts(package, main))
        walker.walk(body)
        walker.add_notes()
        core = package.tree("docProps/core.xml")
        author, created = one_line(text_at(core, "{*}creator")), one_line(text_at(core, "{*}created"))
        return LoadedContent(
            *walker.composer.result(),
            title=one_line(text_at(core, "{*}title")),
            author="" if author == _AUTHOR_OF_TEMPLATE else author,
            creation_date="" if created == _DATE_OF_TEMPLATE else created[:10],
            notices=walker.notices(),
        )


def _main_part(package: ZipPackage) -> str:
    root = package.tree("_rels/.rels")
    for relation in () if root is None else root:
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


def _read_parts(package: ZipPackage, main: str) -> _Parts:
    parts = _Parts()
    folder, name = posixpath.split(main)
    relations = package.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in () if relations is None else relations:
        kind = attribute(relation, "Type").rpartition("/")[2]
        target = attribute(relation, "Target")
        if kind == "hyperlink":
            parts.urls[attribute(relation, "Id")] = target
            continue
        path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        if kind in ("styles", "numbering", "footnotes", "endnotes") and (root := package.tree(path)) is not None:
            if kind == "styles":
                parts.styles = {attribute(style, "styleId"): _style(style) for style in root.iterfind("{*}style")}
            elif kind == "numbering":
                parts.lists = _lists(root)
            else:
                parts.notes |= {(kind[:-1], attribute(note, "id")): note for note in root}
    return parts


def _style(style: _Element) -> _Style:
    name = attribute(style.find("{*}name"), "val").lower()
    outline = attribute(style.find("{*}pPr/{*}outlineLvl"), "val")
    heading = -1
    if match := _HEADING_NAME.match(name):
        heading = int(match[1])
    elif name == "title":
        heading = 1
    elif outline.isdecimal():
        heading = int(outline) + 1 if int(outline) < 9 else 0
    number = attribute(style.find("{*}pPr/{*}numPr/{*}numId"), "val")
    return _Style(min(heading, _MAX_LEVEL), number, attribute(style.find("{*}basedOn"), "val"))


def _lists(root: _Element) -> dict[tuple[str, int], ListStyle]:
    """Return the lists by `numId` and level."""
    abstract = {attribute(item, "abstractNumId"): item for item in root.iterfind("{*}abstractNum")}
    lists: dict[tuple[str, int], ListStyle] = {}
    for number in root.iterfind("{*}num"):
        key = attribute(number, "numId")
        definition = abstract.get(attribute(number.find("{*}abstractNumId"), "val"))
        for level in () if definition is None else definition.iterfind("{*}lvl"):
            depth = _integer(attribute(level, "ilvl"))
            form = attribute(level.find("{*}numFmt"), "val")
            start = _integer(attribute(level.find("{*}start"), "val"), 1)
            lists[key, depth] = ListStyle(key, None if form in ("bullet", "none") else start)
    return lists


class _WordWalker:
    """Walks over the elements of a document in order."""

    def __init__(self, parts: _Parts) -> None:
        self.composer = Composer()
        self._parts = parts
        self._lists = ListLevels(self.composer)
        self._open: list[_Paragraph] = []
        self._boxes: list[_Paragraph] = []
        """Paragraphs of the text boxes that are anchored in the open paragraph."""
        self._carried: list[list[TextRun]] = [[]]
        """The text before a deleted paragraph mark."""
        self._tables = 0
        self._url = ""
        self._notes: list[tuple[str, str]] = []
        self._comments = 0
        self._has_deletions = False
        self._inserted_files = 0

    def walk(self, root: _Element) -> None:
        """Add the text of an element."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._end(element)
            elif not self._start(element):
                walk.skip_subtree()
        if any(self._carried):
            self.composer.add(*self._carried)
            self._carried = [[]]

    def add_notes(self) -> None:
        """Add the footnotes and endnotes after the text, each with its mark."""
        self._lists.close_all()
        for index, key in enumerate(self._notes):  # grows if a note refers to another one
            self._carried = [[TextRun(f"[{index + 1}] ")]]
            self.walk(self._parts.notes[key])

    def notices(self) -> tuple[str, ...]:
        """Return what was left out."""
        return notices_of(self._comments, self._has_deletions, self._inserted_files)

    def _start(self, element: _Element) -> bool:
        """Handle a start tag. Return whether to read the content of the element."""
        tag = local_name(element)
        if tag in _DELETED or (tag == "tr" and element.find("{*}trPr/{*}del") is not None):
            self._has_deletions = True
            return False
        if tag in _SKIPPED:
            return False
        if tag == "altChunk":
            self._inserted_files += 1
            return False
        if tag == "p":
            self._open.append(_Paragraph(element))
        elif tag == "hyperlink":
            self._url = web_address(self._parts.urls.get(attribute(element, "id"), ""))
        elif tag == "commentReference":
            self._comments += 1
        elif tag in ("tbl", "tr") and not self._open:
            self._start_table(tag)
        elif self._open:
            self._write(tag, element)
        return True

    def _start_table(self, tag: str) -> None:
        if tag == "tbl":
            self._tables += 1
            if self._tables == 1:
                self._lists.close_all()
                self.composer.open_table()
        elif self._tables == 1:
            self.composer.open_row()

    def _write(self, tag: str, element: _Element) -> None:
        lines = self._open[-1].lines
        if tag == "t":
            lines[-1].append(TextRun(element.text or "", self._url))
        elif tag in ("tab", "ptab"):
            lines[-1].append(TextRun(" "))
        elif tag in ("br", "cr"):
            lines.append([])
        elif tag == "noBreakHyphen":
            lines[-1].append(TextRun("‑", self._url))
        elif tag == "sym":
            code = int(attribute(element, "char") or "0", 16)
            if code in range(0x20, 0x110000) and code not in _PRIVATE_USE:
                lines[-1].append(TextRun(chr(code), self._url))
        elif tag in ("footnoteReference", "endnoteReference"):
            key = (tag.removesuffix("Reference"), attribute(element, "id"))
            if key in self._parts.notes and key not in self._notes:
                self._notes.append(key)
                lines[-1].append(TextRun(f"[{len(self._notes)}]"))

    def _end(self, element: _Element) -> None:
        """Handle an end tag."""
        tag = local_name(element)
        if tag == "p":
            paragraph = self._open.pop()
            if self._open:
                self._boxes.append(paragraph)
                return
            self._add(paragraph)
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self._add(box)
        elif tag == "hyperlink":
            self._url = ""
        elif tag in ("tbl", "tr", "tc") and not self._open:
            self._end_table(tag)

    def _end_table(self, tag: str) -> None:
        if tag == "tbl":
            self._tables -= 1
            if not self._tables:
                self.composer.close_table()
        elif self._tables == 1 and tag == "tc":
            self.composer.close_cell()
        elif self._tables == 1 and tag == "tr":
            self.composer.close_row()

    def _add(self, paragraph: _Paragraph) -> None:
        lines = [*self._carried[:-1], self._carried[-1] + paragraph.lines[0], *paragraph.lines[1:]]
        self._carried = [[]]
        properties = paragraph.element.find("{*}pPr")
        if properties is not None and properties.find("{*}rPr/{*}del") is not None:
            self._carried, self._has_deletions = lines, True
            return
        if not any(run.text.strip() for line in lines for run in line):
            return
        heading, number, level = self._kind(properties)
        if self._tables:
            self.composer.add(*lines)
            return
        style = self._parts.lists.get((number, level)) if number not in ("", "0") and not heading else None
        if style is None:
            self._lists.close_all()
        else:
            self._lists.begin_item(style, level)
        self.composer.heading = heading
        self.composer.add(*([[run for line in lines for run in (*line, TextRun(" "))]] if heading else lines))
        self.composer.heading = 0

    def _kind(self, properties: _Element | None) -> tuple[int, str, int]:
        """Return the heading level of a paragraph, or 0, with the `numId` and level of its list, or "" and 0."""
        if properties is None:
            return 0, "", 0
        heading, number = -1, attribute(properties.find("{*}numPr/{*}numId"), "val")
        level = _integer(attribute(properties.find("{*}numPr/{*}ilvl"), "val"))
        outline = attribute(properties.find("{*}outlineLvl"), "val")
        if outline.isdecimal():
            heading = min(int(outline) + 1, _MAX_LEVEL) if int(outline) < 9 else 0
        name = attribute(properties.find("{*}pStyle"), "val")
        for _ in range(len(self._parts.styles)):  # styles may be based on each other in a circle
            style = self._parts.styles.get(name)
            if style is None:
                break
            heading = style.heading if heading < 0 else heading
            number = number or style.number
            name = style.base
        return max(heading, 0), number, level


def _integer(text: str, default: int = 0) -> int:
    return min(int(text), 99_999) if text.isascii() and text.isdecimal() else default
