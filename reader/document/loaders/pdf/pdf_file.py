"""Reads the text of a PDF as its author wrote it: paragraphs, headings, lists and tables in reading order."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from math import hypot, pi
from typing import Any, Final

from reader.document.loaders.compose import Composer, Composition, TextRun
from reader.document.loaders.pdf.columns import regions_in_order
from reader.document.loaders.pdf.margins import split_footnotes, without_running_heads
from reader.document.loaders.pdf.paragraphs import (
    LineJoiner,
    Passage,
    bullet_of,
    joined_over_breaks,
    number_of,
    passages_in,
)
from reader.document.loaders.pdf.pieces import Line, Piece
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_MAX_CHARACTERS: Final = 32 * 1024 * 1024
_BREAK_GAP: Final = 0.9
"""A gap of this share of the font size ends a piece."""
_HEADING: Final = 1.12
"""Smallest size of a heading, as a share of the size of the text."""
_LONGEST_HEADING: Final = 200
_LONGEST_BOLD_HEADING: Final = 120
_BOLD: Final = lazy_pattern(rb"bold|black|heavy|demi|cmbx", re.IGNORECASE)
_DATE: Final = lazy_pattern(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_FILE_NAME: Final = lazy_pattern(
    r"\.(?:docx?|odt|rtf|pdf|indd|tex|dvi|pptx?|xlsx?|pmd|qxd)$|^(?:untitled|microsoft word)", re.IGNORECASE
)
_NOBODY: Final = frozenset(("anonymous", "unknown", "author", "user", "admin", "administrator", "unspecified"))
_FIRST_RTL: Final = 0x590
_HYPHENS: Final = frozenset((0x02, 0xFFFE))
"""How PDFium marks a hyphen at the end of a line."""


class _Font(NamedTuple):
    baseline: float
    size: float
    turns: int
    """Quarter turns of the text, counterclockwise."""
    is_bold: bool

    def piece(self, chars: list[str], start: float, end: float) -> tuple[int, Piece]:
        return self.turns, Piece("".join(chars), start, end, self.baseline, self.size, self.is_bold)


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text of a PDF.

    Raises:
        DocumentError: The file is damaged or needs a password, or none of its pages has text.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        pdf = pypdfium2.PdfDocument(raw.data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD:
            raise raw.error("a PDF with a password; save a copy without one and open it") from error
        raise raw.error("a damaged PDF; if another program can display it, save it anew there") from error
    with pdf:
        metadata = {key: one_line(pdf.get_metadata_value(key)) for key in ("Title", "Author", "CreationDate")}
        pages: list[list[Piece]] = []
        layers: list[list[list[Piece]]] = []
        characters = 0
        for index in range(len(pdf)):
            turned = _page_pieces(pdf, index)
            pages.append(turned[0] if turned else [])
            layers.append(turned[1:])
            characters += sum(len(piece.text.strip()) for layer in turned for piece in layer)
            if characters > _MAX_CHARACTERS:
                raise raw.error(f"more than {_MAX_CHARACTERS // 1024**2} million characters of text")
        kind = "a PDF" if characters or not _has_pictures(pdf) else "a scan"
    if not characters:
        raise raw.error(
            f"{kind}, {_count(len(pages), 'page')} without text; recognize its text first, for example with `ocrmypdf`"
        )
    blank = [number for number, pieces in enumerate(pages, 1) if not pieces]
    bodies, removed = without_running_heads(pages)
    title = "" if _FILE_NAME.search(metadata["Title"]) else metadata["Title"]
    author = "" if metadata["Author"].casefold() in _NOBODY else metadata["Author"]
    return LoadedContent(
        *_compose(bodies, layers),
        title=title,
        author=author,
        creation_date=_iso_date(metadata["CreationDate"]),
        encoding="binary",
        notices=_notices(blank, removed),
    )


def _has_pictures(pdf: Any) -> bool:
    """Return whether one of the first pages has a picture, as every page of a scan has."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    for index in range(min(len(pdf), 3)):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            continue
        for item in range(pdfium.FPDFPage_CountObjects(page.raw)):
            kind = pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, item))
            if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
                return True
    return False


