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
    from reader.collection.watchlists.watchlist import Watchlist

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
    from reader.collection.watchlists.saved_lists import load_list, load_lists, remove_list
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
            watchlists, problems = load_lists()
            if watchlists or not problems:
                _show_all(watchlists, options)
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
    from reader.collection.watchlists.saved_lists import add_list, load_list, saved_names

    if len(arguments) != 2:
        raise UsageError("`watch add` needs a name for the list and a file")
    name, path = arguments
    replaced = f" in place of {counted(len(load_list(name).entities), 'entry')}" if name in saved_names() else ""
    watchlist = add_list(name, Path(path))
    for line in watchlist.skipped:
        print_error(line)
    return f"added {name}: {_counts(watchlist)}{replaced}"


def _counts(watchlist: Watchlist) -> str:
    return f"{counted(len(watchlist.entities), 'entry')} with {counted(watchlist.name_count, 'name')}"


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


def _show_all(watchlists: Sequence[Watchlist], options: Options) -> None:
    if options.format == "json":
        print_json(
            [
                {
                    "name": watchlist.name,
                    "entries": len(watchlist.entities),
                    "names": watchlist.name_count,
                    "added": watchlist.added,
                }
                | {"source": watchlist.source}
                for watchlist in watchlists
            ]
        )
    elif not watchlists:
        print_rows(["no watchlists yet; add one with `reader watch add NAME FILE`"])
    else:
        rows = [
            (watchlist.added[:10], watchlist.name, f"{_counts(watchlist)}, from {watchlist.source}")
            for watchlist in watchlists
        ]
        print_rows(_painted(rows, paint_for(options)))


def _painted(rows: Sequence[Sequence[str]], paint: Paint) -> Iterator[str]:
    for first, *columns in align_columns(rows):
        yield paint.faint(first) + COLUMN_GAP + COLUMN_GAP.join(columns)
