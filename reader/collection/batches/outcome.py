"""What comes of one source in a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeAlias, TypeVar

from reader.document.raw_source import RawSource
from reader.document.sanitize import one_line
from reader.structures.lazy_dataclass import dataclass

ResultT = TypeVar("ResultT")
SourceT = TypeVar("SourceT", bound=str | RawSource)
"""A source, or its bytes, with its name."""


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


Task: TypeAlias = Callable[[SourceT], Outcome[ResultT]]
"""Handles one source. To run in several processes, a task and its results must be picklable."""


class WorkerError(Exception):
    """Workers cannot be started or reached. The message is one clear line for the user."""


def handle_source(task: Callable[[SourceT], ResultT], source: SourceT) -> ResultT | Outcome[Any]:
    """Run a task; an unexpected error becomes an outcome, so that one document does not end a batch."""
    try:
        return task(source)
    except Exception as error:
        lines = str(error).strip().splitlines()
        reason = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
        return skipped(source, f"unexpected {reason}")


def skipped(source: str | RawSource, reason: str) -> Outcome[Any]:
    """Return the outcome of a source that is given up."""
    name = source_name(source)
    return Outcome(name, error=one_line(f"{name}: skipped, {reason}"))


def source_name(source: str | RawSource) -> str:
    """Return a source as the user wrote it."""
    return source if isinstance(source, str) else source.source
