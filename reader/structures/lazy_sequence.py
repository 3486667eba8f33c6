"""A sequence whose items are created when they are first needed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from threading import RLock
from typing import Any, Final, Generic, TypeVar, overload

Item = TypeVar("Item")

_BATCH: Final = 256
"""Items that are taken at once, so that the lock costs little."""


class LazySequence(Sequence[Item], Generic[Item]):
    """Items of an iterator, which are taken from it when they are first needed and kept. Thread-safe.

    Its length and its last item need all items. It equals every sequence of the same items.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._items: list[Item] = []
        self._source: Iterator[Item] | None = iter(items)
        self._lock = RLock()

    @property
    def is_complete(self) -> bool:
        """Whether every item has been taken from the iterator."""
        return self._source is None

    @property
    def known(self) -> Sequence[Item]:
        """The items that have been taken so far. Others may follow."""
        return self._items

    def take(self, count: int) -> bool:
        """Take items until there are at least `count`. Return whether there are that many."""
        while len(self._items) < count and self._source is not None:
            with self._lock:
                if self._source is not None and not self._take_batch(self._source):
                    self._source = None
        return len(self._items) >= count

    def insertion_index(self, value: Any, key: Callable[[Item], Any]) -> int:
        """Return the index of `value` among items sorted by `key`, after equal ones. Takes few items beyond it."""
        while not (self._items and key(self._items[-1]) > value) and self.take(len(self._items) + 1):
            pass
        return bisect_right(self._items, value, key=key)

    def __bool__(self) -> bool:
        return bool(self._items) or self.take(1)

    def __reduce__(self) -> tuple[type[tuple[Item, ...]], tuple[list[Item]]]:
        """Pickle as a tuple of all items: another process cannot take them from the iterator."""
        self._take_all()
        return tuple, (self._items,)

    def __len__(self) -> int:
        self._take_all()
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if not isinstance(index, slice):
            if index < 0:
                self._take_all()
            elif index >= len(self._items):
                self.take(index + 1)
            return self._items[index]
        bounds = (index.start or 0, index.stop)
        if bounds[1] is None or min(bounds) < 0:
            self._take_all()
        else:
            self.take(bounds[1])
        return self._items[index]

    def __iter__(self) -> Iterator[Item]:
        position = 0
        while self.take(position + 1):
            end = len(self._items)
            yield from islice(self._items, position, end)
            position = end

    def __eq__(self, sequence: object) -> bool:
        if not isinstance(sequence, Sequence):
            return NotImplemented
        return len(self) == len(sequence) and all(map(lambda a, b: a == b, self, sequence))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"LazySequence({list(self)!r})"

    def _take_all(self) -> None:
        while self.take(len(self._items) + 1):
            pass

    def _take_batch(self, source: Iterator[Item]) -> bool:
        """Take the next items. Return whether there were any."""
        count = len(self._items)
        self._items.extend(islice(source, _BATCH))
        return len(self._items) > count
