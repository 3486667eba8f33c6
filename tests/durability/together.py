"""Two processes that decide on one article at the same time."""

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


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    decisions: int
    """In the log, in the end."""
    unsaved: int
    """Decisions that could not be written when they were made."""
    out_of_order: int
    """Decisions that stand before an earlier one of the same process."""
    equal: bool
    """Whether both processes ended with the same view, in the same order."""


def run(each: int, folder: Path) -> Outcome:
    """Let two processes make `each` decisions apiece."""
    path = folder / "annotations.db"
    command = [sys.executable, "-m", "tests.durability.together", str(path), str(each)]
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen([*command, who], stdout=subprocess.PIPE, text=True, cwd=root) for who in ("one", "two")
    ]
    said = [process.communicate()[0].split() for process in processes]
    with Store.open(path) as store:
        names = [each.name for each in store.history(_DOCUMENT).decisions if isinstance(each, EntityRenamed)]
    out_of_order = 0
    for who in ("one", "two"):
        numbers = [int(name.split()[1]) for name in names if name.startswith(who)]
        out_of_order += sum(later < earlier for earlier, later in pairwise(numbers))
    views = {view for view, _ in said} | {_digest(names)}
    return Outcome(len(set(names)), sum(int(unsaved) for _, unsaved in said), out_of_order, len(views) == 1)


def _write(path: Path, each: int, who: str) -> None:
    unsaved = 0
    with Store.open(path, busy_timeout=30) as store:
        for number in range(each):
            store.append(_DOCUMENT, [EntityRenamed((Name("Board", "ORG"),), f"{who} {number}")])
            unsaved += not store.saved
        history = store.history(_DOCUMENT)
        end = time.monotonic() + _PATIENCE
        while len(history.decisions) < 2 * each and time.monotonic() < end:
            time.sleep(0.05)
            if store.changed_since(history):
                history = store.history(_DOCUMENT)
        names = [decision.name for decision in history.decisions if isinstance(decision, EntityRenamed)]
    print(_digest(names), unsaved)


def _digest(names: list[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


if __name__ == "__main__":
    _write(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
