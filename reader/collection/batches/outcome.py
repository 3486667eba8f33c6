"""What comes of one source in a batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from reader.document.sanitize import one_line

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[ResultT]):
    """The result of one document, the reason why there is none, or the documents in a file of many."""

    source: str
    value: ResultT | None = None
    error: str = ""
    """Why there is no result, as one line for the user that names the source; "" if there is one."""
    members: tuple[str, ...] = ()
    """The addresses of the documents in a file of many, in order."""
    notices: tuple[str, ...] = ()
    """What the user should know about the result, each as one line."""


Task: TypeAlias = Callable[[str], Outcome[ResultT]]
"""Handles one source. To run in several processes, a task and its results must be picklable."""


class WorkerError(Exception):
    """Worker processes cannot be started. The message is one clear line for the user."""


def handle_source(task: Task[ResultT], source: str) -> Outcome[ResultT]:
    """Run a task; an unexpected error becomes an outcome, so that one document does not end a batch."""
    try:
        return task(source)
    except Exception as error:
        lines = str(error).strip().splitlines()
        reason = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
        return Outcome(source, error=one_line(f"{source}: skipped, unexpected {reason}"))
