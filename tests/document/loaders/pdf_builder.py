"""Builds PDFs with a known text: columns, hyphens, running heads, page numbers and footnotes."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 64.0


@dataclass
class PdfBuilder:
    """Writes lines of text at positions, from the top of a page downward."""

    pdf: pypdfium2.PdfDocument = field(default_factory=pypdfium2.PdfDocument.new)
    pages: list[pypdfium2.PdfPage] = field(default_factory=list)
    _fonts: dict[str, object] = field(default_factory=dict)

    def add_page(self) -> None:
        self.pages.append(self.pdf.new_page(WIDTH, HEIGHT))

    def write(self, text: str, x: float, y: float, size: float = 10, font: str = "Times-Roman", turn: int = 0) -> None:
        """Write a text with its baseline at `y` points from the top, turned by so many quarters."""
        page = self.pages[-1]
        item = self._text_object(text, size, font)
        cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
        pdfium.FPDFPageObj_Transform(item, cos, sin, -sin, cos, x, HEIGHT - y)
        pdfium.FPDFPage_InsertObject(page.raw, item)

    def add_picture(self) -> None:
        """Add a gray picture that fills the page."""
        bitmap = pypdfium2.PdfBitmap.new_native(20, 20, pdfium.FPDFBitmap_BGR)
        bitmap.fill_rect((128, 128, 128, 255), 0, 0, 20, 20)
        picture = pypdfium2.PdfImage.new(self.pdf)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(WIDTH, HEIGHT))
        self.pages[-1].insert_obj(picture)

    def width_of(self, text: str, size: float = 10, font: str = "Times-Roman") -> float:
        """Return the width of a text in points, measured between two bars to count spaces at its ends."""
        item = self._text_object(f"|{text}|", size, font)
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, (left, bottom, right, top)))
        pdfium.FPDFPageObj_Destroy(item)
        return right.value - left.value

    def data(self) -> bytes:
        """Return the file."""
        for page in self.pages:
            pdfium.FPDFPage_GenerateContent(page.raw)
        buffer = io.BytesIO()
        self.pdf.save(buffer)
        return buffer.getvalue()

    def _text_object(self, text: str, size: float, font: str) -> object:
        if font not in self._fonts:
            self._fonts[font] = pdfium.FPDFText_LoadStandardFont(self.pdf.raw, font.encode())
        item = pdfium.FPDFPageObj_CreateTextObj(self.pdf.raw, self._fonts[font], size)
        encoded = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
        pdfium.FPDFText_SetText(item, ctypes.cast(encoded, pdfium.FPDF_WIDESTRING))
        return item


def wrap(builder: PdfBuilder, text: str, width: float, *, indent: float = 0, size: float = 10) -> list[str]:
    """Break a text into lines, and words of ten letters or more between two letters in their middle."""
    lines, line, room = [], "", width - indent
    for word in text.split():
        candidate = f"{line} {word}" if line else word
        if builder.width_of(candidate, size) <= room:
            line = candidate
            continue
        head = word[: len(word) // 2] + "-"
        if len(word) >= 10 and word.isalpha() and builder.width_of(f"{line} {head}", size) <= room:
            lines.append(f"{line} {head}")
            line = word[len(word) // 2 :]
        else:
            lines.append(line)
            line = word
        room = width
    return [*lines, line]


def build_report(
    paragraphs: Sequence[str],
    *,
    columns: int = 1,
    indent: float = 12.0,
    space: float = 0.0,
    head: str = "",
    notes: Sequence[str] = (),
    title: str = "",
) -> bytes:
    """Return a PDF of paragraphs in columns, with a running head, page numbers, and one footnote on each page."""
    builder = PdfBuilder()
    gutter, leading = 18.0, 12.5
    width = (WIDTH - 2 * MARGIN - gutter * (columns - 1)) / columns
    bottom = HEIGHT - MARGIN - (30 if notes else 0)
    column, y = columns, bottom + 1
    for paragraph in paragraphs:
        for index, line in enumerate(wrap(builder, paragraph, width, indent=indent)):
            if y > bottom:
                column, y = column + 1, MARGIN
                if column >= columns:
                    _begin_page(builder, head, notes)
                    column = 0
                if title and len(builder.pages) == 1:
                    if column == 0:
                        builder.write(title, MARGIN, MARGIN + 10, size=18, font="Times-Bold")
                    y += 40
            x = MARGIN + column * (width + gutter)
            builder.write(line, x + (indent if index == 0 else 0), y)
            y += leading
        y += space
    return builder.data()


def _begin_page(builder: PdfBuilder, head: str, notes: Sequence[str]) -> None:
    builder.add_page()
    number = len(builder.pages)
    if head:
        builder.write(head, MARGIN, 36, size=8)
        builder.write(str(number), WIDTH / 2, HEIGHT - 30, size=8)
    if number <= len(notes):
        builder.write(f"{number} {notes[number - 1]}", MARGIN, HEIGHT - MARGIN + 4, size=7.5)
