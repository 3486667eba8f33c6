"""The task of a batch: opens documents, finds their names, applies the decisions and summarizes each reading."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reader.collection.batches.outcome import Outcome, source_name
from reader.document.load_options import DEFAULT_OPTIONS, LoadOptions
from reader.document.raw_source import RawSource
from reader.document.sanitize import one_line
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.document import Document
    from reader.reading import Reading

ResultT = TypeVar("ResultT")
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How the documents of a batch are opened."""

    model: str | None = None
    """See `reader.recognize.models.find.identify`."""
    language: str = ""
    """The code of the language of the texts; "" if unknown."""
    annotations: bool = True
    """Whether the stored decisions are applied."""
    author: str = ""
    loading: LoadOptions = DEFAULT_OPTIONS
    """How sources are loaded, without what the user chose earlier: the task adds that."""
    store_path: str = ""
    """The file with the decisions; "" for that in the data directory."""


def recognizer_of(options: ReadingOptions) -> str:
    """Return what finds names, with everything that changes its results.

    Raises:
        RecognizerError: The pipeline does not exist.
    """
    from reader.names.tables import stamp
    from reader.recognize.models.find import identify
    from reader.recognize.process.cache import RULES_VERSION

    identity = identify(options.model)
    parts = f"{identity.fingerprint}\n{RULES_VERSION}\n{stamp()}\n{options.language}\n{options.annotations}"
    return f"{identity.name} {identity.version} {hashlib.sha256(parts.encode()).hexdigest()[:16]}"


class ReadingTask(Generic[ResultT]):
    """Opens the document at a source and returns what `result_of` makes of its reading. See `Task`."""

    def __init__(
        self, options: ReadingOptions, result_of: Callable[[Reading], ResultT], store: Store | None = None
    ) -> None:
        """Use a store that is open, if there is one.

        Args:
            options: How documents are opened.
            result_of: Makes the result. To run in several processes, it must be picklable.
            store: The store for this process. Other processes open it themselves.
        """
        self._options = options
        self._result_of = result_of
        self._store = store
        self._load_options: LoadOptions | None = None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_store": None, "_load_options": None}

    @property
    def options(self) -> ReadingOptions:
        """How documents are opened."""
        return self._options

    def moved(self, options: ReadingOptions) -> ReadingTask[ResultT]:
        """Return the task for another process, with other options."""
        return ReadingTask(options, self._result_of)

    def __call__(self, source: str | RawSource) -> Outcome[ResultT]:
        """Handle a source, or what `fetch` returned for it. See `Task`."""
        return self._with_errors(source_name(source), lambda: self._handled(source))

    def fetch(self, source: str) -> RawSource | Outcome[ResultT]:
        """Return the bytes of a document, so that another machine can handle it; an outcome if there are none."""
        return self._with_errors(source, lambda: self._read(source))

    def of_document(self, document: Document) -> Outcome[ResultT]:
        """Return the outcome of a document that is loaded already."""
        return self._with_errors(document.source, lambda: self._outcome(document, document.source))

    def _handled(self, source: str | RawSource) -> Outcome[ResultT]:
        document = self._load(source)
        if self._options.language:
            document = replace(document, language=self._options.language)
        return self._outcome(document, source_name(source))

    def _outcome(self, document: Document, name: str) -> Outcome[ResultT]:
        reading, notices = self._read_names(document, name)
        return Outcome(reading.document.source, self._result_of(reading), notices=notices)

    @staticmethod
    def _with_errors(source: str, work: Callable[[], ValueT]) -> ValueT | Outcome[ResultT]:
        """Return what `work` returns; an outcome for each error that documents can cause."""
        from reader.annotate import StoreError
        from reader.document import DocumentError, ManyDocumentsError
        from reader.recognize import RecognizerError

        try:
            return work()
        except ManyDocumentsError as error:
            return Outcome(source, members=error.addresses, error="" if error.addresses else str(error))
        except DocumentError as error:
            return Outcome(source, error=one_line(str(error)))
        except (RecognizerError, StoreError) as error:
            return Outcome(source, error=one_line(f"{source}: {error}"))
        except (MemoryError, RecursionError) as error:
            return Outcome(source, error=one_line(f"{source}: skipped, {_EXHAUSTED[type(error)]}"))

    def _read(self, source: str) -> RawSource:
        from reader.document.loading import read_document

        _refuse_folder(source)
        return read_document(source, self._loading())

    def _load(self, source: str | RawSource) -> Document:
        from reader.document.loading import load, parse

        if not isinstance(source, str):
            return parse(source)
        _refuse_folder(source)
        return load(source, self._loading())

    def _loading(self) -> LoadOptions:
        """Return how sources are loaded, with what the user chose earlier."""
        if self._load_options is None:
            from reader.annotate.loading_choices import saved_choices

            self._load_options = replace(self._options.loading, saved=saved_choices(self._opened_store()))
        return self._load_options

    def _read_names(self, document: Document, name: str) -> tuple[Reading, tuple[str, ...]]:
        from reader.reading import Reading, analyze

        reading = Reading(document, self._opened_store())
        if not reading.store.readable and reading.store.error is not None:
            raise reading.store.error
        analyze(reading, self._options.model)
        return reading, reading_notices(reading, name)

    def _opened_store(self) -> Store:
        if self._store is None:
            from reader.annotate import NullStore, Store

            options = self._options
            path = Path(options.store_path) if options.store_path else None
            self._store = Store.open(path, author=options.author) if options.annotations else NullStore()
        return self._store


def _refuse_folder(source: str) -> None:
    from reader.document import DocumentError

    if os.path.isdir(source):  # noqa: PTH112 - returns False for what is no file name
        is_readable = os.access(source, os.R_OK | os.X_OK)
        reason = "a folder without files" if is_readable else "a folder that you have no permission to read"
        raise DocumentError(f"{one_line(source)}: {reason}")


_EXHAUSTED = {MemoryError: "it needs too much memory", RecursionError: "it is nested too deeply"}


def reading_notices(reading: Reading, source: str) -> tuple[str, ...]:
    """Return the notice from recognition, and how many decisions were carried over to a changed text."""
    notices = [f"{source}: {reading.notice}"] if reading.notice else []
    if reading.store.carried_over(reading.document):
        from reader.annotate.log.step_descriptions import describe_carried_over

        orphans = "; `reader history` lists the orphans" if reading.history.orphans else ""
        notices.append(f"{source}: {describe_carried_over(reading.history)}{orphans}")
    return tuple(map(one_line, notices))
