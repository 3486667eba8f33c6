from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from reader.ui.base.garbage import collect, freeze, start_collecting, unfreeze


class Knot:
    """An object that only a garbage collection frees."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_frozen_garbage_is_collected_after_unfreezing() -> None:
    start_collecting()
    knot = Knot()
    gone = weakref.ref(knot)
    freeze()
    del knot
    collect()
    assert gone()
    unfreeze()
    collect()
    assert gone() is None


def test_later_garbage_is_collected() -> None:
    start_collecting()
    freeze()
    gone = weakref.ref(Knot())
    collect()
    assert gone() is None
