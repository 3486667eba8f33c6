"""Reads Label Studio's tasks, in the full export (JSON) and in the short one (JSON-MIN)."""

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
from reader.exchange.readers.json_values import json_lines, key_of, list_of, object_of, objects_of, strings_of
from reader.structures.lazy_pattern import lazy_pattern

_ENTITY: Final = "entity "
_LINK: Final = lazy_pattern(r"(?:https?:|s3:|gs:)?/\S+")
"""The address of a picture, a recording or a file with the text, which the export does not have."""
_OTHER_ANNOTATORS: Final = "annotations of further annotators"


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each task. Predictions count as machine-found.

    Raises:
        ExchangeError: A task has no text.
    """
    for file in files:
        for position, task in json_lines(_as_lines(file)):
            yield _draft_of(task, position).finish()


def _as_lines(file: SourceFile) -> SourceFile:
    """Return a file as one line if it is a single task that was written on several."""
    if file.data.lstrip().startswith(b"{") and b'"data"' in file.data[:4096] and b"\n" in file.data.strip():
        lines = file.data.strip().split(b"\n")
        if not lines[0].rstrip().endswith(b"}"):
            return file._replace(data=b"[" + file.data + b"]")
    return file


def _draft_of(task: dict[str, Any], position: str) -> AnnotationDraft:
    data = object_of(task.get("data")) or task
    groups = [*objects_of(task.get("annotations")), *objects_of(task.get("completions"))]
    predictions = objects_of(task.get("predictions"))
    text = _text(data, [*groups, *predictions])
    if text is None:
        raise ExchangeError(f"{position} has no text; export it with the text, not only with a link to it")
    draft = AnnotationDraft(text, text_of(data.get("title")), text_of(data.get("source")))
    for entity, names in object_of(data.get("entities")).items():
        draft.name_entity(entity, next(iter(strings_of(names)), ""), names=strings_of(names))
    submitted = [group for group in groups if group.get("was_cancelled") is not True]
    submitted.sort(key=lambda group: group.get("ground_truth") is not True)
    entities = set(object_of(data.get("entities")))
    for group in submitted[:1]:
        _add_regions(draft, objects_of(group.get("result")), entities, machine=False)
    if region_count := sum(len(list_of(group.get("result"))) for group in submitted[1:]):
        draft.omit(_OTHER_ANNOTATORS, region_count)
    for group in predictions:
        _add_regions(draft, objects_of(group.get("result")), entities, machine=True, score=group.get("score"))
    if not groups and not predictions:
        _add_short_regions(draft, task)
    return draft


def _text(data: dict[str, Any], groups: Sequence[dict[str, Any]]) -> str | None:
    """Return the text of a task: the field that the regions name, or "text", or the only long string."""
    names = [text_of(region.get("to_name")) for group in groups for region in objects_of(group.get("result"))[:1]]
    for name in ("text", *names):
        if isinstance(text := data.get(name), str) and not _LINK.fullmatch(text):
            return text
    strings = [value for value in data.values() if isinstance(value, str) and " " in value.strip()]
    return strings[0] if len(strings) == 1 else None


def _add_regions(
    draft: AnnotationDraft, regions: Sequence[dict[str, Any]], entities: set[str], *, machine: bool, score: Any = None
) -> None:
    """Add regions with their relations; `score` is the confidence of those that state none of their own."""
    numbers: dict[str, int | None] = {}
    for region in regions:
        kind, value = text_of(region.get("type")), object_of(region.get("value"))
        if kind == "relation":
            continue
        labels = strings_of(value.get("labels"))
        if kind != "labels" or not labels:
            draft.omit(f"regions of type “{kind[:30] or 'unknown'}”")
            continue
        entity, note = _entity_and_note(strings_of(object_of(region.get("meta")).get("text")), entities)
        quote = value["text"] if isinstance(value.get("text"), str) else None
        numbers[key_of(region.get("id"))] = draft.add(
            value.get("start"),
            value.get("end"),
            labels[0],
            entity=entity,
            machine=machine,
            score=region.get("score", score),
            note=note,
            quote=quote,
        )
        if len(labels) > 1:
            draft.omit("further labels of a span", len(labels) - 1)
    for region in regions:
        if text_of(region.get("type")) == "relation":
            types = {label.lower().replace("_", " ") for label in strings_of(region.get("labels"))}
            if types & SAME_ENTITY:
                draft.link(*(numbers.get(key_of(region.get(side))) for side in ("from_id", "to_id")))
            else:
                draft.omit(OTHER_RELATIONS)


def _add_short_regions(draft: AnnotationDraft, task: dict[str, Any]) -> None:
    """Add the spans of the short export, which are in the field of the control."""
    for name, spans in task.items():
        for span in objects_of(spans):
            labels = strings_of(span.get("labels"))
            if labels and "start" in span and name not in ("annotations", "predictions", "completions"):
                quote = span["text"] if isinstance(span.get("text"), str) else None
                draft.add(span.get("start"), span.get("end"), labels[0], quote=quote)


def _entity_and_note(lines: Sequence[str], entities: set[str]) -> tuple[str, str]:
    """Return the entity and the note in the comment of a region, as the export writes them."""
    entity = lines[0].removeprefix(_ENTITY) if lines and lines[0].startswith(_ENTITY) else ""
    if entity in entities:
        return entity, "\n".join(lines[1:])
    return "", "\n".join(lines)
