"""Run a batch from a command: sources from arguments, errors and progress on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from reader.cli.command_errors import CommandError, print_error
from reader.collection.batches.outcome import Outcome, WorkerError
from reader.collection.batches.progress import ProgressLine
from reader.collection.batches.reading_task import ReadingTask
from reader.collection.batches.resumable_task import ResumableTask, WithDigest
from reader.collection.batches.run_batch import FEW, run_batch
from reader.collection.batches.source_paths import SourcePaths

if TYPE_CHECKING:
    from argparse import ArgumentParser, _ActionsContainer

    from reader.cli.open_readings import Opener
    from reader.collection.batches.finished_sources import FinishedSources
    from reader.reading import Reading

ResultT = TypeVar("ResultT")
SOURCES_HELP: Final = (
    "a file, a folder with all files in it, a pattern such as 'reports/**/*.pdf', a file of many documents such as an "
    "archive or a mailbox, a URL, or - for standard input"
)


class BatchRun(Generic[ResultT]):
    """Iterates over the results of the documents that can be read, in order. Reports the others on stderr."""

    def __init__(
        self,
        opener: Opener,
        arguments: Sequence[str],
        result_of: Callable[[Reading], ResultT],
        *,
        processes: int = 0,
        prints: bool = False,
        finished: FinishedSources | None = None,
    ) -> None:
        """Prepare the run; iterating starts it.

        Args:
            opener: Opens the store.
            arguments: The sources: files, folders, patterns, URLs or "-".
            result_of: What to make of each document. It must be picklable.
            processes: The maximum number of processes; 0 for one per core.
            prints: Whether the command prints the results on stdout; in a terminal, they show the progress then.
            finished: What an interrupted run has finished, and where to keep what this one finishes.
        """
        self._opener = opener
        self._paths = SourcePaths(arguments)
        self._result_of = result_of
        self._processes = processes
        self._shows_progress = not (prints and sys.stdout.isatty())
        self._finished = finished
        self.failed = 0
        """The number of documents that could not be read."""
        self.done = 0
        """The number of documents with a result."""
        self.kept = 0
        """How many of them are from an interrupted run."""

    @property
    def many(self) -> bool:
        """Whether the arguments may stand for several documents."""
        return self._paths.many

    def outcomes(self) -> Iterator[Outcome[ResultT]]:
        """Yield the outcomes with a result, and report the others.

        Raises:
            CommandError: The decisions cannot be read, or the processes cannot be started.
        """
        self._opener.check_store()
        progress = progress_line(self._paths, enabled=self._shows_progress)
        try:
            for outcome in self._run():
                if outcome.members:
                    continue
                lines = (outcome.error, *outcome.notices) if outcome.error else outcome.notices
                if lines:
                    progress.clear()
                for line in lines:
                    print_error(line)
                if outcome.value is not None:
                    self.done += 1
                    yield outcome
                else:
                    self.failed += 1
                if self.done + self.failed > FEW:
                    progress.show(self.done + self.failed, self.failed, self.kept)
        except WorkerError as error:
            raise CommandError(str(error)) from None
        finally:
            progress.clear()

    def _run(self) -> Iterator[Outcome[ResultT]]:
        """Run the task, except for what is finished."""
        options, store = self._opener.reading_options, self._opener.store
        if self._finished is None:
            task = ReadingTask(options, self._result_of, store)
            yield from run_batch(task, self._paths, processes=self._processes)
            return
        resumable = ResumableTask(ReadingTask(options, WithDigest(self._result_of), store), self._finished.members)
        for outcome in run_batch(resumable, self._paths, processes=self._processes):
            finished, notices = outcome.value, outcome.notices
            if finished is not None and finished.is_kept:
                kept_outcome = self._finished.outcome(finished.source)
                finished, notices = kept_outcome.value, kept_outcome.notices
                self.kept += not outcome.members
            elif finished is not None:
                self._finished.add(outcome)
            value: ResultT | None = finished.value if finished is not None else None
            yield Outcome(outcome.source, value, outcome.error, outcome.members, notices)

    def __iter__(self) -> Iterator[ResultT]:
        for outcome in self.outcomes():
            if outcome.value is not None:
                yield outcome.value


def progress_line(paths: SourcePaths, *, enabled: bool = True) -> ProgressLine:
    """Return the line that shows the progress, if stderr is a terminal."""
    enabled = enabled and sys.stderr.isatty()
    return ProgressLine(sys.stderr, paths.count() if enabled else 0, enabled=enabled)


def add_sources(parser: ArgumentParser) -> None:
    """Add the arguments for many documents."""
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help=SOURCES_HELP,
    )
    add_processes(parser)


def add_processes(parser: _ActionsContainer) -> None:
    """Add the option for the number of processes."""
    parser.add_argument(
        "--processes",
        metavar="N",
        type=_count,
        default=0,
        help="work on up to N documents at a time; default: one per core",
    )


def _count(text: str) -> int:
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= 1024):
        raise ArgumentTypeError(f"{text!r} is not a number from 1 to 1024")
    return int(text)
