"""Anchors: the quote and context that verify a decision and find its span again in a changed text."""

from __future__ import annotations

import json
from typing import Final

from reader.annotate.decisions import Decision, SpanDecision
from reader.annotate.decisions.decision_codec import MalformedRecordError
from reader.structures.named_tuple import NamedTuple

CONTEXT_LENGTH: Final = 32
"""Code points kept before and after a quote."""


class Anchor(NamedTuple):
    """A quote with its context, as the text was when the decision was made."""

    quote: str
    prefix: str
    suffix: str


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of `text[start:end]`."""
    prefix = text[max(0, start - CONTEXT_LENGTH) : start]
    return Anchor(text[start:end], prefix, text[end : end + CONTEXT_LENGTH])


def applies_to(text: str, decision: Decision, anchor: Anchor | None) -> bool:
    """Return whether a decision applies to this text: it has no span, or its quote is at its offsets."""
    if not isinstance(decision, SpanDecision):
        return True
    return anchor is not None and text[decision.start : decision.end] == anchor.quote


def encode_anchor(anchor: Anchor | None) -> str:
    """Return the JSON form of an anchor; "" for None."""
    return "" if anchor is None else json.dumps(anchor._asdict(), separators=(",", ":"))


def decode_anchor(payload: str) -> Anchor | None:
    """Return the anchor from its JSON form; None for "".

    Raises:
        MalformedRecordError: The JSON is not an anchor.
    """
    if not payload:
        return None
    try:
        values = json.loads(payload)
        anchor = Anchor(values["quote"], values["prefix"], values["suffix"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise MalformedRecordError("anchor") from None
    if not all(isinstance(part, str) for part in anchor):
        raise MalformedRecordError("anchor")
    return anchor
