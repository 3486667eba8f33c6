"""`reader screen LIST SOURCE...`: find names in documents that are like those of a watchlist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options
from reader.cli.batch_run import BatchRun, add_sources
from reader.cli.command_errors import CommandError, print_error
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import print_csv, print_json_array, print_rows
from reader.display.excerpts import sentence_excerpt
from reader.document import one_line
from reader.document.standard_input import is_unnamed

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.watchlists.screening import Screener, WatchlistHit
    from reader.collection.watchlists.watchlist import Watchlist
    from reader.reading import Reading

HITS = 3
"""The exit code if there are hits."""
_HEADER = (
    "source", "name", "label", "mentions", "list", "id", "listed_name", "score", "reasons", "answer", "start", "end",
    "sentence",
)  # fmt: skip
_EPILOG = """\
A hit is a name like a listed one, not proof that both are the same entity. Review hits in
the app. Hits that you rejected are left out here unless you pass --all.

exit codes: 0 no hits, 3 hits, 1 a source or the list cannot be read, 2 wrong usage

example:
  curl -s https://example.org/article | reader screen sanctions -
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("watchlist", metavar="LIST", help="the name of a watchlist, or a file with a list of names")
    add_sources(parser)
    parser.add_argument("--all", action="store_true", help="also show the hits that you rejected")
    parser.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="output format; default: text"
    )
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the hits in each source; report the sources that cannot be read on stderr."""
    from reader.collection.watchlists.saved_lists import find_list
    from reader.collection.watchlists.watchlist import WatchlistError

    try:
        watchlist = find_list(options.watchlist)
    except WatchlistError as error:
        raise CommandError(str(error)) from None
    for reason in watchlist.skipped:
        print_error(reason)
    with Opener(options) as opener:
        batch = BatchRun(
            opener, options.sources, _Screened(watchlist, options), processes=options.processes, prints=True
        )
        has_hits = _print(batch, options)
        return max(finish(opener), min(batch.failed, 1)) or (HITS if has_hits else 0)


def _print(batch: BatchRun[list[Any]], options: Options) -> bool:
    """Print the hits of each document as they come. Return whether there are any."""
    has_hits = False

    def results() -> Iterator[Any]:
        nonlocal has_hits
        for result in batch:
            has_hits = has_hits or bool(result)
            yield from result

    if options.format == "text":
        print_rows(results())
    elif options.format == "json":
        print_json_array(results())
    else:
        print_csv(_HEADER, ([_cell(row[name]) for name in _HEADER] for row in results()))
    return has_hits


class _Screened:
    """Makes lines or rows of the hits in a reading. Processes hand it to each other."""

    def __init__(self, watchlist: Watchlist, options: Options) -> None:
        self._watchlist = watchlist
        self._options = options
        self._screener: Screener | None = None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_screener": None}

    def __call__(self, reading: Reading) -> list[Any]:
        """Return the lines to print, or the rows as objects; none if there are no hits."""
        from reader.collection.watchlists.screening import Screener

        if self._screener is None:
            self._screener = Screener((self._watchlist,))
        hits = [hit for hit in self._screener.screen(reading) if self._options.all or hit.answer != "no"]
        if self._options.format == "text":
            return list(_text_rows(reading, hits, paint_for(self._options)))
        return [_as_row(reading, hit) for hit in hits]


def _text_rows(reading: Reading, hits: Sequence[WatchlistHit], paint: Paint) -> Iterator[str]:
    """Yield a heading with the source, then for each hit the name, what it is like and why, and a sentence."""
    if not hits:
        return
    source = reading.document.source
    yield paint.heading("standard input" if is_unnamed(source) else one_line(source))
    for hit in hits:
        label = hit.entity.label if hit.entity is not None else ""
        name = paint.mention(one_line(hit.text), label) if label else one_line(hit.text)
        answer = f" · you said {hit.answer}" if hit.answer else ""
        listed = f"{one_line(hit.listed_name)} ({hit.watchlist}: {hit.listed.id})"
        yield f"  {name}  is like  {listed}  {hit.score:.0%}{answer}"
        yield paint.faint(f"    {one_line('; '.join(hit.reasons))}")
        times = f" (1 of {len(hit.spans)})" if len(hit.spans) > 1 else ""
        yield paint.faint(f"    “{sentence_excerpt(reading.document, hit.spans[0][0])}”{times}")


def _as_row(reading: Reading, hit: WatchlistHit) -> dict[str, Any]:
    start, end = hit.spans[0]
    return {
        "source": reading.document.source,
        "name": hit.text,
        "label": hit.entity.label if hit.entity is not None else "",
        "mentions": len(hit.spans),
        "list": hit.watchlist,
        "id": hit.listed.id,
        "listed_name": hit.listed_name,
        "score": hit.score,
        "reasons": list(hit.reasons),
        "answer": hit.answer,
        "start": start,
        "end": end,
        "sentence": sentence_excerpt(reading.document, start),
    }


def _cell(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
