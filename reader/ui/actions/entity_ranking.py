"""The entities that a mention may belong to, the most likely first, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.annotate.decisions import MentionMoved
from reader.names.normal import fold
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.structures.intervals import count_up_to
from reader.ui.dialogs.base.choice import Choice

NEW_ENTITY: Final = -1
"""The number of the choice for an entity that does not exist yet."""


def ranked_entities(reading: Reading, mention: Mention) -> list[Entity]:
    """Return the entities to which a mention could be moved, the most likely first.

    Entities that share a word with its name come first, then those with its label, then the nearest in the text.
    """
    own, name = reading.entity_of(mention), reading.name_of(mention)
    words = set(name.text.casefold().split())

    def rank(entity: Entity) -> tuple[bool, bool, int]:
        shares_word = any(words & set(alias.casefold().split()) for alias in reading.all_names_of(entity))
        first = max(count_up_to(entity.mentions, (mention.start,)) - 1, 0)
        distance = min(abs(neighbor.start - mention.start) for neighbor in entity.mentions[first : first + 2])
        return not shares_word, entity.label != mention.label, distance

    return sorted((entity for entity in reading.entities if entity is not own), key=rank)


def match_rank(name: str, query: str) -> int | None:
    """Return how well a folded name matches a folded query, 0 for best; None if it does not contain its words."""
    if query in name:
        if name == query:
            return 0
        return 1 if name.startswith(query) else 2 if f" {query}" in name else 3
    return 4 if all(word in name for word in query.split()) else None


def matching_entities(
    reading: Reading, entities: Sequence[Entity], typed: str, label: str, own: Entity | None = None
) -> list[tuple[int, Choice]]:
    """Return choices for the entities with a name that contains all typed words, and for a new entity.

    Names that begin with what was typed come first. The mention's own entity is offered only once something was typed:
    a user who looks for it by name should find it.

    Args:
        reading: The reading of the entities.
        entities: The entities to choose from.
        typed: Part of a name.
        label: The label of a new entity.
        own: The entity to which the mention belongs now.

    Returns:
        For each choice the index of its entity, or `NEW_ENTITY`.
    """
    query = " ".join(typed.split())
    matches: list[tuple[int, int]] = []
    for index, entity in enumerate(entities):
        if not query and entity is not own:
            matches.append((0, index))
        elif query:
            ranks = [match_rank(fold(name), fold(query)) for name in reading.all_names_of(entity)]
            if (rank := min((rank for rank in ranks if rank is not None), default=None)) is not None:
                matches.append((rank, index))
    matches.sort()
    choices = []
    for _, index in matches:
        entity = entities[index]
        note = "its entity now" if entity is own else f"{len(entity.mentions):,}"
        choices.append((index, Choice(entity.name, note, label=entity.label)))
    if query and not any(entity.name.casefold() == query.casefold() for entity in entities):
        choices.append((NEW_ENTITY, Choice(f"“{query}”, a new entity", label=label)))
    return choices


def move_to_entity(reading: Reading, mention: Mention, entity: Entity) -> MentionMoved:
    """Return the decision that a mention belongs to an entity."""
    names = reading.names_of(entity)
    texts = (entity.name, entity.names[0])
    return MentionMoved(mention.start, mention.end, next((name for name in names if name.text in texts), names[0]))


def move_to_new(mention: Mention, name: str) -> MentionMoved:
    """Return the decision that a mention belongs to a new entity."""
    return MentionMoved(mention.start, mention.end, Name(name, mention.label))
