"""To which entity a mention belongs: the entities, the likeliest first, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.annotate import MentionMoved
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.structures.intervals import count_up_to
from reader.ui.dialogs.choice import Choice

NEW: Final = -1
"""Stands for an entity that is nowhere yet."""


def ranked(reading: Reading, mention: Mention) -> list[Entity]:
    """Return the entities to which a mention could be moved: alike names first, then its label, then the nearest."""
    own, name = reading.entity_of(mention), reading.name_of(mention)
    words = set(name.text.casefold().split())

    def rank(entity: Entity) -> tuple[bool, bool, int]:
        alike = any(words & set(each.casefold().split()) for each in entity.names)
        before = count_up_to(entity.mentions, (mention.start,)) - 1
        distance = min(abs(each.start - mention.start) for each in entity.mentions[max(before, 0) : max(before, 0) + 2])
        return not alike, entity.label != mention.label, distance

    return sorted((entity for entity in reading.entities if entity is not own), key=rank)


def fitting(entities: Sequence[Entity], typed: str, label: str, own: Entity | None = None) -> list[tuple[int, Choice]]:
    """Return the entities with a name that holds what was typed, names that begin with it first, and a new one.

    That to which the mention belongs now is among them once something was typed: whoever looks for it finds it there.
    """
    wanted = typed.casefold().strip()
    found: list[tuple[bool, int]] = []
    for index, entity in enumerate(entities):
        if entity is own and not wanted:
            continue
        names = [each.casefold() for each in (entity.name, *entity.names)]
        if any(wanted in each for each in names):
            found.append((not any(each.startswith(wanted) for each in names), index))
    if wanted:
        found.sort()
    rows = []
    for entity, index in ((entities[index], index) for _, index in found):
        aside = "where it is" if entity is own else f"{len(entity.mentions):,}"
        rows.append((index, Choice(entity.name, aside, label=entity.label)))
    if wanted and not any(entity.name.casefold() == wanted for entity in entities):
        rows.append((NEW, Choice(f"“{typed.strip()}”, a new entity", label=label)))
    return rows


def moved_to(reading: Reading, mention: Mention, entity: Entity) -> MentionMoved:
    """Return the decision that a mention is one of an entity."""
    names = reading.names_of(entity)
    texts = (entity.name, entity.names[0])
    return MentionMoved(mention.start, mention.end, next((each for each in names if each.text in texts), names[0]))


def moved_away(mention: Mention, name: str) -> MentionMoved:
    """Return the decision that a mention is one of an entity that is nowhere yet."""
    return MentionMoved(mention.start, mention.end, Name(name, mention.label))
