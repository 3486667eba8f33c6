"""Writes an export in a process of its own: `python -m reader.exchange.export_process`.

The app never loads spaCy, which several formats need. So it sends what a format needs of a reading to this process, as
a pickled `ExportRequest` on standard input. The answer on standard output is one line: "" or what went wrong.
"""

from __future__ import annotations

import pickle
import signal
import sys
from pathlib import Path

from reader.document.sanitize import one_line
from reader.exchange import FORMATS, ExchangeError, atomic_folder, atomic_writer
from reader.exchange.format import ExportedDocument, ExportFormat
from reader.structures.named_tuple import NamedTuple


class ExportRequest(NamedTuple):
    """What to write, and where."""

    format_name: str
    path: str
    documents: tuple[ExportedDocument, ...]
    decided: bool
    """Whether to leave out the mentions that no person decided about."""
    replaces: bool
    """Whether a file at the path may be replaced. A folder with files in it never is."""


def write_export(request: ExportRequest) -> None:
    """Write an export, all of it or nothing.

    Raises:
        ExchangeError: The format cannot represent a document, its package is missing, or the path is taken.
        OSError: It cannot be written.
    """
    file_format, path = FORMATS[request.format_name], Path(request.path)
    if file_format.is_folder:
        _write_folder(file_format, path, request)
        return
    if path.is_dir():
        raise ExchangeError(f"{path} is a folder")
    if path.exists() and not request.replaces:
        raise ExchangeError(f"{path} exists")
    with atomic_writer(path) as out:
        file_format.write_exported(request.documents, out, decided=request.decided)


def _write_folder(file_format: ExportFormat, path: Path, request: ExportRequest) -> None:
    try:
        with atomic_folder(path) as folder:
            file_format.write_folder(request.documents, folder, decided=request.decided)
    except FileExistsError:
        raise ExchangeError(f"{path} exists and is not an empty folder") from None


def main() -> int:
    """Write the export that standard input asks for."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that temporary files are removed
    problem = ""
    try:
        write_export(pickle.load(sys.stdin.buffer))
    except ExchangeError as error:
        problem = str(error)
    except OSError as error:
        problem = f"cannot write {error.filename or 'the file'}: {error.strerror or error}"
    except MemoryError:
        problem = "there is not enough memory"
    sys.stdout.buffer.write(one_line(problem).encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
