"""What a store remembers besides decisions: documents that were opened, how far they were read, tags in use."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

from reader.annotate.general_document import EVERYWHERE
from reader.annotate.storage import documents
from reader.annotate.storage.database import Database
from reader.annotate.storage.documents import Remembered
from reader.annotate.storage.journal import Journal
from reader.document import Document


class Memory:
    """The part of `Store` that is not about decisions."""

    _journal: Journal
    _lock: RLock

    def __init__(self) -> None:
        self._unwritten: dict[str, Remembered] = {}

    def remember(self, document: Document, position: int) -> None:
        """Keep that a document was opened, and where the reader is in it (code point); `problem` says what fails."""
        seen = documents.seen_now(document, position)

        def write() -> None:
            database = self._journal.database(make=True)
            if database is not None:
                with database.transaction():
                    documents.put(database, document, seen)
                    documents.keep_text(database, document)
                del self._unwritten[seen.digest]

        with self._lock:
            self._unwritten[seen.digest] = seen
            self._journal.attempt(write)

    def recall(self, document: Document) -> Remembered | None:
        """Return what is remembered of a document; None if it was never opened."""
        with self._lock:
            found = self._look_up(lambda database: documents.find(database, document.digest))
            return self._unwritten.get(document.digest) or (found[0] if found else None)

    def recent(self, limit: int = 20) -> tuple[Remembered, ...]:
        """Return the documents opened last, the latest first."""
        with self._lock:
            known = self._look_up(lambda database: documents.recent(database, limit + 1))
            found = {item.digest: item for item in known if item.digest != EVERYWHERE.digest}
            found |= self._unwritten
        return tuple(sorted(found.values(), key=lambda item: item.opened, reverse=True)[:limit])

    def annotated(self) -> tuple[Remembered, ...]:
        """Return the documents with decisions, in an order that new ones do not change."""
        with self._lock:
            known = self._look_up(documents.annotated)
        return tuple(item for item in known if item.digest != EVERYWHERE.digest)

    def earlier(self, document: Document) -> tuple[Remembered, ...]:
        """Return documents with decisions that were read from the same place or file, but had another text."""
        with self._lock:
            return tuple(self._look_up(lambda database: documents.earlier(database, document)))

    def text_of(self, digest: str) -> str | None:
        """Return the text of a document that has decisions, as it was when they were made; None if it was not kept."""
        texts: list[str | None] = []

        def look() -> None:
            database = self._journal.database(make=False)
            texts.append(documents.text_of(database, digest) if database is not None else None)

        with self._lock:
            self._journal.attempt(look)
        return texts[-1] if texts else None

    def tags(self) -> tuple[str, ...]:
        """Return the tags that were given to anything in any document, the most frequent first."""
        found: list[str] = []

        def look() -> None:
            database = self._journal.database(make=False)
            found[:] = documents.tags(database) if database is not None else []

        with self._lock:
            self._journal.attempt(look)
        return tuple(found)

    def _look_up(self, query: Callable[[Database], list[Remembered]]) -> list[Remembered]:
        found: list[Remembered] = []

        def look() -> None:
            database = self._journal.database(make=False)
            found[:] = query(database) if database is not None else []

        self._journal.attempt(look)
        return found
