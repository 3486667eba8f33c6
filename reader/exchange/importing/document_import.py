"""Imports what files of other programs say about texts: all of it, or nothing if something goes wrong."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotate.loading_choices import adopt_choices
from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.document.metadata.titles import title_of
from reader.exchange.annotated_document import AnnotatedDocument
from reader.exchange.format import ExchangeError, ImportedDocument
from reader.exchange.importing.import_decisions import decisions_for
from reader.exchange.importing.import_labels import LabelTable
from reader.exchange.importing.imported_annotations import ImportedAnnotations, without_machine_found
from reader.exchange.importing.imported_texts import path_for, save_text
from reader.exchange.importing.placement import place
from reader.reading import Reading
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.annotate import Decision, Store

_BLANK_TEXTS = "texts without words"
_OTHER_TEXTS = "annotations of other texts"
_NO_TEXT = "the file does not have the text that it annotates; name the document with --onto SOURCE"


@dataclass(slots=True)
class ImportReport:
    """What an import did."""

    new_documents: list[Document] = field(default_factory=list)
    """The documents whose texts were saved. Their sources open them."""
    known_documents: list[Document] = field(default_factory=list)
    """The documents that the annotations were laid over."""
    mentions: int = 0
    """The number of imported mentions."""
    decisions: int = 0
    """The number of decisions that were added."""
    already_stored: int = 0
    """The number of decisions that the documents had already."""
    omitted: Counter[str] = field(default_factory=Counter)
    """What was left out, in words for the user, and how many of each."""


@dataclass(slots=True)
class _Target:
    """A document with all annotations of it in the file."""

    document: Document
    is_known: bool
    annotated: list[AnnotatedDocument] = field(default_factory=list)


def import_annotations(
    imported: Iterable[ImportedAnnotations],
    store: Store,
    labels: LabelTable,
    *,
    onto: Document | None = None,
    machine_found: bool = False,
    file_name: str = "",
    on_progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Import annotations as decisions, one step per document. If anything fails, nothing is imported.

    Args:
        imported: What the file says, read to its end before anything is changed.
        store: Where the decisions go.
        labels: Maps the labels, and remembers what became of them.
        onto: The document to lay the annotations over. Without it, a text that the store does not know becomes a
            document of its own.
        machine_found: Whether to import also the mentions that the file says only a machine found.
        file_name: The name of the file for the user.
        on_progress: Called with the number of documents that are done and of all.

    Raises:
        ExchangeError: The file is invalid, or does not fit the document.
        StoreError: The decisions cannot be read or written.
        OSError: A text cannot be saved.
    """
    report = ImportReport()
    items = list(imported)
    if not machine_found:
        items = [without_machine_found(item) for item in items]
    targets: dict[str, _Target] = {}
    for item in items:
        placed, target = _target_of(item, store, onto, report)
        if placed is not None and target is not None:
            report.omitted += Counter(placed.omitted)
            targets.setdefault(target.document.digest, target).annotated.append(placed.annotated)
    if onto is not None and items and not targets:
        raise ExchangeError("not about this document: the texts have too little in common")
    steps = []
    for finished, target in enumerate(targets.values(), 1):
        steps.append((target, _decisions(target, store, labels, report)))
        if on_progress is not None:
            on_progress(finished, len(targets))
    with _saved_texts([target for target, _ in steps], store, file_name) as saved:
        store.import_steps([(target.document, decisions) for target, decisions in steps if decisions])
    opened: list[tuple[Document, int]] = []
    for target, decisions in steps:
        is_new = target.document.digest in saved
        (report.new_documents if is_new else report.known_documents).append(target.document)
        report.decisions += len(decisions)
        if is_new or store.recall(target.document) is None:
            opened.append((target.document, 0))
    store.remember_all(opened)
    return report


