"""The evidence of several components that the user's decisions connect, with one index for each entity of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, repeat

from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.evidence.component_evidence import ComponentEvidence, EvidencePair, Neighbors
from reader.collection.identity.evidence.counts import Weight
from reader.collection.identity.evidence.traits import DistinctTraits
from reader.collection.identity.names.name_relations import NameRelation


class GroupEvidence:
    """The evidence of a group of components. It says nothing about entities of different ones. Never changes."""

    def __init__(self, components: Sequence[ComponentEvidence]) -> None:
        """Put components together.

        Args:
            components: The components. The indexes of the entities of each one follow those of the one before.
        """
        self._components = components
        self._starts = [0, *accumulate(len(component.entities) for component in components)][:-1]
        self.entities: Sequence[EntityAppearance] = (
            components[0].entities
            if len(components) == 1
            else list(chain.from_iterable(component.entities for component in components))
        )

    @property
    def needs(self) -> Mapping[str, Weight]:
        """For the key of each name, the evidence that its bearers need to be one."""
        if len(self._components) == 1:
            return self._components[0].needs
        return {key: need for component in self._components for key, need in component.needs.items()}

    @property
    def relations(self) -> Sequence[NameRelation]:
        """Pairs of different names of which one may be a form of the other."""
        return sorted(chain.from_iterable(component.relations for component in self._components))

    @property
    def by_key(self) -> Mapping[str, Sequence[int]]:
        """The indexes of the entities that have a name, by its key."""
        if len(self._components) == 1:
            return self._components[0].by_key
        return dict(
            sorted(
                (key, [index + start for index in indexes])
                for component, start in zip(self._components, self._starts, strict=True)
                for key, indexes in component.by_key.items()
            )
        )

    def strong_pairs(self) -> Iterator[tuple[EvidencePair, int]]:
        """Yield the pairs that share as much as they need, the surest first, and what to add to their indexes."""
        components = [
            zip(component.strong_pairs, repeat(start))
            for component, start in zip(self._components, self._starts, strict=True)
            if component.strong_pairs
        ]
        if len(components) == 1:
            return components[0]
        return iter(sorted(chain.from_iterable(components), key=lambda item: -item[0].weight))  # merges sorted runs

    def pairs(self) -> Iterator[tuple[Sequence[EvidencePair], int]]:
        """Yield the pairs of each component, and what to add to their indexes."""
        for component, start in zip(self._components, self._starts, strict=True):
            yield component.pairs, start

    @cached_property
    def neighbors(self) -> Sequence[Neighbors]:
        """For each entity, those of its component that it shares something with, by their indexes in the component."""
        if len(self._components) == 1:
            return self._components[0].neighbors
        return list(chain.from_iterable(component.neighbors for component in self._components))

    def distinct_traits(self) -> tuple[DistinctTraits, list[int]]:
        """Return the different traits of the entities, and for each entity the number of its own."""
        distinct = DistinctTraits()
        numbers: list[int] = []
        for component in self._components:
            traits, of_entities = component.traits
            own = list(map(distinct.number, traits))
            numbers += map(own.__getitem__, of_entities)
        return distinct, numbers

    def shared_documents(self) -> list[int]:
        """Return numbers of which a bit stands for each document that has several of the entities, for each entity."""
        documents = [entity.member.document for entity in self.entities]
        if len(set(documents)) == len(documents):
            return [0] * len(documents)
        shared = (document for document, count in Counter(documents).items() if count > 1)
        bits = {document: 1 << position for position, document in enumerate(shared)}
        return [bits.get(document, 0) for document in documents]
