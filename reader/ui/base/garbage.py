"""Schedules garbage collection: none before the first paint, later seldom and without long-lived objects.

A full collection visits every object that was not frozen, and nothing else runs meanwhile. With 50,000 mentions or
600,000 lines that takes 60 to 100 ms, and 20 to 40 ms for the objects that each decision creates. So the lines, the
mentions and everything that was imported are frozen once they exist, with the little garbage among them, and full
collections run when the app is idle.
"""

from __future__ import annotations

import gc
from typing import Final

QUIET_SECONDS: Final = 1.0
"""Seconds after the last mentions came, when they are frozen."""
_THRESHOLDS: Final = (10_000, 10, 100)
"""Instead of 700, 10 and 10: a decision creates tens of thousands of objects, and each collection visits many."""


def start_collecting() -> None:
    """Freeze what the first paint needed, and collect what comes after it."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    gc.enable()


def freeze() -> None:
    """Collect young objects, then freeze the survivors and all older objects. During the start, freeze everything."""
    if gc.isenabled():
        gc.collect(1)
    gc.freeze()


def collect() -> None:
    """Run a full collection of everything that is not frozen."""
    gc.collect()


def unfreeze() -> None:
    """Unfreeze everything: a document was closed, and its objects are garbage."""
    gc.unfreeze()
