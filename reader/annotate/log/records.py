"""The records of the log: one for each decision, undo or redo. A record never changes once it is written."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from reader.annotate.decisions import Decision, SpanDecision
from reader.annotate.decisions.decision_codec import MalformedRecordError, encode_decision
from reader.annotate.log.anchors import encode_anchor, make_anchor
from reader.structures.named_tuple import NamedTuple

UNDO: Final = "undo"
REDO: Final = "redo"
ORPHANED: Final = "orphaned"
"""The kind of a record whose decision has no span in this text. Its fields are the kind and the fields of the decision,
and its anchor is the one from the earlier text."""


class Record(NamedTuple):
    """One line of the log, as it is written."""

    id: str
    """A random UUID, the same on every machine to which the record is copied. If the record was carried over from an
    earlier text: the id of the original, "@" and the first digits of the digest of this text."""
    document: str
    """The digest of the text that the record is about."""
    time: str
    """When the record was made: ISO 8601, UTC."""
    step: str
    """The step that the record belongs to; for an undo or redo, the step that it undoes or redoes."""
    kind: str
    payload: str
    """The fields of the decision as JSON."""
    anchor: str = ""
    """The anchor as JSON, if the decision has a span."""
    session: str = ""
    """The run of the program that made the record."""
    author: str = ""
    seq: int = 0
    """The number of the record in the log of its document, from 1 without gaps; 0 until it is on disk."""
    intact: bool = True
    """False if the stored checksum does not match the record."""


def checksum(record: Record) -> int:
    """Return the CRC-32 of the contents of a record, which SQLite does not protect."""
    return zlib.crc32("\x1f".join(record[:9]).encode("utf-8", "surrogatepass"))


def new_id() -> str:
    """Return a random (version 4) UUID as 32 hexadecimal digits."""
    digits = os.urandom(16).hex()
    return f"{digits[:12]}4{digits[13:16]}{'89ab'[int(digits[16], 16) % 4]}{digits[17:]}"


def decision_records(
    document: str, text: str, decisions: Iterable[Decision], session: str, author: str, step: str = ""
) -> list[Record]:
    """Return the records of the decisions of one step, in order.

    Args:
        document: The digest of the text.
        text: The text that the decisions are about.
        decisions: The decisions.
        session: The run of the program that made them.
        author: The user who made them.
        step: The id of the step; "" for a new id.

    Raises:
        MalformedRecordError: A decision is invalid (a blank name, an empty span or a span outside the text).
    """
    step, time = step or new_id(), current_time()
    records = []
    for decision in decisions:
        kind, payload = encode_decision(decision)
        anchor = ""
        if isinstance(decision, SpanDecision):
            if decision.end > len(text):
                raise MalformedRecordError("span outside the text")
            anchor = encode_anchor(make_anchor(text, decision.start, decision.end))
        records.append(Record(new_id(), document, time, step, kind, payload, anchor, session, author))
    return records


def revert_records(kind: str, document: str, steps: Sequence[str], session: str, author: str) -> list[Record]:
    """Return the records of one action that undoes (`UNDO`) or redoes (`REDO`) steps, given by their ids."""
    time = current_time()
    payload = "{}" if len(steps) == 1 else json.dumps({"action": new_id()}, separators=(",", ":"))
    return [Record(new_id(), document, time, step, kind, payload, "", session, author) for step in steps]


def action_id(record: Record) -> str:
    """Return the id that all undo or redo records of one action share."""
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        return str(json.loads(record.payload)["action"])
    return record.id


def root_id(record_id: str) -> str:
    """Return the id under which a record was first written, before it was carried over to other texts."""
    return record_id.partition("@")[0]


def carried_over_id(record_id: str, document: str) -> str:
    """Return the id of a record that is carried over to the text with this digest. Every machine gives it the same."""
    return f"{root_id(record_id)}@{document.removeprefix('sha256:')[:16]}"


def number_records(records: Sequence[Record], last_seq: int) -> list[Record]:
    """Return the records numbered for a log whose last record has the number `last_seq`."""
    return [record._replace(seq=seq) for seq, record in enumerate(records, last_seq + 1)]


def current_time() -> str:
    """Return the current time as records store it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
