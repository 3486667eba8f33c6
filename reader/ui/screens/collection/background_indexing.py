"""Adds files to a collection in another process, so that the app stays responsive."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from reader.collection.indexing.parent_process import parent_environment
from reader.document import one_line
from reader.ui.base.child_process import ChildProcess

_COMMAND: Final = (sys.executable, "-P", "-m", "reader", "index")


class BackgroundIndexing:
    """One run of `reader index` at a time. If the app is killed, the run stops after the document that it reads."""

    def __init__(self, collection: str) -> None:
        self._collection = collection
        self._process = ChildProcess()

    @property
    def is_running(self) -> bool:
        """Whether a run has begun and not ended."""
        return self._process.is_running

    async def run(self, sources: Sequence[str]) -> str:
        """Index files, folders, patterns and addresses; return one line about what happened.

        Args:
            sources: What to index; none for everything that was indexed before.
        """
        try:
            options = ("--collection", self._collection, "--database", "")  # the app shows collections in files
            command = (*_COMMAND, *options, "--", *sources)
            output = await self._process.run(command, environment=parent_environment())
        except OSError as error:
            return one_line(str(error.strerror or error))
        lines = (self._process.errors + b"\n" + output).decode("utf-8", "replace").split("\n")
        return one_line("; ".join(dict.fromkeys([line for line in lines if line.strip()][-2:])))

    async def stop(self) -> None:
        """End the process, if one runs. What it has written stays in the index."""
        await self._process.stop()
