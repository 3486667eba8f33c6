"""Two processes that write decisions about one document at the same time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed
from reader.document import Document
from reader.resolve import Name

_DOCUMENT = Document("The North Sea Board met Ada Quill.", (), "", "a.txt")
_PATIENCE = 600.0
"""Seconds to wait for the decisions of the other process."""
_WRITERS = ("one", "two")


@dataclass(slots=True)
class TwoWritersResult:
    """The log that two processes wrote."""

    decisions: int
    """Decisions in the log at the end."""
    unsaved: int
    """Decisions that could not be written when they were made."""
    out_of_order: int
    """Decisions that precede an earlier decision of the same process."""
    same_view: bool
    """Whether both processes ended with the same decisions in the same order."""


def run(count: int, folder: Path) -> TwoWritersResult:
    """Let each of two processes make `count` decisions."""
    path = folder / "annotations.db"
    command = [sys.executable, "-m", "bench.harness.two_writers", str(path), str(count)]
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen([*command, writer], stdout=subprocess.PIPE, text=True, cwd=root) for writer in _WRITERS
    ]
    outputs = [process.communicate()[0].split() for process in processes]
    with Store.open(path) as store:
        decisions = store.history(_DOCUMENT).decisions
    names = [decision.name for decision in decisions if isinstance(decision, EntityRenamed)]
    out_of_order = 0
    for writer in _WRITERS:
        numbers = [int(name.split()[1]) for name in names if name.startswith(writer)]
        out_of_order += sum(later < earlier for earlier, later in pairwise(numbers))
    views = {view for view, _ in outputs} | {_digest(names)}
    return TwoWritersResult(len(set(names)), sum(int(unsaved) for _, unsaved in outputs), out_of_order, len(views) == 1)


def _write(path: Path, count: int, writer: str) -> None:
    """Make decisions, wait until those of the other process are visible, and print a digest of all."""
    unsaved = 0
    with Store.open(path, busy_timeout=30) as store:
        for number in range(count):
            store.append(_DOCUMENT, [EntityRenamed((Name("Board", "ORG"),), f"{writer} {number}")])
            unsaved += not store.saved
        history = store.history(_DOCUMENT)
        deadline = time.monotonic() + _PATIENCE
        while len(history.decisions) < 2 * count and time.monotonic() < deadline:
            time.sleep(0.05)
            if store.changed_since(history):
                history = store.history(_DOCUMENT)
        names = [decision.name for decision in history.decisions if isinstance(decision, EntityRenamed)]
    print(_digest(names), unsaved)


def _digest(names: list[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


if __name__ == "__main__":
    _write(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
