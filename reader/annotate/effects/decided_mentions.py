"""The mentions that the user has decided about, and those that are undecided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reader.annotate.decisions import Decision, EntityRenamed, NamesSame
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.structures.intervals import count_before, count_up_to


def decided_names(decisions: Iterable[Decision]) -> dict[Name, None]:
    """Return the names of the entities that the user renamed or merged, in the order of the decisions."""
    names: dict[Name, None] = {}
    for decision in decisions:
        if isinstance(decision, (NamesSame, EntityRenamed)) and not decision.machine_found:
            names |= dict.fromkeys(decision.names)
    return names


class DecidedMentions:
    """The mentions that the user decided about: those with origin "user" and those of decided entities.

    A mention with another label than its entity is not decided: one of the two labels is wrong, and nobody said which.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        user_count: int,
        decided_entities: Iterable[Entity],
        entity_of: Callable[[Mention], Entity | None],
    ) -> None:
        """Count the decided mentions.

        Args:
            mentions: All mentions, sorted by span.
            user_count: How many of them have origin "user".
            decided_entities: The entities of which every mention with their label counts as decided.
            entity_of: Returns the entity to which a mention belongs.
        """
        self.total = len(mentions)
        """The number of mentions."""
        self._mentions = mentions
        self._entity_of = entity_of
        entities = {entity.id: entity for entity in decided_entities}
        self._entity_ids = frozenset(entities)
        by_entity = sum(
            mention[3] != "user" and mention[2] == entity.label
            for entity in entities.values()
            for mention in entity.mentions
        )
        self.count = user_count + by_entity
        """The number of decided mentions."""

    def __contains__(self, mention: Mention) -> bool:
        """Return whether a mention is decided."""
        if mention[3] == "user":
            return True
        return (
            bool(self._entity_ids)
            and (entity := self._entity_of(mention)) is not None
            and entity.id in self._entity_ids
            and entity.label == mention[2]
        )

    def undecided_after(self, position: Sequence[int]) -> Iterable[Mention]:
        """Yield the undecided mentions after a position, `(start,)` or `(start, end)`, the nearest first."""
        index = count_up_to(self._mentions, position)
        return (self._mentions[number] for number in range(index, self.total) if self._mentions[number] not in self)

    def undecided_before(self, position: Sequence[int]) -> Iterable[Mention]:
        """Yield the undecided mentions before a position, `(start,)` or `(start, end)`, the nearest first."""
        index = count_before(self._mentions, position)
        return (self._mentions[number] for number in range(index - 1, -1, -1) if self._mentions[number] not in self)
