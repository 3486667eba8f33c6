"""Opens and closes lists for formats whose items state a level instead of lying in each other."""

from __future__ import annotations

from reader.document.loaders.compose import Composer
from reader.structures.named_tuple import NamedTuple


class ListStyle(NamedTuple):
    """The list of an item, at one level."""

    key: str
    """Items with the same key continue each other's numbers."""
    first: int | None = None
    """Number of the first item, None for bullets."""


class ListLevels:
    """Keeps the lists of a composer in step with the levels of items. Numbers go on after other paragraphs."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._open: list[str] = []
        self._next: dict[tuple[str, int], int] = {}

    def begin_item(self, style: ListStyle, level: int) -> None:
        """Begin an item at a level from 0."""
        while len(self._open) > level + 1 or (len(self._open) == level + 1 and self._open[-1] != style.key):
            self._close()
        for key in [key for key in self._next if key[0] == style.key and key[1] > level]:
            del self._next[key]
        number = None if style.first is None else self._next.get((style.key, level), style.first)
        while len(self._open) < level + 1:
            self._composer.open_list(number if len(self._open) == level else None)
            self._open.append(style.key)
        if number is not None:
            self._next[style.key, level] = number + 1
        self._composer.begin_item()

    def close_all(self) -> None:
        """Close all lists, before a paragraph that is no item."""
        while self._open:
            self._close()

    def _close(self) -> None:
        self._composer.close_list()
        self._open.pop()
