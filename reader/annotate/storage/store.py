"""The store: decisions of every document in one file, each on disk before it is called saved.

Nothing here raises because of the disk: what cannot be written is kept in memory, counts as said and is written with
the next decision or by `retry`; `saved` and `problem` tell the truth in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Final, Self

from reader.annotate.decision_history import History, Step, as_one
from reader.annotate.decisions import Decision
from reader.annotate.records import REDO, UNDO, Record, about_steps, decided, new_id, now
from reader.annotate.storage import documents
from reader.annotate.storage.background import Chores
from reader.annotate.storage.errors import StoreError, StoreReadOnlyError
from reader.annotate.storage.journal import Journal
from reader.annotate.storage.remembered import Memory
from reader.directories import data_dir
from reader.document import Document

FILE: Final = "annotations.db"


class Store(Memory):
    """The decisions and reading positions that are kept. May be used from any thread."""

    def __init__(self, path: Path | None, *, busy_timeout: float = 2.0, author: str = "") -> None:
        """Use `open` or `NullStore` instead."""
        super().__init__()
        self._path = path
        self._journal = Journal(path, busy_timeout)
        self._author = author
        self._session = new_id()
        self._since = now()
        self._lock = RLock()
        self._chores = Chores()

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
        store._journal.attempt(lambda: store._journal.database(make=False))
        return store

    @property
    def persistent(self) -> bool:
        """Whether the store writes to a file. A `NullStore` does not."""
        return self._path is not None

    @property
    def safe(self) -> bool:
        """Whether every decision that belongs on disk is there. Always true for a store that is not persistent."""
        return self.saved or not self.persistent

    @property
    def saved(self) -> bool:
        """Whether everything that was decided is on disk."""
        return not self._journal.pending

    @property
    def unsaved(self) -> int:
        """How many records wait to be written."""
        return len(self._journal.pending)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written at all, now or with patience."""
        return isinstance(self._journal.error, StoreReadOnlyError)

    @property
    def readable(self) -> bool:
        """Whether what is on disk could be read, be it nothing yet; if not, decisions are missing."""
        return self._journal.readable

    @property
    def error(self) -> StoreError | None:
        """What the store failed at last; None once it works again."""
        return self._journal.error

    @property
    def problem(self) -> str:
        """The same in one line for the user; "" while all is well."""
        return str(self._journal.error or "")

    @property
    def notices(self) -> tuple[str, ...]:
        """What happened to the file since it was opened, each one line for the user."""
        return tuple(self._journal.notices)

    def history(self, document: Document) -> History:
        """Return what the log says of a document, with what other windows wrote since."""
        with self._lock:
            self._journal.arrive(document)
            return self._journal.history(document)

    def append(self, document: Document, decisions: Iterable[Decision], step: str = "") -> History:
        """Write the decisions as one step and return the history with them; look at `saved` before saying so.

        Args:
            document: What they are about.
            decisions: What was decided.
            step: The id of the step, where it is one that another document has as well.

        Raises:
            MalformedRecordError: a decision makes no sense (a blank name, a span outside of the text); none is kept.
        """
        made = decided(document.digest, document.text, decisions, self._session, self._author, step)
        with self._lock:
            self._journal.arrive(document)
            if made:
                self._journal.write(document, lambda _: made)
                self._after_writing(document)
            return self._journal.history(document)

    def undo(self, document: Document, step: str = "") -> tuple[Step | None, History]:
        """Take a step back: the one of that id, the last of this window, or where it has none, the last of all.

        Returns:
            The step, None where there is none, and the history without it.
        """

        def choose(history: History) -> tuple[Step | None]:
            found = next((each for each in history.steps if each.id == step), None)
            return (found if step else history.last_of(self._session),)

        taken, history = self._move(document, UNDO, choose)
        return (taken[0] if taken else None), history

    def last_step(self, history: History) -> Step | None:
        """Return the step that undo would take back here."""
        return history.last_of(self._session)

    def last_taken(self, history: History) -> Step | None:
        """Return what redo would bring back here."""
        return as_one(history.taken_by(self._session))

    def elsewhere(self, step: Step) -> bool:
        """Tell whether a step was made in another window since this one was opened."""
        return step.session != self._session and step.time >= self._since

    def redo(self, document: Document, step: str = "") -> tuple[Step | None, History]:
        """Bring back what was undone last, in this window if anything was, or the step of that id.

        Returns:
            What was brought back, None for nothing, and the history with it.
        """

        def choose(history: History) -> tuple[Step | None, ...]:
            return (
                tuple(each for each in history.undone if each.id == step) if step else history.taken_by(self._session)
            )

        brought, history = self._move(document, REDO, choose)
        return as_one(brought), history

    def undo_to(self, document: Document, step: str) -> tuple[tuple[Step, ...], History]:
        """Take back every step after one, all as one action, which one redo brings back.

        Args:
            document: Whose.
            step: The id of the last step to keep, taken back or not; "" to take everything back.

        Returns:
            What was taken back, the latest first, and the history without it.

        Raises:
            KeyError: There is no such step.
        """
        with self._lock:
            self._journal.arrive(document)
            return self._move(document, UNDO, lambda history: history.after(step))

    def arrived(self, document: Document) -> bool:
        """Tell whether something was carried over to a text from an earlier one since the store was opened."""
        return document.digest in self._journal.arrivals

    def changed_since(self, history: History) -> bool:
        """Tell whether another window has written about the document since; costs next to nothing while none has."""
        changed = False

        def look() -> None:
            nonlocal changed
            changed = self._journal.changed_since(history)

        with self._lock:
            self._journal.attempt(look)
            return changed

    def records(self, document: Document) -> tuple[Record, ...]:
        """Return a document's log as it is, without records that were damaged."""
        with self._lock:
            self._journal.history(document)
            return tuple(record for record in self._journal.records(document) if record.intact)

    def take_in(self, incoming: Iterable[tuple[Document, Sequence[Record]]]) -> int:
        """Add what is not here yet, by its id, of logs that were kept elsewhere; return how many records that were.

        Raises:
            StoreError: They cannot be written; then none is.
        """
        with self._lock:
            return self._journal.take_in(list(incoming))

    def check(self) -> tuple[str, ...]:
        """Return what a thorough check of the file finds, each one line; slow on a large store."""
        with self._lock:
            try:
                database = self._journal.database(make=False)
                return database.check() if database is not None else ()
            except StoreError as error:
                return (str(error),)

    def repair(self) -> None:
        """Check everything, and replace a damaged file by what can be read of it and its backups; see `notices`.

        Raises:
            StoreError: It cannot be done.
        """
        with self._lock:
            self._journal.repair()

    def retry(self) -> bool:
        """Try to write what could not be written; return whether everything is on disk now."""
        with self._lock:
            return self._journal.flush()

    def close(self) -> None:
        """Write what is pending, if that is possible, and let go of the file."""
        self._chores.finish()
        with self._lock:
            self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _move(
        self, document: Document, kind: str, choose: Callable[[History], tuple[Step | None, ...]]
    ) -> tuple[tuple[Step, ...], History]:
        moved: tuple[Step, ...] = ()

        def make(history: History) -> list[Record]:
            nonlocal moved
            moved = tuple(step for step in choose(history) if step is not None)
            steps = [step.id for step in moved]
            return about_steps(kind, document.digest, steps, self._session, self._author)

        with self._lock:
            self._journal.arrive(document)
            if make(self._journal.history(document)):
                self._journal.write(document, make)
            return moved, self._journal.history(document)

    def _after_writing(self, document: Document) -> None:
        if self.saved and self._path is not None:
            self._chores.start("backup", partial(_back_up_daily, self._path))
            self._keep_long_text(document)

    def _keep_long_text(self, document: Document) -> None:
        """Have a text that takes a while to pack kept for finding places again, without waiting for it."""
        if len(document.text) > documents.KEPT_AT_ONCE:
            self._chores.start(document.digest, partial(self._pack, document))

    def _pack(self, document: Document) -> None:
        packed = documents.packed(document)
        with self._lock, suppress(StoreError):
            database = self._journal.database(make=False)
            if database is not None:
                with database.transaction():
                    documents.keep_text(database, document, packed)


class NullStore(Store):
    """A store that keeps nothing and looks at nothing: for `--no-annotations`."""

    def __init__(self) -> None:
        super().__init__(None)


def _back_up_daily(path: Path) -> None:
    from reader.annotate.storage.backups import back_up_daily  # in its thread, after the first decision

    back_up_daily(path)
