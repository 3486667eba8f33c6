"""Batches on a cluster: lost workers, documents that end workers, wrong addresses, other versions, interrupts."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.collection.batches.outcome import Outcome, WorkerError
from reader.collection.batches.reading_task import ReadingTask
from reader.collection.batches.run_batch import run_batch
from reader.collection.cluster import installation as installation_module
from reader.collection.cluster.dask_cluster import DaskCluster
from tests.collection.cluster.conftest import Prime, started_cluster

if TYPE_CHECKING:
    from distributed import Worker

    from reader.reading import Reading

distributed = pytest.importorskip("distributed")
linux = pytest.mark.skipif(sys.platform != "linux", reason="signals as on Linux")


@dataclass(frozen=True)
class Scripted:
    """Does what a document says, and returns its title."""

    folder: Path

    def __call__(self, reading: Reading) -> str:
        text = reading.document.text
        if "crashes" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "ends its worker" in text:
            os.kill(os.getppid(), signal.SIGKILL)
        if "waits" in text:
            (self.folder / f"{reading.document.title}.begun").touch()
            while not (self.folder / "go-on").exists():
                time.sleep(0.01)
        return reading.document.title


def written(folder: Path, texts: dict[str, str]) -> list[str]:
    """Write documents and return their paths."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return [str(folder / f"{name}.txt") for name in texts]


def results(outcomes: Iterator[Outcome[str]]) -> list[str | None]:
    """Return the results of the outcomes, or their errors without the folder."""
    return [outcome.value or outcome.error.rpartition("/")[2] for outcome in outcomes if not outcome.members]


def plain(number: int) -> str:
    return f"Tallinn slept on day {number}."


@linux
def test_a_document_that_crashes_is_named_and_the_others_are_handled(
    address: str, prime: Prime, tmp_path: Path
) -> None:
    paths = written(tmp_path, {f"n{number}": plain(number) for number in range(20)} | {"bad": "Tallinn crashes."})
    order = [*paths[:9], paths[-1], *paths[9:-1]]
    with DaskCluster(address) as cluster:
        outcomes = run_batch(ReadingTask(prime(*paths), Scripted(tmp_path)), order, cluster=cluster)
        titles = [f"N{number}" for number in range(20)]
        crash = "bad.txt: skipped, it ended its process (SIGKILL)"
        assert results(outcomes) == [*titles[:9], crash, *titles[9:]]


@linux
def test_a_document_that_ends_two_workers_is_named_and_the_others_are_handled(
    address: str, prime: Prime, tmp_path: Path
) -> None:
    paths = written(tmp_path, {f"n{number}": plain(number) for number in range(20)} | {"bad": "It ends its worker."})
    order = [*paths[:5], paths[-1], *paths[5:-1]]
    with DaskCluster(address) as cluster:
        outcomes = run_batch(ReadingTask(prime(*paths), Scripted(tmp_path)), order, cluster=cluster)
        titles = [f"N{number}" for number in range(20)]
        end = "bad.txt: skipped, it ended the workers of the cluster that handled it"
        assert results(outcomes) == [*titles[:5], end, *titles[5:]]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT raises an exception, also if the tests run in the background."""
    earlier_handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, earlier_handler)


@linux
@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_cancels_what_was_sent(address: str, prime: Prime, tmp_path: Path) -> None:
    paths = written(tmp_path, {f"n{number}": f"It waits {number}." for number in range(60)})

    def interrupt() -> None:
        while not list(tmp_path.glob("*.begun")):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    with DaskCluster(address) as cluster:
        outcomes = run_batch(ReadingTask(prime(*paths), Scripted(tmp_path)), paths, cluster=cluster)
        threading.Thread(target=interrupt).start()
        with pytest.raises(KeyboardInterrupt):
            next(outcomes)
    with closing(distributed.Client(address, set_as_default=False)) as client:
        while any(client.processing().values()):
            time.sleep(0.01)
        (tmp_path / "go-on").touch()
        while any(client.run(busy_threads).values()):
            time.sleep(0.01)
    assert len(list(tmp_path.glob("*.begun"))) < 20


def busy_threads(dask_worker: Worker) -> int:
    """Return how many threads of a worker are at work."""
    return len(dask_worker.active_threads)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("", "'' is no address of a Dask cluster (missing port number in address ''); an example: tcp://host:8786"),
        ("elsewhere", "'elsewhere' is no address of a Dask cluster (missing port number"),
        ("http://host:80", "'http://host:80' is no address of a Dask cluster (unknown address scheme"),
        ("tcp://:8786", "'tcp://:8786' is no address of a Dask cluster (missing host)"),
        ("tls://127.0.0.1:9", "no Dask cluster answers at tls://127.0.0.1:9"),
    ],
)
def test_an_address_that_is_none_is_said_at_once(wrong: str, message: str) -> None:
    with pytest.raises(WorkerError) as error, DaskCluster(wrong, connect_seconds=1):
        pass
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_an_address_where_nobody_or_a_stranger_answers_is_said() -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        address = f"tcp://127.0.0.1:{stranger.getsockname()[1]}"
        with pytest.raises(WorkerError, match="no Dask cluster answers at"), DaskCluster(address, connect_seconds=1):
            pass
    with pytest.raises(WorkerError, match="no Dask cluster answers at"), DaskCluster(address, connect_seconds=1):
        pass


def test_another_version_on_the_workers_is_said(
    address: str, prime: Prime, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation_module, "code_digest", lambda: "0123abcd")
    installation_module.installation.cache_clear()
    options = prime(papers / "a.txt")
    with DaskCluster(address) as cluster, pytest.raises(WorkerError) as error:
        list(run_batch(ReadingTask(options, Scripted(papers)), [str(papers / "a.txt")], cluster=cluster))
    installation_module.installation.cache_clear()
    assert str(error.value).startswith("the worker at tcp://127.0.0.1:")
    assert "has another version of the program: 0.1.0 (" in str(error.value)
    assert str(error.value).endswith("), not 0.1.0 (0123abcd)")


def test_workers_without_the_program_are_said(prime: Prime, papers: Path, tmp_path: Path) -> None:
    task, source = ReadingTask(prime(papers / "a.txt"), Scripted(papers)), str(papers / "a.txt")
    preload = tmp_path / "without_the_program.py"
    preload.write_text("import sys\nsys.modules['reader'] = None\n")
    with (
        started_cluster(tmp_path / "other", 1, preload=[str(preload)]) as other,
        DaskCluster(other.scheduler_address) as cluster,
        pytest.raises(WorkerError, match=r"has no program of this version .*; install the same version on every machi"),
    ):
        list(run_batch(task, [source], cluster=cluster))


def test_a_cluster_without_workers_is_said(prime: Prime, papers: Path, tmp_path: Path) -> None:
    task, source = ReadingTask(prime(papers / "a.txt"), Scripted(papers)), str(papers / "a.txt")
    with (
        started_cluster(tmp_path / "empty", 0) as empty,
        DaskCluster(empty.scheduler_address, patience=0.1) as cluster,
        pytest.raises(WorkerError, match="has no workers"),
    ):
        list(run_batch(task, [source], cluster=cluster))


def test_the_libraries_that_decide_results_are_those_of_the_program() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(installation_module.PACKAGES) <= {line.partition(">")[0] for line in project["dependencies"]}
