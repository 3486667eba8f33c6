"""Exports the document on the screen in another process, so that the app goes on."""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from textual.worker import Worker

from reader.document import one_line
from reader.reading import Reading
from reader.ui.base.child_process import ChildProcess

_COMMAND: Final = (sys.executable, "-P", "-m", "reader.exchange.export_process")


class ExportHost(Protocol):
    """The screen whose document is exported."""

    reading: Reading

    def show_message(self, message: str, *, alarm: bool = False, lasting: bool = False) -> None:
        """Show one line."""

    def run_worker(self, work: Callable[[], Coroutine[Any, Any, None]], *, group: str) -> Worker[None]:
        """Start work in the background."""


class BackgroundExport:
    """One export at a time."""

    def __init__(self, host: ExportHost) -> None:
        self._host = host
        self._process = ChildProcess()
        self.last_choice = ("", False)
        """The format chosen last, and whether only decided mentions were written."""
        self.is_running = False
        """Whether an export has begun and not ended."""

    def start(self, format_name: str, path: Path, *, decided: bool, replaces: bool) -> None:
        """Write the reading as it is now, and say when that is done, or what went wrong.

        Args:
            format_name: The name of the format.
            path: The file or the new folder.
            decided: Whether to leave out the mentions that no person decided about.
            replaces: Whether a file at the path may be replaced.
        """
        self._host.show_message(f"exporting as {format_name} …", lasting=True)
        work = partial(self._run, format_name, path, decided=decided, replaces=replaces)
        self._host.run_worker(work, group="export")

    async def stop(self) -> None:
        """End the export. What it was writing does not remain."""
        await self._process.stop()

    async def _run(self, format_name: str, path: Path, *, decided: bool, replaces: bool) -> None:
        problem = await self._write(format_name, path, decided=decided, replaces=replaces)
        if problem:
            self._host.show_message(f"not exported: {problem}", alarm=True, lasting=True)
        else:
            self._host.show_message(f"exported as {format_name} to {one_line(str(path))}", lasting=True)

    async def _write(self, format_name: str, path: Path, *, decided: bool, replaces: bool) -> str:
        """Return "" or what went wrong, as one line."""
        from reader.exchange import ExchangeError

        snapshot = self._host.reading.snapshot()
        self.is_running = True
        try:
            request = await asyncio.to_thread(_pickled_request, snapshot, format_name, path, decided, replaces)
            answer = await self._process.run(_COMMAND, request)
        except ExchangeError as error:
            return one_line(str(error))
        except OSError as error:
            return one_line(str(error.strerror or error))
        finally:
            self.is_running = False
        return "the export process failed" if self._process.code else one_line(answer.decode("utf-8", "replace"))


def _pickled_request(reading: Reading, format_name: str, path: Path, decided: bool, replaces: bool) -> bytes:
    from reader.exchange import FORMATS
    from reader.exchange.export_process import ExportRequest

    document = FORMATS[format_name].exported(reading, decided=decided)
    return pickle.dumps(ExportRequest(format_name, str(path.expanduser().absolute()), (document,), decided, replaces))
