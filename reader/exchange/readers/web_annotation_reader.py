"""Reads W3C Web Annotations in JSON-LD: a page, a collection, a list, or one annotation. They do not have the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reader.exchange.format import ExchangeError
from reader.exchange.importing.imported_annotations import (
    WITHOUT_LABEL,
    AnnotationDraft,
    ImportedAnnotations,
    text_of,
)
from reader.exchange.importing.source_files import SourceFile
from reader.exchange.readers.json_values import json_value, object_of, objects_of

_MAX_NESTED: Final = 4
"""How deep collections and pages may lie in each other."""


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each source that they are about.

    Raises:
        ExchangeError: A file has no annotations.
    """
    for file in files:
        annotations = list(_annotations(json_value(file)))
        if not annotations:
            raise ExchangeError(f"{file.name} has no web annotations")
        drafts: dict[str, AnnotationDraft] = {}
        for annotation in annotations:
            target = _target(annotation)
            source = text_of(target.get("source")) or text_of(object_of(target.get("source")).get("id"))
            digest = text_of(target.get("digest")) or (source if source.startswith("sha256:") else "")
            if source not in drafts:
                drafts[source] = AnnotationDraft(None, "", source, digest)
            _add(drafts[source], annotation, target)
        for draft in drafts.values():
            yield draft.finish()


def _annotations(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the annotations in a value."""
    if isinstance(value, list):
        for item in value:
            yield from _annotations(item, depth)
        return
    item = object_of(value)
    if "target" in item:
        yield item
    elif depth < _MAX_NESTED:
        for key in ("items", "first", "rows"):
            yield from _annotations(item.get(key, []), depth + 1)


def _target(annotation: dict[str, Any]) -> dict[str, Any]:
    """Return the first target as an object."""
    target = annotation["target"]
    first = target[0] if isinstance(target, list) and target else target
    return {"source": first} if isinstance(first, str) else object_of(first)


def _add(draft: AnnotationDraft, annotation: dict[str, Any], target: dict[str, Any]) -> None:
    selectors = target.get("selector")
    by_type = {
        text_of(item.get("type")): item
        for item in objects_of(selectors if isinstance(selectors, list) else [selectors])
    }
    quote, position = by_type.get("TextQuoteSelector", {}), by_type.get("TextPositionSelector", {})
    bodies = annotation.get("body", annotation.get("bodyValue"))
    values: dict[str, list[str]] = {}
    entity = ""
    for body in bodies if isinstance(bodies, list) else [bodies]:
        item = {"value": body, "purpose": "commenting"} if isinstance(body, str) else object_of(body)
        purpose = item.get("purpose")
        if item.get("type") == "SpecificResource" and purpose == "identifying":
            entity = text_of(item.get("source")) or text_of(item.get("id"))
        elif isinstance(item.get("value"), str):
            values.setdefault(text_of(purpose) or "commenting", []).append(item["value"])
    labels = values.get("classifying") or []
    tags = values.get("tagging", [])
    if not labels:
        labels, tags = tags[:1], tags[1:]  # other programs classify by a tag
    if not text_of(quote.get("exact")):
        draft.omit("annotations without a quote")
        return
    if not labels:
        draft.omit(WITHOUT_LABEL)
        return
    draft.add(
        position.get("start", -1),
        position.get("end", -1),
        labels[0],
        entity=entity,
        machine=_is_machine(annotation),
        score=next(iter(values.get("assessing", [])), None),
        note="\n".join(values.get("commenting", [])),
        tags=tags,
        quote=text_of(quote.get("exact")),
        prefix=text_of(quote.get("prefix")),
        suffix=text_of(quote.get("suffix")),
    )
    if entity:
        draft.name_entity(entity, next(iter(values.get("identifying", [])), ""))


def _is_machine(annotation: dict[str, Any]) -> bool | None:
    """Return whether a program made an annotation and no person is named; None if nobody is named."""
    if "creator" not in annotation and "generator" not in annotation:
        return None
    creators = [object_of(item).get("type") for item in (annotation.get("creator"), annotation.get("generator"))]
    return "Software" in creators and "Person" not in creators and "creator" not in annotation
