"""Mentions that do not overlap, for formats that cannot nest them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.exchange.annotated_document import AnnotatedMention


def flat_mentions(mentions: Iterable[AnnotatedMention]) -> list[AnnotatedMention]:
    """Return mentions that do not overlap: of nested ones the outermost, of crossing ones the first."""
    flat: list[AnnotatedMention] = []
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if not flat or mention.start >= flat[-1].end:
            flat.append(mention)
    return flat
