"""The records of the log: one per decision, undo or redo. A record is never changed once it is written."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, NamedTuple

from reader.annotate.anchors import encode_anchor, make_anchor
from reader.annotate.decision_codec import MalformedRecordError, encode_decision
from reader.annotate.decisions import Decision, SpanDecision

UNDO: Final = "undo"
REDO: Final = "redo"
ORPHANED: Final = "orphaned"
"""A decision that has no place in this text. Its fields are the decision's kind and fields, its anchor the old one."""


class Record(NamedTuple):
    """One line of the log, as it is written."""

    id: str
    """A random UUID: the same on every machine that the record is taken to. Of a record that was carried over from an
    earlier text: the id of that record, "@" and the beginning of this text's digest."""
    document: str
    """Digest of the text that it is about."""
    time: str
    """When, ISO 8601, UTC."""
    step: str
    """The user's action that it belongs to; of an undo or redo, the action taken back or brought back."""
    kind: str
    payload: str
    """JSON fields of the decision."""
    anchor: str = ""
    """JSON of the place's anchor, for a decision about a place."""
    session: str = ""
    """Which run of the program wrote it."""
    author: str = ""
    seq: int = 0
    """Place in its document's log, from 1 without gaps; 0 until it is on disk."""
    intact: bool = True
    """False when its stored checksum does not fit it."""


def checksum(record: Record) -> int:
    """Return the CRC-32 of everything that a record says, which SQLite itself does not protect."""
    return zlib.crc32("\x1f".join(record[:9]).encode("utf-8", "surrogatepass"))


def new_id() -> str:
    """Return a random (version 4) UUID as 32 hexadecimal digits."""
    digits = os.urandom(16).hex()
    return f"{digits[:12]}4{digits[13:16]}{'89ab'[int(digits[16], 16) % 4]}{digits[17:]}"


def decided(
    document: str, text: str, decisions: Iterable[Decision], session: str, author: str, step: str = ""
) -> list[Record]:
    """Return the records of one action of the user: one step, in order; it gets a new id where it has none.

    Raises:
        MalformedRecordError: a decision makes no sense (a blank name, an empty span or one outside of the text).
    """
    step, time = step or new_id(), now()
    records = []
    for decision in decisions:
        kind, payload = encode_decision(decision)
        where = ""
        if isinstance(decision, SpanDecision):
            if decision.end > len(text):
                raise MalformedRecordError("span outside of the text")
            where = encode_anchor(make_anchor(text, decision.start, decision.end))
        records.append(Record(new_id(), document, time, step, kind, payload, where, session, author))
    return records


def about_steps(kind: str, document: str, steps: Sequence[str], session: str, author: str) -> list[Record]:
    """Return the records that take steps back (`UNDO`) or bring them back (`REDO`), as one action of the user."""
    time = now()
    payload = "{}" if len(steps) == 1 else json.dumps({"action": new_id()}, separators=(",", ":"))
    return [Record(new_id(), document, time, step, kind, payload, "", session, author) for step in steps]


def action_of(record: Record) -> str:
    """Return what an undo or redo shares with those of the same action."""
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        return str(json.loads(record.payload)["action"])
    return record.id


def root(identifier: str) -> str:
    """Return the id under which a record was first written, whatever texts it has been carried to since."""
    return identifier.partition("@")[0]


def carried_id(identifier: str, document: str) -> str:
    """Return the id of a record as it is carried to another text: the same for whoever carries it."""
    return f"{root(identifier)}@{document.removeprefix('sha256:')[:16]}"


def numbered(records: Sequence[Record], after: int) -> list[Record]:
    """Return the records with their places in the log, which ends at `after`."""
    return [record._replace(seq=after + place) for place, record in enumerate(records, 1)]


def now() -> str:
    """Return the time as records have it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
