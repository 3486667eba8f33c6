"""Carries a log over to a changed text: every record gets a copy in the log of the new text. Pure.

The id of a copy is derived from the id of its original and the digest of the new text. So every machine makes the same
copy, and no copy is made twice. Undo and redo records are copied too, so the new text begins with the history of the
old one, step by step. A decision with a span gets its span in the new text, or becomes a record of kind "orphaned".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Final

from reader.annotate.changed_text.relocate import find_unique
from reader.annotate.changed_text.typeset_relocation import TypesetRelocation
from reader.annotate.decisions import SpanDecision
from reader.annotate.decisions.decision_codec import MalformedRecordError, encode_decision, wrap_orphan
from reader.annotate.log.anchors import applies_to, encode_anchor, make_anchor
from reader.annotate.log.decision_history import decode_record
from reader.annotate.log.records import ORPHANED, REDO, UNDO, Record, carried_over_id, root_id
from reader.structures.lazy_dataclass import dataclass

_MIN_SHARE: Final = 0.25
"""The share of its quotes that must be found for a log without a text to count as that of an earlier version."""


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """An earlier version of a text, with its log."""

    text: str | None
    """The text; None if the store does not have it."""
    records: Sequence[Record]


def carry_over_records(
    versions: Iterable[EarlierVersion], document: str, text: str, known_ids: Container[str]
) -> list[Record]:
    """Return the records to append to the log of a text so that it has the decisions on earlier versions.

    Args:
        versions: The earlier versions, the last opened first. A span that was lost in one version is
            looked up from the version before.
        document: The digest of the new text.
        text: The new text.
        known_ids: The `root_id` of every record that is already in its log.
    """
    copies: dict[str, Record] = {}
    for version in versions:
        missing = [record for record in version.records if record.intact and _is_missing(record, copies, known_ids)]
        for copy in _copy_records(version.text, missing, document, text) if missing else ():
            if root_id(copy.id) not in copies or copy.kind != ORPHANED:
                copies[root_id(copy.id)] = copy
    return list(copies.values())


def _is_missing(record: Record, copies: dict[str, Record], known_ids: Container[str]) -> bool:
    """Return whether a record still needs a copy: it has none, or only an orphaned one."""
    original_id = root_id(record.id)
    copy = copies.get(original_id)
    return original_id not in known_ids and (copy is None or (copy.kind == ORPHANED and record.kind != ORPHANED))


def _copy_records(old_text: str | None, records: Sequence[Record], document: str, text: str) -> list[Record]:
    """Return the copies of records of one earlier version; none if it is a different document."""
    relocation = TypesetRelocation(old_text, text) if old_text is not None else None
    if relocation is not None and not relocation.is_version:
        return []
    copies = [copy for record in records if (copy := _copy_record(record, relocation, document, text)) is not None]
    if relocation is None:
        anchored = [copy for copy in copies if copy.anchor]
        count = sum(copy.kind != ORPHANED for copy in anchored)
        if not count or count < _MIN_SHARE * len(anchored):
            return []
    return copies


def _copy_record(record: Record, relocation: TypesetRelocation | None, document: str, text: str) -> Record | None:
    copy = record._replace(id=carried_over_id(record.id, document), document=document, seq=0)
    if record.kind in (UNDO, REDO):
        return copy
    try:
        decision, anchor = decode_record(record)
    except MalformedRecordError:
        return None  # it stays in its own log; a version that can read it carries it over
    if not isinstance(decision, SpanDecision) or anchor is None:
        return copy
    start = find_unique(text, *anchor) if relocation is None or record.kind == ORPHANED else None
    span = None if start is None else (start, start + len(anchor.quote))
    if relocation is not None and record.kind != ORPHANED and applies_to(relocation.old_text, decision, anchor):
        span = relocation.new_span(decision.start, decision.end)
    if span is None:
        kind, payload = encode_decision(decision)
        return copy._replace(kind=ORPHANED, payload=wrap_orphan(kind, payload))
    kind, payload = encode_decision(replace(decision, start=span[0], end=span[1]))
    return copy._replace(kind=kind, payload=payload, anchor=encode_anchor(make_anchor(text, *span)))
