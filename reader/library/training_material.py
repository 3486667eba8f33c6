"""Turns the user's decisions into training lessons: spans that are names, spans that are not, and unreviewed text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.annotate.decisions import MentionRemoved
from reader.annotate.effects.decided_mentions import decided_names
from reader.annotate.loading_choices import saved_choices
from reader.document import Document, DocumentError, load
from reader.document.load_options import LoadOptions
from reader.document.loaders.plain import plain_blocks
from reader.reading import Reading
from reader.recognize.learning.evaluation import LabeledSpan, read_gold
from reader.recognize.learning.training_documents import TrainingDocument, training_document
from reader.resources import resource_folder

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.recognize import Mention

_MAX_BYTES: Final = 400_000
"""Maximum size in bytes of a document that is used for rehearsal."""
_MOST_RECENT: Final = 1_000
"""How many recent documents are considered for rehearsal."""
_REHEARSAL_SIZE: Final = 400_000
"""Code points of rehearsal texts after which no more are added."""


def annotated_lessons(
    store: Store, find: Callable[[Document], Sequence[Mention]], *, reviewed: bool = False
) -> Iterator[TrainingDocument]:
    """Yield a lesson for each document with decisions, in an order that does not change when documents are added.

    Args:
        store: The store with the decisions.
        find: Finds the mentions of a document.
        reviewed: Whether the user has reviewed the documents completely, so that all mentions are right and no other
            span is a name.
    """
    for annotated in store.annotated():
        text = store.text_of(annotated.digest)
        if text is not None:
            reading = Reading(Document(text, plain_blocks(text), title=annotated.title, source=annotated.source), store)
            reading.set_recognized(find(reading.document))
            if lesson := lesson_from(reading, reviewed=reviewed):
                yield lesson


def lesson_from(reading: Reading, *, reviewed: bool = False) -> TrainingDocument:
    """Build the lesson of one document.

    A span is certain to be a name if the user marked or retagged it, in this document or everywhere, or merged or named
    its entity, and that has its label. It is certain not to be one if the user removed or dismissed it. Everything else
    is unknown.

    Args:
        reading: A reading with recognized mentions.
        reviewed: See `annotated_lessons`.
    """
    names = {LabeledSpan(*mention[:3]) for mention in reading.mentions}
    if reviewed:
        return TrainingDocument(reading.document, frozenset(names), complete=True)
    settled = decided_names(reading.history.decisions)
    certain = {
        LabeledSpan(*mention[:3])
        for mention in reading.mentions
        if mention.origin == "user" or (reading.name_of(mention) in settled and mention in reading.decided)
    }
    removed = {(mention.start, mention.end) for mention in reading.recognized}
    removed |= {(item.start, item.end) for item in reading.history.decisions if isinstance(item, MentionRemoved)}
    absent = frozenset(span for span in removed if not reading.mentions_between(*span))
    return TrainingDocument(reading.document, frozenset(certain), absent, visible_names=frozenset(names))


def texts_for_rehearsal(store: Store, lessons: Sequence[TrainingDocument]) -> list[TrainingDocument]:
    """Return texts without known names: the samples, then other documents opened from files, latest first."""
    taught = {lesson.document.digest for lesson in lessons}
    texts = [replace(lesson, names=frozenset(), complete=False) for lesson in sample_lessons()]
    size, options = 0, LoadOptions(saved=saved_choices(store))
    for recent in store.recent(_MOST_RECENT):
        is_untaught = recent.digest not in taught and size < _REHEARSAL_SIZE
        document = _load_small_file(recent.source, options) if is_untaught else None
        if document is not None and document.digest == recent.digest:
            texts.append(TrainingDocument(document, frozenset()))
            size += len(document.text)
    return texts


def sample_lessons() -> list[TrainingDocument]:
    """Return the samples with their gold annotations."""
    return [training_document(gold) for gold in read_gold(resource_folder("seeds") / "gold.jsonl")]


def _load_small_file(source: str, options: LoadOptions) -> Document | None:
    """Load a document from its file, or return None if the file is missing, too large or unreadable."""
    try:
        path = Path(source)
        if source.startswith(("http://", "https://")) or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return None
        return load(source, options)
    except (OSError, ValueError, DocumentError):
        return None
