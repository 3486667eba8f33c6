"""Worker processes that handle the sources of a batch. A worker that dies is replaced, and its source is named.

Workers are started afresh ("spawn"), so that they inherit no locks, threads or open files. Each handles one source
after another; a second one waits in its pipe. After some thousand sources another worker takes its place, for caches
and the vocabulary of a pipeline grow with every text. When this process ends, also by a kill, the workers end too:
their pipes are closed.
"""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

from reader.collection.batches.outcome import (
    Outcome,
    SourceT,
    Task,
    WorkerError,
    handle_source,
    skipped,
)
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

ResultT = TypeVar("ResultT")

_PREFETCHED: Final = 2
"""Sources per worker: the one that it handles, and the next one."""
_AHEAD: Final = 16
"""Finished documents per process that may wait for an earlier one."""
_ATTEMPTS: Final = 2
"""How often a source is tried that ends its worker: the first time, something else may have been the reason."""
MOST_SOURCES: Final = 2_000
"""Sources that a worker handles before another one takes its place."""
TIME_LIMIT: Final = 600.0
"""Seconds after which a worker that handles one source is ended."""


class _Worker(Generic[SourceT]):
    """A process with its pipe and the numbers of the sources that it has been given."""

    def __init__(self, task: Task[SourceT, Any]) -> None:
        context = get_context("spawn")
        self.connection, remote = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_run_worker, args=(task, remote), daemon=True)
        with _interrupts_blocked():
            self.process.start()
        remote.close()
        self.sources: deque[tuple[int, SourceT]] = deque()
        self.is_ready = False
        self.started_at = 0.0
        """When the first of its sources was begun, in seconds of the monotonic clock."""
        self.handled = 0
        """How many sources it has finished."""


