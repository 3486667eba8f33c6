"""`reader library`: list the documents of a collection, those that were opened, and the samples."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reader.cli.arguments import add_color_options
from reader.cli.collection_options import add_collection, add_limit
from reader.cli.command_errors import CommandError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import align_columns, print_csv, print_json, print_rows
from reader.cli.output.terminal import columns
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.annotate import Store
    from reader.cli.arguments import Options
    from reader.collection.listing.document_listing import DocumentListing
    from reader.collection.listing.document_order import DocumentFilter
    from reader.collection.listing.listed_document import ListedDocument
    from reader.collection.storage.collection_storage import CollectionStorage

_WIDEST_TITLE = 48
"""Width in cells."""
_LIMIT: Final = 50
_ORDERS: Final = ("opened", "name", "date", "size", "mentions", "undecided")
_HEADER: Final = (
    *("source", "title", "author", "opened", "position", "length", "date", "mentions", "decided"),
    *("state", "indexed", "sample"),
)
DEFAULTS: Final = {
    "words": [], "sort": "opened", "reverse": False, "limit": _LIMIT, "collection": "default", "database": "",
}  # fmt: skip
"""The options of this command where it runs in the place of the app."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "words",
        metavar="WORD",
        nargs="*",
        help="only documents with each WORD in their title, author, path or date, or with a status, such as "
        "status:undecided, status:missing",
    )
    parser.add_argument("--sort", choices=_ORDERS, default="opened", help="order of the documents; default: opened")
    parser.add_argument("--reverse", action="store_true", help="sort from the other end")
    add_limit(parser, _LIMIT, "documents")
    parser.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="output format; default: table"
    )
    add_collection(parser)
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the documents, then the samples."""
    from reader.collection.listing.document_listing import document_listing
    from reader.collection.listing.document_order import parse_document_filter
    from reader.collection.storage.collection_storage import CollectionError

    try:
        condition = parse_document_filter(" ".join(options.words))
    except ValueError as error:
        raise CommandError(str(error)) from None
    with Opener(options) as opener:
        errors = [] if opener.store.readable else [opener.store.problem]
        is_default = options.collection == DEFAULTS["collection"]
        listed = partial(document_listing, opener.store, with_opened=is_default, condition=condition)
        try:
            storage = _opened_index(options)
            if storage is None:
                _print(options, condition, opener.store, None, listed(None))
            else:
                with closing(storage):
                    _print(options, condition, opener.store, storage, listed(storage))
        except CollectionError as error:
            if not is_default or options.database:
                raise CommandError(str(error)) from None
            _print(options, condition, opener.store, None, listed(None))
            errors.append(str(error))
        return finish(opener, errors)


def _opened_index(options: Options) -> CollectionStorage | None:
    """Open the index of the collection; None if the default one has none yet.

    Raises:
        CollectionError: There is no such collection, or it cannot be read.
    """
    from reader.collection.storage.index_files import index_path
    from reader.collection.storage.open_index import open_index

    is_default = options.collection == DEFAULTS["collection"] and not options.database
    if is_default and not index_path(options.collection).exists():
        return None
    return open_index(options.collection, database=options.database)


def _print(
    options: Options,
    condition: DocumentFilter,
    store: Store,
    storage: CollectionStorage | None,
    listing: DocumentListing,
) -> None:
    """Print the documents that meet a condition, as the options ask for."""
    from reader.collection.listing.document_order import DocumentOrder, sort_documents
    from reader.collection.listing.file_facts import file_facts
    from reader.collection.listing.source_state import source_state

    def state_of(document: ListedDocument) -> str:
        return str(source_state(document, partial(file_facts, store, storage)) or "")

    ordered = sort_documents(listing.documents, DocumentOrder(options.sort), is_reversed=options.reverse)
    accepted = (
        document
        for document in (*ordered, *listing.samples)
        if condition.accepts(document, state_of(document) if condition.asks_for_files else "")
    )
    documents: list[ListedDocument] = []
    samples: list[ListedDocument] = []
    for document in accepted:
        if document.sample:
            samples.append(document)
        elif len(documents) < options.limit:
            documents.append(document)
    objects = [document_object(document, state_of(document)) for document in (*documents, *samples)]
    if options.format == "json":
        print_json({"collection": options.collection, "total": listing.total, "documents": objects})
    elif options.format == "csv":
        print_csv(_HEADER, ([item[key] for key in _HEADER] for item in objects))
    else:
        print_rows(_text_rows(objects, listing.total, options, paint_for(options)))


def document_object(document: ListedDocument, state: str) -> dict[str, Any]:
    """Return the JSON object of a document.

    Args:
        document: The document.
        state: The state of its source, such as "missing"; "" if nothing is wrong with it.
    """
    return {
        "source": document.source,
        "title": document.name,
        "author": document.author,
        "opened": document.opened,
        "position": document.position,
        "length": document.length,
        "date": document.date,
        "mentions": document.mentions,
        "decided": document.decided,
        "state": state,
        "indexed": bool(document.indexed_digest),
        "sample": bool(document.sample),
    }


def _text_rows(objects: Sequence[dict[str, Any]], total: int, options: Options, paint: Paint) -> Iterator[str]:
    """Yield the library as two tables. The last column is the source to pass to `reader`."""
    documents = [item for item in objects if not item["sample"]]
    samples = [item for item in objects if item["sample"]]
    if documents:
        name = "" if options.collection == DEFAULTS["collection"] else f" of {options.collection}"
        count = f" ({len(documents):,} of {total:,})" if len(documents) < total else ""
        yield paint.heading(f"Documents{name}{count}")
        rows = [("NAME", "OPENED", "READ", "DECIDED", "STATE", "SOURCE"), *map(_document_row, documents)]
        yield from _table(rows, paint)
        yield ""
    elif options.words:
        yield "No document matches."
    elif options.collection != DEFAULTS["collection"]:
        yield "The collection is empty."
    if samples:
        yield paint.heading("Samples")
        yield from _table([(item["title"], "", "", "", "", _shortest(item["source"])) for item in samples], paint)
        yield ""
    if documents or samples:
        yield paint.faint("Open one with: reader SOURCE")


def _document_row(item: dict[str, Any]) -> tuple[str, ...]:
    from reader.collection.listing.listed_document import local_time

    opened = local_time(item["opened"])
    share = f"{min(item['position'] / item['length'], 1):.0%}" if opened and item["length"] else ""
    decided = "" if item["mentions"] is None else f"{item['decided']:,}/{item['mentions']:,}"
    state = item["state"] or ("" if opened else "new")
    return item["title"], opened, share, decided, state, one_line(item["source"])


def _table(rows: Sequence[tuple[str, ...]], paint: Paint) -> Iterator[str]:
    width = columns()
    widest = (_WIDEST_TITLE, width // 3 if width else 0)
    for title, opened, share, decided, state, source in align_columns(rows, right=(2, 3), widest=widest):
        yield f"  {title}  {paint.faint(opened)}  {share}  {decided}  {state}  {paint.faint(source)}"


def _shortest(source: str) -> str:
    """Return a path, or the path relative to the working directory if that is shorter."""
    path = Path(source)
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)
