"""Bring the index of a collection up to date with files, folders and addresses, and say what happened to each."""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.annotate.loading_choices import saved_choices
from reader.collection.batches.file_state import FileState, file_state
from reader.collection.batches.outcome import Outcome
from reader.collection.batches.reading_task import ReadingOptions, ReadingTask, recognizer_of
from reader.collection.batches.run_batch import run_batch
from reader.collection.batches.source_paths import SourcePaths
from reader.collection.document_record import DocumentRecord, document_record
from reader.collection.indexing.stale_documents import (
    files_loaded_otherwise,
    general_decisions_now,
    save_general_decisions,
    save_loading_choices,
    saved_general_decisions,
    stale_files,
)
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.index_writer import IndexWriter
from reader.collection.storage.piped_texts import NOT_RECOGNIZED, PipedText, piped_texts
from reader.collection.storage.profile_state import are_profiles_of_other_rules, profiles_are_outdated
from reader.collection.storage.stored_paths import indexed_paths, keep_indexed_paths, path_of, storable
from reader.collection.upkeep.profile_update import update_profiles
from reader.collection.upkeep.update_progress import UpdateProgress, no_progress
from reader.document import Document
from reader.document.load_options import absolute_source
from reader.document.loaders.plain import plain_blocks
from reader.document.standard_input import STANDARD_INPUT, is_unnamed, piped_source
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.batches.executor import Cluster

_COMMIT_SECONDS: Final = 2.0
"""What a crash loses at most."""
_MARK: Final = "::"
_NEW_SOURCES_SQL: Final = (
    "SELECT s.source FROM sources s JOIN documents d ON d.id = s.document WHERE d.recognized_by = ?"
)


class IndexStatus(StrEnum):
    """What happened to a document."""

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    REMOVED = "removed"


class IndexEvent(NamedTuple):
    """What happened to one document."""

    status: IndexStatus
    source: str
    error: str = ""
    """Why it failed, as one line for the user."""
    notices: tuple[str, ...] = ()


@dataclass(slots=True)
class _OpenFile:
    """A file of which not every document has been written."""

    path: str
    state: FileState | None
    sources: set[str] = field(default_factory=set)
    digest: str = ""
    """The digest of its bytes; "" if it is a container."""
    failed: bool = False
    """Whether the file itself cannot be read. A member that cannot be read stays so until its file changes."""

    def has(self, source: str) -> bool:
        """Return whether a source is this file or a document in it."""
        return source == self.path or source.startswith(self.path + _MARK)


