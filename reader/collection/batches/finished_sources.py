"""What a batch has finished, in a file of the cache directory, so that an interrupted batch can go on.

The file begins with a line that names what the results depend on. Then comes one entry for each source: the lengths of
its two parts and their checksum, what tells whether the source has changed, as JSON, and the pickled outcome. An entry
that is incomplete, because the program or the machine stopped, ends the file.
"""

from __future__ import annotations

import json
import os
import pickle
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Final, Self

from reader import directories
from reader.collection.batches.file_state import FileState, file_state
from reader.collection.storage.collection_storage import CollectionError
from reader.collection.storage.databases.write_lock import write_lock
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from io import FileIO

    from reader.collection.batches.outcome import Outcome
    from reader.collection.batches.resumable_task import FinishedSource

_FOLDER: Final = "unfinished"
_LAYOUT: Final = 1
_HEAD: Final = Struct(">QQI")
"""The lengths of the two parts of an entry, in bytes, and the CRC-32 of both."""
_MAX_AGE: Final = 30 * 24 * 3600.0
"""Seconds after which a batch that nobody has gone on with is forgotten."""


class _Entry(NamedTuple):
    """Where the outcome of a source is in the file, and the documents in the source."""

    start: int
    length: int
    members: tuple[str, ...]


class FinishedSources:
    """The finished sources of one batch. Use it in a `with` statement.

    If another process works on the same batch, nothing is kept, and nothing is said to be finished: the batch is then
    done as a whole. If the disk is full, nothing more is kept.
    """

    def __init__(
        self, name: str, dependencies: Mapping[str, object], log_lengths: Mapping[str, int], *, discard: bool = False
    ) -> None:
        """Prepare the file; entering the block reads it.

        Args:
            name: What identifies the batch, such as the path that it writes.
            dependencies: What the results depend on besides the sources, as JSON values. If any of it has changed,
                nothing counts as finished.
            log_lengths: The length of the log of each document with decisions, by digest.
            discard: Whether to forget what was finished before.
        """
        self._path = directories.cache_dir() / _FOLDER / f"{_digest(name)}.batch"
        self._header = json.dumps([_LAYOUT, _digest(json.dumps(dependencies, sort_keys=True))]).encode() + b"\n"
        self._log_lengths = log_lengths
        self._discard = discard
        self._entries: dict[str, _Entry] = {}
        self._file: FileIO | None = None
        self._can_write = True
        self._lock: AbstractContextManager[None] | None = None

    def __enter__(self) -> Self:
        try:
            lock = write_lock(self._path.with_suffix(".lock"), "another process works on it")
            lock.__enter__()
        except CollectionError:
            return self
        self._lock = lock
        with suppress(OSError):
            self._file = _opened(self._path)
            os.utime(self._path)
            _remove_old(self._path.parent)
            self._read(self._file)
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
        if self._lock is not None:
            self._lock.__exit__(None, None, None)

    @property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """The sources that are finished and have not changed since, each with the documents in it."""
        return {source: entry.members for source, entry in self._entries.items()}

    @property
    def temporary_label(self) -> str:
        """A label for the temporary files of the batch; "" if another process may use it."""
        return self._path.stem[:8] if self._lock is not None else ""

    def outcome(self, source: str) -> Outcome[FinishedSource]:
        """Return the outcome of a finished source.

        Raises:
            OSError: The file cannot be read.
        """
        entry = self._entries[source]
        assert self._file is not None
        self._file.seek(entry.start)
        outcome: Outcome[FinishedSource] = pickle.loads(self._file.read(entry.length))
        return outcome

    def add(self, outcome: Outcome[FinishedSource]) -> None:
        """Keep an outcome of a source that is a file or in one. If it cannot be written, nothing more is kept."""
        finished = outcome.value
        if self._file is None or not self._can_write or finished is None or finished.state is None:
            return
        facts = {
            "source": finished.source,
            "file": finished.path,
            "state": finished.state,
            "digest": finished.digest,
            "records": self._log_lengths.get(finished.digest, 0),
            "members": outcome.members,
        }
        parts = json.dumps(facts).encode(), pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
        head = _HEAD.pack(len(parts[0]), len(parts[1]), zlib.crc32(parts[1], zlib.crc32(parts[0])))
        self._write(self._file, b"".join((head, *parts)))

    def complete(self) -> None:
        """Forget what was kept: the batch is complete."""
        if self._lock is not None:
            for path in (self._path, self._path.with_suffix(".lock")):
                with suppress(OSError):
                    path.unlink()

    def _write(self, file: FileIO, data: bytes) -> None:
        """Append data. If the disk is full, write nothing more: what the file has can still be read."""
        try:
            file.seek(0, os.SEEK_END)
            self._can_write = file.write(data) == len(data)
        except OSError:
            self._can_write = False

    def _read(self, file: FileIO) -> None:
        """Read the entries, and cut off what follows the last complete one."""
        end = 0
        if not self._discard and file.readline(len(self._header)) == self._header:
            end = file.tell()
            while (entry_end := self._read_entry(file)) is not None:
                end = entry_end
        file.seek(end)
        file.truncate()
        if not end:
            self._write(file, self._header)

    def _read_entry(self, file: FileIO) -> int | None:
        """Read an entry. Return the offset of the next one; None if there is none, or it is damaged."""
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return None
        facts_length, length, checksum = _HEAD.unpack(head)
        remaining = os.fstat(file.fileno()).st_size - file.tell()
        if facts_length + length > remaining:
            return None
        facts, start = file.read(facts_length), file.tell()
        if zlib.crc32(file.read(length), zlib.crc32(facts)) != checksum:
            return None
        self._note(json.loads(facts), start, length)
        return file.tell()

    def _note(self, facts: dict[str, object], start: int, length: int) -> None:
        """Note that a source is finished, unless its file or the decisions about it have changed."""
        source, path, state, members = facts["source"], facts["file"], facts["state"], facts["members"]
        assert isinstance(source, str)
        assert isinstance(path, str)
        assert isinstance(state, list)
        assert isinstance(members, list)
        if file_state(path) == FileState(*state) and self._log_lengths.get(str(facts["digest"]), 0) == facts["records"]:
            self._entries[source] = _Entry(start, length, tuple(members))


def _opened(path: Path) -> FileIO:
    """Open a file to read and write it, and create it if there is none. Nobody else can read it.

    It has no buffer, since closing one would try again to write to a full disk.
    """
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", 0)


def _remove_old(folder: Path) -> None:
    """Delete what was kept of batches that nobody has gone on with."""
    oldest = time.time() - _MAX_AGE
    for path in folder.glob("*.batch"):
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
                path.with_suffix(".lock").unlink()


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
