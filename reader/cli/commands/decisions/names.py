"""`reader names`: list, add, export, import and remove general decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.arguments import add_color_options
from reader.cli.command_errors import CommandError, UsageError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import print_rows

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.annotate import Decision, Store
    from reader.annotate.general_decisions import GeneralEntry
    from reader.cli.arguments import Options

_LARGEST = 64 << 20
"""Maximum size of a file to import, in bytes."""
_ACTIONS = ("list", "add", "leave-alone", "export", "import", "remove")
_EPILOG = """\
examples:
  reader names add "Rufayi" PERSON     recognize it as a person in every document
  reader names leave-alone "Mirror"    never recognize it as a name

A decision about one document takes precedence in that document. Of two decisions
about the same name, the later one applies.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", help="what to do; default: list")
    parser.add_argument(
        "arguments",
        nargs="*",
        metavar="ARGUMENT",
        help="add: a name and a label; leave-alone: names; export, import: a file; remove: numbers in the list",
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")
    add_color_options(parser)


def run(options: Options) -> int:
    """List the general decisions, or change them."""
    from reader.annotate import GENERAL_DOCUMENT
    from reader.annotate.general_decisions import entries_to_json, list_entries

    with Opener(options) as opener:
        general = list_entries(opener.store.history(GENERAL_DOCUMENT))
        if not opener.store.readable:
            raise CommandError(opener.store.problem)
        if options.action == "add":
            print_rows([_add(opener.store, _known_name(options.arguments))])
        elif options.action == "leave-alone":
            print_rows([_add(opener.store, _dismissed_names(options.arguments))])
        elif options.action == "export":
            _export(entries_to_json(general), options.arguments)
        elif options.action == "import":
            print_rows([_import(opener.store, options.arguments)])
        elif options.action == "remove":
            print_rows(_remove(opener.store, general, options.arguments))
        elif options.format == "json":
            print_rows(entries_to_json(general).splitlines())
        else:
            print_rows(_list_rows(general, paint_for(options)))
        return finish(opener, () if opener.store.saved else (opener.store.problem,))


def _list_rows(general: Sequence[GeneralEntry], paint: Paint) -> Iterator[str]:
    from reader.document import one_line

    if not general:
        yield "no decisions apply in every document yet"
    width = len(str(len(general)))
    for number, entry in enumerate(general, 1):
        yield f"{paint.faint(f'{number:>{width}}')}  {one_line(entry.decision.describe(''))}"


def _known_name(arguments: Sequence[str]) -> Decision:
    from reader.annotate.decisions import NameKnown
    from reader.names import surface
    from reader.recognize import LABELS
    from reader.recognize.label_mapping import map_label
    from reader.resolve import Name
    from reader.settings import load_settings

    if len(arguments) != 2:
        raise UsageError("`names add` needs a name and a label; put a name of several words in quotes")
    labels = tuple(dict.fromkeys((*LABELS, *(setting.label for setting in load_settings().labels))))
    label = map_label(arguments[1])
    if label not in labels:
        raise CommandError(f"unknown label {arguments[1]}; choose from {', '.join(labels)}")
    return NameKnown(Name(surface(arguments[0]), label))


def _dismissed_names(arguments: Sequence[str]) -> Decision:
    from reader.annotate.decisions import EntityDismissed
    from reader.names import surface
    from reader.resolve import Name

    if not arguments:
        raise UsageError("`names leave-alone` needs at least one name; put a name of several words in quotes")
    return EntityDismissed(tuple(Name(surface(name), "") for name in arguments))


def _add(store: Store, decision: Decision) -> str:
    from reader.annotate import MalformedRecordError
    from reader.annotate.general_decisions import add_decisions
    from reader.document import one_line

    try:
        added = add_decisions(store, [decision])
    except MalformedRecordError:
        raise CommandError("a name needs at least one letter or digit") from None
    return f"{'in every document' if added else 'already in the list'}: {one_line(decision.describe(''))}"


def _export(text: str, arguments: Sequence[str]) -> None:
    if len(arguments) > 1:
        raise UsageError("`names export` takes one file")
    if not arguments or arguments[0] == "-":
        print_rows(text.splitlines())
        return
    try:
        Path(arguments[0]).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{arguments[0]}: {error.strerror}") from None


def _import(store: Store, arguments: Sequence[str]) -> str:
    from reader.annotate import MalformedRecordError
    from reader.annotate.general_decisions import add_decisions, decisions_from_json

    if len(arguments) != 1:
        raise UsageError("`names import` needs one file")
    file = arguments[0]
    try:
        path = Path(file)
        if path.stat().st_size > _LARGEST:
            raise CommandError(f"{file}: too large for a list of names")
        decisions = decisions_from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from None
    except (MalformedRecordError, UnicodeDecodeError, ValueError) as error:
        raise CommandError(f"{file}: {error}") from None
    added = add_decisions(store, decisions)
    return f"{added} added, {len(decisions) - added} already in the list"


def _remove(store: Store, general: Sequence[GeneralEntry], arguments: Sequence[str]) -> Iterator[str]:
    from reader.annotate.general_decisions import remove_entries
    from reader.document import one_line

    numbers = [int(argument) if argument.isascii() and argument.isdigit() else 0 for argument in arguments]
    if not numbers or not all(1 <= number <= len(general) for number in numbers):
        advice = (
            f"`names remove` needs numbers in the list, from 1 to {len(general)}" if general else "the list is empty"
        )
        raise CommandError(advice)
    removed = [general[number - 1] for number in dict.fromkeys(numbers)]
    remove_entries(store, removed)
    for entry in removed:
        yield f"removed: {one_line(entry.decision.describe(''))}"
