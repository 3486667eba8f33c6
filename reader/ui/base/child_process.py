"""A process beside the app that does one piece of work at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

_END_SECONDS: Final = 2.0
"""Seconds in which a process that is ended removes its temporary files and closes what it has open."""


class ChildProcess:
    """Runs a command in a process that ends with the app, and that Ctrl+C does not reach."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self.is_running = False
        """Whether a command has begun and not ended."""
        self.code = 0
        """The exit code of the last command."""
        self.errors = b""
        """What it wrote to standard error."""

    async def run(
        self, command: Sequence[str], text: bytes = b"", environment: Mapping[str, str] | None = None
    ) -> bytes:
        """Run a command.

        Args:
            command: The program and its arguments.
            text: What the command reads from standard input.
            environment: The environment of the process; None for that of the app.

        Returns:
            What it wrote to standard output.

        Raises:
            OSError: The process could not be started.
        """
        self.is_running = True
        try:
            self._process = process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=environment,
                start_new_session=True,  # Ctrl+C must reach only the app
            )
            output, self.errors = await process.communicate(text)
        finally:
            await self.stop()
            self.is_running = False
        self.code = process.returncode or 0
        return output

    async def stop(self) -> None:
        """End the process, if one runs. Several may wait for its end."""
        process = self._process
        if process is None:
            return
        try:
            if process.returncode is None:
                await _end(process)
        finally:
            self._process = None
            # Processes that it started may keep its pipes open. If they were closed only when they are freed, perhaps
            # after the loop, there would be a traceback.
            process._transport.close()  # type: ignore[attr-defined]  # asyncio has no public way to close the pipes
        await asyncio.sleep(0)  # the loop closes them in its next round


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a process, by force if it takes too long."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _END_SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
