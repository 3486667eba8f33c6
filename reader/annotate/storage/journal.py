"""Writes records to the store's file, and keeps them in memory while they cannot be written.

A record takes effect as soon as it is decided. It counts as written only when SQLite has committed it to disk and the
open file is still the one at the store's path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias, TypeVar

from reader.annotate.log.decision_history import History, HistoryBuilder, Step, replay
from reader.annotate.log.records import Record, root_id
from reader.annotate.storage.database import Database
from reader.annotate.storage.document_log import LoadedLog, insert_records
from reader.annotate.storage.earlier_versions import records_from_earlier_versions
from reader.annotate.storage.errors import StoreDamagedError, StoreError, StoreReadOnlyError
from reader.annotate.storage.open_store import open_database, reopen
from reader.document import Document
from reader.structures.named_tuple import NamedTuple

T = TypeVar("T")
Default = TypeVar("Default")


class LogChange(NamedTuple):
    """Records to add to a document's log, and the steps that they undo or redo."""

    records: list[Record]
    steps: tuple[Step, ...] = ()


PlanChange: TypeAlias = Callable[[History], LogChange]
"""Builds a change from the latest history of a document."""


class Journal:
    """The logs of all documents, and the file that contains them."""

    def __init__(self, path: Path | None, patience: float) -> None:
        """Use the file at `path`, and wait up to `patience` seconds for locks. Without a path, stay in memory."""
        self.error: StoreError | None = None
        """The last failure; None once everything has been written."""
        self.notices: list[str] = []
        self.pending: list[Record] = []
        """The records that wait to be written, in order."""
        self.carry_over_targets: set[str] = set()
        """Digests of the documents that decisions on an earlier text were carried over to."""
        self._pending_documents: dict[str, Document] = {}  # the documents of the pending records, by digest
        self._unwritten_carry_over: dict[str, Sequence[Record]] = {}  # carried over but not yet on disk, by digest
        self._path = path
        self._patience = patience
        self._database: Database | None = None
        self._logs: dict[str, LoadedLog] = {}
        if path is None:
            self.error = StoreReadOnlyError("annotations are not kept")

    @property
    def readable(self) -> bool:
        """Whether the file could be read. A file that does not exist yet counts as read."""
        if self._path is None or self.error is None:
            return True
        return self._database is not None and isinstance(self.error, StoreReadOnlyError)

    def database(self, *, create: bool, check_all: bool = False) -> Database | None:
        """Return the open file, and open it first if necessary.

        Args:
            create: Whether to create the file if it does not exist; if false, return None instead.
            check_all: Whether to check every page of the file when it is opened.

        Raises:
            StoreError: The file cannot be opened, or records read from its predecessor cannot be written to it.
        """
        previous = self._database
        if previous is not None and (previous.is_at_path() or previous.read_only is not None):
            return previous
        if self._path is None:
            return None
        if previous is None:
            opened, notices = open_database(self._path, create=create, patience=self._patience, check_all=check_all)
        else:
            opened, notices = reopen(previous, patience=self._patience)
        self._database = opened
        self.notices += notices
        self._restore_loaded_records()
        return opened

    def read(self, query: Callable[[Database], T], default: Default) -> T | Default:
        """Return the result of `query`, or `default` if the file does not exist or cannot be read.

        If the file turns out to be damaged, it is rebuilt and the query runs once more.
        """

        def run_query() -> T | Default:
            database = self.database(create=False)
            return query(database) if database is not None else default

        return self._attempt(run_query, default)

    def update(self, statements: Callable[[Database], object]) -> bool:
        """Run `statements` in one transaction; return whether it is on disk."""

        def run_transaction() -> bool:
            database = self.database(create=True)
            if database is None:
                return False
            with database.transaction():
                statements(database)
            return True

        return self._attempt(run_transaction, default=False)

    def history(self, document: Document) -> History:
        """Return the history of a document, with the records of other windows and those that wait to be written."""
        self.read(lambda database: self._load(database, document), None)
        return self._history_in_memory(document)

    def carry_over(self, document: Document) -> None:
        """Add the decisions on earlier versions of a text to its log; do so once per document.

        If the records cannot be written, they take effect anyway. Nothing is lost: they remain in the logs that they
        were copied from.
        """
        if document.digest in self._unwritten_carry_over or self._path is None:
            return
        self._unwritten_carry_over[document.digest] = ()
        records = self.read(lambda database: records_from_earlier_versions(database, document), ())
        if records:
            self._unwritten_carry_over[document.digest] = records
            self.carry_over_targets.add(document.digest)
        self._write_carry_over(document)

    def carry_over_again(self, document: Document) -> None:
        """Let `carry_over` look for later decisions on other versions, unless it has records yet to be written."""
        if not self._unwritten_carry_over.get(document.digest):
            self._unwritten_carry_over.pop(document.digest, None)

    def changed_since(self, history: History) -> bool:
        """Return whether a document's log in the file has grown since `history`."""
        return self.read(lambda database: self._has_grown(database, history), default=False)

    def write(self, document: Document, plan: PlanChange) -> LogChange:
        """Write the change that `plan` builds from the latest history; return the change.

        If the change cannot be written, its records wait in `pending`.
        """
        self._write_carry_over(document)
        planned = _PlannedWrite(document, plan)
        if self._attempt(lambda: self._commit(self.database(create=True), planned), default=False):
            return planned.change
        if not planned.change.records:  # the write failed before the change was built
            planned.build(self._history_in_memory(document))
        if planned.change.records:
            self._pending_documents[document.digest] = document
            self.pending += planned.change.records
        return planned.change

    def records(self, document: Document) -> list[Record]:
        """Return the records of a document's log that have been loaded, and those that wait to be written."""
        log = self._log(document)
        ids_on_disk = {record.id for record in log.records}
        pending = [record for record in self.pending if record.document == document.digest]
        return [
            *log.records,
            *self._missing_carry_over(document),
            *(record for record in pending if record.id not in ids_on_disk),
        ]

    def import_records(self, incoming: Sequence[tuple[Document, Sequence[Record]]]) -> int:
        """Write the records that are not in the file yet, all or none; return their number.

        Raises:
            StoreError: They cannot be written.
        """

        def write_new_records() -> list[tuple[LoadedLog, list[Record]]]:
            written: list[tuple[LoadedLog, list[Record]]] = []
            database = self.database(create=True)
            assert database is not None  # `create` was set
            with database.transaction():
                counts: Counter[str] = Counter()  # by digest: a document may come more than once
                for document, records in incoming:
                    log = self._load(database, document)
                    new_records = [record for record in records if not database.has_record(record.id)]
                    last = log.history_builder.last_seq + counts[document.digest]
                    counts[document.digest] += len(new_records)
                    written.append((log, insert_records(database, document, new_records, last, opened=False)))
            return written

        written = self._attempt(write_new_records, None)
        if written is None:
            assert self.error is not None  # the attempt failed
            raise self.error
        for log, records in written:
            log.add(records)
        return sum(len(records) for _, records in written)

    def repair(self) -> None:
        """Check the whole file, and rebuild it if it is damaged.

        Raises:
            StoreError: The file cannot be opened or rebuilt.
        """
        if self.database(create=False) is not None:
            self._close_file()
            self.database(create=True, check_all=True)

    def flush(self) -> bool:
        """Try to write the pending records, even to a file that was read-only; return whether all are on disk."""
        if self.pending:
            if self._database is not None and self._database.read_only is not None:
                self._close_file()
            self._attempt(lambda: self._commit(self.database(create=True)), default=False)
        return not self.pending

    def close(self) -> None:
        """Write the pending records if possible, and close the file."""
        self.flush()
        self._close_file()

    def _attempt(self, action: Callable[[], T], default: Default) -> T | Default:
        """Return the value of `action`, or `default` if a `StoreError` stopped it; `error` has the reason.

        If the file turns out to be damaged, rebuild it and run `action` once more.
        """
        if self._path is None:
            return default
        try:
            try:
                value = action()
            except StoreDamagedError:
                if self._database is None:
                    raise
                self._close_file()
                self.database(create=True, check_all=True)
                value = action()
        except StoreError as error:
            self.error = error
            return default
        if not self.pending:
            self.error = self._database.read_only if self._database is not None else None
        return value

    def _close_file(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write_carry_over(self, document: Document) -> None:
        if not self._unwritten_carry_over.get(document.digest):
            return
        if self._database is None or self._database.read_only is not None:
            return
        planned = _PlannedWrite(document, lambda _: LogChange(self._missing_carry_over(document)))
        if self._attempt(lambda: self._commit(self.database(create=True), planned), default=False):
            self._unwritten_carry_over[document.digest] = ()

    def _missing_carry_over(self, document: Document) -> list[Record]:
        """Return the carried-over records that are not in the log, not even as copies that another window wrote."""
        records = self._unwritten_carry_over.get(document.digest)
        if not records:
            return []
        roots = {root_id(record.id) for record in self._log(document).records}
        return [record for record in records if root_id(record.id) not in roots]

    def _has_grown(self, database: Database, history: History) -> bool:
        log = self._logs.get(history.document)
        if log is not None and log.data_version == database.data_version():
            return log.history_builder.last_seq > history.last_seq
        return database.last_number(history.document) > history.last_seq

    def _restore_loaded_records(self) -> None:
        """Write the records loaded from a file that was damaged or replaced to the file that is open now."""
        loaded = [record for log in self._logs.values() for record in log.records if record.intact]
        documents = {digest: log.document for digest, log in self._logs.items()}
        self._logs.clear()
        database = self._database
        if database is not None and (missing := [record for record in loaded if not database.has_record(record.id)]):
            self._pending_documents |= documents
            self.pending = missing + self.pending
            self._commit(database)

    def _commit(self, database: Database | None, planned: _PlannedWrite | None = None) -> bool:
        """Write the pending records, then the planned change, in one transaction; return whether there is a file.

        Raises:
            StoreError: Nothing was written (after an I/O error, perhaps everything).
        """
        if database is None:
            return False
        written: list[tuple[LoadedLog, list[Record]]] = []
        try:
            with database.transaction():
                for document in self._pending_documents.values():
                    log = self._load(database, document)
                    records = [record for record in self.pending if record.document == document.digest]
                    # After an I/O error at the end of a transaction, the transaction may have been committed or not.
                    records = [record for record in records if not database.has_record(record.id)]
                    records = self._missing_carry_over(document) + records
                    written.append((log, insert_records(database, document, records, log.history_builder.last_seq)))
                if planned is not None:
                    log = self._load(database, planned.document)
                    last = log.history_builder.last_seq + _count_records(written, log)
                    records = planned.build(self._history_in_memory(planned.document))
                    written.append((log, insert_records(database, planned.document, records, last)))
        except StoreError:
            for log in self._logs.values():
                log.data_version = -1
            raise
        if not database.is_at_path():
            self.database(create=True)  # copies what was just written to the file that is now at the path
        else:
            for log, records in written:
                log.add(records)
        self.pending.clear()
        self._pending_documents.clear()
        return True

    def _history_in_memory(self, document: Document) -> History:
        pending = any(record.document == document.digest for record in self.pending)
        if not pending and not self._unwritten_carry_over.get(document.digest):
            return self._log(document).history_builder.history()
        return replay(self.records(document), document.text, document.digest)

    def _log(self, document: Document) -> LoadedLog:
        digest = document.digest
        if digest not in self._logs:
            self._logs[digest] = LoadedLog(HistoryBuilder(digest, document.text), document)
        return self._logs[digest]

    def _load(self, database: Database, document: Document) -> LoadedLog:
        """Return a document's log after loading the records that were added to the file since the last call."""
        log = self._log(document)
        version = database.data_version()
        if version != log.data_version:
            log.add(database.records(document.digest, log.history_builder.last_seq))
            log.data_version = version
        return log


class _PlannedWrite:
    """A change to write to one document's log.

    The last change that was built remains available after a failed write: its records may be on disk nevertheless, so
    they must keep their ids.
    """

    def __init__(self, document: Document, plan: PlanChange) -> None:
        self.document = document
        self.change = LogChange([])
        self._plan = plan

    def build(self, history: History) -> list[Record]:
        """Build the change from the latest history, and return its records."""
        self.change = self._plan(history)
        return self.change.records


def _count_records(written: Sequence[tuple[LoadedLog, list[Record]]], log: LoadedLog) -> int:
    """Return how many of the records written in this transaction belong to `log`."""
    return sum(len(records) for written_log, records in written if written_log is log)
