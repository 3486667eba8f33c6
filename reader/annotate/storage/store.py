"""The store: the decisions on every document, in one file. A decision is on disk before it is called saved.

Disk errors raise nothing here. A decision that cannot be written is held in memory, takes effect, and is written with
the next decision or by `retry`; until then `saved` and `problem` report it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Final, Self

from reader.annotate.decisions import Decision
from reader.annotate.log.decision_history import History, Step, combine_steps
from reader.annotate.log.records import REDO, UNDO, Record, current_time, decision_records, new_id, revert_records
from reader.annotate.storage import documents
from reader.annotate.storage.background import BackgroundTasks
from reader.annotate.storage.errors import StoreError, StoreReadOnlyError
from reader.annotate.storage.journal import Journal, LogChange
from reader.annotate.storage.opened_documents import OpenedDocuments
from reader.directories import data_dir
from reader.document import Document

STORE_FILE: Final = "annotations.db"
"""The name of the store's file in the data directory."""


class Store(OpenedDocuments):
    """Saves decisions and reading positions. May be used from any thread."""

    def __init__(self, path: Path | None, *, busy_timeout: float = 2.0, author: str = "") -> None:
        """Private: use `open` or `NullStore` instead."""
        super().__init__()
        self._path = path
        self._journal = Journal(path, busy_timeout)
        self._author = author
        self._session = new_id()
        self._opened_at = current_time()
        self._lock = RLock()
        self._background = BackgroundTasks()

    @staticmethod
    def open(path: Path | None = None, *, busy_timeout: float = 2.0, author: str = "") -> Store:
        """Open the store at `path`, by default in the data directory. The file is created by the first write.

        Always returns a store; `problem` says what is wrong with it. A damaged file is moved aside and replaced by a
        file with what could be read from it; `notices` reports that.

        Args:
            path: The file.
            busy_timeout: Seconds to wait while another program has locked the store.
            author: The author to write into every record.
        """
        store = Store(path if path is not None else data_dir() / STORE_FILE, busy_timeout=busy_timeout, author=author)
        store._journal.read(lambda _: None, None)
        return store

    @property
    def persistent(self) -> bool:
        """Whether the store writes to a file. A `NullStore` does not."""
        return self._path is not None

    @property
    def safe(self) -> bool:
        """Whether every decision that belongs on disk is on disk. Always true for a store that is not persistent."""
        return self.saved or not self.persistent

    @property
    def saved(self) -> bool:
        """Whether every decision is on disk."""
        return not self._journal.pending

    @property
    def unsaved(self) -> int:
        """The number of records that wait to be written."""
        return len(self._journal.pending)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written, not even later."""
        return isinstance(self._journal.error, StoreReadOnlyError)

    @property
    def readable(self) -> bool:
        """Whether the file could be read; if not, decisions are missing. A missing file counts as read."""
        return self._journal.readable

    @property
    def error(self) -> StoreError | None:
        """The last failure; None once the store works again."""
        return self._journal.error

    @property
    def problem(self) -> str:
        """The last failure as one line for the user; "" if there is none."""
        return str(self._journal.error or "")

    @property
    def notices(self) -> tuple[str, ...]:
        """Notices about the file since the store was opened, each as one line for the user."""
        return tuple(self._journal.notices)

    def history(self, document: Document) -> History:
        """Return the history of a document, with the records that other windows have written since."""
        with self._lock:
            self._journal.carry_over(document)
            return self._journal.history(document)

    def append(self, document: Document, decisions: Iterable[Decision], step: str = "") -> History:
        """Write decisions as one step and return the new history. Check `saved` before you report them as saved.

        Args:
            document: The document that the decisions are about.
            decisions: The decisions.
            step: The id of the step, to share it with a step of another document; "" for a new id.

        Raises:
            MalformedRecordError: A decision is invalid (a blank name, a span outside the text). None is recorded.
        """
        records = decision_records(document.digest, document.text, decisions, self._session, self._author, step)
        with self._lock:
            self._journal.carry_over(document)
            if records:
                self._journal.write(document, lambda _: LogChange(records))
                self._start_background_tasks(document)
            return self._journal.history(document)

    def undo(self, document: Document, step: str = "") -> tuple[Step | None, History]:
        """Undo the step with this id; without an id, the last step of this window or else of any window.

        Returns:
            The step that was undone, None if there is none, and the new history.
        """

        def choose(history: History) -> tuple[Step, ...]:
            if step:
                return tuple(candidate for candidate in history.steps if candidate.id == step)[:1]
            last = history.next_undo_in(self._session)
            return (last,) if last is not None else ()

        steps, history = self._move_steps(document, UNDO, choose)
        return (steps[0] if steps else None), history

    def next_undo(self, history: History) -> Step | None:
        """Return the step that undo would undo in this window."""
        return history.next_undo_in(self._session)

    def next_redo(self, history: History) -> Step | None:
        """Return the step that redo would bring back in this window."""
        return combine_steps(history.next_redo_in(self._session))

    def made_in_other_window(self, step: Step) -> bool:
        """Return whether a step was made in another window since this store was opened."""
        return step.session != self._session and step.time >= self._opened_at

    def redo(self, document: Document, step: str = "") -> tuple[Step | None, History]:
        """Redo the step with this id; without an id, what was last undone in this window or else in any window.

        Returns:
            The steps that were brought back, as one step, None if there are none, and the new history.
        """

        def choose(history: History) -> tuple[Step, ...]:
            if step:
                return tuple(candidate for candidate in history.undone if candidate.id == step)
            return history.next_redo_in(self._session)

        steps, history = self._move_steps(document, REDO, choose)
        return combine_steps(steps), history

    def undo_to(self, document: Document, step: str) -> tuple[tuple[Step, ...], History]:
        """Undo every step after the given one; a single redo brings all of them back.

        Args:
            document: The document.
            step: The id of the last step to keep, whether or not it is undone; "" to undo everything.

        Returns:
            The steps that were undone, latest first, and the new history.

        Raises:
            KeyError: There is no such step.
        """
        with self._lock:
            self._journal.carry_over(document)
            return self._move_steps(document, UNDO, lambda history: history.steps_after(step))

    def carried_over(self, document: Document) -> bool:
        """Return whether decisions were carried over to a text from an earlier one since the store was opened."""
        return document.digest in self._journal.carry_over_targets

    def carry_over_again(self, document: Document) -> None:
        """Let the next call of `history` carry over later decisions on other versions of a text."""
        with self._lock:
            self._journal.carry_over_again(document)

    def changed_since(self, history: History) -> bool:
        """Return whether another window has changed the document's log. Cheap if none has."""
        with self._lock:
            return self._journal.changed_since(history)

    def records(self, document: Document) -> tuple[Record, ...]:
        """Return the records of a document's log, without damaged ones."""
        with self._lock:
            self._journal.history(document)
            return tuple(record for record in self._journal.records(document) if record.intact)

    def import_records(self, incoming: Iterable[tuple[Document, Sequence[Record]]]) -> int:
        """Add the records of logs from elsewhere whose ids are not in the store yet; return their number.

        Raises:
            StoreError: They cannot be written; none are.
        """
        with self._lock:
            return self._journal.import_records(list(incoming))

    def import_steps(self, incoming: Iterable[tuple[Document, Sequence[Decision]]]) -> int:
        """Write decisions about several documents, one step for each, all or none; return their number.

        Raises:
            MalformedRecordError: A decision is invalid. None is recorded.
            StoreError: They cannot be written; none are.
        """
        logs = [
            (document, decision_records(document.digest, document.text, decisions, self._session, self._author))
            for document, decisions in incoming
        ]
        return self.import_records(logs)

    def check(self) -> tuple[str, ...]:
        """Check the whole file and return the faults, one line each. Slow for a large store."""
        with self._lock:
            try:
                database = self._journal.database(create=False)
                return database.check() if database is not None else ()
            except StoreError as error:
                return (str(error),)

    def repair(self) -> None:
        """Check the whole file, and rebuild a damaged one from its readable records and its backups; see `notices`.

        Raises:
            StoreError: The file cannot be opened or rebuilt.
        """
        with self._lock:
            self._journal.repair()

    def retry(self) -> bool:
        """Try to write the decisions that are not on disk; return whether all of them are now."""
        with self._lock:
            return self._journal.flush()

    def close(self) -> None:
        """Write the decisions that are not on disk, if possible, and close the file."""
        self._background.finish()
        with self._lock:
            self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _move_steps(
        self, document: Document, kind: str, choose: Callable[[History], tuple[Step, ...]]
    ) -> tuple[tuple[Step, ...], History]:
        """Undo or redo the steps that `choose` returns; return those steps and the new history."""

        def plan(history: History) -> LogChange:
            steps = choose(history)
            ids = [step.id for step in steps]
            return LogChange(revert_records(kind, document.digest, ids, self._session, self._author), steps)

        with self._lock:
            self._journal.carry_over(document)
            change = plan(self._journal.history(document))
            if change.records:
                change = self._journal.write(document, plan)
            return change.steps, self._journal.history(document)

    def _start_background_tasks(self, document: Document) -> None:
        if self.saved and self._path is not None:
            self._background.start("backup", partial(_back_up_daily, self._path))
            self._start_saving_long_text(document)

    def _start_saving_long_text(self, document: Document) -> None:
        """Save a text that takes a while to compress in the background; a changed text needs it for carrying over."""
        if len(document.text) > documents.INLINE_TEXT_LIMIT:
            self._background.start(document.digest, partial(self._save_long_text, document))

    def _save_long_text(self, document: Document) -> None:
        compressed = documents.compress_text(document)
        with self._lock, suppress(StoreError):
            database = self._journal.database(create=False)
            if database is not None:
                with database.transaction():
                    documents.save_text(database, document, compressed)


class NullStore(Store):
    """A store that reads and writes no file: for `--no-annotations`."""

    def __init__(self) -> None:
        super().__init__(None)


def _back_up_daily(path: Path) -> None:
    from reader.annotate.storage.maintenance.backups import back_up_daily  # in its own thread, after the first decision

    back_up_daily(path)
