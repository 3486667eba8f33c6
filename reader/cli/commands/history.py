"""`reader history SOURCE`: what was decided about an article, when, and what of it was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_look, add_source
from reader.cli.errors_as_lines import FaultError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for_table
from reader.cli.output.table import GAP, align, put, put_json
from reader.display.cells import displayed
from reader.document.sanitize import one_line, sanitize

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.annotate import History
    from reader.cli.arguments import Options
    from reader.document import Document


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    add_source(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    add_look(parser)


def run(options: Options) -> int:
    """Print every step in order, then what lost its place."""
    with Opener(options) as opener:
        document = opener.document(options.source)
        history = opener.store.history(document)
        if not opener.store.readable:
            raise FaultError(opener.store.problem)
        if options.format == "json":
            put_json(_as_object(document, history))
        else:
            put(_rows(document, history, paint_for_table(options)))
        return finish(opener)


def _rows(document: Document, history: History, paint: Paint) -> Iterator[str]:
    from reader.annotate import describe_step
    from reader.annotate.describe import describe_state, local_time

    if not history.past:
        yield "nothing was decided about this article yet"
    standing, undone = ({step.id for step in steps} for steps in (history.steps, history.undone))
    said = [(local_time(step.time), one_line(step.author), describe_step(step, document.text)) for step in history.past]
    for step, (when, author, what) in zip(history.past, align(said), strict=True):
        more = describe_state(step, standing, undone)
        tail = f"{GAP}{paint.faint(more)}" if more else ""
        yield f"{paint.faint(when)}{GAP}{author}{GAP if author.strip() else ''}{what}{tail}"
    if history.orphans:
        yield ""
        yield f"{len(history.orphans)} lost their place in the text:"
    for orphan in history.orphans:
        quote, before, after = (displayed(sanitize(part)) for part in orphan.anchor)
        yield f"  {paint.faint('…' + before)}[{quote}]{paint.faint(after + '…')}"
    if history.unreadable:
        yield ""
        yield f"{len(history.unreadable)} records cannot be read by this version; they are kept"


def _as_object(document: Document, history: History) -> dict[str, Any]:
    from reader.annotate import describe_step

    standing = {step.id for step in history.steps}
    return {
        "document": {"title": document.title, "source": document.source, "digest": document.digest},
        "steps": [
            {
                "id": step.id,
                "time": step.time,
                "author": step.author,
                "what": describe_step(step, document.text),
                "decisions": len(step.decisions),
                "undone": step.id not in standing,
                "carried": step.carried,
            }
            for step in history.past
        ],
        "orphans": [{"id": orphan.id, "step": orphan.step, **orphan.anchor._asdict()} for orphan in history.orphans],
        "unreadable": len(history.unreadable),
    }
