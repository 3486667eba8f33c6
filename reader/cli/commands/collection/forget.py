"""`reader forget`: take documents out of a collection. Annotations and files stay."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING, Final

from reader.cli.collection_options import add_collection
from reader.cli.command_errors import CommandError, print_error
from reader.cli.output.table import print_rows
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.listing.listed_document import ListedDocument

_BELOW: Final = ("::", os.sep)
"""What follows the path of a file of many documents, or of a folder, in the sources of its documents."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="document to forget; a folder or a file of many documents stands for all that are in it, and is no longer "
        "looked at by `reader index`",
    )
    add_collection(parser)


def run(options: Options) -> int:
    """Forget the documents, and print which. The exit code is 1 if a source stands for none."""
    from reader.annotate import Store
    from reader.cli.commands.reading.library import DEFAULTS
    from reader.collection.listing.document_listing import document_listing
    from reader.collection.listing.forgetting import WHAT_STAYS, forget_documents, forget_paths
    from reader.collection.storage.collection_storage import CollectionError
    from reader.collection.storage.index_files import index_path
    from reader.collection.storage.open_index import open_index
    from reader.document.load_options import absolute_source

    is_default = options.collection == DEFAULTS["collection"]
    try:
        has_index = not is_default or bool(options.database) or index_path(options.collection).exists()
        storage = open_index(options.collection, database=options.database) if has_index else None
        with Store.open() as store, closing(storage) if storage is not None else nullcontext():
            if not store.readable:
                raise CommandError(store.problem)
            listing = document_listing(store, storage, with_opened=is_default, limit=0)
            documents = list(_chosen(options.sources, listing.documents))
            paths = list(map(absolute_source, options.sources))
            forgotten_paths = forget_paths(storage, paths) if storage is not None else []
            forget_documents(store, storage, documents, with_opened=is_default)
            if store.problem:
                raise CommandError(store.problem)
    except CollectionError as error:
        raise CommandError(str(error)) from None
    print_rows(f"forgot {document.name} ({one_line(document.source)})" for document in documents)
    if documents:
        print_rows([f"{WHAT_STAYS}; `reader SOURCE` or `reader index SOURCE` brings a document back"])
    sources = {document.source for document in documents}
    print_rows(f"{one_line(path)} is no longer looked at" for path in forgotten_paths if path not in sources)
    indexed = [source for source, path in zip(options.sources, paths, strict=True) if path in forgotten_paths]
    unknown = [
        source
        for source in options.sources
        if source not in indexed and not any(_is_at(item.source, source) for item in documents)
    ]
    for source in unknown:
        print_error(f"{one_line(source)}: not in the collection")
    return 1 if unknown else 0


def _chosen(sources: Sequence[str], documents: Sequence[ListedDocument]) -> Iterator[ListedDocument]:
    return (item for item in documents if any(_is_at(item.source, source) for source in sources))


def _is_at(document_source: str, source: str) -> bool:
    """Return whether a document is the one at a source, or in the file or folder there."""
    from reader.document.load_options import absolute_source

    path = absolute_source(source)
    return document_source == path or document_source.startswith(tuple(path.rstrip(os.sep) + mark for mark in _BELOW))
