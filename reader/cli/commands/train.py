"""`reader model train`: the bundled pipeline learns from the user's own annotated articles."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.errors_as_lines import FaultError, complain
from reader.cli.open_readings import Opener
from reader.settings import load_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.recognize.learning.fine_tuning import Progress
    from reader.recognize.learning.lessons import Lesson
    from reader.recognize.learning.trainer import Outcome, Plan

_EPILOG = """\
Without FILE it learns from the articles in which you decided something: what you marked, retagged,
merged or removed is certain, all else is left open. With --reviewed whatever stands in them is right,
and nothing else is a name: for articles that you looked through.
FILEs hold articles annotated throughout (`reader export --to jsonl`).
Some articles are held back; the new pipeline is used only if it does better on them than the old one.
"""


def configure_training(parser: ArgumentParser) -> None:
    """Add the options of this action."""
    from argparse import RawDescriptionHelpFormatter

    parser.epilog, parser.formatter_class = _EPILOG, RawDescriptionHelpFormatter
    parser.add_argument("files", metavar="FILE", nargs="*", help="annotated articles; default: those in the store")
    parser.add_argument("--reviewed", action="store_true", help="you looked through the articles in the store")
    parser.add_argument("--name", default="trained", help="what to call the new pipeline; default: trained")
    parser.add_argument(
        "--from", dest="base", default="bundled", metavar="NAME", help="the pipeline that learns; default: bundled"
    )
    parser.add_argument(
        "--hold-back", dest="every", type=int, default=5, metavar="N", help="hold back each Nth article; default: 5"
    )


def train(options: Options) -> int:
    """Train, measure, and keep what is better; 1 where there is nothing to learn from."""
    if options.every < 2:
        raise FaultError("--hold-back takes a number from 2")
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # before NumPy is imported: more threads only get in each other's way
    if hasattr(os, "nice"):
        os.nice(5)
    from reader.recognize.learning.trainer import train as school

    meter = _Meter()
    try:
        plan = _plan(options)
        outcome = school(plan, tell=meter.show)
    except KeyboardInterrupt:
        meter.end()
        complain("stopped: everything is as it was")
        raise
    finally:
        meter.end()
    for line in _told(outcome, plan):
        print(line)
    return 0


def _plan(options: Options) -> Plan:
    from reader.library.training_material import sample_lessons, texts_for_rehearsal
    from reader.recognize.learning.trainer import Plan

    rival: str | None = options.model or load_settings().model
    with Opener(options) as opener:
        lessons = _from_files(options.files) if options.files else _from_store(opener, rival, options.reviewed)
        others = texts_for_rehearsal(opener.store, lessons)
    return Plan(lessons, others, sample_lessons(), options.name, options.base, rival, options.every)


def _from_files(files: list[str]) -> list[Lesson]:
    from reader.recognize.learning.evaluation import read_gold
    from reader.recognize.learning.lessons import lesson_of

    return [lesson_of(gold) for path in files for gold in read_gold(Path(path))]


def _from_store(opener: Opener, model: str | None, reviewed: bool) -> list[Lesson]:
    from reader.library.training_material import annotated_lessons
    from reader.recognize import mentions_of

    if not opener.store.readable:
        raise FaultError(opener.store.problem)
    return list(annotated_lessons(opener.store, lambda document: mentions_of(document, model).mentions, whole=reviewed))


def _told(outcome: Outcome, plan: Plan) -> list[str]:
    """Say what came of it."""
    from reader.recognize.models.catalog import checksum
    from reader.recognize.models.find import identify

    lines = [
        f"learnt from {_articles(outcome.learnt)}, measured on {outcome.held_back} held back (each {plan.every}th)",
        f"F on these: {100 * outcome.after:.1f}; {outcome.rival}: {100 * outcome.before:.1f}",
        f"F on the program's own articles: {100 * outcome.samples_after:.1f}; {plan.base}: "
        f"{100 * outcome.samples_before:.1f}",
    ]
    if not outcome.kept:
        why = "it forgets too much of other texts" if outcome.forgets else "it is no better"
        return [*lines, f"not kept: {why}; {outcome.rival} stays in use"]
    lines.append(f"sha256 of the data   {checksum(identify(plan.name))}")
    if plan.rival is not None:
        return [*lines, f"kept: use it with --model {plan.name}, or take `model` out of config.toml"]
    return [*lines, f"used from now on; `reader model remove {plan.name}` goes back"]


def _articles(number: int) -> str:
    return f"{number} article{'' if number == 1 else 's'}"


class _Meter:
    """A line on stderr that says how far it is; where that is no terminal, a line for each pass."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._began = time.monotonic()
        self._last = (0, 0.0)
        self._shown = 0

    def show(self, progress: Progress) -> None:
        """Say how far it is, at most ten times a second."""
        now = time.monotonic()
        if progress.step == 1:
            self._began = now
        number, then = self._last
        if number == progress.number and (not self._live or now - then < 0.1):
            return
        self._last = progress.number, now
        line = f"pass {progress.number} of {progress.passes}, step {progress.step} of {progress.steps}"
        if done := progress.step - 1:
            left = (now - self._began) / done * (progress.steps - done)
            line += f", about {left:.0f} s left"
        end = "" if self._live else "\n"
        print(f"\r{line:<{self._shown}}" if self._live else line, end=end, file=sys.stderr, flush=True)
        self._shown = len(line)

    def end(self) -> None:
        """Take the line away."""
        if self._live and self._shown:
            print(f"\r{' ' * self._shown}\r", end="", file=sys.stderr, flush=True)
        self._shown = 0
