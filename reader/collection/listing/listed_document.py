"""One document of a list: what the store, the index and the samples know of it."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Final

from reader.document import one_line
from reader.document.standard_input import is_unnamed
from reader.structures.named_tuple import NamedTuple

_SHORTEST_HOME: Final = 2
"""Characters of a home directory, such as "/", that is not worth replacing."""


class ListedDocument(NamedTuple):
    """A document that was opened, is in the index, or is a sample. A tuple, because lists have many thousands."""

    source: str
    """What opens it again: an absolute path, a URL or the address of a member; not sanitized, see `one_line`."""
    title: str
    digest: str = ""
    """The digest of its text as it was opened last, or else as it was indexed; "" for a sample."""
    author: str = ""
    opened: str = ""
    """When it was opened last: ISO 8601, UTC; "" for never."""
    position: int = 0
    """The reading position, in code points."""
    length: int = 0
    """The length of the text in code points, 0 if unknown."""
    date: str = ""
    """The date that the document states."""
    mentions: int | None = None
    """How many mentions it has; None if no names were looked for yet."""
    decided: int = 0
    """How many of them the user has decided about."""
    indexed_digest: str = ""
    """The digest of the text in the index; "" if the index does not have it."""
    sample: str = ""
    """What a sample is about; "" for other documents."""

    @property
    def name(self) -> str:
        """The title as one line, or else the source."""
        return one_line(self.title) or one_line(self.source) or "untitled"

    @property
    def short_source(self) -> str:
        """The source as one line, with "~" for the home directory; "" for a sample."""
        if self.sample:
            return ""
        if self.is_unnamed:
            return "standard input"
        home = os.path.expanduser("~") + os.sep  # noqa: PTH111 - keeps what is no path
        is_below = len(home) > _SHORTEST_HOME and self.source.startswith(home)
        return one_line("~" + os.sep + self.source[len(home) :] if is_below else self.source)

    @property
    def undecided(self) -> int:
        """How many mentions are left to decide about, 0 if none are known."""
        return max((self.mentions or 0) - self.decided, 0)

    @property
    def read_share(self) -> float:
        """The share of the text before the reading position, 0 to 1."""
        return min(self.position / self.length, 1.0) if self.length else 0.0

    @property
    def is_decided(self) -> bool:
        """Whether the user has decided about every mention."""
        return bool(self.mentions) and not self.undecided

    @property
    def is_unnamed(self) -> bool:
        """Whether it came from standard input, so that no source opens it again."""
        return is_unnamed(self.source)

    @property
    def is_on_web(self) -> bool:
        """Whether it is at a web address."""
        return self.source.startswith(("http://", "https://"))


def local_time(time: str) -> str:
    """Return a time in ISO 8601 format as local time, such as "2026-11-22 14:05"; "" for what is no time."""
    if not time:
        return ""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""
