"""Builds the text, blocks and links of a document from marked-up source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from reader.document.blocks import Block, BlockKind
from reader.document.document import Hyperlink
from reader.document.sanitize import one_line, sanitize
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_SPACE: Final = lazy_pattern(r"\s+")
_BLANK_EDGES: Final = lazy_pattern(r"\A(?:[^\S\n]*\n)+|\s+\Z")
_BULLET: Final = "•"
_BAR: Final = " | "


class TextRun(NamedTuple):
    """A piece of a block's text, with its URL if it is a link."""

    text: str
    url: str = ""


class Composition(NamedTuple):
    """A text with its blocks and links."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Hyperlink, ...]


class _Piece(NamedTuple):
    """A block as it is collected, with its text."""

    text: str
    kind: BlockKind
    level: int
    marker: str
    page: int
    time: str
    links: Sequence[Hyperlink]
    is_tight: bool
    """Whether it follows the block before it without a blank line."""


def join_compositions(parts: Iterable[Composition]) -> Composition:
    """Join texts with their blocks and links, with a blank line between them."""
    pieces: list[str] = []
    blocks: list[Block] = []
    links: list[Hyperlink] = []
    length = 0
    for text, part_blocks, part_links in parts:
        if pieces:
            ends = len(pieces[-1]) - len(pieces[-1].rstrip("\n"))
            pieces.append("\n" * max(0, 2 - ends))
            length += len(pieces[-1])
        blocks += [replace(block, start=length + block.start, end=length + block.end) for block in part_blocks]
        links += [Hyperlink(length + start, length + end, url) for start, end, url in map(_fields, part_links)]
        pieces.append(text)
        length += len(text)
    return Composition("".join(pieces), tuple(blocks), tuple(links))


def _fields(link: Hyperlink) -> tuple[int, int, str]:
    return link.start, link.end, link.url


class Composer:
    """Collects the content of a marked-up source in reading order, and tracks open headings, lists, quotes and rows.

    Each paragraph becomes one line with single spaces; code keeps its lines. A blank line separates blocks, except list
    items, table rows and lines separated by a hard break.
    """

    def __init__(self) -> None:
        self.heading = 0
        """Level of the open heading, 0 if none."""
        self.quotes = 0
        """Number of open quotes."""
        self.page = 0
        """Number of the page that the next block is on, 0 without pages."""
        self.time = ""
        """When the next block begins in a recording."""
        self._numbers: list[int | None] = []
        self._marker = ""
        self._row: list[TextRun] | None = None
        self._is_tight = False
        """Whether the next block follows without a blank line."""
        self._pieces: list[_Piece] = []

    def open_list(self, first: int | None) -> None:
        """Open a list with items numbered from `first`, or with bullets if `first` is None."""
        self._numbers.append(first)
        self._is_tight = len(self._numbers) > 1

    def close_list(self) -> None:
        """Close the innermost list."""
        if self._numbers:
            self._numbers.pop()
        self._marker, self._is_tight = "", bool(self._numbers)

    def begin_item(self, marker: str = "") -> None:
        """Begin a list item; its first block gets `marker`, or else the bullet or number that follows."""
        if self._numbers:
            number = self._numbers[-1]
            self._marker = marker or (_BULLET if number is None else f"{number}.")
            self._numbers[-1] = None if number is None else number + 1

    def open_table(self) -> None:
        """Begin a table, separated by a blank line from the block before it."""
        self._is_tight = False

    def open_row(self) -> None:
        """Begin a table row, which collects lines and cells until it is closed."""
        self._row = []

    def close_cell(self) -> None:
        """End a cell of the open row."""
        if self._row is not None:
            self._row.append(TextRun(_BAR))

    def close_row(self) -> None:
        """Add the open row as one line of cells separated by bars, without empty cells at either end."""
        row, self._row = self._row or [], None
        filled = [index for index, run in enumerate(row) if run.text != _BAR and run.text.strip()]
        if filled:
            kind, level = self._kind_and_level()
            row_kind = BlockKind.TABLE_ROW if kind is BlockKind.PARAGRAPH else kind
            self._add_lines([row[filled[0] : filled[-1] + 1]], row_kind, level)
            self._is_tight = True

    def close_table(self) -> None:
        """End a table."""
        self._is_tight = bool(self._numbers)

    def add(self, *lines: list[TextRun]) -> None:
        """Add lines as a paragraph, or as part of the open row, heading, list item or quote."""
        if self._row is not None:
            self._row += [run for line in lines for run in (*line, TextRun(" "))]
            return
        self._add_lines(lines, *self._kind_and_level())

    def add_code(self, code: str) -> None:
        """Add a code block."""
        text = _BLANK_EDGES.sub("", sanitize(code))
        if text:
            self._append(text, [], BlockKind.CODE)

    @property
    def block_count(self) -> int:
        """The number of blocks so far."""
        return len(self._pieces)

    def block_text(self, index: int) -> str:
        """Return the text of a block, by its number from 0."""
        return self._pieces[index].text

    def link_length(self, index: int) -> int:
        """Return how many code points of a block are links."""
        return sum(link.end - link.start for link in self._pieces[index].links)

    def block_kind(self, index: int) -> BlockKind:
        """Return the kind of a block."""
        return self._pieces[index].kind

    def result(self, chosen: Sequence[bool] | None = None) -> Composition:
        """Return the text with its blocks and links. A text that is not empty ends in a line break.

        Args:
            chosen: Whether to include each block; None for all of them.
        """
        pieces: list[str] = []
        blocks: list[Block] = []
        links: list[Hyperlink] = []
        length = 0
        follows_gap = False
        for index, (text, kind, level, marker, page, time, piece_links, is_tight) in enumerate(self._pieces):
            if chosen is not None and not chosen[index]:
                follows_gap = follows_gap or not is_tight
                continue
            if pieces:
                separator = "\n" if is_tight and not follows_gap else "\n\n"
                pieces.append(separator)
                length += len(separator)
            follows_gap = False
            blocks.append(Block(length, length + len(text), kind, level, marker, page, time))
            links += [Hyperlink(length + link.start, length + link.end, link.url) for link in piece_links]
            pieces.append(text)
            length += len(text)
        return Composition("".join([*pieces, "\n"]) if pieces else "", tuple(blocks), tuple(links))

    def _add_lines(self, lines: Iterable[list[TextRun]], kind: BlockKind, level: int) -> None:
        for line in lines:
            text, links = _join_runs(line)
            if text:
                self._append(text, links, kind, level, self._marker if self._numbers else "")
                self._marker = ""
                self._is_tight = True
        self._is_tight = bool(self._numbers)

    def _kind_and_level(self) -> tuple[BlockKind, int]:
        if self.heading:
            return BlockKind.HEADING, self.heading
        if self._numbers:
            return BlockKind.LIST_ITEM, len(self._numbers)
        if self.quotes:
            return BlockKind.QUOTE, self.quotes
        return BlockKind.PARAGRAPH, 0

    def _append(self, text: str, links: list[Hyperlink], kind: BlockKind, level: int = 0, marker: str = "") -> None:
        self._pieces.append(_Piece(text, kind, level, marker, self.page, self.time, links, self._is_tight))


def _join_runs(runs: Iterable[TextRun]) -> tuple[str, list[Hyperlink]]:
    """Join runs into one line and return it with its links."""
    pieces: list[str] = []
    links: list[Hyperlink] = []
    length = 0
    after_space = True
    for text, url in runs:
        piece = _SPACE.sub(" ", sanitize(text))
        if after_space:
            piece = piece.removeprefix(" ")
        if not piece:
            continue
        words = piece.strip(" ")
        if url and words:
            start = length + piece.index(words)
            links.append(Hyperlink(start, start + len(words), one_line(url)))
        pieces.append(piece)
        length += len(piece)
        after_space = piece.endswith(" ")
    return "".join(pieces).rstrip(" "), _merged_links(links)


def _merged_links(links: list[Hyperlink]) -> list[Hyperlink]:
    """Merge adjacent links with the same URL."""
    joined: list[Hyperlink] = []
    for link in links:
        if joined and joined[-1].url == link.url and link.start - joined[-1].end <= 1:
            joined[-1] = Hyperlink(joined[-1].start, link.end, link.url)
        else:
            joined.append(link)
    return joined
