"""Keeping records: in the file as long as it takes them, in memory until it does.

A record counts as kept as soon as it is said, and as written only when SQLite says that it is on disk and the file is
the one that stands at the store's path.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from reader.annotate.decision_history import Fold, History, replay
from reader.annotate.records import Record, root
from reader.annotate.storage.database import Database
from reader.annotate.storage.document_log import Log, insert
from reader.annotate.storage.earlier_versions import look_back
from reader.annotate.storage.errors import StoreDamagedError, StoreError, StoreReadOnlyError
from reader.annotate.storage.open_store import open_database, reopen
from reader.document import Document

Make: TypeAlias = Callable[[History], list[Record]]
"""Makes the records to write of the latest history."""


class Journal:
    """The logs of all documents, and the file that they are in."""

    def __init__(self, path: Path | None, patience: float) -> None:
        """Keep the records in the file at `path`, waiting `patience` seconds for locks; without a path, in memory."""
        self.error: StoreError | None = None
        """What failed last; None once everything is written again."""
        self.notices: list[str] = []
        self.pending: list[Record] = []
        """What waits to be written, in order."""
        self.arrivals: set[str] = set()
        """Documents to which something was carried over from an earlier text."""
        self._documents: dict[str, Document] = {}  # those that pending records are about
        self._arrived: dict[str, list[Record]] = {}  # what was carried over but could not be written, by document
        self._path = path
        self._patience = patience
        self._database: Database | None = None
        self._logs: dict[str, Log] = {}
        if path is None:
            self.error = StoreReadOnlyError("annotations are not kept")

    @property
    def readable(self) -> bool:
        """Whether what is in the file could be read, be it nothing yet."""
        if self._path is None or self.error is None:
            return True
        return self._database is not None and isinstance(self.error, StoreReadOnlyError)

    def database(self, *, make: bool, distrust: bool = False) -> Database | None:
        """Return the open file, opening it first where needed; None if there is none yet and none is to be made.

        Raises:
            StoreError: it cannot be opened, or what was read of it before cannot be carried over.
        """
        old = self._database
        if old is not None and (old.in_place() or old.read_only is not None):
            return old
        if self._path is None:
            return None
        if old is None:
            opened, notices = open_database(self._path, make=make, patience=self._patience, distrust=distrust)
        else:
            opened, notices = reopen(old, patience=self._patience)
        self._database = opened
        self.notices += notices
        self._carry_over()
        return opened

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do it; if the file turns out to be damaged, replace it and do it once more. Note what went wrong."""
        if self._path is None:
            return False
        try:
            try:
                action()
            except StoreDamagedError:
                if self._database is None:
                    raise
                self._let_go()
                self.database(make=True, distrust=True)
                action()
        except StoreError as error:
            self.error = error
            return False
        if not self.pending:
            self.error = self._database.read_only if self._database is not None else None
        return True

    def history(self, document: Document) -> History:
        """Return what a document's log adds up to, with what others wrote since and what waits to be written."""
        self.attempt(lambda: self._refresh(document))
        return self._view(document)

    def arrive(self, document: Document) -> None:
        """See, once, that what was decided on earlier versions of a text is in its log.

        Where it cannot be written it is in effect nevertheless; nothing is lost, as it stays in the log it comes from.
        """
        if document.digest in self._arrived or self._path is None:
            return
        self._arrived[document.digest] = []
        self.attempt(lambda: self._look_back(document))

    def _look_back(self, document: Document) -> None:
        database = self.database(make=False)
        if database is not None:
            brought = self._arrived[document.digest] = look_back(database, document)
            if brought:
                self.arrivals.add(document.digest)
            self._write_arrived(document)

    def _write_arrived(self, document: Document) -> None:
        if not self._arrived.get(document.digest) or self._database is None or self._database.read_only is not None:
            return

        if self.attempt(lambda: self._commit(self.database(make=True), document, lambda _: self._new(document))):
            self._arrived[document.digest] = []

    def _new(self, document: Document) -> list[Record]:
        """Return what was carried over and is not in the log yet, be it in a copy that another window made."""
        arrived = self._arrived.get(document.digest)
        if not arrived:
            return []
        known = {root(record.id) for record in self._log(document).records}
        return [record for record in arrived if root(record.id) not in known]

    def changed_since(self, history: History) -> bool:
        """Tell whether a document's log has grown in the file since."""
        database = self.database(make=False)
        if database is None:
            return False
        log = self._logs.get(history.document)
        if log is not None and log.version == database.version():
            return log.fold.last > history.last
        return database.last(history.document) > history.last

    def write(self, document: Document, make: Make) -> None:
        """Write the records that `make` makes of the latest history, or keep them until they can be written."""
        made: list[Record] = []
        self._write_arrived(document)

        def once(history: History) -> list[Record]:
            made[:] = make(history)
            return made

        if self.attempt(lambda: self._commit(self.database(make=True), document, once)):
            return
        if not made:
            made = make(self._view(document))
        if made:
            self._documents[document.digest] = document
            self.pending += made

    def records(self, document: Document) -> list[Record]:
        """Return what is known of a document's log, with what waits to be written."""
        log = self._log(document)
        known = {record.id for record in log.records}
        waiting = [record for record in self.pending if record.document == document.digest]
        return [*log.records, *self._new(document), *(record for record in waiting if record.id not in known)]

    def take_in(self, incoming: Sequence[tuple[Document, Sequence[Record]]]) -> int:
        """Write those records that are not in the file yet, all or none; return how many.

        Raises:
            StoreError: They cannot be written.
        """
        written: list[tuple[Log, list[Record]]] = []

        def work() -> None:
            database = self.database(make=True)
            if database is None:
                return
            written.clear()
            with database.transaction():
                for document, records in incoming:
                    log = self._read_on(database, document)
                    fresh = [record for record in records if not database.has_record(record.id)]
                    after = log.fold.last + sum(len(others) for other, others in written if other is log)
                    written.append((log, insert(database, document, fresh, after, opened=False)))

        if not self.attempt(work):
            assert self.error is not None  # that is why
            raise self.error
        for log, records in written:
            log.add(records)
        return sum(len(records) for _, records in written)

    def repair(self) -> None:
        """Check everything, and replace a damaged file.

        Raises:
            StoreError: It cannot be done.
        """
        if self.database(make=False) is not None:
            self._let_go()
            self.database(make=True, distrust=True)

    def flush(self) -> bool:
        """Try to write what is pending, also into a file that could only be read before; return whether it is."""
        if self.pending:
            if self._database is not None and self._database.read_only is not None:
                self._let_go()
            self.attempt(lambda: self._commit(self.database(make=True)))
        return not self.pending

    def close(self) -> None:
        """Write what is pending, if that is possible, and let go of the file."""
        self.flush()
        self._let_go()

    def _let_go(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _carry_over(self) -> None:
        """See that what was read of a file before it was damaged or replaced is in the one that is open now."""
        known = [record for log in self._logs.values() for record in log.records if record.intact]
        documents = {digest: log.document for digest, log in self._logs.items()}
        self._logs.clear()
        database = self._database
        if database is not None and (missing := [each for each in known if not database.has_record(each.id)]):
            self._documents |= documents
            self.pending = missing + self.pending
            self._commit(database)

    def _commit(self, database: Database | None, document: Document | None = None, make: Make | None = None) -> None:
        if database is None:
            return
        written: list[tuple[Log, list[Record]]] = []
        try:
            with database.transaction():
                for known in self._documents.values():
                    log = self._read_on(database, known)
                    waiting = [record for record in self.pending if record.document == known.digest]
                    # An I/O error at the end of a transaction leaves open whether it took place.
                    waiting = [record for record in waiting if not database.has_record(record.id)]
                    waiting = self._new(known) + waiting
                    written.append((log, insert(database, known, waiting, log.fold.last)))
                if document is not None and make is not None:
                    log = self._read_on(database, document)
                    after = log.fold.last + sum(len(records) for other, records in written if other is log)
                    written.append((log, insert(database, document, make(self._view(document)), after)))
        except StoreError:
            for log in self._logs.values():
                log.version = -1
            raise
        if not database.in_place():
            self.database(make=True)  # takes what was written over into the file that stands there now
        else:
            for log, records in written:
                log.add(records)
        self.pending.clear()
        self._documents.clear()

    def _view(self, document: Document) -> History:
        waiting = any(record.document == document.digest for record in self.pending)
        if not waiting and not self._arrived.get(document.digest):
            return self._log(document).fold.history()
        return replay(self.records(document), document.text, document.digest)

    def _log(self, document: Document) -> Log:
        digest = document.digest
        if digest not in self._logs:
            self._logs[digest] = Log(Fold(digest, document.text), document)
        return self._logs[digest]

    def _refresh(self, document: Document) -> None:
        database = self.database(make=False)
        if database is not None:
            self._read_on(database, document)

    def _read_on(self, database: Database, document: Document) -> Log:
        log = self._log(document)
        version = database.version()
        if version != log.version:
            log.add(database.records(document.digest, log.fold.last))
            log.version = version
        return log
