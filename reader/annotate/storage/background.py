"""What a store does on the side, in threads that nobody waits for before it is closed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread


class Chores:
    """Things that are done once each."""

    def __init__(self) -> None:
        self._threads: dict[str, Thread] = {}

    def start(self, what: str, work: Callable[[], object]) -> None:
        """Do it in a thread of its own, unless it has been begun before."""
        if what not in self._threads:
            self._threads[what] = Thread(target=work, name=f"annotations: {what}")
            self._threads[what].start()

    def finish(self) -> None:
        """Wait until everything is done."""
        for thread in self._threads.values():
            thread.join()
