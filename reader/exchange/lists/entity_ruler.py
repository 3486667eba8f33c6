"""Patterns for spaCy's `EntityRuler`: one JSON object per name, with the canonical name of its entity as id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.jsonl import json_line

if TYPE_CHECKING:
    from reader.exchange.annotated_document import Exportable


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write each pattern once, also if several readings have the name. See `ExportFormat.write`."""
    written: set[tuple[str, str]] = set()
    for document in annotated_documents(readings, decided=decided):
        for entity in document.entities:
            for name in entity.names:
                if (entity.label, name) not in written:
                    written.add((entity.label, name))
                    pattern = {"label": entity.label, "pattern": name, "id": entity.name}
                    out.write(json_line(pattern).encode() + b"\n")
        out.flush()
