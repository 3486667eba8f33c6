"""The store: decisions of every document in one file, each on disk before it is called saved.

Nothing here raises because of the disk: what cannot be written is kept in memory, counts as said and is written with
the next decision or by `retry`; `saved` and `problem` tell the truth in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Final, Self, TypeAlias

from reader.annotate import shelf
from reader.annotate.database import Database
from reader.annotate.decisions import Decision
from reader.annotate.errors import StoreDamagedError, StoreError, StoreReadOnlyError
from reader.annotate.history import Fold, History, Step, replay
from reader.annotate.opening import open_database, reopen
from reader.annotate.records import REDO, UNDO, Record, about_step, decided, new_id, numbered
from reader.annotate.shelf import Remembered
from reader.directories import data_dir
from reader.document import Document

FILE: Final = "annotations.db"

_Make: TypeAlias = Callable[[History], list[Record]]


@dataclass(slots=True)
class _Log:
    """What has been read of one document's log."""

    fold: Fold
    document: Document
    records: list[Record] = field(default_factory=list)
    version: int = -1
    """SQLite's data version when it was read."""

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            self.records.append(record)
            self.fold.add(record)


class Store:
    """The decisions and reading positions that are kept. May be used from any thread, by one at a time."""

    def __init__(self, path: Path | None, *, busy_timeout: float = 2.0, author: str = "") -> None:
        """Use `open` or `MemoryStore` instead."""
        self._path = path
        self._patience = busy_timeout
        self._author = author
        self._session = new_id()
        self._lock = RLock()
        self._database: Database | None = None
        self._logs: dict[str, _Log] = {}
        self._pending: list[Record] = []
        self._documents: dict[str, Document] = {}  # those that pending records are about
        self._shelf: dict[str, Remembered] = {}  # what could not be written of the reading positions
        self._error: StoreError | None = None
        self._notices: list[str] = []

    @staticmethod
    def open(path: Path | None = None, *, busy_timeout: float = 2.0, author: str = "") -> Store:
        """Open the store at `path`, by default in the data directory; it is made when something is first written.

        Always returns a store; `problem` says what is wrong with it. A damaged file is set aside and replaced by one
        with what could be read out of it, of which `notices` tells.

        Args:
            path: The file.
            busy_timeout: Seconds to wait for another program that keeps the store locked.
            author: Written into every record.
        """
        store = Store(path if path is not None else data_dir() / FILE, busy_timeout=busy_timeout, author=author)
        store._try(lambda: store._open(make=False))
        return store

    @property
    def saved(self) -> bool:
        """Whether everything that was decided is on disk."""
        return not self._pending

    @property
    def unsaved(self) -> int:
        """How many records wait to be written."""
        return len(self._pending)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written at all, now or with patience."""
        return isinstance(self._error, StoreReadOnlyError)

    @property
    def readable(self) -> bool:
        """Whether what is on disk could be read, be it nothing yet."""
        if self._path is None or self._error is None:
            return True
        return self._database is not None and isinstance(self._error, StoreReadOnlyError)

    @property
    def error(self) -> StoreError | None:
        """What the store failed at last; None once it works again."""
        return self._error

    @property
    def problem(self) -> str:
        """The same in one line for the user; "" while all is well."""
        return str(self._error) if self._error is not None else ""

    @property
    def notices(self) -> tuple[str, ...]:
        """What happened to the file since it was opened, each one line for the user."""
        return tuple(self._notices)

    def history(self, document: Document) -> History:
        """Return what the log says of a document, with what other windows wrote since."""
        with self._lock:
            self._try(lambda: self._refresh(document))
            return self._view(document)

    def append(self, document: Document, decisions: Iterable[Decision]) -> History:
        """Write the decisions as one step and return the history with them; look at `saved` before saying so.

        Raises:
            MalformedRecordError: a decision makes no sense (a blank name, a span outside of the text); none is kept.
        """
        made = decided(document.digest, document.text, decisions, self._session, self._author)
        with self._lock:
            if made:
                self._write(document, lambda _: made)
            return self.history(document)

    def undo(self, document: Document) -> tuple[Step | None, History]:
        """Take the last step back; return it, or None if there is none, and the history without it."""
        return self._move(document, UNDO)

    def redo(self, document: Document) -> tuple[Step | None, History]:
        """Bring back the step that was undone last; return it, or None if there is none, and the history with it."""
        return self._move(document, REDO)

    def changed_since(self, history: History) -> bool:
        """Tell whether another window has written about the document since; costs next to nothing while none has."""
        with self._lock:
            changed = False

            def look() -> None:
                nonlocal changed
                database = self._open(make=False)
                log = self._logs.get(history.document)
                if database is None or (log is not None and log.version == database.version()):
                    changed = log is not None and log.fold.last > history.last
                    return
                changed = database.last(history.document) > history.last

            self._try(look)
            return changed

    def remember(self, document: Document, position: int) -> None:
        """Keep where the reader is in a document (code point), and that it was opened; failing is no problem."""
        with self._lock:
            seen = shelf.seen_now(document, position)
            try:
                database = self._open(make=True)
                if database is None:
                    raise StoreReadOnlyError
                with database.transaction():
                    shelf.put(database, document, seen)
                    shelf.keep_text(database, document)
            except StoreError:
                self._shelf[document.digest] = seen

    def recall(self, document: Document) -> Remembered | None:
        """Return what is remembered of a document; None if it was never opened."""
        with self._lock:
            return self._shelf.get(document.digest) or next(
                iter(self._read(lambda database: shelf.find(database, document.digest))), None
            )

    def recent(self, limit: int = 20) -> tuple[Remembered, ...]:
        """Return the documents opened last, the latest first."""
        with self._lock:
            found = {item.digest: item for item in self._read(lambda database: shelf.recent(database, limit))}
            found.update(self._shelf)
            return tuple(sorted(found.values(), key=lambda item: item.opened, reverse=True)[:limit])

    def earlier(self, document: Document) -> tuple[Remembered, ...]:
        """Return documents with decisions that were read from the same place or file, but had another text."""
        with self._lock:
            return tuple(self._read(lambda database: shelf.earlier(database, document)))

    def check(self) -> tuple[str, ...]:
        """Return what a thorough check of the file finds, each one line; slow on a large store."""
        with self._lock:
            try:
                database = self._open(make=False)
                return database.check() if database is not None else ()
            except StoreError as error:
                return (str(error),)

    def retry(self) -> bool:
        """Try to write what could not be written; return whether everything is on disk now."""
        with self._lock:
            if self._pending:
                if self._database is not None and self._database.read_only is not None:
                    self._database.close()
                    self._database = None
                self._attempt(None, lambda _: [])
            return self.saved

    def close(self) -> None:
        """Write what is pending, if that is possible, and let go of the file."""
        with self._lock:
            self.retry()
            if self._database is not None:
                self._database.close()
                self._database = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _move(self, document: Document, kind: str) -> tuple[Step | None, History]:
        moved: Step | None = None

        def make(history: History) -> list[Record]:
            nonlocal moved
            moved = history.next_undo if kind == UNDO else history.next_redo
            if moved is None:
                return []
            return [about_step(kind, document.digest, moved.id, self._session, self._author)]

        with self._lock:
            if make(self.history(document)):
                self._write(document, make)
            return moved, self.history(document)

    def _write(self, document: Document, make: _Make) -> None:
        """Write the records that `make` makes of the latest history, or keep them until they can be written."""
        made: list[Record] = []

        def once(history: History) -> list[Record]:
            made[:] = make(history)
            return made

        if self._attempt(document, once):
            return
        if not made:
            made = make(self._view(document))
        if made:
            self._documents[document.digest] = document
            self._pending += made

    def _attempt(self, document: Document | None, make: _Make) -> bool:
        def write() -> None:
            database = self._open(make=True)
            if database is not None:
                self._commit(database, document, make)

        return self._try(write)

    def _commit(self, database: Database, document: Document | None, make: _Make) -> None:
        written: list[tuple[_Log, list[Record]]] = []
        try:
            with database.transaction():
                for digest, known in self._documents.items():
                    log = self._read_on(database, known)
                    waiting = [record for record in self._pending if record.document == digest]
                    # An I/O error at the end of a transaction leaves open whether it took place.
                    waiting = [record for record in waiting if not database.has_record(record.id)]
                    written.append((log, self._insert(database, known, waiting, log.fold.last)))
                if document is not None:
                    log = self._read_on(database, document)
                    after = log.fold.last + sum(len(records) for other, records in written if other is log)
                    made = make(self._view(document))
                    written.append((log, self._insert(database, document, made, after)))
        except StoreError:
            for log in self._logs.values():
                log.version = -1
            raise
        if not database.in_place():
            self._open(make=True)  # takes what was written over into the file that stands there now
        else:
            for log, records in written:
                log.add(records)
        self._pending.clear()
        self._documents.clear()

    def _insert(self, database: Database, document: Document, records: list[Record], after: int) -> list[Record]:
        placed = numbered(records, after)
        if placed:
            shelf.enter(database, document)
            database.insert(placed)
            if len(document.text) <= shelf.KEPT_AT_ONCE:
                shelf.keep_text(database, document)
        return placed

    def _view(self, document: Document) -> History:
        log = self._log(document)
        if any(record.document == document.digest for record in self._pending):
            known = {record.id for record in log.records}
            waiting = [r for r in self._pending if r.document == document.digest and r.id not in known]
            return replay([*log.records, *waiting], document.text, document.digest)
        return log.fold.history()

    def _log(self, document: Document) -> _Log:
        digest = document.digest
        if digest not in self._logs:
            self._logs[digest] = _Log(Fold(digest, document.text), document)
        return self._logs[digest]

    def _refresh(self, document: Document) -> None:
        database = self._open(make=False)
        if database is not None:
            self._read_on(database, document)

    def _read_on(self, database: Database, document: Document) -> _Log:
        log = self._log(document)
        version = database.version()
        if version != log.version:
            log.add(database.records(document.digest, log.fold.last))
            log.version = version
        return log

    def _read(self, query: Callable[[Database], list[Remembered]]) -> list[Remembered]:
        found: list[Remembered] = []

        def read() -> None:
            database = self._open(make=False)
            if database is not None:
                found[:] = query(database)

        self._try(read)
        return found

    def _open(self, *, make: bool, distrust: bool = False) -> Database | None:
        """Return the open file, opening it first where needed; None if there is none yet."""
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
        self._notices += notices
        self._carry_over()
        return opened

    def _carry_over(self) -> None:
        """See that what was read of a file before it was damaged or replaced is in the one that is open now."""
        known = [record for log in self._logs.values() for record in log.records if record.intact]
        self._documents |= {digest: log.document for digest, log in self._logs.items()}
        self._logs.clear()
        if known and self._database is not None:
            self._pending = known + self._pending
            self._commit(self._database, None, lambda _: [])

    def _try(self, action: Callable[[], object]) -> bool:
        """Do it; if the file turns out to be damaged, replace it and do it once more. Note what went wrong."""
        if self._path is None:
            return False
        try:
            try:
                action()
            except StoreDamagedError:
                if self._database is None:
                    raise
                self._start_over()
                action()
        except StoreError as error:
            self._error = error
            return False
        if self.saved:
            self._error = self._database.read_only if self._database is not None else None
        return True

    def _start_over(self) -> None:
        """Let go of a damaged file and open what stands there, after a thorough look, or takes its place."""
        if self._database is not None:
            self._database.close()
            self._database = None
        self._open(make=True, distrust=True)


class MemoryStore(Store):
    """A store that keeps nothing and looks at nothing: for `--no-annotations`."""

    def __init__(self) -> None:
        super().__init__(None)
        self._error = StoreReadOnlyError("annotations are not kept")
