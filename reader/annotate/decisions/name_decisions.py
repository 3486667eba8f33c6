"""Decisions about names and entities: which are one, how they are called, whether they exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from reader.annotate.decisions.decision import Decision, Filled, NamesDecision, Score, SearchableName, stored_as
from reader.annotate.decisions.phrases import list_names, merged_names, quoted
from reader.names.matcher import WORD
from reader.names.normal import surface
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass


@stored_as("names-same")
@dataclass(frozen=True, slots=True)
class NamesSame(NamesDecision):
    """These names are one entity."""

    is_general = True

    preferred: str = ""
    """The canonical name of the entity; "" if the user chose none."""
    machine_found: bool = field(default=False, metadata={"optional": True, "sparse": True})
    """Whether only a machine says so, in an imported file. Then no mention counts as decided."""

    def _describe(self, quote: str) -> str:
        return merged_names(self.names, self.preferred)


@stored_as("names-different")
@dataclass(frozen=True, slots=True)
class NamesDifferent(Decision):
    """No name on the left is one entity with a name on the right."""

    is_general = True

    left: tuple[Name, ...]
    right: tuple[Name, ...]
    against: Score = field(default=0.0, metadata={"optional": True})
    """The score of the evidence for one entity that the user saw and overruled. Older records do not have it."""

    def _describe(self, quote: str) -> str:
        return f"kept {list_names(self.left)} apart from {list_names(self.right)}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the names of both sides."""
        return (*self.left, *self.right)


@stored_as("entity-renamed")
@dataclass(frozen=True, slots=True)
class EntityRenamed(NamesDecision):
    """The canonical name of the entity that has these names is `name`."""

    name: Filled
    machine_found: bool = field(default=False, metadata={"optional": True, "sparse": True})
    """Whether only a machine says so, in an imported file. Then no mention counts as decided."""

    def _describe(self, quote: str) -> str:
        old_name = next((name.text for name in self.names if name.text != self.name), "")
        return (
            f"renamed {quoted(old_name)} to {quoted(self.name)}" if old_name else f"set the name to {quoted(self.name)}"
        )


@stored_as("entity-retagged")
@dataclass(frozen=True, slots=True)
class EntityRetagged(NamesDecision):
    """Every mention of these names has another label."""

    label: Filled

    def _describe(self, quote: str) -> str:
        return f"retagged every {list_names(self.names)} as {self.label}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the names of the entity with the old and the new label."""
        return (*self.names, *(Name(name.text, self.label) for name in self.names))

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return known_names(Name(name.text, self.label) for name in self.names)


@stored_as("entity-confirmed")
@dataclass(frozen=True, slots=True)
class EntityConfirmed(NamesDecision):
    """Every mention of these names is right."""

    def _describe(self, quote: str) -> str:
        return f"confirmed every {list_names(self.names)}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return known_names(name for name in self.names if name.label)


@stored_as("entity-dismissed")
@dataclass(frozen=True, slots=True)
class EntityDismissed(NamesDecision):
    """These names are not an entity. None of their mentions is shown."""

    is_general = True

    def _describe(self, quote: str) -> str:
        return f"dismissed {list_names(self.names)}"


@stored_as("entity-restored")
@dataclass(frozen=True, slots=True)
class EntityRestored(NamesDecision):
    """These names are an entity after all. Their dismissed mentions are shown again."""

    def _describe(self, quote: str) -> str:
        return f"restored {list_names(self.names)}"


@stored_as("entity-starred")
@dataclass(frozen=True, slots=True)
class EntityStarred(NamesDecision):
    """The entity that has these names has a star, or no longer has one."""

    starred: bool

    def _describe(self, quote: str) -> str:
        return f"{'starred' if self.starred else 'removed the star from'} {quoted(self.names[0].text)}"


@stored_as("name-known")
@dataclass(frozen=True, slots=True)
class NameKnown(Decision):
    """Wherever this surface form occurs, it is a name with this label. Always a general decision."""

    is_general = True

    name: SearchableName

    def _describe(self, quote: str) -> str:
        return f"added every {quoted(self.name.text)} as {self.name.label}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the name."""
        return (self.name,)


def known_names(names: Iterable[Name]) -> tuple[Decision, ...]:
    """Return the decisions that make names known in every document, without names that cannot be searched for."""
    forms = dict.fromkeys(Name(surface(name.text), name.label) for name in names)
    return tuple(NameKnown(name) for name in forms if WORD.search(name.text))
