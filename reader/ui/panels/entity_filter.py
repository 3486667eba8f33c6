"""Which entities the entity list shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any, Final

from reader.display.search.unaccented import unaccented
from reader.names.normal import surface
from reader.reading import Reading
from reader.resolve import Entity
from reader.structures.lazy_dataclass import dataclass


class EntityOrder(StrEnum):
    """How the entities are sorted. The values complete "entities sorted by …"."""

    POSITION = "position"
    COUNT = "count"
    NAME = "name"
    CHANGED = "last changed"


STATUSES: Final = ("suggested", "starred", "marked", "decided", "noted", "listed")
"""The values that `status:` accepts."""


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """What filtering and sorting need besides the entities: sets of entity ids, and mappings by entity id."""

    suggested: frozenset[str] = frozenset()
    """Entities that have a suggested merge."""
    starred: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    """Entities marked for merging."""
    changed: Mapping[str, int] = field(default_factory=dict)
    """The number of the last decision about each decided entity."""
    noted: frozenset[str] = frozenset()
    """Entities that have a note."""
    listed: frozenset[str] = frozenset()
    """Entities that are like a name of a watchlist."""
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The tags of each entity and of its mentions. Entities without tags are left out."""


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """The conditions of a filter. An entity must meet all of them."""

    labels: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    """Parts of names, folded: in lower case and without accents."""
    tags: tuple[str, ...] = ()
    """Tags or beginnings of tags."""

    def accepts(self, entity: Entity, facts: EntityFacts, names: Iterable[str]) -> bool:
        """Return whether an entity meets every condition; `names` are all by which it may be looked for."""
        if self.labels and entity.label not in self.labels:
            return False
        if self.statuses:
            ids_by_status = {"suggested": facts.suggested, "starred": facts.starred, "marked": facts.marked}
            ids_by_status |= {"decided": frozenset(facts.changed), "noted": facts.noted, "listed": facts.listed}
            if any(entity.id not in ids_by_status[status] for status in self.statuses):
                return False
        tags = facts.tags.get(entity.id, frozenset())
        if any(not any(tag.startswith(prefix) for tag in tags) for prefix in self.tags):
            return False
        if not self.words:
            return True
        texts = [unaccented(surface(name), lower=True) for name in names]
        return all(any(word in text for text in texts) for word in self.words)


def parse_filter(typed: str) -> EntityFilter:
    """Parse a filter such as `type:ORG tag:key status:suggested harbor`.

    Raises:
        ValueError: The filter has an unknown status. The message lists the known ones.
    """
    labels: set[str] = set()
    statuses: set[str] = set()
    words: list[str] = []
    tags: list[str] = []
    for word in typed.casefold().split():
        field_name, colon, value = word.partition(":")
        if colon and field_name in {"type", "label"}:
            labels |= {label.upper() for label in value.split(",") if label}
        elif colon and field_name == "tag":
            tags += filter(None, (tag.lstrip("#") for tag in value.split(",")))
        elif colon and field_name == "status":
            if value not in STATUSES:
                raise ValueError(f"status:{value} is not one of {', '.join(STATUSES)}")
            statuses.add(value)
        else:
            words.append(unaccented(surface(word), lower=True))
    return EntityFilter(frozenset(labels), frozenset(statuses), tuple(words), tuple(tags))


def sort_key(entity: Entity, order: EntityOrder, facts: EntityFacts) -> Any:
    """Return the sort key of an entity. Entities that are equal in this order are sorted by position."""
    start = entity.mentions[0].start
    if order is EntityOrder.COUNT:
        return -len(entity.mentions), start
    if order is EntityOrder.NAME:
        return entity.name.casefold(), start
    if order is EntityOrder.CHANGED:
        return -facts.changed.get(entity.id, 0), start
    return start


def tags_by_entity(reading: Reading) -> Mapping[str, frozenset[str]]:
    """Return the tags of each entity and of its mentions, by entity id. Entities without tags are left out."""
    notes = reading.notes
    tags_of: dict[str, frozenset[str]] = {}
    for name, tags in notes.name_tags.items():
        for entity in reading.entities_with(name):
            tags_of[entity.id] = tags_of.get(entity.id, frozenset()) | set(tags)
    for (start, end), tags in notes.span_tags.items():
        for mention in reading.mentions_between(start, end):
            if entity_of_mention := reading.entity_of(mention):
                tags_of[entity_of_mention.id] = tags_of.get(entity_of_mention.id, frozenset()) | set(tags)
    return tags_of
