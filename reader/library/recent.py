"""Lists the documents that were opened before."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.document import one_line
from reader.document.loading import split_address
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.annotate import RememberedDocument, Store

_UNNAMED: Final = frozenset({"", "-"})
"""Sources that are neither file nor URL; each text from one of them is a document of its own."""


@dataclass(frozen=True, slots=True)
class RecentDocument:
    """A document that was opened before."""

    title: str
    source: str
    """An absolute path or a URL that opens the document again; not sanitized for display, see `one_line`."""
    last_opened: str
    """Local time of the last opening, as "2026-11-22 14:05"."""
    position: int
    """The offset where the user left off."""
    length: int
    """Length of the text in code points."""
    exists: bool
    """Whether it can be opened again: its file exists, or it is on the web. Standard input cannot."""

    @property
    def progress(self) -> float:
        """The share of the text before the position, 0 to 1."""
        return min(self.position / self.length, 1.0) if self.length else 0.0


def recent_documents(store: Store, limit: int = 20) -> tuple[RecentDocument, ...]:
    """Return the documents that were opened last, latest first; () if the store cannot be read.

    A file that changed between two openings is listed once, as it was opened last.
    """
    latest = dict[str, RecentDocument]()
    for number, document in enumerate(store.recent(2 * limit)):
        key = f"{number}" if document.source in _UNNAMED else document.source
        latest.setdefault(key, _recent_document(document))
    return tuple(latest.values())[:limit]


def _recent_document(document: RememberedDocument) -> RecentDocument:
    title = one_line(document.title) or one_line(document.source)
    return RecentDocument(
        title,
        document.source,
        _local_time(document.opened),
        document.position,
        document.length,
        _exists(document.source),
    )


def _local_time(time: str) -> str:
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""


def _exists(source: str) -> bool:
    if source.startswith(("http://", "https://")):
        return True
    try:
        return source not in _UNNAMED and Path(split_address(source)[0]).is_file()
    except (OSError, ValueError):
        return False
