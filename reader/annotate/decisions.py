"""Decisions: what the user said about a mention, a name, an entity or the document.

Every kind of decision is declared once, in this module. The log and the exports store a decision under its kind with
the fields of its dataclass (`decision_codec`). A kind that has a span is anchored to the text (`anchors`). The
declaration also says how to describe a decision, which names it is about and whether it can hold in every document.

To add a kind, declare it here and apply its effect in one more module: `mention_edits` for mentions, `constraints` for
merging, `notes` for notes and tags, `reader.collection.identity` for profiles, `summaries` for the rest.

A decision never edits a result. Results are computed again from what was recognized and all decisions in force.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Final, TypeAlias, TypeVar

from reader.annotate.appearances import Appearance
from reader.annotate.phrases import (
    in_document,
    list_appearances,
    list_names,
    merged_names,
    note_change,
    quoted,
    tag_change,
)
from reader.names.matcher import WORD
from reader.names.normal import surface
from reader.resolve import Name

Offset: TypeAlias = Annotated[int, "offset"]
"""An offset in the text, in code points."""

Score: TypeAlias = Annotated[float, "score"]
"""A number from 0 to 1."""

Filled: TypeAlias = Annotated[str, "filled"]
"""A string that is not blank."""

SearchableName: TypeAlias = Annotated[Name, "searchable"]
"""A name with a label that contains a letter or digit; decoding evens out its white space."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The base of every kind of decision."""

    kind: ClassVar[str]
    """The name under which the log stores decisions of this kind. `stored_as` sets it."""

    is_general: ClassVar[bool] = False
    """Whether a decision of this kind can hold in every document, as it does not depend on any text."""

    def describe(self, text: str, quote: str = "") -> str:
        """Return what the decision did, in the past tense: “merged “IS” with “Islamic State””.

        Args:
            text: The text that its offsets refer to.
            quote: The text of its span when it was made, if known: the document may have changed since.
        """
        return self._describe(quote or self.quote_in(text))

    def general_form(self, text: str) -> tuple[Decision, ...]:
        """Return the decisions that make this one hold in every document; none if it is about one document only.

        Args:
            text: The text that its offsets refer to.
        """
        return self._general_form(self.quote_in(text))

    def names_about(self) -> tuple[Name, ...]:
        """Return the names that the decision itself lists; none for one about a span or the document."""
        return ()

    def quote_in(self, text: str) -> str:
        """Return the text of its span; "" for a decision without a span."""
        return ""

    @abstractmethod
    def _describe(self, quote: str) -> str:
        """Return what the decision did; `quote` is the text of its span."""

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return (self,) if self.is_general else ()


@dataclass(frozen=True, slots=True)
class SpanDecision(Decision):
    """A decision about the text at `start:end` (code points). The log anchors it."""

    start: Offset
    end: Offset

    def quote_in(self, text: str) -> str:
        """Return the text of its span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class NamesDecision(Decision):
    """A decision about the entity that has these names."""

    names: tuple[Name, ...]

    def names_about(self) -> tuple[Name, ...]:
        """Return the names of the entity."""
        return self.names


KINDS: Final[dict[str, type[Decision]]] = {}
"""The class of every stored kind, in the order of declaration."""

_DecisionT = TypeVar("_DecisionT", bound=Decision)


def stored_as(kind: str) -> Callable[[type[_DecisionT]], type[_DecisionT]]:
    """Return a class decorator that declares a kind of decision.

    Args:
        kind: The name of the kind in the log and in exports. It never changes: existing logs contain it.
    """

    def declare(decision_class: type[_DecisionT]) -> type[_DecisionT]:
        decision_class.kind = kind
        KINDS[kind] = decision_class
        return decision_class

    return declare


@stored_as("mention-added")
@dataclass(frozen=True, slots=True)
class MentionAdded(SpanDecision):
    """There is a mention at `start:end`. It replaces every mention that it overlaps."""

    label: Filled

    def _describe(self, quote: str) -> str:
        return f"added {quoted(quote)} as {self.label}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return _known_names([Name(quote, self.label)])


@stored_as("mention-overlaid")
@dataclass(frozen=True, slots=True)
class MentionOverlaid(SpanDecision):
    """There is a mention at `start:end`, beside those that contain it, lie inside it or cross it.

    So mentions can nest: "England" in "Bank of England". It replaces only a mention with exactly the same span.
    """

    label: Filled

    def _describe(self, quote: str) -> str:
        return f"added {quoted(quote)} as {self.label}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return _known_names([Name(quote, self.label)])


@stored_as("mention-removed")
@dataclass(frozen=True, slots=True)
class MentionRemoved(SpanDecision):
    """There is no mention at `start:end`."""

    def _describe(self, quote: str) -> str:
        return f"removed {quoted(quote)}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        form = surface(quote)
        return (EntityDismissed((Name(form, ""),)),) if WORD.search(form) else ()


@stored_as("mention-retagged")
@dataclass(frozen=True, slots=True)
class MentionRetagged(SpanDecision):
    """The mention at `start:end` has another label."""

    label: Filled

    def _describe(self, quote: str) -> str:
        return f"retagged {quoted(quote)} as {self.label}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return _known_names([Name(quote, self.label)])


@stored_as("mention-confirmed")
@dataclass(frozen=True, slots=True)
class MentionConfirmed(SpanDecision):
    """The user confirmed the mention at `start:end` and its label. It stays even if recognition stops finding it."""

    label: Filled

    def _describe(self, quote: str) -> str:
        return f"confirmed {quoted(quote)} as {self.label}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return _known_names([Name(quote, self.label)])


@stored_as("mention-moved")
@dataclass(frozen=True, slots=True)
class MentionMoved(SpanDecision):
    """The mention at `start:end` counts for the name `to`, however it is written, and has the label of that name.

    So one word can stand for two entities: Washington the man, Washington the city. `to` may be a name that does not
    occur in the text.
    """

    to: Name

    def _describe(self, quote: str) -> str:
        return f"moved {quoted(quote)} to {quoted(self.to.text)}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the name that the mention counts for."""
        return (self.to,)


