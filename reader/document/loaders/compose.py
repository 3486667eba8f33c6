"""Put together the canonical text of a document whose source is marked up: blocks in, one text with offsets out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from reader.document.document import Block, BlockKind, Hyperlink
from reader.document.sanitize import one_line, sanitize

_SPACE: Final = re.compile(r"\s+")
_BLANK_EDGES: Final = re.compile(r"\A(?:[^\S\n]*\n)+|\s+\Z")
_BULLET: Final = "•"
_BAR: Final = " | "


class Run(NamedTuple):
    """A piece of a block's text, and where it leads to if it is a link."""

    text: str
    url: str = ""


class Composition(NamedTuple):
    """A text and what stands where in it."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Hyperlink, ...]


class Composer:
    """Takes what a marked-up source says in reading order and knows in which heading, lists, quotes and row it stands.

    Paragraphs become one line each, white space in them single spaces; code keeps its lines. Blocks are set apart by a
    blank line, but the items of a list, the rows of a table and lines parted by a hard break follow each other.
    """

    def __init__(self) -> None:
        self.heading = 0
        """Level of the heading that is open, 0 if none is."""
        self.quotes = 0
        """How many quotes are open."""
        self._numbers: list[int | None] = []
        self._marker = ""
        self._row: list[Run] | None = None
        self._close = False
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._links: list[Hyperlink] = []

    def open_list(self, first: int | None) -> None:
        """Open a list whose items are numbered from `first`, or have bullets if it is None."""
        self._numbers.append(first)
        self._close = len(self._numbers) > 1

    def close_list(self) -> None:
        """Close the innermost list."""
        if self._numbers:
            self._numbers.pop()
        self._marker, self._close = "", bool(self._numbers)

    def begin_item(self) -> None:
        """Begin an item; its marker goes to the first block in it."""
        if self._numbers:
            number = self._numbers[-1]
            self._marker = _BULLET if number is None else f"{number}."
            self._numbers[-1] = None if number is None else number + 1

    def open_table(self) -> None:
        """Begin a table, set apart from what stands before it."""
        self._close = False

    def open_row(self) -> None:
        """Begin a row; lines and cells go to it until it is closed."""
        self._row = []

    def close_cell(self) -> None:
        """End a cell of the open row."""
        if self._row is not None:
            self._row.append(Run(_BAR))

    def close_row(self) -> None:
        """Write the open row as one line of cells between bars; empty cells at its ends are left out."""
        row, self._row = self._row or [], None
        filled = [at for at, run in enumerate(row) if run.text != _BAR and run.text.strip()]
        if filled:
            kind, level = self._kind()
            row_kind = BlockKind.TABLE_ROW if kind is BlockKind.PARAGRAPH else kind
            self._add([row[filled[0] : filled[-1] + 1]], row_kind, level)
            self._close = True

    def close_table(self) -> None:
        """End a table."""
        self._close = bool(self._numbers)

    def add(self, *lines: list[Run]) -> None:
        """Append a paragraph, or whatever the open heading, list or quote makes of it, given as its lines."""
        if self._row is not None:
            self._row += [run for line in lines for run in (*line, Run(" "))]
            return
        self._add(lines, *self._kind())

    def add_code(self, code: str) -> None:
        """Append a block of code."""
        text = _BLANK_EDGES.sub("", sanitize(code))
        if text:
            self._append(text, [], Block(0, 0, BlockKind.CODE))

    def result(self) -> Composition:
        """Return the text, which ends in a line break if it is not empty, its blocks and its links."""
        text = "".join(self._pieces)
        return Composition(text + "\n" if text else "", tuple(self._blocks), tuple(self._links))

    def _add(self, lines: Iterable[list[Run]], kind: BlockKind, level: int) -> None:
        for line in lines:
            text, links = _flow(line)
            if text:
                self._append(text, links, Block(0, 0, kind, level, self._marker if self._numbers else ""))
                self._marker = ""
                self._close = True
        self._close = bool(self._numbers)

    def _kind(self) -> tuple[BlockKind, int]:
        if self.heading:
            return BlockKind.HEADING, self.heading
        if self._numbers:
            return BlockKind.LIST_ITEM, len(self._numbers)
        if self.quotes:
            return BlockKind.QUOTE, self.quotes
        return BlockKind.PARAGRAPH, 0

    def _append(self, text: str, links: list[Hyperlink], block: Block) -> None:
        if self._blocks:
            self._write("\n" if self._close else "\n\n")
        start = self._length
        self._blocks.append(Block(start, start + len(text), block.kind, block.level, block.marker))
        self._links += [Hyperlink(start + link.start, start + link.end, link.url) for link in links]
        self._write(text)

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _flow(runs: Iterable[Run]) -> tuple[str, list[Hyperlink]]:
    """Return runs as one line, and where the links stand in it."""
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
    return "".join(pieces).rstrip(" "), _joined(links)


def _joined(links: list[Hyperlink]) -> list[Hyperlink]:
    """Return links with neighbors that lead to one address made one."""
    joined: list[Hyperlink] = []
    for link in links:
        if joined and joined[-1].url == link.url and link.start - joined[-1].end <= 1:
            joined[-1] = Hyperlink(joined[-1].start, link.end, link.url)
        else:
            joined.append(link)
    return joined
