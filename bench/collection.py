"""Collections: the cost of indexing, its memory, kills while it runs, and how long questions take.

`python -m bench collection --documents 10000 --kills 200`; without options, it makes fewer of both.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.harness import made_collection
from bench.harness.local_cluster import LocalWorkers, local_workers
from bench.report import Row
from reader.collection.queries.profiles.profile_lookup import list_profiles
from reader.collection.queries.profiles.profile_report import profile_report
from reader.collection.queries.text_search import search_collection
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.index_writer import IndexWriter
from reader.collection.upkeep.profile_update import update_profiles

_FILES: Final = 200
_SEARCHES: Final = ("bribe", "bribe account", "pay*", '"money bank"', "river -bridge")
_NEAR: Final = ("PERSON near bribe", "ORG near PERSON near payment")
_SEARCH_BUDGET: Final = 50.0
"""Milliseconds to the first page."""
_PROFILE_BUDGET: Final = 100.0


def main() -> int:
    """Print the rows; return 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", choices=("questions", "indexing", "cluster", "kills"))
    options = parser.parse_args()
    parts: dict[str, Callable[[Path], Iterator[Row]]] = {
        "questions": lambda folder: _measure_questions(folder, options.documents),
        "indexing": _measure_indexing,
        "cluster": _measure_cluster,
        "kills": lambda folder: _measure_kills(folder, options.kills),
    }
    within_budget = True
    for name, part in parts.items():
        if options.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            for row in part(Path(folder)):
                print(row, flush=True)
                within_budget = within_budget and row.ok
    return 0 if within_budget else 1


def _measure_questions(folder: Path, documents: int) -> Iterator[Row]:
    index = SqliteIndex.open(folder / "made.sqlite", create=True)
    mentions = 0
    with closing(index):
        with index.transaction():
            writer = IndexWriter(index)
            for record in made_collection.records(documents):
                writer.save(record, record.source, "made", 0)
                mentions += len(record.mentions)
        start = time.process_time()
        with index.transaction():
            update_profiles(index, ())
        seconds = time.process_time() - start
        profiles = int(index.rows("SELECT count(*) FROM profiles")[0][0])
        index.optimize()
        detail = f"{documents:,} documents, {mentions:,} mentions, {profiles:,} profiles"
        yield Row("processor time of the profiles", seconds / documents * 10_000, 120, "s", f"per 10,000; {detail}")
        for words in (*_SEARCHES, *_NEAR):
            ours = _milliseconds(lambda words=words: search_collection(index, words))  # type: ignore[misc]  # binds the loop's value
            yield Row(f"first page of {words}", ours, _SEARCH_BUDGET, "ms")
        bare = _bare_search(folder / "made.sqlite")
        ours = _milliseconds(lambda: search_collection(index, "bribe account"))
        yield Row("against the query in bare FTS5", ours, bare + _SEARCH_BUDGET, "ms", f"bare: {bare:.2f} ms")
        largest = list_profiles(index, limit=1)[0]
        middle = list_profiles(index, limit=1, offset=profiles // 20)[0]
        for profile in (largest, middle):
            ours = _milliseconds(lambda profile=profile: profile_report(index, profile))  # type: ignore[misc]  # binds the loop's value
            subject = f"profile in {profile.documents:,} documents, {profile.mentions:,} mentions"
            yield Row(subject, ours, _PROFILE_BUDGET, "ms")
        yield Row("list of 50 profiles", _milliseconds(lambda: list_profiles(index, limit=50)), _SEARCH_BUDGET, "ms")


def _milliseconds(question: Callable[[], Any]) -> float:
    """Return the median processor time of a question, after a first time that fills the caches."""
    question()
    times = []
    for _ in range(9):
        start = time.process_time()
        question()
        times.append(time.process_time() - start)
    return median(times) * 1000


def _bare_search(path: Path) -> float:
    with closing(sqlite3.connect(path)) as connection:
        match = "words : bribe AND words : account"
        sql = f"SELECT rowid, rank FROM search WHERE search MATCH '{match}' ORDER BY rank LIMIT 20"
        return _milliseconds(lambda: connection.execute(sql).fetchall())


def _measure_indexing(folder: Path) -> Iterator[Row]:
    made_collection.write_files(folder / "few", _FILES)
    made_collection.write_files(folder / "many", 4 * _FILES)
    export, _ = _run(folder, "e", ["export", str(folder / "few"), "--to", "jsonl", "-o", str(folder / "out.jsonl")], 1)
    index, memory = _run(folder, "i", ["index", str(folder / "few")], 1)
    detail = f"{index:.1f} s against {export:.1f} s, {_FILES} documents"
    yield Row("processor time of index, against export", index / export, 1.10, "×", detail)
    start = time.monotonic()
    two, _ = _run(folder, "p", ["index", str(folder / "few")], 2)
    elapsed = time.monotonic() - start
    detail = f"{two:.1f} s of processor time; took {elapsed:.1f} s"
    yield Row("processor time of two processes, against one", two / index, 2 / 1.7, "×", detail)
    _, more_memory = _run(folder, "m", ["index", str(folder / "many")], 1)
    detail = f"{more_memory:.0f} MB with {4 * _FILES} documents, {memory:.0f} MB with {_FILES}"
    yield Row("growth of the memory per document", 1024 * (more_memory - memory) / (3 * _FILES), 20, "kB", detail)


def _measure_cluster(folder: Path) -> Iterator[Row]:
    """Compare two workers of a cluster, and two processes, with one process.

    Other programs use the cores, too, so processor times are compared. A worker counts with the process in which it
    handles documents, as if both had one core, but without what it uses while it waits for a core: Dask's workers are
    never quite idle.
    """
    made_collection.write_files(folder / "files", 4 * _FILES)
    start = time.monotonic()
    one, _ = _run(folder, "one", ["index", str(folder / "files")], 1)
    seconds = time.monotonic() - start
    two, _ = _run(folder, "two", ["index", str(folder / "files")], 2)
    detail = f"{two:.1f} s against {one:.1f} s, {4 * _FILES} documents"
    yield Row("processor time of two processes, against one", two / one, 2 / 1.7, "×", detail)
    with local_workers(2, _environment(folder / "workers")) as workers:
        idle = _idle_share(workers)
        before = workers.processor_seconds()
        start = time.monotonic()
        arguments = ["index", str(folder / "files"), "--dask", workers.address, "--to", str(folder / "tables")]
        program, _ = _run(folder, "program", arguments, 0)
        elapsed = time.monotonic() - start
        used = [after - earlier for after, earlier in zip(workers.processor_seconds(), before, strict=True)]
    busier = max(used) - idle * max(elapsed - max(used), 0)
    detail = f"{busier:.1f} s of {max(used):.1f} s against {one:.1f} s; took {elapsed:.1f} against {seconds:.1f} s"
    yield Row("processor time of the busier of two workers", busier / one, 1 / 1.7, "×", detail)
    detail = f"{4 * _FILES} documents, with start, profiles and tables"
    yield Row("the program's own time per document", program / (4 * _FILES) * 1000, 5, "ms", detail)
    paths = [folder / name / "data" / "collections" / "default.sqlite" for name in ("one", "program")]
    yield Row("differences to the index of one process", int(_rows(paths[0]) != _rows(paths[1])), 0, "")
    text = sum(path.stat().st_size for path in (folder / "files").rglob("*.txt")) / (4 * _FILES)
    for subject, files in (("index", paths[1:]), ("Parquet files", (folder / "tables").iterdir())):
        size = sum(path.stat().st_size for path in files) / (4 * _FILES)
        yield Row(f"bytes per document in the {subject}", size, 20_000, "B", f"of {text:,.0f} bytes of text")


def _idle_share(workers: LocalWorkers) -> float:
    """Return what share of a core the busier worker uses while it has nothing to do."""
    time.sleep(2)
    start, before = time.monotonic(), workers.processor_seconds()
    time.sleep(5)
    used = [after - earlier for after, earlier in zip(workers.processor_seconds(), before, strict=True)]
    return max(used) / (time.monotonic() - start)


def _run(folder: Path, name: str, arguments: Sequence[str], processes: int) -> tuple[float, float]:
    """Run a command with an empty cache, in some processes; with 0, the arguments say where.

    Returns:
        Its processor seconds, and its peak memory in megabytes.
    """
    environment = _environment(folder / name)
    command = [sys.executable, "-m", "reader", *arguments, *(["--processes", str(processes)] if processes else ())]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments[0]} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _environment(folder: Path) -> dict[str, str]:
    directories = {f"READER_{kind}_DIR": str(folder / kind.lower()) for kind in ("DATA", "CACHE", "CONFIG")}
    return os.environ | directories | {"PYTHONPATH": str(Path(__file__).parents[1])}


