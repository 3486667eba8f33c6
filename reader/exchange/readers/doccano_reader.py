"""Reads doccano's JSON Lines, with spans in `label` (or `labels`) or, with relations, in `entities`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reader.exchange.format import ExchangeError
from reader.exchange.importing.imported_annotations import (
    OTHER_RELATIONS,
    SAME_ENTITY,
    AnnotationDraft,
    ImportedAnnotations,
    text_of,
)
from reader.exchange.importing.source_files import SourceFile
from reader.exchange.readers.json_values import json_lines, key_of, list_of, objects_of, strings_of

_KNOWN_FIELDS: Final = frozenset(
    ("id", "text", "data", "label", "labels", "entities", "relations", "Comments", "title", "source", "decided")
)


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each line.

    Raises:
        ExchangeError: A line has no text.
    """
    for file in files:
        for position, line in json_lines(file):
            text = line.get("text", line.get("data"))
            if not isinstance(text, str):
                raise ExchangeError(f"{position} has no “text”")
            yield _draft_of(line, text).finish()


def _draft_of(line: dict[str, Any], text: str) -> AnnotationDraft:
    draft = AnnotationDraft(text, text_of(line.get("title")), text_of(line.get("source")))
    decided = list_of(line.get("decided"))
    spans = list(_spans(line))
    numbers: dict[str, int | None] = {}
    for index, (identifier, start, end, label, score) in enumerate(spans):
        is_decided = decided[index] if index < len(decided) else None
        is_machine = not is_decided if isinstance(is_decided, bool) else None
        numbers[identifier or f"#{index}"] = draft.add(start, end, label, machine=is_machine, score=score)
    for relation in objects_of(line.get("relations")):
        if text_of(relation.get("type")).lower().replace("_", " ") in SAME_ENTITY:
            draft.link(*(numbers.get(key_of(relation.get(side))) for side in ("from_id", "to_id")))
        else:
            draft.omit(OTHER_RELATIONS)
    labels = line.get("label", line.get("labels"))
    if whole_text := strings_of([labels] if isinstance(labels, str) else labels):
        draft.omit("labels of whole texts", len(whole_text))
    draft.note = "\n".join(strings_of(line.get("Comments", line.get("comments"))))
    if field_count := len(line.keys() - _KNOWN_FIELDS - {"comments"}):
        draft.omit("metadata fields", field_count)
    return draft


def _spans(line: dict[str, Any]) -> Iterator[tuple[str, Any, Any, Any, Any]]:
    """Yield the id, start, end, label and confidence of each span; the id is "" in the layout without relations."""
    if entities := objects_of(line.get("entities")):
        for entity in entities:
            start, end = entity.get("start_offset"), entity.get("end_offset")
            yield key_of(entity.get("id")), start, end, entity.get("label"), entity.get("score")
        return
    for span in list_of(line.get("label", line.get("labels"))):
        if isinstance(span, list) and len(span) >= 3:
            yield "", span[0], span[1], span[2], span[3] if len(span) > 3 else None
        elif isinstance(span, dict):
            start, end = (span.get(key, span.get(f"{key}_offset")) for key in ("start", "end"))
            yield key_of(span.get("id")), start, end, span.get("label"), span.get("score")
