"""The companions of an entity: other entities in the same sentences or paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reader.document.sentences import sentence_ends
from reader.structures.intervals import longest_of, overlapping, starting_within
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.document import Document
    from reader.recognize import Mention
    from reader.resolve import Entity

_MENTIONS_AT_ONCE: Final = 32
"""Mentions that are counted between two pauses."""


@dataclass(slots=True)
class EntityCompanion:
    """A companion of an entity, with the number of shared sentences and paragraphs."""

    entity: Entity
    sentences: int = 0
    """The number of sentences that mention both."""
    paragraphs: int = 0
    """The number of paragraphs that mention both."""
    sentence_mention: Mention | None = None
    """Its first mention in one of these sentences."""
    paragraph_mention: Mention | None = None
    """Its first mention in one of these paragraphs."""

    @property
    def first_mention(self) -> Mention | None:
        """Its first mention in the closest context that the two share: a sentence, or else a paragraph."""
        return self.sentence_mention or self.paragraph_mention


class CompanionCount:
    """Counts the companions of one entity, in the sentences and paragraphs that mention it.

    A mention that overlaps one of the entity, such as "Osel" in "Osel River", does not count.
    """

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        entity: Entity,
        entity_of: Callable[[Mention], Entity | None],
    ) -> None:
        self._document = document
        self._mentions = mentions
        self._entity = entity
        self._entity_of = entity_of
        self._longest = longest_of(entity.mentions)
        self._companions: dict[str, EntityCompanion] = {}

    @property
    def result(self) -> list[EntityCompanion]:
        """The companions, the most frequent first; those of more sentences before those of more paragraphs."""
        return sorted(self._companions.values(), key=lambda it: (-it.sentences, -it.paragraphs, it.entity.name))

    def run(self) -> Iterator[None]:
        """Count; yield after every few mentions, so that other work can run in between."""
        own, index = self._entity.mentions, 0
        while index < len(own):
            block = self._document.block_at(own[index].start)
            yield from self._count_block(block.start, max(block.end, own[index].end))
            index += max(len(starting_within(own, own[index].start, block.end)), 1)

    def _count_block(self, start: int, end: int) -> Iterator[None]:
        ends = sentence_ends(self._document.text, start, end)
        sentence_end = next(ends, end)
        in_block: dict[str, tuple[Entity, Mention]] = {}
        in_sentence: dict[str, tuple[Entity, Mention]] = {}
        for number, mention in enumerate(starting_within(self._mentions, start, end), 1):
            if mention.start >= sentence_end:
                self._count_sentence(in_sentence)
                in_sentence = {}
                while mention.start >= sentence_end < end:
                    sentence_end = next(ends, end)
            owner = self._entity_of(mention)
            if owner is not None and (owner is self._entity or not self._is_overlapped(mention)):
                in_sentence.setdefault(owner.id, (owner, mention))
                in_block.setdefault(owner.id, (owner, mention))
            if number % _MENTIONS_AT_ONCE == 0:
                yield
        self._count_sentence(in_sentence)
        self._count_paragraph(in_block)
        yield

    def _count_sentence(self, in_sentence: dict[str, tuple[Entity, Mention]]) -> None:
        if self._entity.id in in_sentence:
            for companion, mention in self._of(in_sentence):
                companion.sentences += 1
                companion.sentence_mention = companion.sentence_mention or mention

    def _count_paragraph(self, in_block: dict[str, tuple[Entity, Mention]]) -> None:
        if self._entity.id in in_block:
            for companion, mention in self._of(in_block):
                companion.paragraphs += 1
                companion.paragraph_mention = companion.paragraph_mention or mention

    def _of(self, owners: dict[str, tuple[Entity, Mention]]) -> Iterator[tuple[EntityCompanion, Mention]]:
        """Yield the companions among the owners of mentions, with the mention."""
        for id, (owner, mention) in owners.items():
            if id != self._entity.id:
                if id not in self._companions:
                    self._companions[id] = EntityCompanion(owner)
                yield self._companions[id], mention

    def _is_overlapped(self, mention: Mention) -> bool:
        """Return whether a mention of the entity overlaps a mention."""
        return bool(overlapping(self._entity.mentions, mention.start, mention.end, self._longest))
