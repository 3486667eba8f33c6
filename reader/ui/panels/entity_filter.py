"""Which entities the sidebar shows, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from reader.reading import Reading
from reader.resolve import Entity


class Order(StrEnum):
    """How the entities are sorted."""

    PLACE = "place"
    COUNT = "count"
    NAME = "name"
    CHANGED = "last changed"


STATUSES: Final = ("suggested", "starred", "marked", "decided", "noted")
"""What `status:` may ask for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the entities besides themselves."""

    suggested: frozenset[str] = frozenset()
    """Ids of those that may be one with another."""
    starred: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    changed: Mapping[str, int] = field(default_factory=dict)
    """Ids of those that something was decided about, and the number of the last decision."""
    noted: frozenset[str] = frozenset()
    """Ids of those that have a note."""
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The tags of each that has any, those of its mentions among them."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be shown: every word must fit."""

    labels: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Each is a tag, or the beginning of one."""

    def shows(self, entity: Entity, known: Known) -> bool:
        """Tell whether an entity is shown."""
        if self.labels and entity.label not in self.labels:
            return False
        of_status = {"suggested": known.suggested, "starred": known.starred, "marked": known.marked}
        of_status |= {"decided": frozenset(known.changed), "noted": known.noted}
        if any(entity.id not in of_status[status] for status in self.statuses):
            return False
        tags = known.tags.get(entity.id, frozenset())
        if any(not any(tag.startswith(wanted) for tag in tags) for wanted in self.tags):
            return False
        names = [name.casefold() for name in (entity.name, *entity.names)]
        return all(any(word in name for name in names) for word in self.words)


def parse_filter(typed: str) -> Filter:
    """Read a filter: `type:ORG tag:key status:suggested harbor`.

    Raises:
        ValueError: There is no such status; the message says which there are.
    """
    labels: set[str] = set()
    statuses: set[str] = set()
    words: list[str] = []
    tags: list[str] = []
    for word in typed.casefold().split():
        kind, colon, value = word.partition(":")
        if colon and kind in {"type", "label"}:
            labels |= {each.upper() for each in value.split(",") if each}
        elif colon and kind == "tag":
            tags += filter(None, (each.lstrip("#") for each in value.split(",")))
        elif colon and kind == "status":
            if value not in STATUSES:
                raise ValueError(f"status:{value} is none of {', '.join(STATUSES)}")
            statuses.add(value)
        else:
            words.append(word)
    return Filter(frozenset(labels), frozenset(statuses), tuple(words), tuple(tags))


def sort_key(entity: Entity, order: Order, known: Known) -> Any:
    """Return what an entity is sorted by."""
    place = entity.mentions[0].start
    if order is Order.COUNT:
        return -len(entity.mentions), place
    if order is Order.NAME:
        return entity.name.casefold(), place
    if order is Order.CHANGED:
        return -known.changed.get(entity.id, 0), place
    return place


def tags_by_entity(reading: Reading) -> Mapping[str, frozenset[str]]:
    """Return the tags of each entity that has any, those of its mentions among them, by its id."""
    remarks, found = reading.notes, dict[str, frozenset[str]]()
    for name, tags in remarks.name_tags.items():
        for entity in reading.entities_with(name):
            found[entity.id] = found.get(entity.id, frozenset()) | set(tags)
    for (start, end), tags in remarks.place_tags.items():
        for mention in reading.mentions_between(start, end):
            if owner := reading.entity_of(mention):
                found[owner.id] = found.get(owner.id, frozenset()) | set(tags)
    return found
