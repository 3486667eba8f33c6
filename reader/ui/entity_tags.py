"""The tags of entities, as the sidebar filters by them."""

from __future__ import annotations

from collections.abc import Mapping

from reader.reading import Reading


def tags_by_entity(reading: Reading) -> Mapping[str, frozenset[str]]:
    """Return the tags of each entity that has any, those of its mentions among them, by its id."""
    remarks, found = reading.remarks, dict[str, frozenset[str]]()
    for name, tags in remarks.name_tags.items():
        for entity in reading.bearers(name):
            found[entity.id] = found.get(entity.id, frozenset()) | set(tags)
    for (start, end), tags in remarks.place_tags.items():
        for mention in reading.mentions_between(start, end):
            if owner := reading.entity_of(mention):
                found[owner.id] = found.get(owner.id, frozenset()) | set(tags)
    return found
