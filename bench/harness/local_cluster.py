"""A Dask cluster on this machine, in processes of its own, and the processor time of each of its workers.

`python -m bench.harness.local_cluster WORKERS` prints the address of the scheduler. For each line of its input, it
prints the processor seconds of every worker so far, with the processes that the worker has ended; it ends with its
input.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, cast


class LocalWorkers:
    """The workers of a cluster."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._input, self._output = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
        self.address = self._output.readline().strip()

    def processor_seconds(self) -> list[float]:
        """Return the processor time of each worker so far."""
        self._input.write("\n")
        self._input.flush()
        return [float(word) for word in self._output.readline().split()]


@contextmanager
def local_workers(count: int, environment: Mapping[str, str]) -> Iterator[LocalWorkers]:
    """Start a cluster of workers with one thread each."""
    command = [sys.executable, "-m", "bench.harness.local_cluster", str(count)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield LocalWorkers(process)
        cast("IO[str]", process.stdin).close()


def _serve(count: int) -> None:
    import psutil
    from distributed import Client, LocalCluster

    cluster = LocalCluster(
        n_workers=count, threads_per_worker=1, memory_limit=0, dashboard_address=":0", silence_logs=60
    )
    with cluster, Client(cluster) as client:
        processes = [psutil.Process(pid) for pid in client.run(os.getpid).values()]
        print(cluster.scheduler_address, flush=True)
        for _ in sys.stdin:
            print(*(sum(process.cpu_times()[:4]) for process in processes), flush=True)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
