"""`reader library`: the articles read before, and the samples."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.arguments import add_look
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for_table
from reader.cli.output.table import align, put, put_json
from reader.cli.output.terminal import columns
from reader.document.sanitize import one_line
from reader.library import Recent, Sample, recent, samples

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_MOST_TITLE = 48


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    add_look(parser)


def run(options: Options) -> int:
    """Print the articles, the last one read first, then the samples."""
    with Opener(options) as opener:
        articles, offered = recent(opener.store), samples()
        if options.format == "json":
            put_json({
                "recent": [asdict(article) for article in articles],
                "samples": [asdict(sample) | {"path": str(sample.path)} for sample in offered],
            })  # fmt: skip
        else:
            put(rows(articles, offered, paint_for_table(options)))
        return finish(opener, () if opener.store.readable else (opener.store.problem,))


def rows(articles: tuple[Recent, ...], offered: tuple[Sample, ...], paint: Paint) -> Iterator[str]:
    """Yield the library as two tables, the commands that open an article in the last column."""
    if articles:
        yield paint.heading("Read before")
        listed = [(one_line(a.title), a.when, _state(a), one_line(a.source)) for a in articles]
        yield from _table(listed, paint)
        yield ""
    if offered:
        yield paint.heading("Samples")
        yield from _table([(sample.title, sample.about, "", _near(sample.path)) for sample in offered], paint)
        yield ""
    if not articles and not offered:
        yield "Nothing has been read yet."
    yield paint.faint("Open one with: reader SOURCE")


def _state(article: Recent) -> str:
    if not article.exists:
        return "missing"
    return f"{article.progress:.0%}"


def _table(listed: list[tuple[str, str, str, str]], paint: Paint) -> Iterator[str]:
    wide = columns()
    for title, detail, state, source in align(listed, right=(2,), most=(_MOST_TITLE, wide // 3 if wide else 0)):
        yield f"  {title}  {paint.faint(detail)}  {state}  {paint.faint(source)}"


def _near(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)
