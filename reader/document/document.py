"""The document model that every loader produces: text, blocks, links and metadata."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import field
from operator import attrgetter
from typing import Final

from reader.document.blocks import Block, LazyBlocks, blocks_around
from reader.document.load_options import NOTHING_CHOSEN, LoadChoices
from reader.structures.lazy_dataclass import dataclass

_START: Final = attrgetter("start")


class DocumentError(Exception):
    """The source cannot be read. The message is one clear line for the user."""


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
    """In text order. Those of a plain text are found when they are first needed: see `LazyBlocks`."""
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
    choices: LoadChoices = NOTHING_CHOSEN
    """What the user chose about how the source is loaded."""
    choices_digest: str = ""
    """`sha256:…` of the bytes under which these choices are kept: those of the source, or of the table that it is a
    record of. "" if the document was not loaded from bytes."""
    language: str = ""
    """The code of the language that the user says the text is in, such as "en"; "" leaves it to recognition."""
    digest: str = field(init=False)
    """`sha256:…` of the text in UTF-8. Decisions are stored under this digest."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", digest_of(self.text.encode("utf-8", "surrogatepass")))

    def block_index_at(self, offset: int) -> int:
        """Return the index of the block that covers an offset, or of the last block before it; 0 before the first.

        All blocks before it are found for that.
        """
        blocks = self.blocks
        if isinstance(blocks, LazyBlocks):
            return max(blocks.insertion_index(offset, _START) - 1, 0)
        return max(bisect_right(blocks, offset, key=_START) - 1, 0)

    def blocks_around(self, start: int, end: int) -> Sequence[Block]:
        """Return the blocks that overlap `start:end`, one before and one after; as soon at the end as at the start.

        They are those from the last but one that begins at `start` or before to the first at `end` or after.
        """
        blocks = self.blocks
        return blocks.around(start, end) if isinstance(blocks, LazyBlocks) else blocks_around(blocks, start, end)

    def block_at(self, offset: int) -> Block:
        """Return the block that covers an offset, or the last block before it.

        Raises:
            IndexError: The document has no blocks.
        """
        blocks = self.blocks_around(offset, offset)
        return blocks[max(bisect_right(blocks, offset, key=_START) - 1, 0)]

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
