"""Mentions in offsets of the normal form, in which names are merged, and results in offsets of the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reader.document.normal_text import NormalText
from reader.recognize import Mention
from reader.resolve.assemble import Draft
from reader.resolve.resolution import Name, Suggestion


class NormalMentions:
    """The mentions of a document, each in offsets of the normal form and of the document."""

    def __init__(self, normal: NormalText) -> None:
        self._normal = normal
        self._normal_mentions: dict[Mention, Mention] = {}
        """The mentions of the document, and each in offsets of the normal form; empty if the offsets are the same."""
        self._mentions: dict[Mention, Mention] = {}
        """The same the other way round."""

    def to_normal(
        self, mentions: Iterable[Mention], moved: Iterable[tuple[int, int, Name]]
    ) -> tuple[Iterable[Mention], Iterable[tuple[int, int, Name]]]:
        """Return mentions, and spans of moved mentions, in offsets of the normal form."""
        if self._normal.identity:
            return mentions, moved
        normal_mentions = []
        for mention in mentions:
            normal_mention = self._normal_mentions.get(mention)
            if normal_mention is None:
                start, end = self._normal.to_normal(mention.start, mention.end)
                normal_mention = mention._replace(start=start, end=max(end, start + 1))
                self._normal_mentions[mention] = normal_mention
                self._mentions.setdefault(normal_mention, mention)
            normal_mentions.append(normal_mention)
        spans = ((*self._normal.to_normal(start, end), name) for start, end, name in moved)
        return tuple(normal_mentions), tuple((start, max(end, start + 1), name) for start, end, name in spans)

    def draft_in_document(self, draft: Draft) -> Draft:
        """Return a draft with its mentions and links in offsets of the document."""
        if self._normal.identity:
            return draft
        mentions = tuple(self._mentions[mention] for mention in draft.mentions)
        links = tuple(replace(link, at=self.offset_in_document(link.at)) for link in draft.links)
        return draft._replace(first=mentions[0], mentions=mentions, links=links)

    def suggestion_in_document(self, suggestion: Suggestion) -> Suggestion:
        """Return a suggestion with its offset in the document."""
        return replace(suggestion, at=self.offset_in_document(suggestion.at))

    def offset_in_document(self, offset: int) -> int:
        """Return the offset in the document of an offset in the normal form."""
        return offset if self._normal.identity else self._normal.to_document(offset, offset + 1)[0]
