"""Readings of short texts whose mentions are marked in them."""

from __future__ import annotations

from reader.annotate import Store
from reader.document import Block, Document
from reader.reading import Reading
from tests.resolve.texts import marked


def reading_of(source: str, store: Store) -> Reading:
    """Return the reading of a text with its mentions marked, as in "The [Mirror|ORG] closed."."""
    text, mentions = marked(source)
    reading = Reading(Document(text, (Block(0, len(text)),), text[:12], f"{text[:9]}.txt"), store)
    reading.set_recognized(mentions)
    return reading
