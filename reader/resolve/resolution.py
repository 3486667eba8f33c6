"""What merging is about: names, the links between them, and the entities that they form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from reader.recognize import Mention
from reader.resolve.rules import Rule


class Name(NamedTuple):
    """A surface form with a label: the unit that merging joins and keeps apart.

    `text` is the surface with line breaks and runs of spaces joined into one space, otherwise as it stands in the text.
    """

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """Why two names of one document are held to be one entity."""

    a: str
    b: str
    rule: Rule
    score: float
    """How sure the rule is, 0 to 1."""
    at: int | None = None
    """Where in the text the evidence stands (code point), if it stands in the text."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A cluster of names, and every mention of them."""

    id: str
    """"e1", "e2", … by first mention; holds for one resolution only."""
    name: str
    """The canonical name."""
    label: str
    names: tuple[str, ...]
    """The distinct names, canonical name first, then by frequency; as they are written, unless a mention was moved."""
    mentions: tuple[Mention, ...]
    """In order of place."""
    links: tuple[Link, ...] = ()
    """The evidence that holds the names together."""
    related: tuple[str, ...] = ()
    """Ids of entities that are not the same but belong together: a demonym and its country."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one; the user decides."""

    a: str
    """Entity id; a's first mention precedes b's."""
    b: str
    rule: Rule
    score: float
    names: tuple[str, str] = ("", "")
    """The two surface forms on which the evidence rests, of a and of b."""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the user settled about names: it beats every rule.

    A name is matched by text and label; where no name of the document has both, by text alone.
    """

    same: tuple[tuple[Name, Name], ...] = ()
    """Must-link: one entity."""
    different: tuple[tuple[Name, Name], ...] = ()
    """Cannot-link: two entities, also through others. Where it contradicts `same`, the later decision has been kept
    and the earlier one dropped before it comes here."""
    preferred: tuple[tuple[Name, str], ...] = ()
    """The canonical name of the entity that holds this name; the last one that applies wins."""
    moved: tuple[tuple[int, int, Name], ...] = ()
    """Mentions at `start:end` that are occurrences of this name, however they are written."""
    said: tuple[tuple[bool, Name, Name], ...] = field(default=(), repr=False, compare=False)
    """The pairs of `same` (true) and of `different` in the order in which they were said. Names of which mentions have
    other labels by now may turn out to be the same pair: then the later one holds."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of one document, in order of first mention, and the merges on offer, best first."""

    entities: tuple[Entity, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    by_id: dict[str, Entity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {entity.id: entity for entity in self.entities})
