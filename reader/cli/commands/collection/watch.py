"""`reader watch`: add, list, show and remove the user's own lists of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.arguments import add_color_options
from reader.cli.command_errors import CommandError, UsageError, print_error
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import COLUMN_GAP, align_columns, print_json, print_rows
from reader.display.counted import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.watchlists.watchlist import ListSummary, Watchlist

_ACTIONS = ("list", "add", "show", "remove")
_EPILOG = """\
A list is a file of one name per line, a CSV file with a column "name" (and "aliases",
separated by semicolons, "id" and "type"), or JSON lines of FollowTheMoney entities.
It is copied into the data directory; nothing is fetched.

examples:
  reader watch add sanctions sanctions.csv
  reader screen sanctions article.txt
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", help="what to do; default: list")
    parser.add_argument(
        "arguments", nargs="*", metavar="ARGUMENT", help="add: a name for the list and a file; show, remove: a name"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")
    add_color_options(parser)


def run(options: Options) -> int:
    """Show or change the watchlists."""
    from reader.collection.watchlists.saved_lists import load_list, remove_list, summarize_lists
    from reader.collection.watchlists.watchlist import WatchlistError

    try:
        if options.action == "add":
            print_rows([_add(options.arguments)])
        elif options.action == "remove":
            name = _only_name(options)
            remove_list(name)
            print_rows([f"removed the watchlist {name}; the answers to its hits are kept"])
        elif options.action == "show":
            _show(load_list(_only_name(options)), options)
        else:
            summaries, problems = summarize_lists()
            if summaries or not problems:
                _show_all(summaries, options)
            for problem in problems:
                print_error(problem)
            return int(bool(problems))
    except WatchlistError as error:
        raise CommandError(str(error)) from None
    return 0


def _only_name(options: Options) -> str:
    if len(options.arguments) != 1:
        raise UsageError(f"`watch {options.action}` needs the name of one watchlist")
    return str(options.arguments[0])


def _add(arguments: Sequence[str]) -> str:
    from reader.collection.watchlists.saved_lists import add_list, saved_names

    if len(arguments) != 2:
        raise UsageError("`watch add` needs a name for the list and a file")
    name, path = arguments
    replaced = f" in place of {_earlier(name)}" if name in saved_names() else ""
    watchlist = add_list(name, Path(path))
    for line in watchlist.skipped:
        print_error(line)
    return f"added {name}: {_counts(len(watchlist.entities), watchlist.name_count)}{replaced}"


def _earlier(name: str) -> str:
    """Return what there is to say of a list that another one replaces."""
    from reader.collection.watchlists.saved_lists import summarize_list
    from reader.collection.watchlists.watchlist import WatchlistError

    try:
        return counted(summarize_list(name).entry_count, "entry")
    except WatchlistError:
        return "a damaged list"


def _counts(entry_count: int, name_count: int) -> str:
    return f"{counted(entry_count, 'entry')} with {counted(name_count, 'name')}"


def _show(watchlist: Watchlist, options: Options) -> None:
    if options.format == "json":
        print_json(
            [
                {"id": entity.id, "name": entity.name, "aliases": list(entity.aliases), "type": entity.type}
                for entity in watchlist.entities
            ]
        )
        return
    rows = [(entity.id, entity.type, "; ".join(entity.names)) for entity in watchlist.entities]
    print_rows(_painted(rows, paint_for(options)))


def _show_all(summaries: Sequence[ListSummary], options: Options) -> None:
    if options.format == "json":
        print_json(
            [
                {
                    "name": summary.name,
                    "entries": summary.entry_count,
                    "names": summary.name_count,
                    "added": summary.added,
                    "source": summary.source,
                }
                for summary in summaries
            ]
        )
    elif not summaries:
        print_rows(["no watchlists yet; add one with `reader watch add NAME FILE`"])
    else:
        rows = [
            (
                summary.added[:10],
                summary.name,
                f"{_counts(summary.entry_count, summary.name_count)}, from {summary.source}",
            )
            for summary in summaries
        ]
        print_rows(_painted(rows, paint_for(options)))


def _painted(rows: Sequence[Sequence[str]], paint: Paint) -> Iterator[str]:
    for first, *columns in align_columns(rows):
        yield paint.faint(first) + COLUMN_GAP + COLUMN_GAP.join(columns)
