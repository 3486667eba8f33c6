"""Annotated documents as training data: the spans that are names, those that are not, and those that are unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reader.document import Document
from reader.recognize.learning.evaluation import GoldDocument, LabeledSpan
from reader.recognize.process.segments import batches
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from reader.recognize.network.decoding import Floats


@dataclass(frozen=True, slots=True)
class TrainingDocument:
    """A document and the user's annotations of the names in it."""

    document: Document
    names: frozenset[LabeledSpan]
    """Names that are certain."""
    non_names: frozenset[tuple[int, int]] = frozenset()
    """Spans that are certainly not names."""
    unknown: tuple[tuple[int, int], ...] = ()
    """Spans that may or may not be names, even in a complete document."""
    complete: bool = False
    """Whether all names are annotated. If not, a span without an annotation may still be a name."""
    covers: frozenset[str] = frozenset()
    """The labels that were annotated, for a complete document; empty if all were."""
    visible_names: frozenset[LabeledSpan] = frozenset()
    """All names that the user sees, for a document that is not complete."""

    @property
    def gold(self) -> GoldDocument:
        """The names to evaluate pipelines against.

        If the document is not complete, mentions that nobody changed count as right. If only corrections counted, the
        pipeline that was corrected would get nothing right, and any other pipeline would look better.
        """
        if self.complete:
            return GoldDocument(self.document.text, self.names, self.covers, self.unknown)
        return GoldDocument(self.document.text, self.names | self.visible_names)

    def __bool__(self) -> bool:
        return bool(self.names or self.non_names) or self.complete


def training_document(gold: GoldDocument) -> TrainingDocument:
    """Return a completely annotated document as training data."""
    from reader.document.loaders.plain import plain_blocks

    document = Document(gold.text, plain_blocks(gold.text), title="", source="")
    return TrainingDocument(document, gold.spans, unknown=gold.unknown, complete=True, covers=gold.covers)


def docs_with_allowed_tags(
    document: TrainingDocument, nlp: Language, labels: Sequence[str]
) -> Iterator[tuple[Doc, Floats]]:
    """Yield a spaCy document for each segment that the recognizer reads, and the tags its annotations allow.

    The second value is an array with a row for each token and a column for each tag: how well the tag agrees with the
    annotations, from 0 to 1.

    Args:
        document: The annotated document.
        nlp: The pipeline whose tokenizer to use.
        labels: The labels of its tagger, in order.
    """
    from reader.recognize.network.decoding import allowed_tags

    unannotated = frozenset(labels) - document.covers if document.covers else frozenset[str]()
    for batch in batches(document.document.text, document.document.blocks):
        for segment in batch.segments:
            doc = nlp.make_doc(segment.text)
            if len(doc):
                _annotate(doc, document, segment.start)
                yield doc, allowed_tags(doc, labels, unannotated)


def _annotate(doc: Doc, document: TrainingDocument, offset: int) -> None:
    """Set the names in a segment that starts at `offset`, and mark other tokens as outside of names or as unknown."""
    from spacy.util import filter_spans

    length, spans, unknown_spans = len(doc.text), [], list(document.unknown)
    for name in sorted(document.names):
        start, end = name.start - offset, name.end - offset
        if start >= length or end <= 0:
            continue
        span = doc.char_span(start, end, label=name.label) if start >= 0 else None
        if span is None:
            unknown_spans.append((name.start, name.end))
        else:
            spans.append(span)
    spans = filter_spans(spans)
    in_names = {token.i for span in spans for token in span}
    unknown = _token_indexes(doc, unknown_spans, offset) - in_names
    if document.complete:
        doc.set_ents(spans, missing=[doc[index : index + 1] for index in sorted(unknown)], default="outside")
        return
    outside = _token_indexes(doc, document.non_names, offset) - in_names - unknown
    doc.set_ents(spans, outside=[doc[index : index + 1] for index in sorted(outside)], default="missing")


def _token_indexes(doc: Doc, spans: Sequence[tuple[int, int]] | frozenset[tuple[int, int]], offset: int) -> set[int]:
    """Return the indexes of the tokens that overlap spans of the document; the segment starts at `offset`."""
    indexes: set[int] = set()
    length = len(doc.text)
    for start, end in spans:
        first, last = max(start - offset, 0), min(end - offset, length)
        span = doc.char_span(first, last, alignment_mode="expand") if first < last else None
        if span is not None:
            indexes.update(range(span.start, span.end))
    return indexes