def _notices(blank: list[int], removed: int) -> tuple[str, ...]:
    parts = []
    if blank:
        numbers = ", ".join(map(str, blank[:5])) + (f" and {len(blank) - 5} more" if len(blank) > 5 else "")
        parts.append(f"{'page' if len(blank) == 1 else 'pages'} {numbers} without text")
    if removed:
        parts.append(f"{_count(removed, 'running head or page number', 'running heads and page numbers')} left out")
    return tuple(parts)


def _count(number: int, singular: str, plural: str = "") -> str:
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def _iso_date(stated: str) -> str:
    match = _DATE.match(stated)
    if match is None:
        return ""
    try:
        return datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1)).date().isoformat()
    except ValueError:
        return ""


def _page_pieces(pdf: Any, index: int) -> list[list[Piece]]:
    """Return the pieces of a page, one list for each direction of text, the most common one first."""
    import pypdfium2

    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return []
    try:
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return []
    try:
        layers: dict[int, list[Piece]] = {}
        for turns, piece in _Scanner(text_page.raw).pieces():
            layers.setdefault(turns, []).append(piece)
    finally:
        text_page.close()
        page.close()
    return sorted(layers.values(), key=lambda pieces: -sum(len(piece.text) for piece in pieces))


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _turned(box: Any, turns: int) -> tuple[float, float, float, float]:
    """Return the start and end of a character along its line, and two edges that show whether it is on the line."""
    match turns:
        case 0:
            return box.left, box.right, box.top, box.bottom
        case 1:
            return box.bottom, box.top, box.right, box.left
        case 2:
            return -box.right, -box.left, box.top, box.bottom
        case _:
            return -box.top, -box.bottom, box.right, box.left


