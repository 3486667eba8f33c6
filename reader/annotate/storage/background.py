"""Background work of a store. Only closing the store waits for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread


class BackgroundTasks:
    """Tasks that run once, each in its own thread."""

    def __init__(self) -> None:
        self._threads: dict[str, Thread] = {}

    def start(self, name: str, task: Callable[[], object]) -> None:
        """Run a task in a thread, unless a task of this name was started before."""
        if name not in self._threads:
            self._threads[name] = Thread(target=task, name=f"annotations: {name}")
            self._threads[name].start()

    def finish(self) -> None:
        """Wait until all tasks have ended."""
        for thread in self._threads.values():
            thread.join()
