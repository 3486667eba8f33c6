"""Annotated articles as something to learn from: what is known of them, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.document import Document
from reader.recognize.learning.evaluation import Gold, Span
from reader.recognize.process.segments import batches

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from reader.recognize.network.decoding import Floats


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article and what a user said about the names in it."""

    document: Document
    names: frozenset[Span]
    """Names for certain."""
    absent: frozenset[tuple[int, int]] = frozenset()
    """Stretches (code points) that are no name for certain."""
    open: tuple[tuple[int, int], ...] = ()
    """Stretches of which nothing is known, whatever is known of the rest."""
    whole: bool = False
    """Whether there is no other name. Otherwise what is not said is unknown, not absent."""
    covers: frozenset[str] = frozenset()
    """The labels that were looked for, where the article is whole; none means all."""
    standing: frozenset[Span] = frozenset()
    """All names as the user sees them, where the article is not whole."""

    @property
    def gold(self) -> Gold:
        """What pipelines are measured by on it.

        Where it is not whole, what nobody changed counts as right: were only corrections counted, the pipeline that was
        corrected would have nothing right, and any other would be better.
        """
        if self.whole:
            return Gold(self.document.text, self.names, self.covers, self.open)
        return Gold(self.document.text, self.names | self.standing)

    def __bool__(self) -> bool:
        return bool(self.names or self.absent) or self.whole


def lesson_of(gold: Gold) -> Lesson:
    """Return an article that is annotated throughout as something to learn from."""
    from reader.document.loaders.plain import plain_blocks

    document = Document(gold.text, plain_blocks(gold.text), title="", source="")
    return Lesson(document, gold.spans, open=gold.open, whole=True, covers=gold.covers)


def docs_of(lesson: Lesson, nlp: Language, labels: Sequence[str]) -> Iterator[tuple[Doc, Floats]]:
    """Yield the stretches that a recognizer is shown, with how far each tag of each token agrees with what is known.

    Args:
        lesson: The article.
        nlp: The pipeline, for its tokenizer.
        labels: Those that it can give, in order.
    """
    from reader.recognize.network.decoding import allowed_tags

    unannotated = frozenset(labels) - lesson.covers if lesson.covers else frozenset[str]()
    for batch in batches(lesson.document.text, lesson.document.blocks):
        for segment in batch.segments:
            doc = nlp.make_doc(segment.text)
            if len(doc):
                _mark(doc, lesson, segment.start)
                yield doc, allowed_tags(doc, labels, unannotated)


def _mark(doc: Doc, lesson: Lesson, offset: int) -> None:
    """Set the names of a stretch, and tell apart what is outside of names and what is unknown."""
    from spacy.util import filter_spans

    length, spans, unclear = len(doc.text), [], list(lesson.open)
    for name in sorted(lesson.names):
        start, end = name.start - offset, name.end - offset
        if start >= length or end <= 0:
            continue
        span = doc.char_span(start, end, label=name.label) if start >= 0 else None
        if span is None:
            unclear.append((name.start, name.end))
        else:
            spans.append(span)
    spans = filter_spans(spans)
    named = {token.i for span in spans for token in span}
    unknown = _tokens(doc, unclear, offset) - named
    if lesson.whole:
        doc.set_ents(spans, missing=[doc[index : index + 1] for index in sorted(unknown)], default="outside")
        return
    absent = _tokens(doc, lesson.absent, offset) - named - unknown
    doc.set_ents(spans, outside=[doc[index : index + 1] for index in sorted(absent)], default="missing")


def _tokens(doc: Doc, stretches: Sequence[tuple[int, int]] | frozenset[tuple[int, int]], offset: int) -> set[int]:
    """Return the tokens that stretches of the document touch."""
    found: set[int] = set()
    length = len(doc.text)
    for start, end in stretches:
        first, last = max(start - offset, 0), min(end - offset, length)
        span = doc.char_span(first, last, alignment_mode="expand") if first < last else None
        if span is not None:
            found.update(range(span.start, span.end))
    return found
