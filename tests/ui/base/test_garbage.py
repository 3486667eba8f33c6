from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from reader.ui.base.garbage import begin_to_collect, collect, set_aside, take_back


class Knot:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_what_was_set_aside_is_collected_once_it_is_taken_back() -> None:
    begin_to_collect()
    knot = Knot()
    gone = weakref.ref(knot)
    set_aside()
    del knot
    collect()
    assert gone()
    take_back()
    collect()
    assert gone() is None


def test_what_comes_later_is_collected() -> None:
    begin_to_collect()
    set_aside()
    gone = weakref.ref(Knot())
    collect()
    assert gone() is None
