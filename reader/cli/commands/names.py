"""`reader names`: what holds in every document; shown, added to, exported, imported, and taken off the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.arguments import add_look
from reader.cli.errors_as_lines import FaultError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for_table
from reader.cli.output.table import put

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.annotate import Decision, Store
    from reader.annotate.everywhere import Entry
    from reader.cli.arguments import Options

_LARGEST = 64 << 20
_ACTIONS = ("list", "add", "leave-alone", "export", "import", "remove")
_EPILOG = """\
reader names add "Rufayi" PERSON     wherever it stands, it is the name of a person
reader names leave-alone "Mirror"    wherever it stands, it is no name
What was decided in an article always wins there. Of two about one name the later holds.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    from argparse import RawDescriptionHelpFormatter

    parser.epilog, parser.formatter_class = _EPILOG, RawDescriptionHelpFormatter
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", help="default: list")
    parser.add_argument(
        "what",
        nargs="*",
        metavar="WHAT",
        help="a name and its label to add, names to leave alone, the file to export to or import from, "
        "or the numbers to remove",
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    add_look(parser)


def run(options: Options) -> int:
    """List what holds everywhere, or change it."""
    from reader.annotate import EVERYWHERE
    from reader.annotate.everywhere import as_json, entries

    with Opener(options) as opener:
        listed = entries(opener.store.history(EVERYWHERE))
        if not opener.store.readable:
            raise FaultError(opener.store.problem)
        if options.action in ("add", "leave-alone"):
            make = _known if options.action == "add" else _left_alone
            put([_add(opener.store, make(options.what))])
        elif options.action == "export":
            _export(as_json(listed), options.what)
        elif options.action == "import":
            put([_import(opener.store, options.what)])
        elif options.action == "remove":
            put(_remove(opener.store, listed, options.what))
        elif options.format == "json":
            put(as_json(listed).splitlines())
        else:
            put(_rows(listed, paint_for_table(options)))
        return finish(opener, () if opener.store.saved else (opener.store.problem,))


def _rows(listed: Sequence[Entry], paint: Paint) -> Iterator[str]:
    from reader.annotate import describe
    from reader.document import one_line

    if not listed:
        yield "nothing holds in every document yet"
    width = len(str(len(listed)))
    for number, entry in enumerate(listed, 1):
        yield f"{paint.faint(f'{number:>{width}}')}  {one_line(describe(entry.decision, ''))}"


def _known(what: Sequence[str]) -> Decision:
    from reader.annotate import NameKnown
    from reader.names import surface
    from reader.recognize import LABELS
    from reader.recognize.label_mapping import map_label
    from reader.resolve import Name
    from reader.settings import load_settings

    if len(what) != 2:
        raise FaultError("add takes a name and its label; quote a name of several words")
    known = tuple(dict.fromkeys((*LABELS, *(each.label for each in load_settings().labels))))
    label = map_label(what[1])
    if label not in known:
        raise FaultError(f"no label {what[1]}: there are {', '.join(known)}")
    return NameKnown(Name(surface(what[0]), label))


def _left_alone(what: Sequence[str]) -> Decision:
    from reader.annotate import EntityDismissed
    from reader.names import surface
    from reader.resolve import Name

    if not what:
        raise FaultError("leave-alone takes names; quote one of several words")
    return EntityDismissed(tuple(Name(surface(name), "") for name in what))


def _add(store: Store, decision: Decision) -> str:
    from reader.annotate import MalformedRecordError, describe
    from reader.annotate.everywhere import take_in
    from reader.document import one_line

    try:
        added = take_in(store, [decision])
    except MalformedRecordError:
        raise FaultError("a name has at least one letter or digit") from None
    return f"{'in every document' if added else 'held before'}: {one_line(describe(decision, ''))}"


def _export(text: str, what: Sequence[str]) -> None:
    if len(what) > 1:
        raise FaultError("export to one file")
    if not what or what[0] == "-":
        put(text.splitlines())
        return
    try:
        Path(what[0]).write_text(text, encoding="utf-8")
    except OSError as error:
        raise FaultError(f"{what[0]}: {error.strerror}") from None


def _import(store: Store, what: Sequence[str]) -> str:
    from reader.annotate import MalformedRecordError
    from reader.annotate.everywhere import from_json, take_in

    if len(what) != 1:
        raise FaultError("import from one file")
    try:
        path = Path(what[0])
        if path.stat().st_size > _LARGEST:
            raise FaultError(f"{what[0]}: too large for a list of names")
        decisions = from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FaultError(f"{what[0]}: {error.strerror}") from None
    except (MalformedRecordError, UnicodeDecodeError, ValueError) as error:
        raise FaultError(f"{what[0]}: {error}") from None
    count = take_in(store, decisions)
    return f"{count} added, {len(decisions) - count} were there before"


def _remove(store: Store, listed: Sequence[Entry], what: Sequence[str]) -> Iterator[str]:
    from reader.annotate import describe
    from reader.annotate.everywhere import remove
    from reader.document import one_line

    numbers = [int(each) if each.isascii() and each.isdigit() else 0 for each in what]
    if not numbers or not all(1 <= number <= len(listed) for number in numbers):
        raise FaultError(f"remove takes numbers from 1 to {len(listed)}, as listed" if listed else "the list is empty")
    chosen = [listed[number - 1] for number in dict.fromkeys(numbers)]
    remove(store, chosen)
    for entry in chosen:
        yield f"removed: {one_line(describe(entry.decision, ''))}"
