"""Loads RTF documents with striprtf.

striprtf turns control words into text. Before it reads the source, control words that carry structure are replaced by
marks (C0 controls, which no RTF document contains), and groups that it drops, such as notes, follow the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.document.loaders.compose import Composer, TextRun
from reader.document.loaders.office.list_levels import ListLevels, ListStyle
from reader.document.loaders.office.zip_package import notices_of
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line
from reader.document.signatures import SAVE_ANEW
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_KIND: Final = "an RTF document"
_LINE, _CELL, _ROW_START, _ROW_END, _PLAIN, _HEADING, _MARKER, _MARKER_END = "\x0b\x1f\x1d\x1e\x1a\x1c\x19\x18"
_GROUP_MARK: Final = "\x17"
"""Separates the texts of groups."""
_MARKS: Final = {
    "line": _LINE,
    "lbr": _LINE,
    "cell": _CELL,
    "nestcell": " ",
    "nestrow": " ",
    "trowd": _ROW_START,
    "row": _ROW_END,
    "pard": _PLAIN,
}
_CONTROLS: Final = lazy_pattern(r"[\x00-\x08\x0b-\x1f]")
_BINARY: Final = lazy_pattern(r"\\bin(\d{1,9}) ?")
_TOKEN: Final = lazy_pattern(r"\\\\|\\([a-z]{1,32})(-?\d{1,10})? ?")
_BRACE: Final = lazy_pattern(r"\\.|[{}]", re.DOTALL)
_GROUP_START: Final = lazy_pattern(
    r"\{(?:\\\*)?(?:\\[a-z]{1,32}-?\d{0,10} ?|\s){0,20}?\\"
    r"(footnote|shptxt|deleted|pict|listtext|pntext|annotation|fonttbl|info)(?![a-z0])-?\d{0,10} ?"
)
_INFO: Final = lazy_pattern(r"\{\\(title|author|creatim)(?![a-z])([^{}]*)\}")
_DATE: Final = lazy_pattern(r"\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_MAX_TEXT: Final = 8 * 1024 * 1024
"""Code points of the source without pictures."""
_MAX_GROUPS: Final = 500_000
_HEAD: Final = 32_768
"""Code points at the start of a source that name its code page and default font."""
_FONT: Final = lazy_pattern(r"\\f(?:charset)?(\d{1,5})(?!\d)")
_NUMBER: Final = lazy_pattern(r"\(?(\d{1,5})[.)]?$")


class _Groups(NamedTuple):
    """The source without the groups that need care, and their content."""

    text: str
    boxes: list[str]
    notes: list[str]
    info: str
    comments: int
    has_deletions: bool


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text of a document with its lists, tables and notes.

    Raises:
        DocumentError: The file is damaged, or too large: striprtf takes a second for a megabyte.
    """
    source = _CONTROLS.sub("", _without_binary(raw.data.decode("latin-1")).replace("\r", "\n").replace("\t", " "))
    if source.count("{") > _MAX_GROUPS:
        raise raw.error(f"{_KIND} of more than {_MAX_GROUPS:,} groups; save it as .docx first")
    source, has_more = _whole(source)
    try:
        groups = _take_groups(source)
        if sum(map(len, (groups.text, *groups.boxes, *groups.notes))) > _MAX_TEXT:
            raise raw.error(f"{_KIND} with more than {_MAX_TEXT // 2**20} MB of text; save it as .docx first")
        header = _header(source)
        reader = _LineReader()
        reader.add(_to_text(groups.text))
        for box in _texts_of(groups.boxes, header):
            reader.add(box)
        for number, note in enumerate(_texts_of(groups.notes, header), 1):
            reader.add(f"[{number}] {note.strip()}")
        info = dict(_INFO.findall(groups.info))
        title, author = _texts_of([info.get("title", ""), info.get("author", "")], header)
    except (ValueError, LookupError, OverflowError) as error:
        raise raw.error(f"{_KIND} that is damaged; {SAVE_ANEW}") from error
    date = _DATE.match(info.get("creatim", ""))
    return LoadedContent(
        *reader.composer.result(),
        title=one_line(title),
        author=one_line(author),
        creation_date=f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else "",
        notices=(
            *notices_of(groups.comments, groups.has_deletions),
            *(("text after the end of the document is read, too",) if has_more else ()),
        ),
    )


def _without_binary(source: str) -> str:
    """Return the source without raw bytes of pictures, which may contain braces."""
    pieces, end = [], 0
    while match := _BINARY.search(source, end):
        pieces.append(source[end : match.start()])
        end = match.end() + int(match[1])
    return "".join((*pieces, source[end:]))


def _whole(source: str) -> tuple[str, bool]:
    """Return the source with what follows its end inside of it, and whether anything does: striprtf would drop it."""
    pieces, begin, depth = [], 0, 0
    end = len(source.rstrip())
    for match in _BRACE.finditer(source, source.find("{")):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}" and depth == 1 and match.end() < end:
            pieces.append(source[begin : match.start()])
            begin = match.end()
        elif match[0] == "}":
            depth -= 1
    return "\\par ".join((*pieces, source[begin:])), bool(pieces)


