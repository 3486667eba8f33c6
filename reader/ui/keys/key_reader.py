"""A mode in which the next keys are letters for one command: a bookmark, or the label of a mention."""

from __future__ import annotations

from collections.abc import Callable

from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class KeyReader:
    """Takes the keys that follow a command."""

    mode: str
    """The word in the status line."""
    take: Callable[[str], bool]
    """Handles a key, and returns whether more keys are needed."""
    leave: Callable[[], None]
    """Cleans up after the last key, or after Escape."""