class Indexer:
    """Indexes sources into one collection."""

    def __init__(self, storage: CollectionStorage, store: Store, options: ReadingOptions | None = None) -> None:
        """Use an open index.

        Args:
            storage: The index.
            store: The store with the decisions.
            options: How documents are opened.
        """
        self._storage = storage
        self._store = store
        self._options = options or ReadingOptions()
        self._recognized_by = recognizer_of(self._options)
        self._log_lengths: dict[str, int] = {}
        self._stale: set[str] = set()
        self._open: deque[_OpenFile] = deque()
        self._unreported: deque[str] = deque()
        """Files that have not changed, since the last event."""

    def run(
        self,
        arguments: Sequence[str],
        *,
        processes: int = 0,
        cluster: Cluster | None = None,
        progress: UpdateProgress = no_progress,
    ) -> Generator[IndexEvent]:
        """Index what the arguments stand for, and remove documents whose files are gone. Yield what happened.

        If the run ends early, what was yielded is in the index up to two seconds before, and the next run goes on.

        Args:
            arguments: Files, folders, patterns and URLs; none for everything that was indexed before.
            processes: The maximum number of processes; 0 for one per core.
            cluster: What reads the documents instead of processes of this machine.
            progress: Is told how far the profiles are, once all documents are read.

        Raises:
            CollectionError: The index cannot be written, or another process writes it.
            RecognizerError: The pipeline does not exist.
            WorkerError: The workers cannot be started or reached.
        """
        with self._storage.lock():
            roots = self._roots(arguments)
            general = general_decisions_now(self._store)
            self._log_lengths = self._store.log_lengths()
            self._stale = stale_files(self._storage, self._log_lengths, self._recognized_by, general)
            choices = saved_choices(self._store)
            reloaded = files_loaded_otherwise(self._storage, choices)
            self._stale |= reloaded
            outdated = general != saved_general_decisions(self._storage)
            for event in self._updated(roots, processes, cluster, rereads_piped=not arguments):
                reloaded.discard(storable(event.source.partition(_MARK)[0]))
                if not outdated and event.status in (IndexStatus.INDEXED, IndexStatus.REMOVED):
                    outdated = True
                yield event
            index = self._storage
            if outdated or profiles_are_outdated(index) or are_profiles_of_other_rules(index):
                self._finish(general, progress)
            if not reloaded:
                with self._storage.transaction():
                    save_loading_choices(self._storage, choices)

    def _roots(self, arguments: Sequence[str]) -> list[str]:
        roots = [absolute_source(argument) for argument in arguments]
        if not roots:
            return indexed_paths(self._storage)
        with self._storage.transaction():
            known = (root for root in roots if root != STANDARD_INPUT and not _is_missing(root))
            keep_indexed_paths(self._storage, known)
        return roots

    def _updated(
        self, roots: Sequence[str], processes: int, cluster: Cluster | None, *, rereads_piped: bool
    ) -> Iterator[IndexEvent]:
        writer = IndexWriter(self._storage)
        vanished = [root for root in roots if self._has_vanished(root)]
        roots = [root for root in roots if root not in vanished]
        task = ReadingTask(self._options, document_record, self._store)
        outcomes = run_batch(task, self._changed_files(roots), processes=processes, cluster=cluster)
        with ExitStack() as transaction:
            transaction.enter_context(self._storage.transaction())
            committed_at = time.monotonic()
            try:
                for outcome in outcomes:
                    yield from self._reported()
                    yield from self._written(writer, outcome)
                    if time.monotonic() - committed_at > _COMMIT_SECONDS:
                        transaction.close()
                        transaction.enter_context(self._storage.transaction())
                        committed_at = time.monotonic()
            except GeneratorExit:
                # What was yielded is complete: keep it.
                transaction.close()
                raise
            finally:
                outcomes.close()  # ends the processes
            yield from self._reported()
            self._close_files(writer, "")
            for piped in self._piped_to_read(is_any_stale=rereads_piped):
                yield from self._reread(writer, task, piped)
            for path in (*map(storable, vanished), *self._vanished(roots)):
                writer.remove_file(path)
                self._storage.rows("DELETE FROM roots WHERE path = ?", (path,))
                yield IndexEvent(IndexStatus.REMOVED, path)

    def _changed_files(self, roots: Sequence[str]) -> Iterator[str]:
        """Yield the sources that must be read, and note the others as unchanged."""
        for path in SourcePaths(roots):
            state = file_state(path) if path != STANDARD_INPUT else None
            if self._is_unchanged(path, state):
                self._unreported.append(path)
            else:
                self._open.append(_OpenFile(path, state))
                yield path

    def _is_unchanged(self, path: str, state: FileState | None) -> bool:
        key = storable(path)
        if state is None or key in self._stale:
            return False
        rows = self._storage.rows("SELECT mtime, size, digest FROM files WHERE path = ?", (key,))
        if not rows or rows[0][1] != state.size:
            return False
        if rows[0][0] == state.mtime:
            return True
        if rows[0][2] != _file_digest(path):
            return False
        self._storage.rows("UPDATE files SET mtime = ? WHERE path = ?", (state.mtime, key))
        return True

    def _reported(self) -> Iterator[IndexEvent]:
        while self._unreported:
            yield IndexEvent(IndexStatus.UNCHANGED, self._unreported.popleft())

    def _written(self, writer: IndexWriter, outcome: Outcome[DocumentRecord]) -> Iterator[IndexEvent]:
        """Write what was made of a source."""
        self._close_files(writer, outcome.source)
        file = self._open[0]
        if outcome.members:
            return
        if outcome.value is None:
            file.failed = outcome.source == file.path
            yield IndexEvent(IndexStatus.FAILED, outcome.source, outcome.error, outcome.notices)
            return
        record = outcome.value
        if outcome.source == STANDARD_INPUT:
            source = path = piped_source(record.digest)
        else:
            source, path = storable(outcome.source), storable(file.path)
        self._save(writer, record, source, path)
        file.sources.add(source)
        if outcome.source == file.path:
            file.digest = record.file_digest
        yield IndexEvent(IndexStatus.INDEXED, outcome.source, notices=outcome.notices)

    def _save(self, writer: IndexWriter, record: DocumentRecord, source: str, path: str) -> None:
        decisions = self._log_lengths.get(record.digest, 0)
        writer.save(_with_source(record, source), path, self._recognized_by, decisions, replace=path in self._stale)

    def _piped_to_read(self, *, is_any_stale: bool) -> list[PipedText]:
        """Return the texts from standard input whose names must be looked for: the stale ones, or just new ones."""
        new = {row[0] for row in self._storage.rows(_NEW_SOURCES_SQL, (NOT_RECOGNIZED,))}
        sources = new | self._stale if is_any_stale else new
        if not any(map(is_unnamed, sources)):
            return []
        return [piped for piped in piped_texts(self._storage) if piped.source in sources]

    def _reread(self, writer: IndexWriter, task: ReadingTask[DocumentRecord], piped: PipedText) -> Iterator[IndexEvent]:
        """Find the names of a text from standard input again."""
        blocks = plain_blocks(piped.text)
        document = Document(piped.text, blocks, piped.title, piped.source, date=piped.date, author=piped.author)
        outcome = task.of_document(document)
        if outcome.value is None:
            yield IndexEvent(IndexStatus.FAILED, piped.source, outcome.error, outcome.notices)
            return
        self._save(writer, outcome.value, piped.source, piped.source)
        yield IndexEvent(IndexStatus.INDEXED, piped.source, notices=outcome.notices)

    def _close_files(self, writer: IndexWriter, source: str) -> None:
        """Write that files are complete, up to the one that a source is in; every one for the source ""."""
        while self._open and not (source and self._open[0].has(source)):
            file = self._open.popleft()
            if file.failed or file.state is None or file.state != file_state(file.path):
                continue
            digest = file.digest or _file_digest(file.path)
            writer.save_file(storable(file.path), *file.state, digest, file.sources)

    def _has_vanished(self, root: str) -> bool:
        """Return whether a root is a file of the index that no longer exists."""
        if "://" in root or root == STANDARD_INPUT or os.path.lexists(root):
            return False
        return bool(self._storage.rows("SELECT 1 FROM sources WHERE file = ? LIMIT 1", (storable(root),)))

    def _vanished(self, roots: Iterable[str]) -> list[str]:
        """Return the files below the roots that no longer exist. A folder that is missing itself removes nothing."""
        folders = [_fixed_part(root) for root in roots if "://" not in root and root != STANDARD_INPUT]
        prefixes = tuple(storable(folder).rstrip(os.sep) + os.sep for folder in folders if Path(folder).is_dir())
        rows = self._storage.rows("SELECT DISTINCT file FROM sources ORDER BY file") if prefixes else []
        return [row[0] for row in rows if row[0].startswith(prefixes) and not os.path.lexists(path_of(row[0]))]

    def _finish(self, general: Sequence[str], progress: UpdateProgress) -> None:
        from reader.annotate import GENERAL_DOCUMENT

        with self._storage.transaction():
            IndexWriter(self._storage).remove_unused_names()
            update_profiles(self._storage, self._store.history(GENERAL_DOCUMENT).decisions, progress)
            save_general_decisions(self._storage, general)
        self._storage.optimize()


def _with_source(record: DocumentRecord, source: str) -> DocumentRecord:
    from dataclasses import replace

    return record if record.source == source else replace(record, source=source)


def _file_digest(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _is_missing(root: str) -> bool:
    """Return whether a root is the path of nothing: a misspelled one is not looked for again."""
    return "://" not in root and "::" not in root and not os.path.lexists(_fixed_part(root))


def _fixed_part(root: str) -> str:
    """Return a folder itself, or the folder above the first wildcard of a pattern."""
    if os.path.lexists(root):
        return root
    parts = Path(root).parts
    wildcards = [index for index, part in enumerate(parts) if set(part) & set("*?[")]
    return str(Path(*parts[: wildcards[0]])) if wildcards else root
