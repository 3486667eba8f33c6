"""The names of mentions, and the entities that they were merged into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.names.normal import surface
from reader.resolve import Name
from reader.structures.intervals import find_item, find_span

if TYPE_CHECKING:
    from reader.recognize import Mention
    from reader.resolve import Entity, Resolution


class MentionNames:
    """The names that the mentions of a text count as."""

    def __init__(self, text: str, moved: Mapping[tuple[int, int], Name]) -> None:
        """Remember which mentions count as another name.

        Args:
            text: The text of the document.
            moved: See `moved`.
        """
        self._text = text
        self.moved = moved
        """The names to which the user moved mentions, by span."""

    def name_of(self, mention: Mention) -> Name:
        """Return the name that a mention counts as: its own, or the name that the user moved it to."""
        if self.moved and (target := self.moved.get((mention.start, mention.end))):
            return target
        return Name(self.form_of(mention), mention.label)

    def form_of(self, mention: Mention) -> str:
        """Return the surface form of a mention, even if the user moved it to another name."""
        return surface(self._text[mention.start : mention.end])


class MergedNames:
    """What the names of a reading were merged into. It does not change: after a decision there is another one."""

    def __init__(self, resolution: Resolution, names: MentionNames) -> None:
        self.resolution = resolution
        self._names = names
        self._forms: dict[str, dict[str, int]] = {}
        self._moved_forms: dict[str, list[str]] | None = None
        self._by_text: dict[str, list[Entity]] = {}
        for entity in resolution.entities:
            for name in entity.names:
                self._by_text.setdefault(name, []).append(entity)

    def entity_of(self, mention: Mention) -> Entity | None:
        """Return the entity that a mention belongs to."""
        owners = self._by_text.get(self._names.name_of(mention).text, ())
        if len(owners) == 1:
            return owners[0]
        return next((entity for entity in owners if find_item(entity.mentions, mention) is not None), None)

    def entities_with(self, name: Name) -> list[Entity]:
        """Return the entities with a name: by text and label, or if none has both, by text alone."""
        owners = self._by_text.get(name.text, [])
        if len(owners) < 2:
            return owners
        exact = [entity for entity in owners if name in self.names_of(entity)]
        return exact or owners

    def entity_named(self, name: str) -> Entity | None:
        """Return the entity with a name: exact before case-insensitive matches, canonical names before aliases."""
        for normalize in (str, str.casefold):
            wanted_name = normalize(name)
            for names_of in (lambda entity: (entity.name,), lambda entity: entity.names):
                for entity in self.resolution.entities:
                    if any(normalize(alias) == wanted_name for alias in names_of(entity)):
                        return entity
        return None

    def names_of(self, entity: Entity) -> tuple[Name, ...]:
        """Return the names that the mentions of an entity count as."""
        return tuple(dict.fromkeys(self._names.name_of(mention) for mention in entity.mentions))

    def forms_of(self, entity: Entity) -> dict[str, int]:
        """Return the surface forms of an entity's mentions with their counts, its names first."""
        if not self.resolution.has(entity):
            return self._count_forms(entity)
        if entity.id not in self._forms:
            self._forms[entity.id] = self._count_forms(entity)
        return self._forms[entity.id]

    def all_names_of(self, entity: Entity) -> tuple[str, ...]:
        """Return all by which an entity may be looked for: its canonical name, its names, and the forms moved to it."""
        if self._moved_forms is None:
            self._moved_forms = self._collect_moved_forms()
        return tuple(dict.fromkeys((entity.name, *entity.names, *self._moved_forms.get(entity.id, ()))))

    def _collect_moved_forms(self) -> dict[str, list[str]]:
        """Return the surface forms of the mentions that the user moved to each entity, by its id."""
        forms: dict[str, list[str]] = {}
        for (start, end), name in self._names.moved.items():
            for entity in self._by_text.get(name.text, ()):
                index = find_span(entity.mentions, start, end)
                if index is not None:
                    forms.setdefault(entity.id, []).append(self._names.form_of(entity.mentions[index]))
        return forms

    def _count_forms(self, entity: Entity) -> dict[str, int]:
        counts = Counter(map(self._names.form_of, entity.mentions))
        other_forms = sorted(counts.keys() - set(entity.names), key=lambda form: (-counts[form], form))
        return {form: counts[form] for form in (*entity.names, *other_forms) if counts[form]}
