"""Adds files to a collection in another process, so that the app goes on."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from reader.document import one_line

_COMMAND: Final = (sys.executable, "-P", "-m", "reader", "index")
_END_SECONDS: Final = 3.0
"""Seconds in which a process that is ended closes the index."""


class BackgroundIndexing:
    """One run of `reader index` at a time."""

    def __init__(self, collection: str) -> None:
        self._collection = collection
        self._process: asyncio.subprocess.Process | None = None
        self.is_running = False
        """Whether a run has begun and not ended."""

    async def run(self, source: str) -> str:
        """Index a file, folder, pattern or address; return one line about what happened."""
        self.is_running = True
        try:
            self._process = process = await asyncio.create_subprocess_exec(
                *_COMMAND,
                *("--collection", self._collection, "--", _expanded(source)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,  # Ctrl+C must reach only the app
            )
            output, errors = await process.communicate()
        except OSError as error:
            return one_line(str(error.strerror or error))
        finally:
            await self.stop()
            self.is_running = False
        lines = errors.decode("utf-8", "replace").splitlines() + output.decode("utf-8", "replace").splitlines()
        return one_line("; ".join(dict.fromkeys(lines[-2:])))

    async def stop(self) -> None:
        """End the process, if one runs. What it has written stays in the index."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _END_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _expanded(source: str) -> str:
    try:
        return str(Path(source).expanduser()) if source.startswith("~") else source
    except RuntimeError:
        return source
