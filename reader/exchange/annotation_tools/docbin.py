"""spaCy's DocBin (`.spacy`), the format of `spacy train`.

`doc.ents` has the mentions that do not overlap, `doc.spans["mentions"]` all of them. The id of the entity is in
`kb_id_` of each span. `doc.user_data` has the title, source and digest of the document, its entities, and for each
span of `doc.spans` who found it, whether a person decided about it, and the confidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Final

from reader.exchange.annotated_document import annotated_documents, rounded_score
from reader.exchange.annotation_tools.tokens import blank_pipeline, split_text
from reader.exchange.flat_mentions import flat_mentions
from reader.exchange.format import ExchangeError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedMention, Exportable

SPANS_KEY: Final = "mentions"
"""The key of all mentions in `doc.spans`."""


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one DocBin with a doc per reading. See `ExportFormat.write`."""
    from spacy.tokens import DocBin

    docs = DocBin(store_user_data=True)
    for document in annotated_documents(readings, decided=decided):
        docs.add(doc_of(document))
    out.write(docs.to_bytes())


def doc_of(document: AnnotatedDocument) -> Doc:
    """Return a document as a spaCy `Doc` with its mentions.

    Raises:
        ExchangeError: The text cannot be split into tokens without loss.
    """
    from spacy.tokens import Doc

    text = document.text
    tokens = split_text(text, (offset for mention in document.mentions for offset in (mention.start, mention.end)))
    starts = {token.start for token in tokens}
    words = [text[token.start : token.end] for token in tokens]
    spaces = [token.end not in starts and token.end < len(text) for token in tokens]
    doc = Doc(blank_pipeline().vocab, words, spaces)
    if doc.text != text:
        raise ExchangeError("the text cannot be split into tokens without loss")
    spans = {mention: _span(doc, mention) for mention in document.mentions}
    written = [mention for mention, span in spans.items() if span is not None]
    doc.spans[SPANS_KEY] = [span for span in spans.values() if span is not None]
    doc.set_ents([span for mention in flat_mentions(written) if (span := spans[mention]) is not None])
    doc.user_data |= {
        "title": document.document.title,
        "source": document.document.source,
        "digest": document.document.digest,
        "entities": [[entity.id, entity.label, *entity.names] for entity in document.entities],
        "origins": [[mention.origin, mention.decided, rounded_score(mention)] for mention in written],
    }
    return doc


def _span(doc: Doc, mention: AnnotatedMention):  # type: ignore[no-untyped-def]  # spaCy's Span is not typed
    return doc.char_span(mention.start, mention.end, label=mention.label, kb_id=mention.entity)
