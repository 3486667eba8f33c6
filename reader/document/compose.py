"""Put together the canonical text of a document whose source is marked up: blocks in, one text with offsets out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from reader.document.model import Block, BlockKind, Hyperlink
from reader.document.sanitize import one_line, sanitize

_SPACE: Final = re.compile(r"\s+")
_BLANK_EDGES: Final = re.compile(r"\A(?:[^\S\n]*\n)+|\s+\Z")


class Run(NamedTuple):
    """A piece of a block's text, and where it leads to if it is a link."""

    text: str
    url: str = ""


class Composer:
    """Collects blocks in reading order. White space is collapsed, except in code; what is empty is left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._links: list[Hyperlink] = []

    def add(
        self,
        runs: Iterable[Run],
        kind: BlockKind = BlockKind.PARAGRAPH,
        level: int = 0,
        marker: str = "",
        *,
        close: bool = False,
    ) -> bool:
        """Append a block and return whether there was anything in it.

        Args:
            runs: Its text; white space at both ends is dropped.
            kind: What it is.
            level: As in `Block`.
            marker: As in `Block`.
            close: Whether it follows the block before it without a blank line (items of a list, rows, lines of a verse).
        """
        text, spans = _code(runs) if kind is BlockKind.CODE else _flow(runs)
        if not text.strip():
            return False
        self._append("\n" if close and self._blocks else "\n\n" if self._blocks else "")
        start = self._length
        self._blocks.append(Block(start, start + len(text), kind, level, one_line(marker)))
        self._links += [Hyperlink(start + a, start + b, one_line(url)) for a, b, url in spans]
        self._append(text)
        return True

    def result(self) -> tuple[str, tuple[Block, ...], tuple[Hyperlink, ...]]:
        """Return the text, which ends in a line break if it is not empty, its blocks and its links."""
        text = "".join(self._pieces)
        return text + "\n" if text else "", tuple(self._blocks), tuple(self._links)

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _code(runs: Iterable[Run]) -> tuple[str, list[tuple[int, int, str]]]:
    return _BLANK_EDGES.sub("", sanitize("".join(run.text for run in runs))), []


def _flow(runs: Iterable[Run]) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the runs as one line, and where the links stand in it."""
    line = ""
    spans: list[tuple[int, int, str]] = []
    for text, url in runs:
        piece = _SPACE.sub(" ", sanitize(text))
        if not line or line.endswith(" "):
            piece = piece.lstrip(" ")
        start = len(line) + len(piece) - len(piece.lstrip(" "))
        line += piece
        if url and piece.strip():
            spans.append((start, len(line), url))
    line = line.rstrip(" ")
    return line, _joined([(a, len(line[a:b].rstrip(" ")) + a, url) for a, b, url in spans])


def _joined(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return link spans with neighbors of one address made one."""
    joined: list[tuple[int, int, str]] = []
    for start, end, url in spans:
        if joined and joined[-1][2] == url and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end, url)
        else:
            joined.append((start, end, url))
    return joined
