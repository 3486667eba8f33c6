"""When garbage is collected: not before the first paint, then seldom in full and without what is there to stay.

Collecting in full goes through every object that was not set aside. With 50,000 mentions that is 60 to 100 ms amid a
key press, and 20 to 40 ms for what each decision makes anew. So the mentions, and all that was imported, are set aside
once they are there, and full collections are made by the way.
"""

from __future__ import annotations

import gc
from typing import Final

CALM: Final = 1.0
"""Seconds after the last highlights came."""
_SELDOM: Final = (10_000, 10, 100)
"""In place of 700, 10 and 10: a decision makes tens of thousands of objects, and each collection looks at many."""


def begin_to_collect() -> None:
    """Set aside what was there for the first paint, and collect what comes after it."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    gc.enable()


def set_aside() -> None:
    """Collect in full, and set aside what is left."""
    gc.collect()
    gc.freeze()


def collect() -> None:
    """Collect in full what was not set aside."""
    gc.collect()


def take_back() -> None:
    """Let everything be collected again: an article was left, and what it held is garbage."""
    gc.unfreeze()
