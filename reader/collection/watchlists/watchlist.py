"""A watchlist: the names that a user wants to be told about."""

from __future__ import annotations

from reader.structures.lazy_dataclass import dataclass


class WatchlistError(Exception):
    """A watchlist cannot be read or kept. The message is one clear line for the user."""


@dataclass(frozen=True, slots=True)
class ListedEntity:
    """An entity of a watchlist."""

    id: str
    """The id that the list gives it, or "line 12" if the list has no ids."""
    name: str
    aliases: tuple[str, ...] = ()
    """Its other names, without repetitions."""
    type: str = ""
    """What the list says it is, such as "Person"; "" if it does not say."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class ListSummary:
    """A watchlist without its entries."""

    name: str
    source: str
    """The file that it was read from."""
    added: str
    """When it was added, in ISO 8601."""
    entry_count: int
    name_count: int
    """The number of names and aliases."""


@dataclass(frozen=True, slots=True)
class Watchlist:
    """A named list of entities."""

    name: str
    entities: tuple[ListedEntity, ...]
    source: str = ""
    """The file that it was read from."""
    added: str = ""
    """When it was added, in ISO 8601; "" if it was not added but only read."""
    skipped: tuple[str, ...] = ()
    """What was left out of the list and why, each one line for the user."""

    @property
    def name_count(self) -> int:
        """The number of names and aliases."""
        return sum(1 + len(entity.aliases) for entity in self.entities)