def _take_groups(source: str) -> _Groups:
    pieces: list[str] = []
    boxes: list[str] = []
    notes: list[str] = []
    info, comments, has_deletions, end = "", 0, False, 0
    for match in _GROUP_START.finditer(source):
        if match.start() < end:
            continue
        close = _group_end(source, match.end())
        kind, content = match[1], source[match.end() : close]
        if kind in ("listtext", "pntext"):
            replacement = f"{{{_MARKER}{content}{_MARKER_END}}}"
        elif kind == "footnote":
            notes.append(content)
            replacement = f"[{len(notes)}]"
        elif kind == "fonttbl":
            replacement = _font_table(content)
        else:
            replacement = ""
        if kind == "shptxt":
            boxes.append(content)
        elif kind == "info":
            info = content
        comments += kind == "annotation"
        has_deletions |= kind == "deleted"
        pieces += (source[end : match.start()], replacement)
        end = close + 1
    return _Groups("".join((*pieces, source[end:])), boxes, notes, info, comments, has_deletions)


def _group_end(source: str, start: int) -> int:
    """Return the offset of the brace that closes the group with the offset `start`."""
    depth = 1
    for match in _BRACE.finditer(source, start):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
            if not depth:
                return match.start()
    return len(source)


def _header(source: str) -> str:
    """Return the opening brace of a source with what decodes its text: the code page and the fonts."""
    page = re.search(r"\\ansicpg(\d{1,5})", source[:_HEAD])
    default = re.search(r"\\deff(\d{1,5})", source[:_HEAD])
    fonts = source.find("{\\fonttbl")
    table = _font_table(source[fonts : _group_end(source, fonts + 1)]) if fonts >= 0 else ""
    return f"{{\\rtf1\\ansi{page[0] if page else ''}{default[0] if default else ''}{table} "


def _font_table(content: str) -> str:
    """Return a font table with the character sets of fonts only. striprtf takes cubic time for what it cannot read."""
    charsets: dict[str, str] = {}
    font = ""
    for match in _FONT.finditer(content):
        if match[0].startswith("\\fcharset"):
            charsets[font] = match[1]
        else:
            font = match[1]
    fonts = (f"{{\\f{font}\\fcharset{charset} a;}}" for font, charset in charsets.items() if font)
    return f"{{\\fonttbl{''.join(fonts)}}}"


def _texts_of(groups: Sequence[str], header: str) -> list[str]:
    """Return the text of each group. All are read at once, because striprtf reads the header every time."""
    if not groups:
        return []
    source = _GROUP_MARK.join(f"{{{group}}}" for group in groups)
    texts = _to_text(f"{header}{source}}}").split(_GROUP_MARK)
    return [*texts, *[""] * (len(groups) - len(texts))]


def _to_text(source: str) -> str:
    """Return the text of a source, with marks for its structure."""
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(_TOKEN.sub(_marked, source), errors="replace"))  # type: ignore[no-untyped-call]  # striprtf


def _marked(match: re.Match[str]) -> str:
    word, number = match[1], match[2]
    if word == "outlinelevel":
        return f"{match[0]}{_HEADING}{chr(0x30 + min(int(number or 0), 9))}"
    if word in _MARKS:
        return _MARKS[word]
    if word == "fldinst":
        return "\\datafield "  # striprtf searches the instructions of links in quadratic time
    return match[0]


class _LineReader:
    """Makes blocks of the lines that striprtf returns."""

    def __init__(self) -> None:
        self.composer = Composer()
        self._lists = ListLevels(self.composer)
        self._heading = 0
        self._is_in_table = False
        self._list_count = 0
        self._next_number = 0

    def add(self, text: str) -> None:
        """Add a text with marks."""
        for part in re.split(f"({_ROW_START}|{_ROW_END})", text):
            if part == _ROW_START:
                self._is_in_table = True
            elif part == _ROW_END:
                self._is_in_table = False
            elif self._is_in_table and _CELL in part:
                self._add_row(part)
            else:
                self._add_paragraphs(part)
        self._is_in_table = False

    def _add_row(self, text: str) -> None:
        self._lists.close_all()
        self.composer.open_row()
        for cell in text.split(_CELL):
            words = _CONTROLS.sub(" ", re.sub(f"{_HEADING}.", "", cell))
            if words.strip():
                self.composer.add([TextRun(words)])
            self.composer.close_cell()
        self.composer.close_row()

    def _add_paragraphs(self, text: str) -> None:
        for line in text.replace(_CELL, "\n").split("\n"):
            self._add_paragraph(line)

    def _add_paragraph(self, line: str) -> None:
        marker = ""
        if _MARKER in line:
            lead, _, marked = line.partition(_MARKER)
            marker, _, body = marked.partition(_MARKER_END)
            line = lead + body
        for match in re.finditer(f"{_PLAIN}|{_HEADING}(.)", line):
            level = int(match[1]) if match[1] else 9
            self._heading = min(level + 1, 6) if level < 9 else 0
        lines = [
            [TextRun(_CONTROLS.sub("", piece))] for piece in re.sub(f"{_PLAIN}|{_HEADING}.", "", line).split(_LINE)
        ]
        if not any(run.text.strip() for runs in lines for run in runs):
            return
        if marker and not self._heading:
            self._begin_item(one_line(_CONTROLS.sub("", marker)))
        else:
            self._lists.close_all()
        self.composer.heading = self._heading
        self.composer.add(*([[run for runs in lines for run in (*runs, TextRun(" "))]] if self._heading else lines))
        self.composer.heading = 0

    def _begin_item(self, marker: str) -> None:
        match = _NUMBER.match(marker)
        if match is None:
            self._lists.begin_item(ListStyle("bullets"), 0)
            return
        number = int(match[1])
        if number != self._next_number:
            self._list_count += 1
        self._next_number = number + 1
        self._lists.begin_item(ListStyle(f"numbers {self._list_count}", number), 0)