class _Scanner:
    """Reads the characters of a page in the order of its content stream and groups them into pieces."""

    def __init__(self, text_page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = text_page
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()

    def pieces(self) -> Iterator[tuple[int, Piece]]:
        """Yield the pieces with their quarter turns."""
        pdfium, page, box = self._pdfium, self._page, self._box
        get_code, get_box, reference = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, ctypes.byref(box)
        count = pdfium.FPDFText_CountChars(page)
        chars: list[str] = []
        font: _Font | None = None
        first_edge = last_edge = top = bottom = 0.0
        is_rtl = False
        high = 0
        for index in range(count):
            code = get_code(page, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            if code in (0x0A, 0x0D):
                if font is not None:
                    yield (
                        font.turns,
                        Piece("".join(chars), first_edge, last_edge, font.baseline, font.size, font.is_bold),
                    )
                chars, font = [], None
                continue
            if code in (0x20, 0xA0, 0x09):
                if font is not None:
                    chars.append(" ")
                continue
            char = _character(code)
            get_box(page, index, reference)
            is_char_rtl = code > _FIRST_RTL and unicodedata.bidirectional(char) in ("R", "AL")
            if font is not None:
                start, end, upper, lower = _turned(box, font.turns)
                if is_char_rtl and len(chars) == 1:
                    is_rtl = True
                gap = first_edge - end if is_rtl else start - last_edge
                tolerance = 0.1 * max(upper - lower, 1.0)
                is_level = abs(lower - bottom) <= tolerance and abs(upper - top) <= tolerance
                if not is_level or not -0.5 * font.size <= gap <= _BREAK_GAP * font.size:
                    yield (
                        font.turns,
                        Piece("".join(chars), first_edge, last_edge, font.baseline, font.size, font.is_bold),
                    )
                    chars, font = [], None
            if font is None:
                font = self._font(index)
                first_edge, last_edge, top, bottom = start, end, upper, lower = _turned(box, font.turns)
                chars, is_rtl = [], is_char_rtl
            chars.append(char)
            first_edge, last_edge = min(first_edge, start), max(last_edge, end)
        if font is not None:
            yield font.piece(chars, first_edge, last_edge)

    def _font(self, index: int) -> _Font:
        """Return the font at a character, with the baseline as a distance that grows from line to line."""
        pdfium, page = self._pdfium, self._page
        size = pdfium.FPDFText_GetFontSize(page, index)
        if pdfium.FPDFText_GetMatrix(page, index, ctypes.byref(self._matrix)):
            size *= hypot(self._matrix.c, self._matrix.d)
        pdfium.FPDFText_GetCharOrigin(page, index, ctypes.byref(self._x), ctypes.byref(self._y))
        turns = round(-max(pdfium.FPDFText_GetCharAngle(page, index), 0.0) / (pi / 2)) % 4  # PDFium counts clockwise
        baseline = (-self._y.value, self._x.value, self._y.value, -self._x.value)[turns]
        pdfium.FPDFText_GetFontInfo(page, index, self._name, len(self._name), ctypes.byref(self._flags))
        is_bold = bool(_BOLD.search(self._name.value)) or pdfium.FPDFText_GetFontWeight(page, index) >= 600
        return _Font(baseline, max(abs(size), 1.0), turns, is_bold)


def _compose(bodies: list[list[Piece]], layers: list[list[list[Piece]]]) -> Composition:
    pages = [
        [(region, page) for pieces in (body, *turned) for region in regions_in_order(pieces)]
        for page, (body, turned) in enumerate(zip(bodies, layers, strict=True), 1)
    ]
    regions = [entry for page in pages for entry in page]
    body_size = _body_size([line for region, _ in regions for line in region])
    columns: list[list[Passage]] = []
    for region, page in regions:
        text, notes = split_footnotes(region, body_size)
        columns += [
            passages_in(text, page, body_size),
            passages_in(notes, page, body_size, is_note=True),
        ]
    joiner = LineJoiner(line for region, _ in regions for line in region)
    return _write(list(joined_over_breaks(columns, body_size)), joiner, body_size)


def _body_size(lines: list[Line]) -> float:
    """Return the font size of most of the text, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _write(passages: list[Passage], joiner: LineJoiner, body_size: float) -> Composition:
    texts = [joiner.join(passage.lines) for passage in passages]
    both = list(zip(passages, texts, strict=True))
    sizes = sorted({_rounded(passage) for passage, text in both if _is_large(passage, text, body_size)}, reverse=True)
    has_bold_text = sum(passage.is_bold for passage in passages) * 2 > len(passages)
    composer = Composer()
    marker = ""
    number = 0
    in_table = False
    for passage, text in both:
        composer.page = passage.page
        cells = passage.lines[0].cells
        bullet, (item, item_length) = bullet_of(text), number_of(text)
        kind = "" if passage.is_note else "•" if bullet else "1" if item else ""
        if marker and (kind != marker or (item and item != number + 1)):
            composer.close_list()
            marker = ""
        if in_table and not cells:
            composer.close_table()
        if cells and not in_table:
            composer.open_table()
        in_table = bool(cells)
        composer.heading = 0
        if cells:
            composer.open_row()
            for cell in cells:
                composer.add([TextRun(cell)])
                composer.close_cell()
            composer.close_row()
            continue
        if _is_large(passage, text, body_size):
            composer.heading = min(sizes.index(_rounded(passage)) + 1, 6)
        elif not has_bold_text and passage.is_bold and _is_bold_heading(passage, text):
            composer.heading = min(len(sizes) + 1, 6)
        elif kind:
            if not marker:
                composer.open_list(item or None)
                marker = kind
            number = item
            composer.begin_item()
            text = text[bullet or item_length :]
        composer.add([TextRun(text)])
    return composer.result()


def _rounded(passage: Passage) -> float:
    return round(passage.size * 2) / 2


def _is_large(passage: Passage, text: str, body_size: float) -> bool:
    return passage.size >= _HEADING * body_size and len(text) <= _LONGEST_HEADING and not passage.lines[0].cells


def _is_bold_heading(passage: Passage, text: str) -> bool:
    return len(text) <= _LONGEST_BOLD_HEADING and len(passage.lines) <= 2 and not text.endswith((".", ";", ",", ":"))
