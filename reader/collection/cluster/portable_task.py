"""The task of a batch on other machines: documents travel as bytes, the user's decisions and tables as files."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, Generic, TypeVar

from reader.annotate.storage.store import STORE_FILE
from reader.collection.batches.outcome import Outcome, WorkerError
from reader.collection.batches.reading_task import ReadingTask
from reader.directories import config_dir, data_dir
from reader.document.raw_source import RawSource
from reader.structures.lazy_dataclass import dataclass

ResultT = TypeVar("ResultT")

_CONFIG: Final = "config"
_TABLES: Final = "names"


@dataclass(frozen=True, slots=True)
class PortableTask(Generic[ResultT]):
    """A task with the files that it reads. Picklable."""

    task: ReadingTask[ResultT]
    files: Mapping[str, bytes]
    """By path below a folder of the other machine."""

    def unpacked(self, folder: Path) -> UnpackedTask[ResultT]:
        """Write the files into a folder, and return what handles documents there."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        options = replace(self.task.options, store_path=str(folder / STORE_FILE))
        return UnpackedTask(self.task.moved(options), str(folder / _CONFIG))


@dataclass(frozen=True, slots=True)
class UnpackedTask(Generic[ResultT]):
    """Handles documents, in a process of its own. Picklable."""

    task: ReadingTask[ResultT]
    config_folder: str

    def __call__(self, raw: RawSource) -> Outcome[ResultT]:
        """Handle the bytes of a document. See `Task`."""
        os.environ["READER_CONFIG_DIR"] = self.config_folder
        return self.task(raw)


def portable_task(task: ReadingTask[ResultT]) -> PortableTask[ResultT]:
    """Return a task with copies of the user's decisions and tables of names.

    Raises:
        WorkerError: The decisions cannot be read.
    """
    from reader.recognize.models.find import active_model

    options = task.options
    files: dict[str, bytes] = {}
    folder = config_dir() / _TABLES
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        with suppress(OSError):  # as on this machine, a table that cannot be read adds nothing
            files[f"{_CONFIG}/{_TABLES}/{path.name}"] = path.read_bytes()
    if options.annotations:
        files |= _copy_of_store(Path(options.store_path) if options.store_path else data_dir() / STORE_FILE)
    return PortableTask(task.moved(replace(options, model=options.model or active_model())), files)


def _copy_of_store(path: Path) -> dict[str, bytes]:
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(":memory:")) as copy:
            source.backup(copy)
            return {STORE_FILE: copy.serialize()}
    except sqlite3.Error as error:
        raise WorkerError(f"cannot copy the annotations for the cluster: {error}") from error
