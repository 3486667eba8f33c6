"""Reads spaCy's DocBin: `doc.ents` and every group of `doc.spans`, with `kb_id_` as the id of the entity."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from reader.exchange.annotation_tools.docbin import SPANS_KEY
from reader.exchange.format import ExchangeError
from reader.exchange.importing.imported_annotations import AnnotationDraft, ImportedAnnotations, text_of
from reader.exchange.importing.source_files import MAX_BYTES, SourceFile
from reader.structures.garbage_pause import garbage_collection_restored

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ATTRIBUTES: Final = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")
"""What is read of each token. The trees and tags are not needed, and spaCy does not check them."""
_PER_DOC: Final = ("cats", "flags", "span_groups", "user_data")
_MAX_UNPACKED: Final = 2 * MAX_BYTES
_DAMAGED: Final = "not a spaCy DocBin, or it is damaged"


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each doc.

    Raises:
        ExchangeError: A file is not a DocBin.
    """
    for file in files:
        with garbage_collection_restored():
            annotations = _annotations_in(file)
        yield from annotations


def _annotations_in(file: SourceFile) -> list[ImportedAnnotations]:
    data = _reduced(file)
    try:
        return [_draft_of(doc, f"{file.stem} {number}").finish() for number, doc in enumerate(_docs(data), 1)]
    except Exception:  # spaCy raises whatever a damaged file leads to
        raise ExchangeError(f"{file.name}: {_DAMAGED}") from None


def _docs(data: bytes) -> Iterator[Doc]:
    """Yield the docs of a DocBin."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    return DocBin(store_user_data=True).from_bytes(data).get_docs(Vocab())


def _reduced(file: SourceFile) -> bytes:
    """Return a DocBin with only the attributes that are read, once its arrays fit together.

    Raises:
        ExchangeError: It is damaged, or unpacks to more than the limit.
    """
    import numpy
    import srsly
    from spacy.attrs import IDS

    try:
        unpacker = zlib.decompressobj()
        unpacked = unpacker.decompress(file.data, _MAX_UNPACKED)
        if unpacker.unconsumed_tail:
            raise ExchangeError(f"{file.name} unpacks to more than {_MAX_UNPACKED >> 20} MB; split it first")
        message = srsly.msgpack_loads(unpacked)
        attributes = [int(attribute) for attribute in message["attrs"]]
        lengths = numpy.frombuffer(message["lengths"], dtype="int32")
        tokens = numpy.frombuffer(message["tokens"], dtype="uint64").reshape(-1, len(attributes))
        spaces = message["spaces"]
        is_consistent = (
            bool((lengths >= 0).all())
            and int(lengths.sum()) == len(tokens) == len(spaces)
            and all(
                len(message[key]) == len(lengths)
                for key in ("cats", "flags", "span_groups", "user_data")
                if key in message
            )
            and all(isinstance(text, str) for text in message["strings"])
        )
        if not is_consistent:
            raise ExchangeError(f"{file.name}: {_DAMAGED}")
        read = {IDS[name] for name in _ATTRIBUTES}
        columns = [index for index, attribute in enumerate(attributes) if attribute in read]
        message["attrs"] = [attributes[index] for index in columns]
        message["tokens"] = numpy.ascontiguousarray(tokens[:, columns]).tobytes()
        message["cats"] = [{} for _ in lengths]
        return zlib.compress(srsly.msgpack_dumps(message), 1)
    except ExchangeError:
        raise
    except Exception:  # msgpack and numpy raise whatever a damaged file leads to
        raise ExchangeError(f"{file.name}: {_DAMAGED}") from None


def _draft_of(doc: Doc, title: str) -> AnnotationDraft:
    user_data: Mapping[Any, Any] = doc.user_data
    draft = AnnotationDraft(doc.text, text_of(user_data.get("title")) or title, text_of(user_data.get("source")))
    for row in _lists(user_data.get("entities")):
        if len(row) >= 2 and all(isinstance(value, str) for value in row):
            draft.name_entity(row[0], row[2] if len(row) > 2 else "", label="", names=row[2:])
    origins = _lists(user_data.get("origins"))
    own_spans = list(doc.spans[SPANS_KEY]) if SPANS_KEY in doc.spans else []
    spans = set()
    for index, span in enumerate(own_spans):
        _, decided, score = (*origins[index], None, None, None)[:3] if index < len(origins) else (None, None, None)
        spans.add((span.start_char, span.end_char, span.label_))
        _add(draft, span, machine=not decided if isinstance(decided, bool) else None, score=score)
    grouped = [item for key, group in doc.spans.items() if key != SPANS_KEY for item in _scored(group)]
    scores = {(span.start_char, span.end_char, span.label_): score for span, score in grouped}
    for span in (*doc.ents, *(span for span, _ in grouped)):
        key = (span.start_char, span.end_char, span.label_)
        if key not in spans:
            spans.add(key)
            _add(draft, span, score=scores.get(key))
    return draft


def _scored(group: Any) -> list[tuple[Any, Any]]:
    """Return the spans of a group with the confidence that a `SpanCategorizer` gave them, None if none did."""
    scores = group.attrs.get("scores")
    if scores is None or len(scores) != len(group):
        return [(span, None) for span in group]
    return [(span, float(score)) for span, score in zip(group, scores, strict=True)]


def _add(draft: AnnotationDraft, span: Any, *, machine: bool | None = None, score: Any = None) -> None:
    draft.add(span.start_char, span.end_char, span.label_, entity=span.kb_id_, machine=machine, score=score)


def _lists(value: Any) -> list[list[Any]]:
    """Return the lists in a value; msgpack reads them as tuples."""
    items = list(value) if isinstance(value, list | tuple) else []
    return [list(item) for item in items if isinstance(item, list | tuple)]