def import_logs(incoming: Sequence[ImportedDocument], store: Store, file_name: str = "") -> int:
    """Import documents with their logs and return the number of new records. If anything fails, nothing is imported.

    A document that the store does not know, or whose file is not here, gets a file of its own.

    Raises:
        StoreError: The records cannot be read or written.
        OSError: A text cannot be saved.
    """
    targets: dict[str, _Target] = {}
    for document, _ in incoming:
        if not _is_openable(document.source):
            target = _known_target(replace(document, blocks=plain_blocks(document.text)), store)
            if target.document.blocks:
                targets.setdefault(document.digest, target)
    logs = [
        (targets[document.digest].document if document.digest in targets else document, records)
        for document, records in incoming
    ]
    with _saved_texts(targets.values(), store, file_name) as saved:
        added = store.import_records(logs)
    store.remember_all((targets[digest].document, 0) for digest in saved)
    adopt_choices(store, (document for document, _ in logs))
    return added


def _target_of(
    item: ImportedAnnotations, store: Store, onto: Document | None, report: ImportReport
) -> tuple[ImportedAnnotations | None, _Target | None]:
    """Return annotations with offsets into their document, and the document; None for both if there is none."""
    if onto is not None:
        placed = place(item, onto)
        if placed is None:
            report.omitted[_OTHER_TEXTS] += len(item.annotated.mentions)
            return None, None
        return placed, _Target(onto, is_known=True)
    if item.has_text:
        document = item.annotated.document
        if not document.blocks:
            report.omitted[_BLANK_TEXTS] += 1
            return None, None
        return item, _known_target(document, store)
    text = store.text_of(item.digest) if item.digest else None
    if text is None:
        raise ExchangeError(_NO_TEXT)
    document = Document(text, plain_blocks(text), item.annotated.document.title, "")
    return place(item, document), _known_target(document, store)


def _known_target(document: Document, store: Store) -> _Target:
    """Return a document as the store knows it; one that cannot be opened again gets a file of its own."""
    remembered = store.recall(document)
    if remembered is not None and _is_openable(remembered.source):
        return _Target(replace(document, title=remembered.title, source=remembered.source), is_known=True)
    title = title_of(document.title, document.text, document.blocks, "")
    titled = replace(document, title=title)
    return _Target(replace(titled, source=str(path_for(titled))), is_known=False)


def _is_openable(source: str) -> bool:
    if source.startswith(("http://", "https://")):
        return True
    path, _, _ = source.partition("::")
    return source not in ("", "-") and Path(path).is_file()


def _decisions(target: _Target, store: Store, labels: LabelTable, report: ImportReport) -> Sequence[Decision]:
    reading = Reading(target.document, store)
    if not store.readable and store.error is not None:
        raise store.error
    result = decisions_for(_combined(target.annotated), reading, labels)
    report.mentions += result.mentions
    report.already_stored += result.already_stored
    report.omitted += result.omitted
    return result.decisions


def _combined(annotated: Sequence[AnnotatedDocument]) -> AnnotatedDocument:
    """Return what several parts of a file say about one text as one, with the entities of each part."""
    first, *more = annotated
    for number, part in enumerate(more, 2):
        ids = {entity.id: f"{entity.id}/{number}" for entity in part.entities}
        mentions = (mention._replace(entity=ids.get(mention.entity, "")) for mention in part.mentions)
        first = replace(
            first,
            mentions=tuple(sorted((*first.mentions, *mentions))),
            entities=(*first.entities, *(replace(entity, id=ids[entity.id], related=()) for entity in part.entities)),
            note="\n".join(dict.fromkeys(filter(None, (first.note, part.note)))),
            tags=tuple(dict.fromkeys((*first.tags, *part.tags))),
        )
    return first


@contextmanager
def _saved_texts(targets: Iterable[_Target], store: Store, file_name: str) -> Iterator[set[str]]:
    """Save the texts of new documents, and yield their digests. Remove the files if the block fails."""
    written: list[Path] = []
    saved: set[str] = set()
    try:
        for target in targets:
            if not target.is_known and store.persistent:
                path = Path(target.document.source)
                saved.add(target.document.digest)
                if save_text(target.document, path, f"imported from {file_name}" if file_name else ""):
                    written.append(path)
        if written and hasattr(os, "sync"):
            os.sync()  # once for all files: many texts may be imported
        yield saved
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
