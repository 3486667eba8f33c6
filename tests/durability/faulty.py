"""Disk errors at every single write of a store: full, broken once, broken for good."""

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
from reader.annotate.storage import backups
from reader.document import Document
from reader.resolve import Name

_HERE = Path(__file__).parent
_DOCUMENT = Document("The North Sea Board met Ada Quill.", (), "", "a.txt")
_ACTIONS = 8
_KINDS = ((errno.ENOSPC, True), (errno.EIO, True), (errno.ENOSPC, False), (errno.EIO, False))
"""What the write says, and whether all that follow say it, too."""


@dataclass(slots=True)
class Outcome:
    """What came of some runs, each with an error at another write."""

    runs: int = 0
    errors: int = 0
    """Errors that the disk reported."""
    false_saved: int = 0
    """Times that something was called saved which another program did not find in the file."""
    lost: int = 0
    """Decisions that were not in the file once the disk worked again."""
    twice: int = 0
    raised: int = 0


def compiler() -> str | None:
    """Return a C compiler, None where there is none."""
    return shutil.which("cc") or shutil.which("gcc")


def run(folder: Path, every: int = 1) -> Outcome:
    """Let every write fail (or every third, …) in a process of its own, in each of four ways."""
    library = folder / "faults.so"
    build = [compiler() or "cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(_HERE / "faults.c"), "-ldl"]
    subprocess.run(build, check=True, capture_output=True)
    command = [sys.executable, "-m", "tests.durability.faulty", str(folder), str(library), str(every)]
    environment = os.environ | {"LD_PRELOAD": str(library)}
    done = subprocess.run(command, env=environment, cwd=_HERE.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Outcome(**json.loads(done.stdout))


def main(folder: Path, library: str, every: int) -> Outcome:
    """Do it, within the process that has the library loaded first."""
    faults = ctypes.CDLL(library)
    outcome = Outcome()
    backups.back_up_daily = lambda _: None  # type: ignore[assignment] # writes in a thread of its own, so in no order
    for kind, (code, lasting) in enumerate(_KINDS):
        number = 1
        while True:
            path = folder / f"{kind}-{number}" / "annotations.db"
            faults.faults_arm(number, code, int(lasting))
            try:
                _once(path, faults, outcome)
            except Exception:
                outcome.raised += 1
                raise
            if not faults.faults_delivered():
                break
            outcome.runs += 1
            outcome.errors += faults.faults_delivered()
            shutil.rmtree(path.parent)
            number += every
    return outcome


def _once(path: Path, faults: ctypes.CDLL, outcome: Outcome) -> None:
    said: list[str] = []
    with Store.open(path, busy_timeout=0.1) as store:
        for number in range(_ACTIONS):
            said.append(f"name {number}")
            store.append(_DOCUMENT, [EntityRenamed((Name("Board", "ORG"),), said[-1])])
            if store.saved:
                outcome.false_saved += _found(path) != said
        faults.faults_disarm()
        store.retry()
        outcome.false_saved += not store.saved
    found = _found(path)
    outcome.lost += len(set(said) - set(found))
    outcome.twice += len(found) - len(set(found))


def _found(path: Path) -> list[str]:
    """Return the names in the file, as another program reads it."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT payload FROM log ORDER BY place").fetchall()
    return [json.loads(payload)["name"] for (payload,) in rows]


if __name__ == "__main__":
    import reader.annotate.storage.store  # so that it is there to be altered

    assert reader.annotate.storage.store
    print(json.dumps(asdict(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))))