class WorkerPool(Generic[SourceT, ResultT]):
    """A fixed number of workers that run one task. See `Executor`; the sources may also be bytes with their names."""

    def __init__(
        self,
        task: Task[SourceT, ResultT],
        processes: int,
        *,
        time_limit: float = TIME_LIMIT,
        most_sources: int = MOST_SOURCES,
    ) -> None:
        self._task = task
        self._time_limit = time_limit
        self._most_sources = most_sources
        self._processes = processes
        self._workers: list[_Worker[SourceT]] = []
        self._waiting: deque[tuple[int, SourceT]] = deque()
        self._attempts: dict[int, int] = {}
        """By number of a source: how many workers have ended while they handled it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def has_room(self) -> bool:
        """Whether a worker could take another source."""
        return len(self._waiting) + self._running < self._processes * _PREFETCHED

    @property
    def is_idle(self) -> bool:
        """Whether no source is waiting or being handled."""
        return not self._waiting and not self._running

    @property
    def ahead(self) -> int:
        """See `Executor.ahead`."""
        return _AHEAD * self._processes

    @property
    def _running(self) -> int:
        return sum(len(worker.sources) for worker in self._workers)

    def submit(self, number: int, source: SourceT, /) -> None:
        """Give a source to the workers; its number identifies its outcome."""
        self._waiting.append((number, source))
        self._distribute()

    def outcomes(self) -> Iterator[tuple[int, Outcome[ResultT]]]:
        """Wait until at least one source is finished, and yield the numbers and outcomes of all that are.

        Raises:
            WorkerError: The workers end before they have begun.
        """
        finished: list[tuple[int, Outcome[ResultT]]] = []
        while not finished and not self.is_idle:
            self._distribute()
            connections: dict[Any, _Worker[SourceT]] = {worker.connection: worker for worker in self._workers}
            sentinels: dict[Any, _Worker[SourceT]] = {worker.process.sentinel: worker for worker in self._workers}
            signaled = wait([*connections, *sentinels], timeout=self._seconds_left())
            for worker in dict.fromkeys(connections.get(item) or sentinels[item] for item in signaled):
                finished += self._received(worker)
            for worker in list(self._workers):
                finished += self._removed_if_ended(worker)
            self._distribute()
        yield from finished

    def close(self) -> None:
        """End the workers at once."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.connection.close()
        self._workers.clear()

    def _distribute(self) -> None:
        """Start missing workers, and give waiting sources to the workers with the fewest."""
        for worker in [worker for worker in self._workers if self._is_used_up(worker) and not worker.sources]:
            worker.connection.close()  # it ends
            worker.process.join()
            self._workers.remove(worker)
        while len(self._workers) < min(self._processes, self._running + len(self._waiting)):
            try:
                self._workers.append(_Worker(self._task))
            except OSError as error:
                if not self._workers:
                    raise WorkerError(f"cannot start a worker process: {error.strerror or error}") from error
                break
        while self._waiting:
            lasting = [worker for worker in self._workers if not self._is_used_up(worker)]
            if not lasting:
                break
            worker = min(lasting, key=lambda candidate: len(candidate.sources))
            if len(worker.sources) >= _PREFETCHED:
                break
            number, source = self._waiting.popleft()
            if not worker.sources:
                worker.started_at = time.monotonic()
            worker.sources.append((number, source))
            with suppress(OSError):  # a worker that has ended is found out by its sentinel
                worker.connection.send((number, source))

    def _is_used_up(self, worker: _Worker[SourceT]) -> bool:
        """Return whether a worker gets no more sources."""
        return worker.handled + len(worker.sources) >= self._most_sources

    def _seconds_left(self) -> float:
        longest = max((self._seconds_of(worker) for worker in self._workers if worker.sources), default=0.0)
        return max(self._time_limit - longest, 0.01)

    @staticmethod
    def _seconds_of(worker: _Worker[Any]) -> float:
        """Return how long a worker has handled its source; 0 while the worker starts."""
        return time.monotonic() - worker.started_at if worker.is_ready else 0.0

    def _received(self, worker: _Worker[SourceT]) -> list[tuple[int, Outcome[ResultT]]]:
        """Return what a worker has sent so far."""
        received: list[tuple[int, Outcome[ResultT]]] = []
        try:
            while worker.connection.poll():
                message = worker.connection.recv()
                if message is None:
                    worker.is_ready, worker.started_at = True, time.monotonic()
                    continue
                number, outcome = message
                worker.sources.popleft()
                worker.handled += 1
                worker.started_at = time.monotonic()
                self._attempts.pop(number, None)
                received.append((number, outcome))
        except (EOFError, OSError):
            worker.process.join(1)
        return received

    def _removed_if_ended(self, worker: _Worker[SourceT]) -> list[tuple[int, Outcome[ResultT]]]:
        """Remove a worker that has ended or takes too long. Return the outcome of a source that is given up."""
        is_late = worker.is_ready and bool(worker.sources) and self._seconds_of(worker) > self._time_limit
        if worker.process.is_alive() and not is_late:
            return []
        outcomes = [] if is_late else self._received(worker)
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        if not worker.is_ready:
            raise WorkerError(f"a worker process ended before it began ({_ending(worker.process.exitcode)})")
        if worker.sources:
            number, source = worker.sources.popleft()
            self._attempts[number] = self._attempts.get(number, 0) + 1
            if self._attempts[number] < _ATTEMPTS and not is_late:
                worker.sources.appendleft((number, source))
            else:
                del self._attempts[number]
                took_long = f"it took longer than {self._time_limit:.0f} seconds"
                reason = took_long if is_late else f"it ended its process ({_ending(worker.process.exitcode)})"
                outcomes.append((number, skipped(source, reason)))
        self._waiting.extendleft(reversed(worker.sources))
        return outcomes


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _pickled(number: int, outcome: Outcome[Any]) -> bytes:
    """Return an outcome as bytes. One that cannot be pickled is an error of its source."""
    try:
        return pickle.dumps((number, outcome), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        reason = f"its result cannot be handed to another process ({error})"
        failure: Outcome[Any] = Outcome(outcome.source, error=one_line(f"{outcome.source}: {reason}"))
        return pickle.dumps((number, failure))


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Keep Ctrl+C from this process for a moment, and for ever from processes that it starts meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    mask: Sequence[Any] = list(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _run_worker(task: Task[Any, Any], connection: Connection) -> None:
    """Handle sources until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        connection.send(None)
        while True:
            number, source = connection.recv()
            connection.send_bytes(_pickled(number, handle_source(task, source)))
    except (EOFError, OSError):
        # The process that asked is gone; nobody waits for the rest.
        os._exit(0)
