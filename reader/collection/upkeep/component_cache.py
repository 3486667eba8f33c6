"""Keeps the components in memory that were read last: the next decision is often about one of them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from typing import Final

from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.upkeep.component_reader import LoadedComponents, load_components
from reader.collection.upkeep.document_names import DocumentNames

_MOST_ENTITIES: Final = 20_000
"""Entities that stay in memory."""


class ComponentCache:
    """The components of an index that were read last. Valid while its documents stay as they are."""

    def __init__(self, size: int) -> None:
        """Start without any component.

        Args:
            size: The size of the collection, from `collection_size`.
        """
        self.names = DocumentNames(size)
        """The names of documents."""
        self._by_component: dict[int, LoadedComponents] = {}
        self._order: dict[int, LoadedComponents] = {}
        """What was read, by its `id`, last at the end."""

    def load(self, storage: CollectionStorage, components: Iterable[int]) -> LoadedComponents:
        """Return some components, with others that were read together with them."""
        numbers = list(components)
        missing = [component for component in numbers if component not in self._by_component]
        parts = {id(part): part for component in numbers if (part := self._by_component.get(component)) is not None}
        if missing:
            loaded = load_components(storage, missing, self.names)
            parts[id(loaded)] = loaded
            self._keep(loaded)
        if len(parts) == 1:
            return next(iter(parts.values()))
        return LoadedComponents(*(ChainMap(*maps) for maps in zip(*parts.values(), strict=True)))

    def _keep(self, loaded: LoadedComponents) -> None:
        self._order[id(loaded)] = loaded
        self._by_component |= dict.fromkeys(loaded.evidence, loaded)
        while len(self._order) > 1 and sum(len(part.entities) for part in self._order.values()) > _MOST_ENTITIES:
            oldest = self._order.pop(next(iter(self._order)))
            for component in oldest.evidence:
                del self._by_component[component]
