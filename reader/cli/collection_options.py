"""The options that commands on a collection share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.collection import Collection
    from reader.collection.storage.collection_storage import CollectionStorage


def add_collection(parser: ArgumentParser) -> None:
    """Add the option for the collection."""
    parser.add_argument(
        "--collection", metavar="NAME", default="default", help='name of the collection; default: "default"'
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        default=os.environ.get("READER_DATABASE", ""),
        help="PostgreSQL database that keeps the collection: postgresql://USER@HOST/DATABASE; "
        "default: READER_DATABASE, else a file in the data directory",
    )


def add_output_format(parser: ArgumentParser) -> None:
    """Add the option for the format of the output."""
    parser.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="output format; default: text"
    )


def add_days(parser: ArgumentParser, noun: str) -> None:
    """Add the options for the first and the last day."""
    parser.add_argument("--since", metavar="DAY", type=_day, default="", help=f"only {noun} from DAY on: 2021-03-12")
    parser.add_argument("--until", metavar="DAY", type=_day, default="", help=f"only {noun} up to DAY: 2021, 2021-03")


def add_limit(parser: ArgumentParser, default: int, noun: str) -> None:
    """Add the option for the number of results."""
    parser.add_argument(
        "--limit", metavar="N", type=count_type(1), default=default, help=f"print at most N {noun}; default: {default}"
    )


def _day(text: str) -> str:
    """Return a day, a month or a year.

    Raises:
        ArgumentTypeError: The text is none.
    """
    from argparse import ArgumentTypeError

    from reader.document.metadata.calendar_days import stated_day

    day = stated_day(text)
    if text and not day:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2021-03-12, 2021-03 or 2021")
    return day


def count_type(least: int) -> Callable[[str], int]:
    """Return what reads a number of results from an argument; a very large one stands for all of them."""

    def count(text: str) -> int:
        from argparse import ArgumentTypeError

        if not (text.isascii() and text.isdecimal() and int(text[:9]) >= least):
            raise ArgumentTypeError(f"{text!r} is not a number from {least} on")
        return int(text[:9])

    return count


@contextmanager
def opened_collection(options: Options) -> Iterator[Collection]:
    """Open the collection that the options name.

    Raises:
        CommandError: It cannot be opened or read.
    """
    from reader.collection.collection import Collection
    from reader.collection.storage.collection_storage import CollectionError

    try:
        with Collection(options.collection, database=options.database, create=False) as collection:
            yield collection
    except CollectionError as error:
        raise CommandError(str(error)) from None


def open_collection_index(options: Options, *, create: bool = False) -> CollectionStorage:
    """Open the index that the options name.

    Raises:
        CollectionError: It does not exist, is damaged, or cannot be opened.
    """
    from reader.collection.storage.open_index import open_index

    return open_index(options.collection, database=options.database, create=create)
