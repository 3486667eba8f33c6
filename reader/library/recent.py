"""The articles read before, as the store remembers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.document import one_line

if TYPE_CHECKING:
    from reader.annotate import Remembered, Store

_UNNAMED: Final = frozenset({"", "-"})
"""Sources that are no file and no address: each text from there is an article of its own."""


@dataclass(frozen=True, slots=True)
class RecentDocument:
    """An article that was opened before."""

    title: str
    source: str
    """What opens it again: an absolute path, or an address. Not fit for a screen as it is; see `one_line`."""
    when: str
    """When it was opened last, as "2026-11-22 14:05" in local time."""
    position: int
    """Where reading goes on, in code points."""
    length: int
    """Of the text, in code points."""
    exists: bool
    """Whether it can still be opened: its file is there, or it is on the web. Standard input is gone."""

    @property
    def progress(self) -> float:
        """How much of it has been read, 0 to 1."""
        return min(self.position / self.length, 1.0) if self.length else 0.0


def recent_documents(store: Store, limit: int = 20) -> tuple[RecentDocument, ...]:
    """Return the articles opened last, the latest first; none where the store cannot be read.

    A file that was edited between two readings is one article, as it was opened last.
    """
    latest = dict[str, RecentDocument]()
    for number, item in enumerate(store.recent(2 * limit)):
        kept_under = f"{number}" if item.source in _UNNAMED else item.source
        latest.setdefault(kept_under, _shown(item))
    return tuple(latest.values())[:limit]


def _shown(item: Remembered) -> RecentDocument:
    title = one_line(item.title) or one_line(item.source)
    return RecentDocument(title, item.source, _local(item.opened), item.position, item.length, _exists(item.source))


def _local(time: str) -> str:
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""


def _exists(source: str) -> bool:
    if source.startswith(("http://", "https://")):
        return True
    try:
        return source not in _UNNAMED and Path(source).is_file()
    except (OSError, ValueError):
        return False
