"""W3C Web Annotation: one JSON-LD annotation page with an annotation per mention.

Positions are code points, end exclusive. A quote with its surroundings selects the same text where it was changed. The
body of a mention names its label, its entity by a URN that all mentions of the entity share, and as an assessment the
confidence of what a machine found. The digest of the text lets this program find it again; others ignore it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from uuid import NAMESPACE_URL, uuid5

from reader.exchange.annotated_document import annotated_documents, rounded_score
from reader.exchange.jsonl import json_line

if TYPE_CHECKING:
    from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedEntity, AnnotatedMention, Exportable

_SURROUNDINGS: Final = 32
"""Code points of text before and after a quote, as other annotation programs store."""


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write the page, one annotation per line. See `ExportFormat.write`."""
    out.write(b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [')
    separator = b"\n"
    for document in annotated_documents(readings, decided=decided):
        entities = {entity.id: entity for entity in document.entities}
        urns = _entity_urns(document)
        for mention in document.mentions:
            entity = entities.get(mention.entity)
            annotation = _annotation(document, mention, entity, urns[entity.id] if entity else "")
            out.write(separator + json_line(annotation).encode())
            separator = b",\n"
    out.write(b"\n]}\n")


def _annotation(
    document: AnnotatedDocument, mention: AnnotatedMention, entity: AnnotatedEntity | None, urn: str
) -> dict[str, Any]:
    text, source = document.text, document.document
    body: list[dict[str, Any]] = [{"type": "TextualBody", "value": mention.label, "purpose": "classifying"}]
    if entity:
        body.append({"id": urn, "type": "SpecificResource", "source": urn, "purpose": "identifying"})
        body.append({"type": "TextualBody", "value": entity.name, "purpose": "identifying"})
    body += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in mention.tags]
    if mention.note:
        body.append({"type": "TextualBody", "value": mention.note, "purpose": "commenting"})
    if not mention.decided:
        body.append({"type": "TextualBody", "value": str(rounded_score(mention)), "purpose": "assessing"})
    annotation: dict[str, Any] = {
        "id": _urn(source.digest, mention.start, mention.end, mention.label),
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": {
            "source": source.source or source.digest,
            "digest": source.digest,
            "selector": [
                {"type": "TextPositionSelector", "start": mention.start, "end": mention.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": document.quote(mention),
                    "prefix": text[max(0, mention.start - _SURROUNDINGS) : mention.start],
                    "suffix": text[mention.end : mention.end + _SURROUNDINGS],
                },
            ],
        },
    }
    if not mention.decided:
        annotation["generator"] = {
            "type": "Software",
            "name": f"{document.model_name} {document.model_version}".strip() or "machine",
        }
    return annotation


def _entity_urns(document: AnnotatedDocument) -> dict[str, str]:
    """Return the identifier of each entity by its id. Namesakes are told apart by their order."""
    namesakes: Counter[tuple[str, str]] = Counter()
    urns: dict[str, str] = {}
    for entity in document.entities:
        key = entity.label, entity.name
        number = (str(namesakes[key]),) if namesakes[key] else ()
        urns[entity.id] = _urn(document.document.digest, "entity", *key, *number)
        namesakes[key] += 1
    return urns


def _urn(*parts: object) -> str:
    """Return an identifier that is the same in every export of the same annotation."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(map(str, parts)))}"
