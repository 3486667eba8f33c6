"""What a mention decision remembers of its place, so that it can be verified and, in a changed text, found again."""

from __future__ import annotations

import json
from typing import Final, NamedTuple, TypeAlias, TypeGuard, get_args

from reader.annotate.decision_codec import MalformedRecordError
from reader.annotate.decisions import (
    Decision,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    MentionRetagged,
    PlaceNoted,
    PlaceTagged,
)

CONTEXT: Final = 32
"""Code points kept on either side of a quote."""

Placed: TypeAlias = (
    MentionAdded
    | MentionOverlaid
    | MentionRemoved
    | MentionRetagged
    | MentionConfirmed
    | MentionMoved
    | PlaceNoted
    | PlaceTagged
)
"""Decisions about one place in the text."""

_PLACED: Final = get_args(Placed)


class Anchor(NamedTuple):
    """A quote with what stood around it, as the text was when the decision was made."""

    quote: str
    prefix: str
    suffix: str


def placed(decision: Decision) -> TypeGuard[Placed]:
    """Tell whether a decision is about one place in the text."""
    return isinstance(decision, _PLACED)


def anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of `text[start:end]`."""
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def stands(text: str, decision: Decision, where: Anchor | None) -> bool:
    """Tell whether a decision applies to this text: it is about no place, or its quote stands at its offsets."""
    if not placed(decision):
        return True
    return where is not None and text[decision.start : decision.end] == where.quote


def encode_anchor(where: Anchor | None) -> str:
    """Return the JSON form of an anchor; "" for none."""
    return "" if where is None else json.dumps(where._asdict(), separators=(",", ":"))


def decode_anchor(payload: str) -> Anchor | None:
    """Return the anchor that its JSON form holds; None for "".

    Raises:
        MalformedRecordError: it is no anchor.
    """
    if not payload:
        return None
    try:
        fields = json.loads(payload)
        found = Anchor(fields["quote"], fields["prefix"], fields["suffix"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise MalformedRecordError("anchor") from None
    if not all(isinstance(part, str) for part in found):
        raise MalformedRecordError("anchor")
    return found
