"""The results of merging (names, links, entities, suggestions) and the user's input to it (constraints)."""

from __future__ import annotations

from dataclasses import field

from reader.recognize import Mention
from reader.resolve.rules import Rule
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple


class Name(NamedTuple):
    """A surface form with a label: the unit that merging joins and keeps apart.

    `text` is the surface form: as written in the text, with every run of white space as one space.
    """

    text: str
    label: str

    @property
    def sort_key(self) -> str:
        """A sort key: by text, then by label. Sorting by it is several times faster than by the name itself."""
        return f"{self.text}\0{self.label}"


@dataclass(frozen=True, slots=True)
class Link:
    """Evidence that merged two names of a document."""

    a: str
    b: str
    rule: Rule
    score: float
    """How sure the rule is, from 0 to 1."""
    at: int
    """The offset at which the text says so, or else of the first mention of `a`."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A cluster of names, with all their mentions."""

    id: str
    """"e1", "e2", … by first mention; holds for one resolution only."""
    name: str
    """The canonical name."""
    label: str
    names: tuple[str, ...]
    """The distinct names, the canonical one first, then the most frequent; as written, unless a mention was moved."""
    mentions: tuple[Mention, ...]
    """Sorted by span."""
    links: tuple[Link, ...] = ()
    """The evidence that merged the names."""
    related: tuple[str, ...] = ()
    """Ids of entities that belong together with this one, such as the country of a demonym."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one; the user decides."""

    a: str
    """Id of the entity that is mentioned first."""
    b: str
    rule: Rule
    score: float
    names: tuple[str, str]
    """The two surface forms that the evidence is about, of a and of b."""
    at: int
    """The offset at which the text says so, or else of the first mention of the form that stands for the other."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """The user's decisions about names, which outrank every rule.

    A name is matched by text and label, or by text alone where no name of the document has both.
    """

    same: tuple[tuple[Name, Name], ...] = ()
    """Must-links: pairs of names of one entity."""
    different: tuple[tuple[Name, Name], ...] = ()
    """Cannot-links: pairs of names of two entities, also through chains of names. Of two decisions that contradict
    each other, only the later one is here."""
    preferred: tuple[tuple[Name, str], ...] = ()
    """A name, and the canonical name of the entity that has it. The last one that applies wins."""
    moved: tuple[tuple[int, int, Name], ...] = ()
    """Spans of mentions that count for another name than they are written as, and that name."""
    said: tuple[tuple[bool, Name, Name], ...] = field(default=(), repr=False, compare=False)
    """The pairs of `same` (true) and `different` in the order of the decisions. If mentions were relabeled since, two
    of them may be about the same pair of names; then the later one holds."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a document, in order of first mention, and the suggested merges, best first."""

    entities: tuple[Entity, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    by_id: dict[str, Entity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {entity.id: entity for entity in self.entities})

    def has(self, entity: Entity) -> bool:
        """Return whether an entity belongs to this resolution.

        Ids are reused from one resolution to the next, so an earlier entity may have the id of a different one.
        """
        return self.by_id.get(entity.id) is entity

    def related_to(self, entity: Entity) -> list[Entity]:
        """Return the entities related to one, such as the country of a people; [] if the entity is outdated."""
        return [self.by_id[id] for id in entity.related if id in self.by_id] if self.has(entity) else []

    def suggested_for(self, entity: Entity) -> list[tuple[Entity, Suggestion]]:
        """Return the suggested merges of an entity and their suggestions, best first; [] if the entity is outdated."""
        if not self.has(entity):
            return []
        return [
            (self.by_id[suggestion.b if suggestion.a == entity.id else suggestion.a], suggestion)
            for suggestion in self.suggestions
            if entity.id in (suggestion.a, suggestion.b)
        ]
