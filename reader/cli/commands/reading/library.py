"""`reader library`: list recent documents and the samples."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.arguments import add_color_options
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import align_columns, print_json, print_rows
from reader.cli.output.terminal import columns
from reader.document.sanitize import one_line
from reader.library import RecentDocument, Sample, recent_documents, samples

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_WIDEST_TITLE = 48
"""Width in cells."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the recent documents, most recent first, then the samples."""
    with Opener(options) as opener:
        documents, shipped = recent_documents(opener.store), samples()
        if options.format == "json":
            print_json({
                "recent": [asdict(document) for document in documents],
                "samples": [asdict(sample) | {"path": str(sample.path)} for sample in shipped],
            })  # fmt: skip
        else:
            print_rows(library_rows(documents, shipped, paint_for(options)))
        return finish(opener, () if opener.store.readable else (opener.store.problem,))


def library_rows(documents: tuple[RecentDocument, ...], shipped: tuple[Sample, ...], paint: Paint) -> Iterator[str]:
    """Yield the library as two tables. The last column is the source to pass to `reader`."""
    if documents:
        yield paint.heading("Recent documents")
        rows = [
            (one_line(document.title), document.last_opened, _state(document), one_line(document.source))
            for document in documents
        ]
        yield from _table(rows, paint)
        yield ""
    if shipped:
        yield paint.heading("Samples")
        yield from _table([(sample.title, sample.about, "", _shortest(sample.path)) for sample in shipped], paint)
        yield ""
    if not documents and not shipped:
        yield "No documents yet."
    yield paint.faint("Open one with: reader SOURCE")


def _state(document: RecentDocument) -> str:
    return f"{document.progress:.0%} read" if document.exists else "missing"


def _table(rows: list[tuple[str, str, str, str]], paint: Paint) -> Iterator[str]:
    width = columns()
    widest = (_WIDEST_TITLE, width // 3 if width else 0)
    for title, detail, state, source in align_columns(rows, right=(2,), widest=widest):
        yield f"  {title}  {paint.faint(detail)}  {state}  {paint.faint(source)}"


def _shortest(path: Path) -> str:
    """Return a path, or the path relative to the working directory if that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)