def _measure_kills(folder: Path, kills: int) -> Iterator[Row]:
    """Kill indexing at random moments; each run goes on from the last one, and starts anew once it is complete."""
    made_collection.write_files(folder / "files", _FILES)
    moments = random.Random(7)
    # Without a cache, every run takes as long as the first one.
    environment = _environment(folder / "killed") | {"READER_CACHE_DIR": os.devnull}
    command = [sys.executable, "-m", "reader", "index", str(folder / "files"), "--processes", "2"]
    path = folder / "killed" / "data" / "collections" / "default.sqlite"
    start = time.monotonic()
    whole = _environment(folder / "whole") | {"READER_CACHE_DIR": os.devnull}
    subprocess.run(command, env=whole, stdout=subprocess.DEVNULL, check=True)
    seconds = time.monotonic() - start
    broken = complete = partial = 0
    for _ in range(kills):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(moments.uniform(0.1, 1.1) * seconds)
            complete += 1
            path.unlink()
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if path.exists():
            with closing(SqliteIndex.open(path, create=True)) as index:
                broken += bool(index.check())
                partial += 0 < index.rows("SELECT count(*) FROM documents")[0][0] < _FILES
    detail = f"{kills - complete} kills, {partial} left a part of the documents; {complete} runs came to their end"
    yield Row("indexes damaged by kills", broken, 0, "", detail)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    contents = [_contents(folder / name / "data" / "collections" / "default.sqlite") for name in ("killed", "whole")]
    yield Row("differences to an index that was never killed", int(contents[0] != contents[1]), 0, "")


def _rows(path: Path) -> list[list[Any]]:
    """Return every row of an index, apart from the full-text search."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = sorted(name for name in names if not name.startswith(("sqlite_", "search")))
        return [sorted(connection.execute(f"SELECT * FROM {table}")) for table in tables]


def _contents(path: Path) -> list[Any]:
    """Return what an index has, without the ids, which depend on the order of writing."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            sorted(connection.execute("SELECT digest, title, mentions FROM documents")),
            sorted(connection.execute("SELECT source, file FROM sources")),
            sorted(connection.execute("SELECT key, documents, mentions FROM profiles")),
            connection.execute("SELECT count(*) FROM mentions").fetchall(),
            connection.execute("SELECT count(*) FROM search").fetchall(),
        ]
