"""A list of lines under headings, some of which open a document or another profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style

from reader.collection.queries.phrase_matches import Excerpt
from reader.display.cells import cells, fit, pad
from reader.display.short_messages import fit_end, fit_parts
from reader.display.wrapping import wrapped
from reader.document import one_line
from reader.structures.lazy_dataclass import dataclass
from reader.ui.base.painting import Layer, paint
from reader.ui.base.row_list import RowList


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """A position in a document."""

    source: str
    offset: int | None = 0
    """In code points; None for where the user left off."""


@dataclass(frozen=True, slots=True)
class ProfileTarget:
    """A profile."""

    key: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list."""

    text: str
    detail: str = ""
    """Shown at the end of the line."""
    target: DocumentTarget | ProfileTarget | None = None
    """Where the line leads."""
    highlights: Sequence[tuple[int, int]] = ()
    """Spans of the text, in code points."""
    is_heading: bool = False
    item: object = None
    """What the line is about, if not only its target."""
    label: str = ""
    """Shown after the text, fainter, if there is room for it."""
    lead: str = ""
    """A column before the text, as wide as it is, such as a day."""


def excerpt_line(excerpt: Excerpt, detail: str, target: DocumentTarget) -> ListLine:
    """Return a line for an excerpt. Line breaks become spaces, so that its highlights keep their places."""
    text = "".join(" " if char.isspace() else char for char in excerpt.text)
    return ListLine(text, detail, target, excerpt.highlights)


class Table(Protocol):
    """Draws lines in columns. Each part of a row has a role, which is the name of a style."""

    def headings(self, width: int) -> Sequence[tuple[str, str]]:
        """Return the headings of the columns of a row with this width in cells."""

    def row(self, line: ListLine, width: int) -> Sequence[tuple[str, str]]:
        """Return the columns of a line."""


class LineList(RowList):
    """Draws one line each."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("lines--faint", "lines--heading", "lines--match"),
        *("lines--title", "lines--sorted", "lines--state"),
    }

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.lines: Sequence[ListLine] = ()
        self.advice = ""
        """What to say if there are no lines."""
        self.table: Table | None = None
        """What draws the lines in columns, None if they are text."""

    @property
    def current(self) -> ListLine | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def item_count(self) -> int:
        """Return the number of lines."""
        return len(self.lines)

    def show_lines(
        self, lines: Sequence[ListLine], advice: str = "", *, cursor: int | None = None, table: Table | None = None
    ) -> None:
        """Show other lines.

        Args:
            lines: The lines.
            advice: What to say if there are none.
            cursor: The new index of the cursor; None to keep it.
            table: What draws the lines in columns, under headings; None for lines of text.
        """
        self.lines, self.advice, self.table = lines, advice, table
        self.refill(cursor=cursor)

    def move_to_heading(self, by: int) -> None:
        """Go to the line after the next heading, or after one further away."""
        headings = [index for index, line in enumerate(self.lines) if line.is_heading]
        passed = sum(index < self.cursor for index in headings)
        position = max(0, min(passed - 1 + by, len(headings) - 1))
        if headings:
            self.move_to(min(headings[position] + 1, len(self.lines) - 1))

    def draw_title(self, width: int) -> list[list[Segment]]:
        """Return the headings of the columns, if there are any."""
        return [self._columns(self.table.headings(width))] if self.table else []

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return an empty line, unless there are columns, or the advice."""
        if self.lines or not self.advice:
            return [] if self.table else [[]]
        rows = wrapped(self.advice, max(width - 4, 1))
        return [[], *([Segment(f"   {row}", self._style("faint"))] for row in rows)]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a line."""
        line = self.lines[index]
        if self.table:
            return [self._columns(self.table.row(line, width))]
        if line.is_heading:
            room = max(width - cells(line.detail) - 3, 4)
            heading = pad(fit(f" {one_line(line.text)}", room), room)
            return [[Segment(heading, self._style("heading")), Segment(f"  {line.detail}", self._style("faint"))]]
        label = f"  {line.label}" if line.label and cells(line.label) < width // 4 else ""
        text_width = min(cells(line.text) + cells(label), width * 2 // 3)
        margin = f"   {line.lead}"
        detail = fit_parts(one_line(line.detail), max(width - text_width - cells(margin) - 3, width // 4, 8))
        room = max(width - cells(detail) - cells(margin) - 3, 4)
        text, layers = _visible_part(line, room - cells(label), self._style("match"))
        segments = [*paint(text, 0, len(text), Style.null(), layers), Segment(label, self._style("faint"))]
        used = sum(cells(segment.text) for segment in segments)
        return [
            [
                Segment(margin, self._style("faint")),
                *segments,
                Segment(pad("", room - used + 2)),
                Segment(detail, self._style("faint")),
            ]
        ]

    def _columns(self, parts: Sequence[tuple[str, str]]) -> list[Segment]:
        return [Segment(text, self._style(role)) for text, role in parts]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"lines--{name}", partial=True)


def _visible_part(line: ListLine, room: int, style: Style) -> tuple[str, list[Layer]]:
    """Return the part of a text that fits, with its highlights: from shortly before the first one if it is far off."""
    text = line.text if line.highlights else one_line(line.text)
    first = line.highlights[0][0] if line.highlights else 0
    start = 0
    if line.highlights and cells(text[: line.highlights[0][1]]) > room:
        end_of_text = fit_end(text, room).removeprefix("…")
        start = max(0, min(first - room // 3, len(text) - len(end_of_text)))
    lead = "…" if start else ""
    fitted = fit(lead + text[start:], room)
    shift = len(lead) - start
    layers = [Layer(max(a + shift, 0), min(b + shift, len(fitted)), style) for a, b in line.highlights if b > start]
    return fitted, [layer for layer in layers if layer.start < layer.end]
