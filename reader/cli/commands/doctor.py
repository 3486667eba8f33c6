"""`reader doctor`: is everything in place, and if not, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.cli.arguments import add_look
from reader.cli.doctor.check import Check, Status
from reader.cli.doctor.installation_checks import all_checks
from reader.cli.doctor.store_checks import repair
from reader.cli.output.paint import Paint, paint_for_table
from reader.cli.output.table import align, put
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = "Exit code 1 where something does not work; what merely could be better is a warning."
    parser.add_argument("--quick", action="store_true", help="do not load the pipeline")
    parser.add_argument("--repair", action="store_true", help="mend the annotations first, if they are damaged")
    add_look(parser)


def run(options: Options) -> int:
    """Print one line per check; 1 where one failed."""
    repaired = list(repair()) if options.repair else []
    checks = [*repaired, *all_checks(options.model, quick=options.quick)]
    put(_rows(checks, paint_for_table(options)))
    return 1 if any(check.status is Status.FAIL for check in checks) else 0


def _rows(checks: list[Check], paint: Paint) -> Iterable[str]:
    rows = align([(check.status, check.what, one_line(check.found)) for check in checks])
    looks = {Status.OK: paint.good, Status.WARN: paint.accent, Status.FAIL: paint.bad}
    for check, (status, what, found) in zip(checks, rows, strict=True):
        yield f"{looks[check.status](status)}  {what}  {found}"
        if check.advice:
            yield f"{' ' * (len(status) + 2)}{paint.faint('→ ' + one_line(check.advice))}"
    counts = Counter(check.status for check in checks)
    yield ""
    yield f"{counts[Status.OK]} ok, {counts[Status.WARN]} to look at, {counts[Status.FAIL]} failed"
