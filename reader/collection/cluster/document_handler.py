"""Runs on the workers of a Dask cluster: handles documents in processes of its own.

A document that crashes ends a process of ours and not the worker of Dask, which would take the documents of others
with it; several threads of a worker use several cores; and a document that takes too long can be given up. These are
the processes that work on one machine, too: see `WorkerPool`.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from reader.collection.batches.outcome import Outcome, WorkerError
from reader.collection.batches.worker_pool import WorkerPool
from reader.collection.cluster.installation import Installation, difference, installation
from reader.collection.cluster.portable_task import PortableTask
from reader.document.raw_source import RawSource

if TYPE_CHECKING:
    from distributed import Worker

Parcel: TypeAlias = Sequence[tuple[int, RawSource]]
"""Documents that travel together, each with its number."""

_IDLE_SECONDS: Final = 60.0
"""After this time without documents, processes end; the program that sent the documents may have been killed."""


class DocumentHandler(WorkerPlugin):
    """Handles the documents of one run of the program. Dask brings it to every worker, also to later ones."""

    def __init__(self, name: str, task: PortableTask[Any]) -> None:
        """Prepare it in the program.

        Args:
            name: A name that no other run has.
            task: What to do with a document.
        """
        self.name = name
        self._task = task
        self._folder = Path()
        self._is_unpacked = False
        self._has_ended = False
        self._idle: list[WorkerPool[RawSource, Any]] = []
        self._busy = 0
        """The number of threads that handle documents."""
        self._timer: Timer | None = None

    def setup(self, worker: Worker) -> None:
        """Prepare it on a worker. See `WorkerPlugin.setup`."""
        self._folder = Path(worker.local_directory) / self.name
        self._lock = Lock()
        # Dask makes its workers give memory back at once. Our processes would inherit that and take half as long again.
        os.environ.pop("MALLOC_TRIM_THRESHOLD_", None)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - the interface of Dask
        """End the processes that wait; those that work end after their document. See `WorkerPlugin.teardown`."""
        self._has_ended = True
        self._rest()

    def handle(self, parcel: Parcel) -> list[tuple[int, Outcome[Any]]]:
        """Return the outcomes of documents, as they come. May be called from several threads.

        Raises:
            WorkerError: The processes cannot be started, or the run was canceled.
        """
        pool = self._pool()
        outcomes: list[tuple[int, Outcome[Any]]] = []
        try:
            for number, raw in parcel:
                pool.submit(number, raw)
            while not pool.is_idle:
                outcomes += pool.outcomes()
                if self._has_ended:
                    raise WorkerError("the run was canceled")
        except BaseException:
            pool.close()
            self._give_back()
            raise
        self._give_back(pool)
        return outcomes

    def _pool(self) -> WorkerPool[RawSource, Any]:
        """Return a process that waits, or a new one."""
        with self._lock:
            self._stop_timer()
            self._busy += 1
            if self._idle:
                return self._idle.pop()
            if not self._is_unpacked:
                self._unpacked = self._task.unpacked(self._folder)
                self._is_unpacked = True
            # Dask starts workers as daemons, which may have no processes because they would outlive a kill. Ours do
            # not: they end when their pipe is closed.
            cast("Any", multiprocessing.current_process())._config["daemon"] = False
            return WorkerPool(self._unpacked, 1)

    def _give_back(self, *pools: WorkerPool[RawSource, Any]) -> None:
        with self._lock:
            self._idle += pools
            self._busy -= 1
            if not self._busy:
                self._timer = Timer(_IDLE_SECONDS, self._rest)
                self._timer.daemon = True
                self._timer.start()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _rest(self) -> None:
        """End the processes that wait, and remove the copies of the user's files from this machine."""
        with self._lock:
            if self._busy and not self._has_ended:
                return
            self._stop_timer()
            pools, self._idle = self._idle, []
            self._is_unpacked = False
            shutil.rmtree(self._folder, ignore_errors=True)
        for pool in pools:
            pool.close()


def handle_parcel(name: str, expected: Installation, model: str | None, data: bytes) -> bytes:
    """Return the pickled outcomes of a pickled parcel. Dask runs this on a worker.

    Args:
        name: The name of the handler.
        expected: What is installed where the documents come from.
        model: The pipeline.
        data: The parcel.

    Raises:
        WorkerError: This worker has something else installed, or cannot start processes.
    """
    worker = get_worker()
    if difference_here := difference(expected, installation(model)):
        raise WorkerError(f"the worker at {worker.address} {difference_here}")
    handler = worker.plugins.get(name)
    if not isinstance(handler, DocumentHandler):
        raise WorkerError(f"the worker at {worker.address} was not prepared for this run; see its log")
    try:
        return pickle.dumps(handler.handle(pickle.loads(data)), pickle.HIGHEST_PROTOCOL)
    except WorkerError as error:
        raise WorkerError(f"the worker at {worker.address}: {error}") from None
