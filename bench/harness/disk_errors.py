"""Disk errors at every single write of a store: a full disk or an I/O error, once or from then on."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed
from reader.annotate.storage.maintenance import backups
from reader.document import Document
from reader.resolve import Name

_FOLDER = Path(__file__).parent
_DOCUMENT = Document("The North Sea Board met Ada Quill.", (), "", "a.txt")
_DECISIONS = 8
_FAULTS = ((errno.ENOSPC, True), (errno.EIO, True), (errno.ENOSPC, False), (errno.EIO, False))
"""The error that a write reports, and whether all later writes report it as well."""


@dataclass(slots=True)
class DiskErrorResult:
    """The result of some runs, each with an error at another write."""

    runs: int = 0
    errors: int = 0
    """Errors that the disk reported."""
    false_saved: int = 0
    """Times that the store called decisions saved that another program did not find in the file."""
    lost: int = 0
    """Decisions that were not in the file once the disk worked again."""
    duplicates: int = 0
    """Decisions that were in the file more than once."""
    raised: int = 0
    """Exceptions raised by the store."""


def compiler() -> str | None:
    """Return the path of a C compiler; None if there is none."""
    return shutil.which("cc") or shutil.which("gcc")


def run(folder: Path, interval: int = 1) -> DiskErrorResult:
    """Run the program once for each write that fails, in each of four ways.

    Args:
        folder: The directory for the stores.
        interval: Let every write fail (1), or every second (2), and so on.
    """
    library = folder / "faults.so"
    build = [compiler() or "cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(_FOLDER / "faults.c"), "-ldl"]
    subprocess.run(build, check=True, capture_output=True)
    command = [sys.executable, "-m", "bench.harness.disk_errors", str(folder), str(library), str(interval)]
    environment = os.environ | {"LD_PRELOAD": str(library)}
    process = subprocess.run(
        command, env=environment, cwd=_FOLDER.parents[1], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    return DiskErrorResult(**json.loads(process.stdout))


def run_with_preloaded_library(folder: Path, library: str, interval: int) -> DiskErrorResult:
    """Do the work of `run`, in the process that has preloaded the library."""
    faults = ctypes.CDLL(library)
    result = DiskErrorResult()
    # A backup would write from its own thread, in no fixed order.
    backups.back_up_daily = lambda _: None  # type: ignore[assignment]  # no backup while disks fail
    for fault, (code, lasting) in enumerate(_FAULTS):
        write = 1
        while True:
            path = folder / f"{fault}-{write}" / "annotations.db"
            faults.faults_arm(write, code, int(lasting))
            try:
                _decide(path, faults, result)
            except Exception:
                result.raised += 1
                raise
            if not faults.faults_delivered():
                break
            result.runs += 1
            result.errors += faults.faults_delivered()
            shutil.rmtree(path.parent)
            write += interval
    return result


def _decide(path: Path, faults: ctypes.CDLL, result: DiskErrorResult) -> None:
    """Make decisions while the disk fails, then let it work again, and compare them with the file."""
    decided: list[str] = []
    with Store.open(path, busy_timeout=0.1) as store:
        for number in range(_DECISIONS):
            decided.append(f"name {number}")
            store.append(_DOCUMENT, [EntityRenamed((Name("Board", "ORG"),), decided[-1])])
            if store.saved:
                result.false_saved += _names_in_file(path) != decided
        faults.faults_disarm()
        store.retry()
        result.false_saved += not store.saved
    names = _names_in_file(path)
    result.lost += len(set(decided) - set(names))
    result.duplicates += len(names) - len(set(names))


def _names_in_file(path: Path) -> list[str]:
    """Return the names in the file as another program reads it."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT payload FROM log ORDER BY place").fetchall()
    return [json.loads(payload)["name"] for (payload,) in rows]


if __name__ == "__main__":
    import reader.annotate.storage.store  # before the patch of `backups`

    assert reader.annotate.storage.store
    print(json.dumps(asdict(run_with_preloaded_library(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))))
