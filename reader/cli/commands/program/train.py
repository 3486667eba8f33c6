"""`reader model train`: train the bundled pipeline on the user's annotated documents."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError, print_error
from reader.cli.open_readings import Opener
from reader.display.counted import counted
from reader.settings import load_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.recognize.learning.fine_tuning import TuningProgress
    from reader.recognize.learning.trainer import TrainingOutcome, TrainingPlan
    from reader.recognize.learning.training_documents import TrainingDocument

_EPILOG = """\
Without FILE, training uses the documents that you made decisions about. The names you added, retagged,
merged or removed count as certain; everything else stays open. With --reviewed, every name in these
documents counts as correct, and nothing else counts as a name. Use it if you reviewed them completely.

With FILE, training uses the fully annotated documents in it (written by `reader export --to jsonl`).

Some documents are held back for evaluation. The new pipeline is used only if it does better on them
than the current one.
"""


def configure_training(parser: ArgumentParser) -> None:
    """Add the options of this action."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="a file of annotated documents; default: your annotations"
    )
    parser.add_argument(
        "--reviewed", action="store_true", help="treat the documents you made decisions about as completely reviewed"
    )
    parser.add_argument("--name", default="trained", help="name of the new pipeline; default: trained")
    parser.add_argument(
        "--from", dest="base", default="bundled", metavar="NAME", help="pipeline to start from; default: bundled"
    )
    parser.add_argument(
        "--hold-back",
        dest="every",
        type=int,
        default=5,
        metavar="N",
        help="hold back every Nth document for evaluation; default: 5",
    )


def train(options: Options) -> int:
    """Train, evaluate, and keep the better pipeline. Return the exit code."""
    if options.every < 2:
        raise CommandError("--hold-back must be at least 2")
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # set before NumPy is imported: several threads slow each other down
    if hasattr(os, "nice"):
        os.nice(5)
    from reader.recognize.learning.trainer import train as train_pipeline

    meter = _Meter()
    try:
        plan = _plan(options)
        outcome = train_pipeline(plan, on_progress=meter.show)
    except KeyboardInterrupt:
        meter.end()
        print_error("stopped: nothing was changed")
        raise
    finally:
        meter.end()
    for line in _report(outcome, plan):
        print(line)
    return 0


def _plan(options: Options) -> TrainingPlan:
    from reader.library.training_material import sample_lessons, texts_for_rehearsal
    from reader.recognize.learning.trainer import TrainingPlan

    rival: str | None = options.model or load_settings().model
    with Opener(options) as opener:
        lessons = _from_files(options.files) if options.files else _from_store(opener, rival, options.reviewed)
        rehearsal = texts_for_rehearsal(opener.store, lessons)
    return TrainingPlan(lessons, rehearsal, sample_lessons(), options.name, options.base, rival, options.every)


def _from_files(files: list[str]) -> list[TrainingDocument]:
    from reader.recognize.learning.evaluation import read_gold
    from reader.recognize.learning.training_documents import training_document

    return [training_document(gold) for path in files for gold in read_gold(Path(path))]


def _from_store(opener: Opener, model: str | None, reviewed: bool) -> list[TrainingDocument]:
    from reader.library.training_material import annotated_lessons
    from reader.recognize import mentions_of

    if not opener.store.readable:
        raise CommandError(opener.store.problem)
    return list(
        annotated_lessons(opener.store, lambda document: mentions_of(document, model).mentions, reviewed=reviewed)
    )


def _report(outcome: TrainingOutcome, plan: TrainingPlan) -> list[str]:
    """Return the lines that report the outcome."""
    from reader.recognize.models.catalog import checksum
    from reader.recognize.models.find import identify

    lines = [
        f"trained on {counted(outcome.trained_on, 'document')}, "
        f"evaluated on {outcome.held_back} (every {plan.every}th)",
        f"F on the held-back documents: {100 * outcome.new_score:.1f}; {outcome.baseline}: "
        f"{100 * outcome.baseline_score:.1f}",
        f"F on the samples: {100 * outcome.new_sample_score:.1f}; {plan.base}: {100 * outcome.base_sample_score:.1f}",
    ]
    if not outcome.accepted:
        reason = "it does worse on the samples" if outcome.forgets else "it is no better"
        return [*lines, f"not kept: {reason}; {outcome.baseline} stays in use"]
    lines.append(f"sha256 of the data   {checksum(identify(plan.name))}")
    if plan.baseline is not None:
        return [*lines, f"kept: to use it, pass --model {plan.name}, or remove `model` from config.toml"]
    return [*lines, f"used from now on; to go back, run `reader model remove {plan.name}`"]


class _Meter:
    """Shows progress on stderr: one line that is redrawn in a terminal, else one line per pass."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._start = time.monotonic()
        self._last = (0, 0.0)
        """The last pass reported, and the time in seconds."""
        self._width = 0

    def show(self, progress: TuningProgress) -> None:
        """Show the progress, at most ten times a second."""
        time_now = time.monotonic()
        if progress.step == 1:
            self._start = time_now
        number, last_time = self._last
        if number == progress.pass_number and (not self._live or time_now - last_time < 0.1):
            return
        self._last = progress.pass_number, time_now
        line = f"pass {progress.pass_number} of {progress.passes}, step {progress.step} of {progress.steps}"
        if completed := progress.step - 1:
            seconds = (time_now - self._start) / completed * (progress.steps - completed)
            line += f", about {seconds:.0f} s left"
        end = "" if self._live else "\n"
        print(f"\r{line:<{self._width}}" if self._live else line, end=end, file=sys.stderr, flush=True)
        self._width = len(line)

    def end(self) -> None:
        """Erase the line."""
        if self._live and self._width:
            print(f"\r{' ' * self._width}\r", end="", file=sys.stderr, flush=True)
        self._width = 0
