"""`reader doctor`: check the installation, the settings and the annotations, and give advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.cli.arguments import add_color_options
from reader.cli.doctor.check import Check, Status
from reader.cli.doctor.installation_checks import all_checks
from reader.cli.doctor.store_checks import repair
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import align_columns, print_rows
from reader.display.counted import counted
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = "The exit code is 1 if a check fails. Warnings do not affect it."
    parser.add_argument("--quick", action="store_true", help="do not load the pipeline")
    parser.add_argument("--repair", action="store_true", help="repair the annotations first if they are damaged")
    add_color_options(parser)


def run(options: Options) -> int:
    """Print one line per check. Return 1 if one failed."""
    repaired = list(repair()) if options.repair else []
    checks = [*repaired, *all_checks(options.model, quick=options.quick)]
    print_rows(_rows(checks, paint_for(options)))
    return 1 if any(check.status is Status.FAIL for check in checks) else 0


def _rows(checks: list[Check], paint: Paint) -> Iterable[str]:
    rows = align_columns([(check.status, check.subject, one_line(check.finding)) for check in checks])
    styles = {Status.OK: paint.good, Status.WARN: paint.accent, Status.FAIL: paint.bad}
    for check, (status, subject, finding) in zip(checks, rows, strict=True):
        yield f"{styles[check.status](status)}  {subject}  {finding}"
        if check.advice:
            yield f"{' ' * (len(status) + 2)}{paint.faint('→ ' + one_line(check.advice))}"
    counts = Counter(check.status for check in checks)
    yield ""
    yield f"{counts[Status.OK]} ok, {counted(counts[Status.WARN], 'warning')}, {counts[Status.FAIL]} failed"
