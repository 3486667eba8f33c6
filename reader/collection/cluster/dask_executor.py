"""Sends the documents of a batch to a Dask cluster, a few at a time. See `Executor`.

Dask hands the documents of a lost worker to another one. If it gives up because too many workers ended, each of these
documents is tried alone, so that the one that ends workers is named and the others are handled.
"""

from __future__ import annotations

import pickle
import time
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar
from uuid import uuid4

from distributed import CancelledError, KilledWorker

from reader.collection.batches.outcome import Outcome, WorkerError, handle_source, skipped
from reader.collection.batches.reading_task import ReadingTask
from reader.collection.cluster.document_handler import DocumentHandler, handle_parcel
from reader.collection.cluster.installation import difference, installation
from reader.collection.cluster.portable_task import portable_task
from reader.document.raw_source import RawSource
from reader.document.sanitize import one_line
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from distributed import Client, Future

ResultT = TypeVar("ResultT")

PARCEL_DOCUMENTS: Final = 8
"""The maximum number of documents that travel together."""
_PARCEL_BYTES: Final = 1_000_000
"""A parcel of this size is full."""
_PARCELS_PER_THREAD: Final = 2
"""One that is handled, and the next one."""
_AHEAD: Final = 2
"""Finished documents that may wait for an earlier one, for each that is being handled."""
_MISSING: Final = lazy_pattern("(?:ModuleNotFound|Import|Attribute)Error")
_CHECK_SECONDS: Final = 5.0
"""How often the workers are counted."""


@dataclass(slots=True)
class _Parcel:
    """Documents that travel together."""

    sources: dict[int, str] = field(default_factory=dict)
    """By number."""
    contents: list[tuple[int, RawSource]] = field(default_factory=list)
    """Until they are sent."""
    size: int = 0
    """Bytes of the contents."""
    is_suspect: bool = False
    """Whether workers have ended while they handled it with others."""


