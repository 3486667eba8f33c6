"""Which mentions the user has decided about, and which are still to be gone through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reader.annotate.decisions import Decision, EntityRenamed, NamesSame
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.structures.intervals import count_before, count_up_to


def settled_names(decisions: Iterable[Decision]) -> dict[Name, None]:
    """Return the names of the entities that the user named or merged: whoever did so has settled what they are."""
    found: dict[Name, None] = {}
    for decision in decisions:
        if isinstance(decision, (NamesSame, EntityRenamed)):
            found |= dict.fromkeys(decision.names)
    return found


class Decided:
    """The mentions that are the user's, and those of entities that the user has settled."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        of_user: int,
        settled: Iterable[Entity],
        entity_of: Callable[[Mention], Entity | None],
    ) -> None:
        """Take stock.

        Args:
            mentions: All of them, in order of place.
            of_user: How many of them have origin "user".
            settled: Entities of which every mention counts as decided.
            entity_of: To which entity a mention belongs.
        """
        self.total = len(mentions)
        """How many mentions there are."""
        self._mentions = mentions
        self._entity_of = entity_of
        entities = {entity.id: entity for entity in settled}
        self._settled = frozenset(entities)
        by_entity = sum(mention[3] != "user" for entity in entities.values() for mention in entity.mentions)
        self.count = of_user + by_entity
        """How many of them are decided."""

    def __contains__(self, mention: Mention) -> bool:
        """Tell whether a mention is decided."""
        if mention[3] == "user":
            return True
        return bool(self._settled) and (entity := self._entity_of(mention)) is not None and entity.id in self._settled

    def below(self, place: Sequence[int]) -> Iterable[Mention]:
        """Yield the undecided mentions after a place, nearest first; a place is `(start,)` or `(start, end)`."""
        index = count_up_to(self._mentions, place)
        return (self._mentions[at] for at in range(index, self.total) if self._mentions[at] not in self)

    def above(self, place: Sequence[int]) -> Iterable[Mention]:
        """Yield the undecided mentions before a place, nearest first."""
        index = count_before(self._mentions, place)
        return (self._mentions[at] for at in range(index - 1, -1, -1) if self._mentions[at] not in self)
