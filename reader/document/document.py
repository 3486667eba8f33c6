"""What a loader hands on: canonical text, the blocks in it, and what is known about the source."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter


class DocumentError(Exception):
    """A source that cannot be read; the message is one clear line for the user."""


class BlockKind(StrEnum):
    """What a block is, for layout and for recognition."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table-row"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like stretch of a document's text.

    Blocks stand in order, do not overlap, are never empty, and hold no line break at either end. A line break inside a
    block is layout of the source (a hard-wrapped paragraph) and may be shown as a space, except in code.
    """

    start: int
    """First code point."""
    end: int
    """Code point after the last."""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """Of a heading 1 to 6, of a list item or quote its depth from 1; otherwise 0."""
    marker: str = ""
    """What stands before a list item: "•", "3."; never part of the text."""


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """Where a stretch of the text leads to. Shown, never followed by itself."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its canonical text and what its source says about it.

    Every offset anywhere in the program is in code points into `text`, end exclusive.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str
    source: str
    """The path or URL as the user named it, "-" for standard input."""
    author: str = ""
    date: str = ""
    """As the source states it, ISO 8601 where it could be read."""
    links: tuple[Hyperlink, ...] = ()
    """In order; links do not overlap."""
    encoding: str = "utf-8"
    """How the bytes were read."""
    notices: tuple[str, ...] = ()
    """What was assumed while loading ("read as cp1252"), each one line for the user."""
    file_digest: str = ""
    """`sha256:…` of the bytes, empty where there were none."""
    digest: str = field(init=False)
    """`sha256:…` of the text in UTF-8: the identity under which annotations are kept."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", digest_of(self.text.encode("utf-8", "surrogatepass")))

    def block_index_at(self, offset: int) -> int:
        """Return the index of the block that covers an offset, or of the last block before it; 0 before the first."""
        return max(bisect_right(self.blocks, offset, key=attrgetter("start")) - 1, 0)

    def block_at(self, offset: int) -> Block:
        """Return the block that covers an offset, or the last block before it.

        Raises:
            IndexError: The document has no blocks.
        """
        return self.blocks[self.block_index_at(offset)]

    def links_between(self, start: int, end: int) -> tuple[Hyperlink, ...]:
        """Return the links that overlap `start:end`, in order."""
        last = bisect_left(self.links, end, key=attrgetter("start"))
        first = bisect_right(self.links, start, hi=last, key=attrgetter("end"))
        return self.links[first:last]

    def has_block_around(self, start: int, end: int) -> bool:
        """Return whether one block contains all of `start:end`."""
        if not self.blocks:
            return False
        block = self.block_at(start)
        return block.start <= start and end <= block.end


def digest_of(data: bytes) -> str:
    """Return the `sha256:…` digest of some bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
