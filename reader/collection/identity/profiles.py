"""Profiles: the entities of many documents that are one, the links between them, and what the user may join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from reader.collection.document_record import NameRecord
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple


class ProfileMember(NamedTuple):
    """An entity of one document."""

    document: str
    """The digest of the document's text."""
    entity: str
    """The id of the entity in the document."""


class ProfileLink(NamedTuple):
    """What joined two entities of different documents."""

    a: ProfileMember
    b: ProfileMember
    rule: str
    """The id of a merging rule, or "user"."""
    score: float
    """How sure the link is, from 0 to 1."""
    shared: tuple[str, ...] = ()
    """What the two documents say of both, best first: names around them, words beside them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity across documents."""

    id: str
    """Depends on the documents alone: the same for every build from the same documents and decisions."""
    name: str
    """The canonical name."""
    label: str
    names: tuple[NameRecord, ...]
    """Every name in every document with the number of its mentions, the canonical name first, then by number."""
    members: tuple[ProfileMember, ...]
    """Sorted."""
    links: tuple[ProfileLink, ...] = ()


class ProfileSuggestion(NamedTuple):
    """Two profiles that may be one; the user decides."""

    a: str
    """The id of the larger profile."""
    b: str
    rule: str
    score: float
    """How likely they are one, from 0 to 1."""
    members: tuple[ProfileMember, ProfileMember]
    """The two entities that the evidence is about, of a and of b."""
    names: tuple[str, str]
    """Their names."""
    shared: tuple[str, ...] = ()
    """What the two documents say of both, best first."""


class ComponentProfiles(NamedTuple):
    """The profiles of one component, and the suggestions between them."""

    profiles: tuple[Profile, ...]
    suggestions: tuple[ProfileSuggestion, ...]


class Profiles:
    """The profiles of a collection and the suggestions between them. Never changes."""

    def __init__(self, components: Iterable[ComponentProfiles] = ()) -> None:
        self._components = tuple(components)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The profiles, those with most members first."""
        profiles = [profile for component in self._components for profile in component.profiles]
        return tuple(sorted(profiles, key=lambda profile: (-len(profile.members), profile.name, profile.id)))

    @cached_property
    def suggestions(self) -> tuple[ProfileSuggestion, ...]:
        """The suggestions, best first."""
        suggestions = [suggestion for component in self._components for suggestion in component.suggestions]
        return tuple(sorted(suggestions, key=lambda suggestion: (-suggestion.score, suggestion.a, suggestion.b)))

    @cached_property
    def by_id(self) -> Mapping[str, Profile]:
        """The profiles by id."""
        return {profile.id: profile for component in self._components for profile in component.profiles}

    @cached_property
    def by_member(self) -> Mapping[ProfileMember, Profile]:
        """The profile of every entity."""
        return {member: profile for profile in self.by_id.values() for member in profile.members}
