"""The connection to a Dask cluster. Dask is imported only here and in the modules that this one needs."""

from __future__ import annotations

import asyncio
import logging
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Self, TypeVar

from reader.collection.batches.outcome import Task, WorkerError
from reader.collection.batches.reading_task import ReadingTask
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from distributed import Client

    from reader.collection.batches.executor import Executor

ResultT = TypeVar("ResultT")

CONNECT_SECONDS: Final = 10.0
"""How long the cluster may take to answer."""
PATIENCE: Final = 60.0
"""How long workers may be missing, in seconds."""


class DaskCluster:
    """A Dask cluster. Use it in a `with` statement, which connects."""

    def __init__(self, address: str, *, connect_seconds: float = CONNECT_SECONDS, patience: float = PATIENCE) -> None:
        """Name the cluster.

        Args:
            address: The address of the scheduler, as `tcp://host:8786`.
            connect_seconds: How long it may take to answer.
            patience: Seconds to wait for workers if there are none.
        """
        self._address = address
        self._connect_seconds = connect_seconds
        self._patience = patience
        self._client: Client | None = None

    def __enter__(self) -> Self:
        """Connect.

        Raises:
            WorkerError: Dask is not installed, or there is no cluster at the address.
        """
        try:
            from distributed import Client
        except ImportError:
            raise WorkerError(
                "a cluster needs the package distributed: install entity-reader with the extra dask"
            ) from None
        _check_address(self._address)
        _silence_logs()
        try:
            _greet(self._address, self._connect_seconds)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that versions differ, which we check ourselves
                self._client = Client(self._address, timeout=self._connect_seconds, set_as_default=False)
        except Exception as error:  # whatever a stranger at the address may cause
            reason = str(error).partition("\n")[0] or f"within {self._connect_seconds:g} seconds"
            raise WorkerError(one_line(f"no Dask cluster answers at {self._address} ({reason})")) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close(timeout=self._connect_seconds)

    def executor(self, task: Task[str, ResultT], /) -> Executor[ResultT]:
        """See `Cluster.executor`. The task must be a `ReadingTask`."""
        from reader.collection.cluster.dask_executor import DaskExecutor

        if self._client is None or not isinstance(task, ReadingTask):
            raise TypeError("a cluster that is connected runs reading tasks only")
        return DaskExecutor(self._client, self._address, task, self._patience)


def _greet(address: str, seconds: float) -> None:
    """Connect for a moment. A client of Dask would wait without end for a stranger that is silent.

    Raises:
        Exception: There is no cluster.
    """
    from distributed.comm.core import connect
    from distributed.security import Security

    async def greet() -> None:
        arguments = Security().get_connection_args("client")
        comm = await asyncio.wait_for(connect(address, timeout=seconds, **arguments), seconds)
        await comm.close()

    with ThreadPoolExecutor(1) as thread:  # this one may run a loop already
        thread.submit(asyncio.run, greet()).result()


def _check_address(address: str) -> None:
    """Check the form of an address. Dask would wait a long time for a wrong one, and take "" for a cluster to start.

    Raises:
        WorkerError: It is no address.
    """
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    try:
        scheme, location = parse_address(address)
        get_backend(scheme)
        if not parse_host_port(location)[0]:
            raise ValueError("missing host")
    except ValueError as error:
        message = f"{address!r} is no address of a Dask cluster ({error}); an example: tcp://host:8786"
        raise WorkerError(one_line(message)) from None


def _silence_logs() -> None:
    """Keep Dask from printing what becomes a message of ours."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
