"""Reads Prodigy's tasks; see `reader.exchange.annotation_tools.prodigy` for the layout."""

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
from reader.exchange.readers.json_values import json_lines, key_of, list_of, object_of, objects_of

_UNANSWERED: Final = frozenset(("reject", "ignore"))


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each task. Tasks that were rejected or ignored are left out and counted.

    Raises:
        ExchangeError: A line is not a task.
    """
    for file in files:
        for position, task in json_lines(file):
            if not isinstance(task.get("text"), str):
                raise ExchangeError(f"{position} has no “text”")
            yield _draft_of(task).finish()


def _draft_of(task: dict[str, Any]) -> AnnotationDraft:
    meta = object_of(task.get("meta"))
    draft = AnnotationDraft(task["text"], text_of(meta.get("title")), text_of(meta.get("source")))
    if (answer := task.get("answer")) in _UNANSWERED:
        draft.omit(f"tasks with the answer “{answer}”")
        return draft
    for entity, name in object_of(meta.get("entities")).items():
        draft.name_entity(entity, text_of(name))
    spans = objects_of(task.get("spans"))
    default_score = meta.get("score") if len(spans) == 1 else None  # recipes that ask about one span state it there
    by_tokens: dict[tuple[Any, Any], int | None] = {}
    for span in spans:
        decided = span.get("decided", True if answer == "accept" else None)
        number = draft.add(
            span.get("start"),
            span.get("end"),
            span.get("label"),
            entity=key_of(span.get("entity")),
            machine=not decided if isinstance(decided, bool) else None,
            score=span.get("score", default_score),
            quote=span["text"] if isinstance(span.get("text"), str) else None,
        )
        by_tokens[key_of(span.get("token_start")), key_of(span.get("token_end"))] = number
    for relation in objects_of(task.get("relations")):
        if text_of(relation.get("label")).lower().replace("_", " ") in SAME_ENTITY:
            ends = (object_of(relation.get(side)) for side in ("head_span", "child_span"))
            draft.link(*(by_tokens.get((key_of(end.get("token_start")), key_of(end.get("token_end")))) for end in ends))
        else:
            draft.omit(OTHER_RELATIONS)
    if accepted := list_of(task.get("accept")):
        draft.omit("labels of whole texts", len(accepted))
    return draft
