"""What the user does with collections while the app runs: which one is open, and what undo takes back there."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

from reader.collection.storage.index_files import DEFAULT_NAME
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.listing.listed_document import ListedDocument

_EVERYTHING: Final = 1 << 31


class ForgottenDocument(NamedTuple):
    """A document that leaves its collection when the app ends."""

    collection: str
    document: ListedDocument
    time: str
    """When it was forgotten: ISO 8601, UTC. If another window opens it later, it stays."""
    is_open: bool = False
    """Whether a screen of this app shows it, so that leaving it is no reason to keep it."""

    def is_kept(self, opened: str) -> bool:
        """Return whether an opening came later than the forgetting.

        Args:
            opened: When the document was opened last: ISO 8601, UTC; "" for never.
        """
        return opened > self.time and not self.is_open

    def is_about(self, digest: str, source: str) -> bool:
        """Return whether it is the document with this text, or at this source unless it is standard input."""
        return self.document.digest == digest or (self.document.source == source and not self.document.is_unnamed)


class RecordedAnswer(NamedTuple):
    """An answer about two profiles."""

    step: str
    """The id of its step in the general document."""


CollectionStep: TypeAlias = ForgottenDocument | RecordedAnswer


class CollectionSession:
    """Is shared by the screens. Forgotten documents leave their collections only when the app ends.

    Until then they are as they were, so that undo brings back exactly that.
    """

    def __init__(self) -> None:
        self.collection = DEFAULT_NAME
        """The name of the collection that is shown."""
        self.profiles_lock = threading.Lock()
        """Is held by the thread that writes profiles, also after its screen was left: no other does the same work."""
        self._steps: list[CollectionStep] = []
        """What undo takes back, the latest last."""

    def forget(self, document: ListedDocument, *, is_open: bool = False) -> None:
        """Forget a document of the collection that is shown.

        Args:
            document: The document.
            is_open: Whether a screen of this app shows it.
        """
        time = datetime.now(UTC).isoformat(timespec="microseconds")
        self._steps.append(ForgottenDocument(self.collection, document, time, is_open))

    def record_answer(self, step: str) -> None:
        """Add an answer about two profiles, by the id of its step, to what undo takes back."""
        self._steps.append(RecordedAnswer(step))

    def take_back(self) -> CollectionStep | None:
        """Return what was done last, and take it out of what undo takes back; None if nothing was done.

        A forgotten document is back, and its collection is the one that is shown.
        """
        step = self._steps.pop() if self._steps else None
        if isinstance(step, ForgottenDocument):
            self.collection = step.collection
        return step

    def bring_back(self, digest: str, source: str) -> None:
        """Bring back a document because the user opens it again.

        Args:
            digest: The digest of its text.
            source: Its source, an absolute path or an address.
        """
        self._steps = [
            step for step in self._steps if not (isinstance(step, ForgottenDocument) and step.is_about(digest, source))
        ]

    def without_forgotten(self, documents: Sequence[ListedDocument]) -> Sequence[ListedDocument]:
        """Return the documents of the collection that is shown without those that are forgotten."""
        forgotten = {(item.document.digest, item.document.source): item for item in self._forgotten_here}
        if not forgotten:
            return documents
        return [
            document
            for document in documents
            if (item := forgotten.get((document.digest, document.source))) is None or item.is_kept(document.opened)
        ]

    @property
    def forgotten_digests(self) -> tuple[str, ...]:
        """The digests that the forgotten documents of the collection that is shown have in its index."""
        return tuple({item.document.indexed_digest for item in self._forgotten_here} - {""})

    @property
    def _forgotten_here(self) -> Iterator[ForgottenDocument]:
        return (item for item in self._forgotten if item.collection == self.collection)

    @property
    def _forgotten(self) -> Iterator[ForgottenDocument]:
        return (step for step in self._steps if isinstance(step, ForgottenDocument))

    def carry_out(self, store: Store) -> Iterable[str]:
        """Take the forgotten documents out of their collections, unless another window has opened them since.

        Yield what the user should know, one line each.
        """
        from reader.collection.listing.forgetting import forget_documents
        from reader.collection.storage.collection_storage import CollectionError
        from reader.collection.storage.index_files import index_path
        from reader.collection.storage.open_index import open_index

        forgotten = sorted(self._forgotten, key=lambda item: item.collection)
        self._steps = []
        kept = _opened_since(store, forgotten) if forgotten else []
        for item in kept:
            yield f"kept “{item.document.name}”: it was opened in another window after you forgot it"
        leaving = [item for item in forgotten if item not in kept]
        for name, items in groupby(leaving, key=lambda item: item.collection):
            documents = [item.document for item in items]
            storage = None
            try:
                storage = open_index(name) if index_path(name).exists() else None
                forget_documents(store, storage, documents, with_opened=name == DEFAULT_NAME)
            except CollectionError as error:
                yield f"no document was forgotten: {error}"
            finally:
                if storage is not None:
                    storage.close()


def _opened_since(store: Store, forgotten: Sequence[ForgottenDocument]) -> list[ForgottenDocument]:
    """Return the documents that were opened after they were forgotten."""
    first = min(item.time for item in forgotten)
    openings = [opening for opening in store.recent(_EVERYTHING) if opening.opened > first]
    return [
        item
        for item in forgotten
        if any(item.is_about(opening.digest, opening.source) and item.is_kept(opening.opened) for opening in openings)
    ]
