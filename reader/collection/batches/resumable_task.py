"""A task that does not do again what an interrupted batch has finished."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reader.collection.batches.file_state import FileState, file_state
from reader.collection.batches.outcome import Outcome, Task
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.reading import Reading

ResultT = TypeVar("ResultT")


class FinishedSource(NamedTuple):
    """What a batch has made of a source."""

    source: str
    """The source as it was given to the task."""
    value: Any = None
    """The result; None for a file of many documents."""
    digest: str = ""
    """The digest of the document."""
    path: str = ""
    """The file that the document is in."""
    state: FileState | None = None
    """What tells whether the file has changed; None if it is no file."""
    is_kept: bool = False
    """Whether it is finished since an earlier run, whose outcome has the value."""


@dataclass(frozen=True, slots=True)
class WithDigest(Generic[ResultT]):
    """Makes a result of a reading, and adds the digest of its document."""

    result_of: Callable[[Reading], ResultT]

    def __call__(self, reading: Reading) -> FinishedSource:
        """Return what `result_of` returns, with the digest."""
        return FinishedSource("", self.result_of(reading), reading.document.digest)


@dataclass(frozen=True, slots=True)
class ResumableTask:
    """Runs a task, except for sources that are finished."""

    task: Task[str, FinishedSource]
    """A task whose results are those of `WithDigest`."""
    finished: Mapping[str, tuple[str, ...]]
    """The finished sources, each with the documents in it."""

    def __call__(self, source: str) -> Outcome[FinishedSource]:
        """Handle a source. See `Task`."""
        members = self.finished.get(source)
        if members is not None:
            return Outcome(source, FinishedSource(source, is_kept=True), members=members)
        from reader.document.loading import split_address

        path = split_address(source)[0]
        state = file_state(path)
        outcome = self.task(source)
        if outcome.error:
            return outcome
        finished = outcome.value or FinishedSource("")
        return replace(outcome, value=finished._replace(source=source, path=path, state=state))
