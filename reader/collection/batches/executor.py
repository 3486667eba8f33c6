"""What runs the task of a batch: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, Self, TypeVar

from reader.collection.batches.outcome import Outcome, Task

ResultT = TypeVar("ResultT")


class Executor(Protocol[ResultT]):
    """Runs one task over sources. Use it in a `with` statement: the end of the block cancels what is not finished."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    @property
    def has_room(self) -> bool:
        """Whether another source can be submitted."""

    @property
    def is_idle(self) -> bool:
        """Whether every outcome was yielded."""

    @property
    def ahead(self) -> int:
        """The maximum number of sources in work and of outcomes that wait for an earlier one. It bounds the memory."""

    def submit(self, number: int, source: str, /) -> None:
        """Begin with a source; its number identifies its outcome."""

    def outcomes(self) -> Iterator[tuple[int, Outcome[ResultT]]]:
        """Wait until at least one source is finished, and yield the numbers and outcomes of all that are.

        Raises:
            WorkerError: The workers cannot be started or reached.
        """


class Cluster(Protocol):
    """Machines that can run a task."""

    def executor(self, task: Task[str, ResultT], /) -> Executor[ResultT]:
        """Return what runs a task there.

        Raises:
            WorkerError: The cluster cannot run it. The message is one line.
        """
