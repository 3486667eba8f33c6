"""From the sources that a user names to readings, one store and one pipeline for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from reader.cli.errors_as_lines import FaultError, complain
from reader.settings import author, load_settings

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.cli.arguments import Options
    from reader.document import Document
    from reader.reading import Reading

_IGNORE = "--no-annotations goes on without them"


class Opener:
    """Opens articles under the options that all commands share. A context manager: it lets go of the store."""

    def __init__(self, options: Options) -> None:
        settings = load_settings()
        self.model: str | None = options.model or settings.model
        self._author = author(settings)
        self._annotations: bool = options.annotations
        self._store: Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._store is not None:
            self._store.close()

    @property
    def store(self) -> Store:
        """The decisions, whatever state they are in; opened when first asked for."""
        if self._store is None:
            from reader.annotate import MemoryStore, Store

            self._store = Store.open(author=self._author) if self._annotations else MemoryStore()
        return self._store

    def document(self, source: str) -> Document:
        """Load a document.

        Raises:
            DocumentError: It cannot be read.
        """
        from reader.document import load

        return load(source)

    def position(self, document: Document) -> int:
        """Return where reading goes on, in code points."""
        known = self.store.recall(document)
        return known.position if known else 0

    def reading(self, source: str) -> Reading:
        """Load an article, find its names and apply the decisions.

        Raises:
            DocumentError: It cannot be read.
            RecognizerError: Its names cannot be found.
            FaultError: The decisions about it cannot be read.
        """
        from reader.reading import Reading, analyze

        reading = Reading(self.document(source), self.store)
        if not self.store.readable:
            raise FaultError(f"{self.store.problem}; {_IGNORE}")
        analyze(reading, self.model)
        _tell(reading, source)
        return reading

    def readable(self, source: str) -> tuple[Reading, list[str]]:
        """Load an article and do what can be done for it.

        Returns:
            The reading, and one line for each thing that failed.

        Raises:
            DocumentError: It cannot be read.
        """
        from reader.reading import Reading, analyze
        from reader.recognize import RecognizerError

        faults = []
        reading = Reading(self.document(source), self.store)
        try:
            analyze(reading, self.model)
            _tell(reading, source)
        except RecognizerError as error:
            faults.append(f"no highlights: {error}")
        if not self.store.readable:
            faults.append(f"{self.store.problem}; shown without them")
        return reading, faults

    def notices(self) -> Sequence[str]:
        """Return what the user has to know about the store: that it was damaged."""
        return () if self._store is None else self._store.notices

    def remark(self) -> str:
        """Return what the user may want to know about the store and is no fault: that it is a newer program's."""
        from reader.annotate.storage.errors import StoreNewerError

        newer = self._store is not None and isinstance(self._store.error, StoreNewerError)
        return self._store.problem if self._store is not None and newer else ""


def _tell(reading: Reading, source: str) -> None:
    """Say what recognition has to say of a text, and what followed it when it changed; that is no fault."""
    if reading.notice:
        complain(f"{source}: {reading.notice}")
    if reading.store.arrived(reading.document):
        from reader.annotate.describe import describe_arrival

        lost = "; `reader history` lists them" if reading.history.orphans else ""
        complain(f"{source}: {describe_arrival(reading.history)}{lost}")


def finish(opener: Opener, faults: Sequence[str] = ()) -> int:
    """Say on stderr what went wrong, and return the exit code: 1 where anything did.

    That a newer version wrote the store is said, but is no fault of a command that only reads.
    """
    if (remark := opener.remark()) and remark not in faults:
        complain(remark)
    lines = (*faults, *opener.notices())
    for line in lines:
        complain(line)
    return 1 if lines else 0