class DaskExecutor(Generic[ResultT]):
    """Runs a task on the workers of a cluster."""

    def __init__(self, client: Client, address: str, task: ReadingTask[ResultT], patience: float) -> None:
        """Check the workers, and prepare them for the task.

        Args:
            client: The connection.
            address: The address of the cluster, for messages.
            task: The task.
            patience: Seconds to wait for workers if there are none.

        Raises:
            WorkerError: A worker cannot run the task.
        """
        self._client = client
        self._address = address
        self._task = task
        self._patience = patience
        self._name = f"entity-reader-{uuid4().hex}"
        self._portable = portable_task(task)
        self._model = self._portable.task.options.model
        self._installation = installation(self._model)
        self._finished: list[tuple[int, Outcome[ResultT]]] = []
        self._open = _Parcel()
        self._sent: dict[Future[bytes], _Parcel] = {}
        self._suspects: deque[_Parcel] = deque()
        self._done: SimpleQueue[Future[bytes]] = SimpleQueue()
        self._sent_parcels = 0
        self._threads = 1
        self._counted_at = self._last_worker_at = time.monotonic()
        self._is_prepared = False

    def __enter__(self) -> Self:
        try:
            self._count_threads()
            self._check_installations()
            self._client.register_plugin(DocumentHandler(self._name, self._portable), name=self._name)
            self._is_prepared = True
        except (OSError, CancelledError) as error:
            raise self._lost() from error
        except (ImportError, AttributeError) as error:
            raise WorkerError(one_line(f"a worker of the cluster at {self._address} {_reason(error)}")) from error
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def has_room(self) -> bool:
        """See `Executor.has_room`. Suspects are tried alone, so nothing else is sent until they are finished."""
        return not self._suspects and self._in_work < self._room

    @property
    def is_idle(self) -> bool:
        """See `Executor.is_idle`."""
        return not (self._finished or self._open.sources or self._sent or self._suspects)

    @property
    def ahead(self) -> int:
        """See `Executor.ahead`."""
        return self._room * _AHEAD

    @property
    def _room(self) -> int:
        return self._threads * _PARCELS_PER_THREAD * PARCEL_DOCUMENTS

    @property
    def _in_work(self) -> int:
        sent = sum(len(parcel.sources) for parcel in self._sent.values())
        return sent + len(self._open.sources) + len(self._finished)

    def submit(self, number: int, source: str, /) -> None:
        """See `Executor.submit`. The document is read here."""
        fetched = handle_source(self._task.fetch, source)
        if isinstance(fetched, Outcome):
            self._finished.append((number, fetched))
            return
        parcel = self._open
        parcel.sources[number] = source
        parcel.contents.append((number, fetched))
        parcel.size += len(fetched.data)
        if len(parcel.sources) >= PARCEL_DOCUMENTS or parcel.size >= _PARCEL_BYTES:
            self._send_open_parcel()

    def outcomes(self) -> Iterator[tuple[int, Outcome[ResultT]]]:
        """See `Executor.outcomes`."""
        self._send_open_parcel()
        while not self._finished and not self.is_idle:
            if self._suspects and not self._sent:
                self._send_suspect(self._suspects.popleft())
                continue
            self._count_threads_sometimes()
            with suppress(Empty):
                self._receive(self._done.get(timeout=_CHECK_SECONDS))
        finished, self._finished = self._finished, []
        yield from finished

    def close(self) -> None:
        """Cancel what was sent, and end the processes on the workers."""
        if self._client.status != "running":
            return
        with suppress(Exception):  # the cluster may be gone meanwhile
            self._client.cancel(list(self._sent), force=True)
            if self._is_prepared:
                self._client.unregister_worker_plugin(self._name)
        self._sent.clear()

    def _check_installations(self) -> None:
        """Check that every worker has what this program has.

        Raises:
            WorkerError: One has not.
        """
        answers = self._client.run(installation, self._model, on_error="return")
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, Exception):
                raise WorkerError(one_line(f"the worker at {worker} {_reason(answer)}"))
            if their_difference := difference(self._installation, answer):
                raise WorkerError(one_line(f"the worker at {worker} {their_difference}"))

    def _send_open_parcel(self) -> None:
        if self._open.sources:
            parcel, self._open = self._open, _Parcel()
            self._send(parcel)

    def _send_suspect(self, parcel: _Parcel) -> None:
        """Read and send a document that is tried alone."""
        for number, source in parcel.sources.items():
            fetched = handle_source(self._task.fetch, source)
            if isinstance(fetched, Outcome):
                self._finished.append((number, fetched))
            else:
                parcel.contents.append((number, fetched))
        if parcel.contents:
            self._send(parcel)

    def _send(self, parcel: _Parcel) -> None:
        data = pickle.dumps(parcel.contents, pickle.HIGHEST_PROTOCOL)
        parcel.contents = []
        self._sent_parcels += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a document is large
            future = self._client.submit(
                handle_parcel,
                *(self._name, self._installation, self._model, data),
                key=f"{self._name}-{self._sent_parcels}",
                pure=False,
            )
        self._sent[future] = parcel
        future.add_done_callback(self._done.put)

    def _receive(self, future: Future[bytes]) -> None:
        """Take the outcomes of a parcel, or find out why there are none.

        Raises:
            WorkerError: The workers cannot go on.
        """
        parcel = self._sent.pop(future, None)
        if parcel is None:
            return
        try:
            self._finished += pickle.loads(future.result())
        except KilledWorker:
            self._suspect(parcel)
        except WorkerError as error:
            raise WorkerError(one_line(str(error))) from error
        except (CancelledError, OSError, TimeoutError) as error:
            raise self._lost() from error
        except Exception as error:
            raise WorkerError(one_line(f"a worker of the cluster at {self._address} {_reason(error)}")) from error

    def _suspect(self, parcel: _Parcel) -> None:
        if parcel.is_suspect:
            reason = "it ended the workers of the cluster that handled it"
            self._finished += [(number, skipped(source, reason)) for number, source in parcel.sources.items()]
            return
        self._suspects += (_Parcel({number: source}, is_suspect=True) for number, source in parcel.sources.items())

    def _count_threads_sometimes(self) -> None:
        if time.monotonic() - self._counted_at < _CHECK_SECONDS:
            return
        try:
            self._count_threads()
        except (OSError, CancelledError, RuntimeError) as error:
            raise self._lost() from error

    def _count_threads(self) -> None:
        """Count the threads of the workers, and wait a while if there are none.

        Raises:
            WorkerError: There are none for too long.
        """
        while True:
            threads = sum(self._client.nthreads().values())
            self._counted_at = time.monotonic()
            if threads:
                self._threads, self._last_worker_at = threads, self._counted_at
                return
            if self._counted_at - self._last_worker_at >= self._patience:
                raise WorkerError(one_line(f"the cluster at {self._address} has no workers"))
            time.sleep(min(1.0, self._patience / 4))

    def _lost(self) -> WorkerError:
        return WorkerError(one_line(f"the connection to the cluster at {self._address} was lost"))


def _reason(error: Exception) -> str:
    """Return why a worker cannot run the program, as the end of a sentence."""
    # An error while Dask looks up our function arrives as an Exception with the error's name and arguments.
    if isinstance(error, ImportError | AttributeError) or _MISSING.match(str(error)):
        return f"has no program of this version ({error}); install the same version on every machine"
    return f"cannot run the program: {type(error).__name__}: {error}"
