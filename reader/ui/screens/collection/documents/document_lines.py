"""The lines of the list of documents, which are made when they come into view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from reader.collection.listing.listed_document import ListedDocument
from reader.ui.screens.collection.line_list import DocumentTarget, ListLine


class DocumentLines(Sequence[ListLine]):
    """A line for each document: a list of 10,000 documents costs as much as one of 10."""

    def __init__(self, documents: Sequence[ListedDocument]) -> None:
        self.documents = documents

    def index_of(self, source: str, default: int) -> int:
        """Return the index of the document with a source, `default` if there is none."""
        matching = (index for index, document in enumerate(self.documents) if document.source == source)
        return next(matching, default)

    def __len__(self) -> int:
        return len(self.documents)

    @overload
    def __getitem__(self, index: int) -> ListLine: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ListLine]: ...
    def __getitem__(self, index: int | slice) -> ListLine | Sequence[ListLine]:
        if isinstance(index, slice):
            return DocumentLines(self.documents[index])
        return _line(self.documents[index])

    def __iter__(self) -> Iterator[ListLine]:
        return map(_line, self.documents)


def _line(document: ListedDocument) -> ListLine:
    return ListLine(document.name, target=DocumentTarget(document.source, None), item=document)
