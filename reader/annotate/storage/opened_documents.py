"""The documents that the store remembers: when they were opened, their reading positions, texts and tags."""

from __future__ import annotations

from collections.abc import Iterable
from threading import RLock

from reader.annotate.general_document import WITHOUT_TEXT
from reader.annotate.storage import documents
from reader.annotate.storage.database import Database
from reader.annotate.storage.documents import RememberedDocument
from reader.annotate.storage.journal import Journal
from reader.document import Document


class OpenedDocuments:
    """The part of `Store` that is not about decisions."""

    _journal: Journal
    _lock: RLock

    def __init__(self) -> None:
        self._unwritten: dict[str, RememberedDocument] = {}  # by digest

    def remember(self, document: Document, position: int) -> None:
        """Save that a document was opened, and the reading position in code points; `problem` reports a failure."""
        self.remember_all([(document, position)])

    def remember_all(self, opened: Iterable[tuple[Document, int]]) -> None:
        """Save that documents were opened, and their reading positions, at once; as `remember` does."""
        entries = [(document, documents.remembered_document(document, position)) for document, position in opened]

        def save(database: Database) -> None:
            for document, facts in entries:
                documents.save_document(database, document, facts)
                documents.save_text(database, document)

        with self._lock:
            self._unwritten.update((facts.digest, facts) for _, facts in entries)
            if self._journal.update(save):
                for _, facts in entries:
                    self._unwritten.pop(facts.digest, None)

    def recall(self, document: Document) -> RememberedDocument | None:
        """Return a document as the store remembers it; None if it was never opened."""
        with self._lock:
            saved = self._journal.read(lambda database: documents.find_document(database, document.digest), None)
            return self._unwritten.get(document.digest) or saved

    def recent(self, limit: int = 20) -> tuple[RememberedDocument, ...]:
        """Return the documents that were opened last, latest first."""
        with self._lock:
            most = limit + len(WITHOUT_TEXT)
            saved = self._journal.read(lambda database: documents.recent_documents(database, most), ())
            by_digest = {item.digest: item for item in saved if item.digest not in WITHOUT_TEXT}
            by_digest |= self._unwritten
        return tuple(sorted(by_digest.values(), key=lambda item: item.opened, reverse=True)[:limit])

    def forget(self, opened: Iterable[tuple[str, str]]) -> bool:
        """Make documents ones that were never opened; return whether that is on disk.

        Their decisions, texts and reading positions stay, and count when they are opened again.

        Args:
            opened: The digest and the source of each.
        """
        forgotten = list(opened)

        def save(database: Database) -> None:
            for digest, source in forgotten:
                documents.forget_openings(database, digest, source)

        with self._lock:
            digests, sources = {digest for digest, _ in forgotten}, {source for _, source in forgotten} - {"", "-"}
            self._unwritten = {
                digest: item
                for digest, item in self._unwritten.items()
                if digest not in digests and item.source not in sources
            }
            return self._journal.update(save)

    def file_digests(self, source: str) -> frozenset[str]:
        """Return the digests of the bytes that a source had whenever it was read."""
        with self._lock:
            return self._journal.read(lambda database: documents.file_digests(database, source), frozenset())

    def annotated(self) -> tuple[RememberedDocument, ...]:
        """Return the documents with decisions, oldest first; new decisions do not change the order."""
        with self._lock:
            saved = self._journal.read(documents.annotated_documents, ())
        return tuple(item for item in saved if item.digest not in WITHOUT_TEXT)

    def earlier(self, document: Document) -> tuple[RememberedDocument, ...]:
        """Return the documents with decisions that came from the same source or file but had another text."""
        with self._lock:
            return self._journal.read(lambda database: documents.earlier_documents(database, document), ())

    def text_of(self, digest: str) -> str | None:
        """Return the text on which a document's decisions were made; None if it was not saved."""
        with self._lock:
            return self._journal.read(lambda database: documents.saved_text(database, digest), None)

    def log_lengths(self) -> dict[str, int]:
        """Return the number of records in the log of each document that has decisions, by digest.

        A log only ever grows, so an equal length means that nothing was decided since.
        """
        with self._lock:
            return self._journal.read(documents.log_lengths, {})

    def tags(self) -> tuple[str, ...]:
        """Return the tags used in any document, most frequent first."""
        with self._lock:
            return self._journal.read(documents.tags_by_frequency, ())
