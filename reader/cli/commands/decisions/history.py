"""`reader history SOURCE`: list the decisions about a document, including undone ones, and the orphans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options, add_source
from reader.cli.command_errors import CommandError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import COLUMN_GAP, align_columns, print_json, print_rows
from reader.display.cells import displayed
from reader.display.counted import counted
from reader.document.sanitize import one_line, sanitize

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.annotate import History
    from reader.cli.arguments import Options
    from reader.document import Document


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    add_source(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")
    add_color_options(parser)


def run(options: Options) -> int:
    """Print every step in order, then the orphans."""
    with Opener(options) as opener:
        document = opener.document(options.source)
        history = opener.store.history(document)
        if not opener.store.readable:
            raise CommandError(opener.store.problem)
        if options.format == "json":
            print_json(_as_object(document, history))
        else:
            print_rows(_rows(document, history, paint_for(options)))
        return finish(opener)


def _rows(document: Document, history: History, paint: Paint) -> Iterator[str]:
    from reader.annotate import describe_step
    from reader.annotate.log.step_descriptions import describe_state, local_time

    if not history.all_steps:
        yield "no decisions about this document yet"
    in_force, undone = ({step.id for step in steps} for steps in (history.steps, history.undone))
    rows = [
        (local_time(step.time), one_line(step.author), describe_step(step, document.text)) for step in history.all_steps
    ]
    for step, (time, author, description) in zip(history.all_steps, align_columns(rows), strict=True):
        state = describe_state(step, in_force, undone)
        suffix = f"{COLUMN_GAP}{paint.faint(state)}" if state else ""
        yield f"{paint.faint(time)}{COLUMN_GAP}{author}{COLUMN_GAP if author.strip() else ''}{description}{suffix}"
    if history.orphans:
        yield ""
        yield f"{counted(len(history.orphans), 'orphan')}, whose words are no longer in the text:"
    for orphan in history.orphans:
        quote, before, after = (displayed(sanitize(part)) for part in orphan.anchor)
        yield f"  {paint.faint('…' + before)}[{quote}]{paint.faint(after + '…')}"
    if history.unreadable:
        yield ""
        yield f"{counted(len(history.unreadable), 'record')} from a newer version, kept but not applied"


def _as_object(document: Document, history: History) -> dict[str, Any]:
    from reader.annotate import describe_step

    in_force = {step.id for step in history.steps}
    return {
        "document": {"title": document.title, "source": document.source, "digest": document.digest},
        "steps": [
            {
                "id": step.id,
                "time": step.time,
                "author": step.author,
                "what": describe_step(step, document.text),
                "decisions": len(step.decisions),
                "undone": step.id not in in_force,
                "carried": step.carried_over,
            }
            for step in history.all_steps
        ],
        "orphans": [{"id": orphan.id, "step": orphan.step, **orphan.anchor._asdict()} for orphan in history.orphans],
        "unreadable": len(history.unreadable),
    }
