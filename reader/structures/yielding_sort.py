"""Sorting that lets other threads run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Item = TypeVar("Item")


def sorted_by_bucket(
    items: Iterable[Item], bucket: Callable[[Item], Any], key: Callable[[Item], Any] | None = None
) -> list[Item]:
    """Sort items by their buckets, and in each bucket by a key.

    No other thread runs during a call of `sorted`, which takes 200 ms for 100,000 tuples. Here they run after each
    bucket, of which there should be hundreds.

    Args:
        items: The items.
        bucket: Returns the bucket of an item. It must never contradict the key.
        key: Returns the key of an item; None for the item itself.
    """
    buckets: defaultdict[Any, list[Item]] = defaultdict(list)
    for item in items:
        buckets[bucket(item)].append(item)
    result: list[Item] = []
    for number in sorted(buckets):
        result += sorted(buckets[number], key=key)  # type: ignore[type-var, arg-type]  # None if items can be compared
    return result