@stored_as("names-same")
@dataclass(frozen=True, slots=True)
class NamesSame(NamesDecision):
    """These names are one entity."""

    is_general = True

    preferred: str = ""
    """The canonical name of the entity; "" if the user chose none."""

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
        return _known_names(Name(name.text, self.label) for name in self.names)


@stored_as("entity-confirmed")
@dataclass(frozen=True, slots=True)
class EntityConfirmed(NamesDecision):
    """Every mention of these names is right as it is."""

    def _describe(self, quote: str) -> str:
        return f"confirmed every {list_names(self.names)}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return _known_names(name for name in self.names if name.label)


@stored_as("entity-dismissed")
@dataclass(frozen=True, slots=True)
class EntityDismissed(NamesDecision):
    """These names are no entity. None of their mentions is shown."""

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


@stored_as("watchlist-answered")
@dataclass(frozen=True, slots=True)
class WatchlistAnswered(NamesDecision):
    """Whether the entity that has these names is one that a watchlist lists."""

    is_general = True

    watchlist: Filled
    """The name of the list."""
    listed_id: Filled
    """The id of the listed entity in the list."""
    listed_name: str
    answer: str
    """"yes", "no" or "unsure"; "" takes an earlier answer back."""

    def _describe(self, quote: str) -> str:
        listed = f"{quoted(self.listed_name)} of the list {self.watchlist}"
        is_listed = {"yes": "is", "no": "is not", "unsure": "may be"}.get(self.answer)
        if is_listed is None:
            return f"took back the answer on {quoted(self.names[0].text)} and {listed}"
        return f"noted that {quoted(self.names[0].text)} {is_listed} {listed}"


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


@stored_as("profiles-same")
@dataclass(frozen=True, slots=True)
class ProfilesSame(Decision):
    """The entities that have these names in these documents are one. Always a general decision."""

    is_general = True

    appearances: tuple[Appearance, ...]

    def _describe(self, quote: str) -> str:
        first, *more = self.appearances
        return f"merged {in_document(first)} with {list_appearances(more or [first])}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the names of the entities."""
        return tuple(appearance.name for appearance in self.appearances)


@stored_as("profiles-different")
@dataclass(frozen=True, slots=True)
class ProfilesDifferent(Decision):
    """No entity on the left is one with an entity on the right: two namesakes. Always a general decision."""

    is_general = True

    left: tuple[Appearance, ...]
    right: tuple[Appearance, ...]

    def _describe(self, quote: str) -> str:
        return f"kept {list_appearances(self.left)} apart from {list_appearances(self.right)}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the names of both sides."""
        return tuple(appearance.name for appearance in (*self.left, *self.right))


@stored_as("orphan-dismissed")
@dataclass(frozen=True, slots=True)
class OrphanDismissed(Decision):
    """The user is done with an orphan: gave it up, or attached it to another span in the same step."""

    orphan: Filled
    """The id of the orphan: `Orphan.id`."""

    def _describe(self, quote: str) -> str:
        return "dismissed an orphan"


@stored_as("place-noted")
@dataclass(frozen=True, slots=True)
class SpanNoted(SpanDecision):
    """`text` is the note on `start:end`, a mention or any words; "" removes the note."""

    text: str

    def _describe(self, quote: str) -> str:
        return note_change(quoted(quote), self.text)


@stored_as("entity-noted")
@dataclass(frozen=True, slots=True)
class EntityNoted(NamesDecision):
    """`text` is the note on the entity that has these names; "" removes the note."""

    text: str

    def _describe(self, quote: str) -> str:
        return note_change(quoted(self.names[0].text), self.text)


@stored_as("document-noted")
@dataclass(frozen=True, slots=True)
class DocumentNoted(Decision):
    """`text` is the note on the document; "" removes the note."""

    text: str

    def _describe(self, quote: str) -> str:
        return note_change("the document", self.text)


@stored_as("place-tagged")
@dataclass(frozen=True, slots=True)
class SpanTagged(SpanDecision):
    """The user added tags to the text at `start:end` and removed others from it."""

    added: tuple[Filled, ...]
    removed: tuple[Filled, ...] = ()

    def _describe(self, quote: str) -> str:
        return tag_change(quoted(quote), self.added, self.removed)


@stored_as("entity-tagged")
@dataclass(frozen=True, slots=True)
class EntityTagged(NamesDecision):
    """The user added tags to the entity that has these names and removed others from it."""

    added: tuple[Filled, ...]
    removed: tuple[Filled, ...] = ()

    def _describe(self, quote: str) -> str:
        return tag_change(quoted(self.names[0].text), self.added, self.removed)


@stored_as("document-tagged")
@dataclass(frozen=True, slots=True)
class DocumentTagged(Decision):
    """The user added tags to the document and removed others from it."""

    added: tuple[Filled, ...]
    removed: tuple[Filled, ...] = ()

    def _describe(self, quote: str) -> str:
        return tag_change("the document", self.added, self.removed)


def _known_names(names: Iterable[Name]) -> tuple[Decision, ...]:
    """Return the decisions that make names known in every document, without names that cannot be searched for."""
    forms = dict.fromkeys(Name(surface(name.text), name.label) for name in names)
    return tuple(NameKnown(name) for name in forms if WORD.search(name.text))
