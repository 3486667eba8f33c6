"""What the user does with collections while the app runs: which one is open, and which documents they forget."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from reader.collection.storage.index_files import DEFAULT_NAME

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.listing.listed_document import ListedDocument


class CollectionSession:
    """Is shared by the screens. Forgotten documents leave their collections only when the app ends.

    Until then they are as they were, so that undo brings back exactly that.
    """

    def __init__(self) -> None:
        self.collection = DEFAULT_NAME
        """The name of the collection that is shown."""
        self.profiles_lock = threading.Lock()
        """Is held by the thread that writes profiles, also after its screen was left: no other does the same work."""
        self._forgotten: list[tuple[str, ListedDocument]] = []
        """The documents that are forgotten, each with the name of its collection, in the order of forgetting."""

    def forget(self, document: ListedDocument) -> None:
        """Forget a document of the collection that is shown."""
        self._forgotten.append((self.collection, document))

    def take_back(self) -> ListedDocument | None:
        """Bring back the document that was forgotten last, and go to its collection; None if there is none."""
        if not self._forgotten:
            return None
        self.collection, document = self._forgotten.pop()
        return document

    def bring_back(self, source: str) -> None:
        """Bring back a document because the user opens it again."""
        self._forgotten = [item for item in self._forgotten if item[1].source != source]

    @property
    def forgotten(self) -> frozenset[tuple[str, str]]:
        """The digests and sources of the forgotten documents of the collection that is shown."""
        return frozenset((item.digest, item.source) for name, item in self._forgotten if name == self.collection)

    def carry_out(self, store: Store) -> Iterable[str]:
        """Take the forgotten documents out of their collections. Yield what went wrong, one line each."""
        from reader.collection.listing.forgetting import forget_documents
        from reader.collection.storage.collection_storage import CollectionError
        from reader.collection.storage.index_files import index_path
        from reader.collection.storage.open_index import open_index

        forgotten, self._forgotten = sorted(self._forgotten, key=lambda item: item[0]), []
        for name, items in groupby(forgotten, key=lambda item: item[0]):
            documents = [document for _, document in items]
            storage = None
            try:
                storage = open_index(name) if index_path(name).exists() else None
                forget_documents(store, storage, documents, with_opened=name == DEFAULT_NAME)
            except CollectionError as error:
                yield f"no document was forgotten: {error}"
            finally:
                if storage is not None:
                    storage.close()
