"""Open sources as readings, with one store and one pipeline for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from reader.cli.command_errors import CommandError, print_error
from reader.document.standard_input import PIPED_START
from reader.settings import author_name, load_settings

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.cli.arguments import Options
    from reader.collection.batches.reading_task import ReadingOptions
    from reader.document import Document
    from reader.document.load_options import LoadOptions
    from reader.document.raw_source import RawSource
    from reader.reading import Reading


class Opener:
    """Opens documents with the options that all commands share. Closes the store when used in a `with` statement."""

    def __init__(self, options: Options) -> None:
        settings = load_settings()
        self.model: str | None = options.model or settings.model
        self._author = author_name(settings)
        self._annotations: bool = options.annotations
        self.language: str = options.language or ""
        self._loading = load_options(options)
        self._store: Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._store is not None:
            self._store.close()

    @property
    def store(self) -> Store:
        """The store, opened on first use. It may be unreadable: see `Store.problem`."""
        if self._store is None:
            from reader.annotate import NullStore, Store

            self._store = Store.open(author=self._author) if self._annotations else NullStore()
        return self._store

    @property
    def reading_options(self) -> ReadingOptions:
        """The options for opening many documents."""
        from reader.collection.batches.reading_task import ReadingOptions

        return ReadingOptions(self.model, self.language, self._annotations, self._author, self._loading)

    def document(self, source: str) -> Document:
        """Load a document.

        Raises:
            DocumentError: It cannot be read.
        """
        from reader.document import load

        if source.startswith(PIPED_START):
            from reader.collection.listing.kept_text import piped_document

            document = piped_document(self.store, source)
        else:
            document = load(source, self._load_options())
        return replace(document, language=self.language) if self.language else document

    def document_to_read(self, source: str) -> Document:
        """Load a document for the app, and save what the options say about how it is loaded.

        Raises:
            DocumentError: It cannot be read.
        """
        document = self.document(source)
        if self._loading.is_explicit:
            from reader.annotate.loading_choices import save_choices, saved_choices

            before = saved_choices(self.store).of(document.choices_digest)
            if decisions := save_choices(self.store, document, before, document.choices):
                self.store.append(document, decisions)
        return document

    def read_source(self, source: str) -> RawSource:
        """Return the bytes of a source.

        Raises:
            DocumentError: It cannot be read.
        """
        from reader.document.loading import read_source

        return read_source(source, self._load_options())

    def _load_options(self) -> LoadOptions:
        """Return how a source is loaded: as the command says, else as the user chose earlier."""
        from reader.annotate.loading_choices import saved_choices

        return replace(self._loading, saved=saved_choices(self.store))

    def position(self, document: Document) -> int:
        """Return the offset of the cursor when the document was last closed, 0 for a new document."""
        remembered = self.store.recall(document)
        return remembered.position if remembered else 0

    def reading(self, source: str) -> Reading:
        """Load a document, find its names and apply the decisions.

        Raises:
            DocumentError: The document cannot be read.
            RecognizerError: Recognition failed.
            CommandError: The decisions cannot be read.
        """
        from reader.reading import Reading, analyze

        reading = Reading(self.document(source), self.store)
        self.check_store()
        analyze(reading, self.model)
        _print_notices(reading, source)
        return reading

    def check_store(self) -> None:
        """Check that the decisions can be read.

        Raises:
            CommandError: They cannot.
        """
        if not self.store.readable:
            raise CommandError(f"{self.store.problem}; to go on without them, use --no-annotations")

    def partial_reading(self, source: str) -> tuple[Reading, list[str]]:
        """Load a document. Find its names and apply the decisions, as far as possible.

        Returns:
            The reading, and one line for each step that failed.

        Raises:
            DocumentError: The document cannot be read.
        """
        from reader.reading import Reading, analyze
        from reader.recognize import RecognizerError

        errors = []
        reading = Reading(self.document(source), self.store)
        try:
            analyze(reading, self.model)
            _print_notices(reading, source)
        except RecognizerError as error:
            errors.append(f"no highlights: {error}")
        if not self.store.readable:
            errors.append(f"{self.store.problem}; shown without annotations")
        return reading, errors

    def store_errors(self) -> Sequence[str]:
        """Return one line for each problem with the store, such as damage."""
        return () if self._store is None else self._store.notices

    def newer_store_notice(self) -> str:
        """Return a notice if a newer version wrote the store, else "". It is not an error for reading."""
        from reader.annotate.storage.errors import StoreNewerError

        newer = self._store is not None and isinstance(self._store.error, StoreNewerError)
        return self._store.problem if self._store is not None and newer else ""


def load_options(options: Options) -> LoadOptions:
    """Return how the options of a command say that sources are loaded."""
    from reader.document.load_options import LoadOptions

    return LoadOptions(options.encoding or "", options.field or "", options.all_text, options.refresh)


def _print_notices(reading: Reading, source: str) -> None:
    """Print on stderr the notice from recognition, and how many decisions were carried over to a changed text."""
    from reader.collection.batches.reading_task import reading_notices

    for notice in reading_notices(reading, source):
        print_error(notice)


def finish(opener: Opener, errors: Sequence[str] = ()) -> int:
    """Print errors and problems with the store on stderr. Return the exit code: 1 if there were any.

    A store written by a newer version is reported, but is not an error for a command that only reads.
    """
    if (notice := opener.newer_store_notice()) and notice not in errors:
        print_error(notice)
    lines = (*errors, *opener.store_errors())
    for line in lines:
        print_error(line)
    return 1 if lines else 0
