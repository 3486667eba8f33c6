"""Remembers where the user jumped from, to go back and forward as in a web browser. Positions are offsets."""

from __future__ import annotations

from typing import Final

_MOST: Final = 100
"""The number of positions that are remembered."""


class JumpList:
    """The positions from which the user jumped, and those that going back has left."""

    def __init__(self) -> None:
        self._back: list[int] = []
        self._forward: list[int] = []

    def record(self, offset: int) -> None:
        """Remember a position because the user jumps away from it."""
        self._forward.clear()
        if self._back[-1:] != [offset]:
            self._back.append(offset)
        del self._back[:-_MOST]

    def back(self, offset: int) -> int | None:
        """Return the position before the last jump; None if there is none. `forward` will return to `offset`."""
        return self._move(self._back, self._forward, offset)

    def forward(self, offset: int) -> int | None:
        """Return the position that the last step back left; None if there is none."""
        return self._move(self._forward, self._back, offset)

    @staticmethod
    def _move(source: list[int], target: list[int], offset: int) -> int | None:
        while source and source[-1] == offset:
            source.pop()
        if not source:
            return None
        target.append(offset)
        return source.pop()
