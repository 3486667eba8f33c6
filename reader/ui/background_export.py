"""Exports the document on the screen in another process, so that the app goes on."""

from __future__ import annotations

import asyncio
import pickle
import sys
from copy import copy
from pathlib import Path
from typing import Final

from reader.document import one_line
from reader.exchange import FORMATS, ExchangeError
from reader.exchange.export_process import ExportRequest
from reader.exchange.file_names import file_name
from reader.reading import Reading
from reader.ui.base.child_process import ChildProcess

_COMMAND: Final = (sys.executable, "-P", "-m", "reader.exchange.export_process")


class BackgroundExport:
    """One export at a time."""

    def __init__(self) -> None:
        self._process = ChildProcess()
        self.is_running = False
        """Whether an export has begun and not ended."""

    async def run(self, reading: Reading, format_name: str, path: Path, *, decided: bool, replaces: bool) -> str:
        """Write the reading as it is now; return "" or what went wrong, as one line.

        Args:
            reading: The reading.
            format_name: The name of the format.
            path: The file or the new folder.
            decided: Whether to leave out the mentions that no person decided about.
            replaces: Whether a file at the path may be replaced.
        """
        snapshot = copy(reading)  # changes replace the parts of a reading and never edit them
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

    async def stop(self) -> None:
        """End the export. What it was writing does not remain."""
        await self._process.stop()


def default_path(reading: Reading, format_name: str) -> Path:
    """Return a path for an export that is not taken: beside the file of the document, or else in the current folder."""
    source, suffix = reading.document.source, FORMATS[format_name].suffix
    file = Path(source.partition("::")[0])
    is_file = source not in ("", "-") and not source.startswith(("http://", "https://")) and _is_file(file)
    folder, stem = (file.parent, file.stem) if is_file else (Path(), file_name(reading.document.title))
    if "::" in source:
        stem = f"{stem} {file_name(reading.document.title)}"
    stem = stem if suffix and suffix != file.suffix else f"{stem}-{format_name}"
    number = 1
    path = folder / f"{stem}{suffix}"
    while _exists(path):
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def _pickled_request(reading: Reading, format_name: str, path: Path, decided: bool, replaces: bool) -> bytes:
    document = FORMATS[format_name].exported(reading, decided=decided)
    return pickle.dumps(ExportRequest(format_name, str(path.expanduser().absolute()), (document,), decided, replaces))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False
