"""The document model that every loader produces: text, blocks, links and metadata."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Final

from reader.structures.lazy_sequence import LazySequence

_START: Final = attrgetter("start")


class DocumentError(Exception):
    """The source cannot be read. The message is one clear line for the user."""


class BlockKind(StrEnum):
    """The kind of a block, used by layout and recognition."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table-row"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, quote, code block or table row of a document.

    Blocks are in text order, never overlap, are never empty, and neither start nor end with a line break. A line break
    inside a block comes from the layout of the source (a hard-wrapped paragraph) and may be displayed as a space,
    except in code.
    """

    start: int
    """Offset of the first code point."""
    end: int
    """Offset after the last code point."""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """1 to 6 for headings, the depth from 1 for list items and quotes, otherwise 0."""
    marker: str = ""
    """The marker displayed before a list item, such as "•" or "3."; not part of the text."""
    page: int = 0
    """Number from 1 of the page on which the block begins, 0 if the source has no pages."""
    time: str = ""
    """When the block begins in a recording, such as "1:02:03", "" if the source is none."""


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A span of the text and its target. Links are displayed and never followed automatically."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its blocks, links and metadata.

    Every offset in the program counts code points of `text`; ends are exclusive.
    """

    text: str
    blocks: Sequence[Block]
    """In text order. Those of a plain text are found when they are first needed: see `LazySequence`."""
    title: str
    source: str
    """The path or URL as the user wrote it, or "-" for standard input."""
    author: str = ""
    date: str = ""
    """As stated by the source, in ISO 8601 format if it could be parsed."""
    links: tuple[Hyperlink, ...] = ()
    """In text order; links never overlap."""
    encoding: str = "utf-8"
    """The encoding of the source's bytes."""
    notices: tuple[str, ...] = ()
    """Assumptions made while loading ("read as cp1252 …"), each one line for the user."""
    file_digest: str = ""
    """`sha256:…` of the source's bytes, or "" if the document was not loaded from bytes."""
    language: str = ""
    """The code of the language that the user says the text is in, such as "en"; "" leaves it to recognition."""
    digest: str = field(init=False)
    """`sha256:…` of the text in UTF-8. Decisions are stored under this digest."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", digest_of(self.text.encode("utf-8", "surrogatepass")))

    def block_index_at(self, offset: int) -> int:
        """Return the index of the block that covers an offset, or of the last block before it; 0 before the first."""
        blocks = self.blocks
        if isinstance(blocks, LazySequence):
            return max(blocks.insertion_index(offset, _START) - 1, 0)
        return max(bisect_right(blocks, offset, key=_START) - 1, 0)

    def block_at(self, offset: int) -> Block:
        """Return the block that covers an offset, or the last block before it.

        Raises:
            IndexError: The document has no blocks.
        """
        return self.blocks[self.block_index_at(offset)]

    def links_between(self, start: int, end: int) -> tuple[Hyperlink, ...]:
        """Return the links that overlap `start:end`, in order."""
        last = bisect_left(self.links, end, key=_START)
        first = bisect_right(self.links, start, hi=last, key=attrgetter("end"))
        return self.links[first:last]

    def has_block_around(self, start: int, end: int) -> bool:
        """Return whether one block contains all of `start:end`."""
        if not self.blocks:
            return False
        block = self.block_at(start)
        return block.start <= start and end <= block.end


def digest_of(data: bytes) -> str:
    """Return the SHA-256 digest of `data` as `sha256:…`."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
