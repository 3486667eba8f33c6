"""Pauses Python's garbage collection while many objects are created that all stay alive, or turns it on again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_MANY: Final = 500_000
"""From so many new objects on, they count as old at once."""


@contextmanager
def garbage_collection_restored() -> Iterator[None]:
    """Turn garbage collection on again at the end if it was on.

    srsly, with which spaCy reads its files, turns it off while it unpacks, and leaves it off if the data are damaged.
    """
    was_enabled = gc.isenabled()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Pause the collection of cyclic garbage. Reference counting still frees objects at once.

    While millions of objects are made, the collector would traverse those already there again and again. Afterward it
    would traverse all of them as young ones, which takes seconds; so they are declared old, or frozen if others are.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if gc.get_count()[0] > _MANY:
                others_are_frozen = gc.get_freeze_count() > 0
                gc.freeze()
                if not others_are_frozen:
                    gc.unfreeze()  # into the oldest generation
            gc.enable()
