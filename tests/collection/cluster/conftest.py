"""A Dask cluster of two worker processes, and documents whose names are in its cache."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reader.collection.batches.reading_task import ReadingOptions
from reader.document import load
from reader.recognize.models.find import identify
from reader.recognize.process import cache
from tests.cli.conftest import TEXT, find_names

if TYPE_CHECKING:
    from distributed import LocalCluster

Prime = Callable[..., ReadingOptions]


@contextmanager
def started_cluster(folder: Path, workers: int = 2, **options: Any) -> Iterator[LocalCluster]:
    """Start a cluster on this machine with directories of its own."""
    import dask
    import distributed

    environment = {f"READER_{kind}_DIR": str(folder / f"worker-{kind.lower()}") for kind in ("DATA", "CACHE", "CONFIG")}
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 0}))
        cluster = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            memory_limit=0,
            dashboard_address=":0",
            local_directory=str(folder),
            env=environment,
            silence_logs=60,
            **options,
        )
        yield stack.enter_context(cluster)


@pytest.fixture(scope="session")
def cluster_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the cluster."""
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="session")
def cluster(cluster_folder: Path) -> Iterator[LocalCluster]:
    """A cluster of two worker processes. A worker that ends is started again."""
    pytest.importorskip("distributed")
    with started_cluster(cluster_folder) as local_cluster:
        yield local_cluster


@pytest.fixture
def address(cluster: LocalCluster) -> str:
    """The address of the cluster, with both workers running."""
    cluster.wait_for_workers(2)
    return str(cluster.scheduler_address)


@pytest.fixture
def prime(cluster_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Prime:
    """Return a function that caches the names of documents, and returns the options to read them."""
    monkeypatch.setenv("READER_CACHE_DIR", str(cluster_folder / "worker-cache"))
    pipeline = tmp_path / "pipeline"
    pipeline.mkdir()
    (pipeline / "meta.json").write_text(json.dumps({"lang": "en", "name": "primed", "version": "1"}))
    (pipeline / "config.cfg").write_text("")

    def fill_cache(*sources: str | Path) -> ReadingOptions:
        for source in sources:
            document = load(str(source))
            cache.store(document, identify(str(pipeline)), find_names(document.text))
        return ReadingOptions(str(pipeline))

    return fill_cache


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of many short documents, one page, two archives and a file that cannot be read."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.html").write_text("<h1>Okonkwo</h1><p>Maria Okonkwo left <b>Estonia</b> on 4 May 2020.</p>", "utf-8")
    (folder / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("one.txt", "Okonkwo likes Tallinn.")
        archive.writestr("two.txt", "Nobody is here.")
    with zipfile.ZipFile(folder / "e.zip", "w") as archive:
        archive.writestr("only.txt", "Maria Okonkwo of the World Port Council.")
    for number in range(60):
        (folder / f"n{number:03}.txt").write_text(
            f"Maria Okonkwo left Tallinn on day {number}. Nobody saw it.", "utf-8"
        )
    return folder


@pytest.fixture
def sources(papers: Path) -> list[str]:
    """The sources of the documents in the folder."""
    names = sorted(path.name for path in papers.iterdir() if path.suffix != ".zip" and path.name != "c.txt")
    return [f"{papers}/{name}" for name in (*names, "d.zip::one.txt", "d.zip::two.txt", "e.zip")]
