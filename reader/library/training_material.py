"""What the articles in the store have to teach: which names are certain, which are none, and what nobody looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.annotate import MentionRemoved
from reader.annotate.decided import settled_names
from reader.document import Document, DocumentError, load
from reader.document.loaders.plain import plain_blocks
from reader.reading import Reading
from reader.recognize.learning.evaluation import Span, read_gold
from reader.recognize.learning.lessons import Lesson, lesson_of
from reader.resources import resource_folder

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.recognize import Mention

_LARGEST: Final = 400_000
"""Bytes of an article that is read for rehearsal."""
_ENOUGH: Final = 400_000
"""Code points of texts for rehearsal."""


def annotated_lessons(
    store: Store, find: Callable[[Document], Sequence[Mention]], *, whole: bool = False
) -> Iterator[Lesson]:
    """Yield what the articles with decisions teach, in an order that new ones do not change.

    Args:
        store: The decisions.
        find: What finds the names of a document.
        whole: Whether the user looked through all of them: what stands is right then, and nothing else is a name.
    """
    for item in store.annotated():
        text = store.text_of(item.digest)
        if text is not None:
            reading = Reading(Document(text, plain_blocks(text), title=item.title, source=item.source), store)
            reading.set_recognized(find(reading.document))
            if lesson := lesson_from(reading, whole=whole):
                yield lesson


def lesson_from(reading: Reading, *, whole: bool = False) -> Lesson:
    """Return what one article teaches.

    A name is certain where the user marked or retagged it, here or everywhere, and where its entity was merged or
    named; none stands where one was removed or dismissed. All else is unknown.

    Args:
        reading: The article, recognized.
        whole: See `annotated_lessons`.
    """
    names = {Span(*mention[:3]) for mention in reading.mentions}
    if whole:
        return Lesson(reading.document, frozenset(names), whole=True)
    settled = settled_names(reading.history.decisions)
    certain = {
        Span(*mention[:3])
        for mention in reading.mentions
        if mention.origin == "user" or reading.name_of(mention) in settled
    }
    removed = {(mention.start, mention.end) for mention in reading.recognized}
    removed |= {(each.start, each.end) for each in reading.history.decisions if isinstance(each, MentionRemoved)}
    absent = frozenset(stretch for stretch in removed if not reading.mentions_between(*stretch))
    return Lesson(reading.document, frozenset(certain), absent, standing=frozenset(names))


def texts_for_rehearsal(store: Store, lessons: Sequence[Lesson]) -> list[Lesson]:
    """Return texts of which nothing is known: the samples, then other articles read from files, the latest first."""
    known = {lesson.document.digest for lesson in lessons}
    found = [replace(lesson, names=frozenset(), whole=False) for lesson in sample_lessons()]
    size = 0
    for item in store.recent(1000):
        document = _document(item.source) if item.digest not in known and size < _ENOUGH else None
        if document is not None and document.digest == item.digest:
            found.append(Lesson(document, frozenset()))
            size += len(document.text)
    return found


def sample_lessons() -> list[Lesson]:
    """Return the articles that travel with the program, with their gold annotations."""
    return [lesson_of(gold) for gold in read_gold(resource_folder("seeds") / "gold.jsonl")]


def _document(source: str) -> Document | None:
    """Load an article from its file; None where that is not there any more, or is no short one."""
    try:
        path = Path(source)
        if source.startswith(("http://", "https://")) or not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        return load(source)
    except (OSError, ValueError, DocumentError):
        return None
