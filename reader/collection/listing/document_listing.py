"""Builds the list of the documents of a collection from the store, the index and the samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.collection.listing.document_order import NO_FILTER, DocumentFilter
from reader.collection.listing.listed_document import ListedDocument
from reader.collection.queries.document_list import IndexedDocument, count_documents, indexed_documents
from reader.document.standard_input import is_unnamed
from reader.library.decided_counts import DecidedCount, saved_counts
from reader.library.sample import Sample, samples, tutorial
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.annotate import RememberedDocument, Store
    from reader.collection.storage.collection_storage import CollectionStorage

MOST_DOCUMENTS: Final = 20_000
"""Documents of an index that are listed at once; a filter finds the others."""
_EVERYTHING: Final = 1 << 31


@dataclass(frozen=True, slots=True)
class DocumentListing:
    """The documents of a collection."""

    documents: Sequence[ListedDocument]
    """Those that were opened, the latest first, then the others, the latest date first. Samples are not among them."""
    samples: Sequence[ListedDocument]
    """The samples that were not opened, if they belong to the list."""
    total: int
    """How many documents there are; more than listed if there are very many."""

    def with_documents(self, documents: Sequence[ListedDocument]) -> DocumentListing:
        """Return the listing with only some of its documents; the others do not count."""
        return replace(self, documents=documents, total=self.total - len(self.documents) + len(documents))

    @property
    def to_index(self) -> tuple[ListedDocument, ...]:
        """The documents that were opened, but whose text is not in the index."""
        return tuple(document for document in self.documents if document.indexed_digest != document.digest)


def document_listing(
    store: Store,
    storage: CollectionStorage | None,
    *,
    with_opened: bool,
    condition: DocumentFilter = NO_FILTER,
    limit: int = MOST_DOCUMENTS,
) -> DocumentListing:
    """Return the documents of a collection.

    Args:
        store: What was opened.
        storage: The index of the collection, None if it has none.
        with_opened: Whether everything that was opened belongs to the collection, and the samples: of the default one.
        condition: What the documents should have. If there are too many to list, only those are listed, with any
            state of their files; else it is ignored.
        limit: How many documents of the index are listed at most; 0 for all.

    Raises:
        CollectionError: The index cannot be read.
    """
    total = count_documents(storage) if storage is not None else 0
    opened, counts = store.recent(_EVERYTHING), saved_counts()
    indexed: list[IndexedDocument] = []
    if storage is not None:
        is_filtered = 0 < limit < total and condition != NO_FILTER
        opened_keys = {item.digest for item in opened} | {item.source for item in opened} if is_filtered else set[str]()

        def accepts(item: IndexedDocument) -> bool:
            is_opened = item.digest in opened_keys or item.source in opened_keys
            return is_opened or condition.accepts(_indexed_document(item, counts.get(item.digest)), None)

        indexed = indexed_documents(storage, limit=limit, accepts=accepts if is_filtered else None)
    documents = merge_documents(opened, indexed, counts, with_opened=with_opened)
    shipped = _unopened_samples(documents) if with_opened else ()
    return DocumentListing(documents, shipped, max(total, len(documents)))


def merge_documents(
    opened: Iterable[RememberedDocument],
    indexed: Iterable[IndexedDocument],
    counts: Mapping[str, DecidedCount],
    *,
    with_opened: bool,
) -> list[ListedDocument]:
    """Return one document for each source, with what is known of it.

    A file whose text changed between two openings, or since it was indexed, is listed once, as it was opened last.

    Args:
        opened: The documents that were opened, latest first.
        indexed: The documents in the index.
        counts: How many mentions were decided when a document was left, by digest.
        with_opened: Whether documents that are not in the index are listed.
    """
    by_digest = {item.digest: item for item in indexed}
    by_source = {item.source: item for item in by_digest.values()}
    listed: list[ListedDocument] = []
    sources = set[str]()
    for item in opened:
        own = by_digest.get(item.digest) or by_source.get(item.source)
        if (own is None and not with_opened) or item.source in sources:
            continue
        if not is_unnamed(item.source):
            sources.add(item.source)
        if own is not None:
            by_digest.pop(own.digest, None)
            by_source.pop(own.source, None)
            sources.add(own.source)
        listed.append(_opened_document(item, own, counts.get(item.digest)))
    listed += [_indexed_document(item, counts.get(item.digest)) for item in by_digest.values()]
    return listed


def _opened_document(
    item: RememberedDocument, own: IndexedDocument | None, count: DecidedCount | None
) -> ListedDocument:
    is_same_text = own is not None and own.digest == item.digest
    mentions, decided = _latest_count(own if is_same_text else None, count)
    return ListedDocument(
        own.source if own is not None and is_unnamed(item.source) else item.source,
        item.title or (own.title if own else ""),
        item.digest,
        own.author if own else "",
        item.opened,
        item.position,
        item.length,
        own.date if own else "",
        mentions,
        decided,
        own.digest if own else "",
    )


def _indexed_document(item: IndexedDocument, count: DecidedCount | None) -> ListedDocument:
    mentions, decided = _latest_count(item, count)
    return ListedDocument(
        item.source,
        item.title,
        item.digest,
        item.author,
        length=item.length,
        date=item.date,
        mentions=mentions,
        decided=decided,
        indexed_digest=item.digest,
    )


def _latest_count(own: IndexedDocument | None, count: DecidedCount | None) -> tuple[int | None, int]:
    """Return the numbers of mentions and of decided ones: of the index if more was decided before it was built."""
    if count is not None and (own is None or own.decisions <= count.decisions):
        return count.mentions, count.decided
    return (own.mentions, own.decided) if own is not None else (None, 0)


def _unopened_samples(documents: Iterable[ListedDocument]) -> tuple[ListedDocument, ...]:
    first_steps = tutorial()
    shipped = (first_steps, *samples()) if first_steps else samples()
    sources = {document.source for document in documents}
    return tuple(_sample_document(sample) for sample in shipped if str(sample.path) not in sources)


def _sample_document(sample: Sample) -> ListedDocument:
    return ListedDocument(str(sample.path), sample.title, sample=sample.about or sample.title)
