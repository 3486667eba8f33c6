"""What the user said about a document. A decision never edits a result: results are computed again from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from reader.resolve import Name


@dataclass(frozen=True, slots=True)
class MentionAdded:
    """A name stands at `start:end` (code points). Takes the place of any mention that it overlaps."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class MentionOverlaid:
    """A name stands at `start:end` beside those that it lies in, holds or crosses; these stay where they are.

    So names may nest: "England" in "Bank of England". Takes the place only of one at the very same place.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class MentionRemoved:
    """No name stands at `start:end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MentionRetagged:
    """The name at `start:end` is of another kind."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class MentionConfirmed:
    """What stands at `start:end` is a name of this kind, as was said before; it stands from now on whoever says so."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class MentionMoved:
    """What stands at `start:end` is an occurrence of the name `to`, however it is written; it takes its label.

    So one word may stand for two entities: Washington the man, Washington the city. `to` may be a name that stands
    nowhere in the text.
    """

    start: int
    end: int
    to: Name


@dataclass(frozen=True, slots=True)
class NamesSame:
    """These names are one entity; `preferred` is what it is called, "" to leave that open."""

    names: tuple[Name, ...]
    preferred: str = ""


@dataclass(frozen=True, slots=True)
class NamesDifferent:
    """No name on the left is one entity with a name on the right."""

    left: tuple[Name, ...]
    right: tuple[Name, ...]
    against: float = 0.0
    """Score of the evidence for one entity that the user knew of and overruled, 0 to 1."""


@dataclass(frozen=True, slots=True)
class EntityRenamed:
    """The entity that holds these names is called `name`."""

    names: tuple[Name, ...]
    name: str


@dataclass(frozen=True, slots=True)
class EntityRetagged:
    """Every mention of these names is of another kind."""

    names: tuple[Name, ...]
    label: str


@dataclass(frozen=True, slots=True)
class EntityConfirmed:
    """Every mention of these names is right as it stands."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class EntityDismissed:
    """These names are no entity: none of their mentions is shown."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class OrphanDismissed:
    """A decision that lost its place is done with: given up, or made again at another place by the same action."""

    orphan: str
    """`Orphan.id`."""


@dataclass(frozen=True, slots=True)
class EntityRestored:
    """These names are entities after all: what was dismissed of them is shown again."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class EntityStarred:
    """The entity that holds these names matters to the user, or no longer does."""

    names: tuple[Name, ...]
    starred: bool


@dataclass(frozen=True, slots=True)
class NameKnown:
    """Wherever this surface form stands, it is a name of this label. Made for every article, not for one."""

    name: Name


@dataclass(frozen=True, slots=True)
class PlaceNoted:
    """The note on `start:end` (code points), a mention or any words, says this; "" takes it away."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class EntityNoted:
    """The note on the entity that holds these names says this; "" takes it away."""

    names: tuple[Name, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DocumentNoted:
    """The note on the document says this; "" takes it away."""

    text: str


@dataclass(frozen=True, slots=True)
class PlaceTagged:
    """What stands at `start:end` has some tags more, and some less."""

    start: int
    end: int
    added: tuple[str, ...]
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityTagged:
    """The entity that holds these names has some tags more, and some less."""

    names: tuple[Name, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentTagged:
    """The document has some tags more, and some less."""

    added: tuple[str, ...]
    removed: tuple[str, ...] = ()


Decision: TypeAlias = (
    MentionAdded
    | MentionOverlaid
    | MentionRemoved
    | MentionRetagged
    | MentionConfirmed
    | MentionMoved
    | NamesSame
    | NamesDifferent
    | EntityRenamed
    | EntityRetagged
    | EntityConfirmed
    | EntityDismissed
    | EntityRestored
    | EntityStarred
    | NameKnown
    | OrphanDismissed
    | PlaceNoted
    | EntityNoted
    | DocumentNoted
    | PlaceTagged
    | EntityTagged
    | DocumentTagged
)
