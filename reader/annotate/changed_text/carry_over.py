"""Carrying a log over to a changed text: every record gets a copy in the log of the new text. Pure.

A copy has the id of its original and the digest of the new text, so whoever makes it makes the same one, and none is
made twice. Undo and redo are carried, too: the new text begins with the history of the old one, step by step. A
decision about a place gets its place in the new text, or becomes a record of kind "orphaned".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reader.annotate.anchors import applies_to, encode_anchor, make_anchor
from reader.annotate.changed_text.relocate import Relocation, standing
from reader.annotate.decision_codec import MalformedRecordError, encode_decision, wrap_orphan
from reader.annotate.decision_history import decode_record
from reader.annotate.decisions import SpanDecision
from reader.annotate.records import ORPHANED, REDO, UNDO, Record, carried_over_id, root_id

_FOUND: Final = 0.25
"""Without its text, an earlier version is one of this article when such a share of its quotes is found again."""


@dataclass(frozen=True, slots=True)
class Source:
    """An earlier version of a text, with its log."""

    text: str | None
    """None where it was not kept."""
    records: Sequence[Record]


def carried(sources: Iterable[Source], document: str, text: str, known: Container[str]) -> list[Record]:
    """Return the records to append to the log of a text so that it holds what was decided on earlier versions.

    Args:
        sources: The earlier versions, the one that was read last first; a place that was lost in one is looked for
            from the one before.
        document: Digest of the new text.
        text: The new text.
        known: The `root` of every record that is in its log already.
    """
    copies: dict[str, Record] = {}
    for source in sources:
        missing = [record for record in source.records if record.intact and _wanted(record, copies, known)]
        for copy in _copies(source.text, missing, document, text) if missing else ():
            if root_id(copy.id) not in copies or copy.kind != ORPHANED:
                copies[root_id(copy.id)] = copy
    return list(copies.values())


def _wanted(record: Record, copies: dict[str, Record], known: Container[str]) -> bool:
    identifier = root_id(record.id)
    there = copies.get(identifier)
    return identifier not in known and (there is None or (there.kind == ORPHANED and record.kind != ORPHANED))


def _copies(old: str | None, records: Sequence[Record], document: str, text: str) -> list[Record]:
    """Return the copies of records of one earlier version; none if it is another article."""
    way = Relocation(old, text) if old is not None else None
    if way is not None and not way.kin:
        return []
    copies = [copy for record in records if (copy := _copy(record, way, document, text)) is not None]
    if way is None:
        about_places = [copy for copy in copies if copy.anchor]
        found = sum(copy.kind != ORPHANED for copy in about_places)
        if not found or found < _FOUND * len(about_places):
            return []
    return copies


def _copy(record: Record, way: Relocation | None, document: str, text: str) -> Record | None:
    copy = record._replace(id=carried_over_id(record.id, document), document=document, seq=0)
    if record.kind in (UNDO, REDO):
        return copy
    try:
        decision, where = decode_record(record)
    except MalformedRecordError:
        return None  # it stays in its own log; a version that can read it carries it over
    if not isinstance(decision, SpanDecision) or where is None:
        return copy
    start = standing(text, *where) if way is None or record.kind == ORPHANED else None
    found = None if start is None else (start, start + len(where.quote))
    if way is not None and record.kind != ORPHANED and applies_to(way.old, decision, where):
        found = way.place(decision.start, decision.end)
    if found is None:
        kind, payload = encode_decision(decision)
        return copy._replace(kind=ORPHANED, payload=wrap_orphan(kind, payload))
    kind, payload = encode_decision(replace(decision, start=found[0], end=found[1]))
    return copy._replace(kind=kind, payload=payload, anchor=encode_anchor(make_anchor(text, *found)))
