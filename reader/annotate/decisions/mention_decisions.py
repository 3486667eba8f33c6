"""Decisions about a mention: whether it exists, its label, its entity."""

from __future__ import annotations

from reader.annotate.decisions.decision import Decision, Filled, Score, SpanDecision, stored_as
from reader.annotate.decisions.name_decisions import EntityDismissed, known_names
from reader.annotate.decisions.phrases import quoted
from reader.names.matcher import WORD
from reader.names.normal import surface
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass


@stored_as("mention-added")
@dataclass(frozen=True, slots=True)
class MentionAdded(SpanDecision):
    """There is a mention at `start:end`. It replaces every mention that it overlaps."""

    label: Filled

    def _describe(self, quote: str) -> str:
        return f"added {quoted(quote)} as {self.label}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return known_names([Name(quote, self.label)])


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
        return known_names([Name(quote, self.label)])


@stored_as("machine-mention-added")
@dataclass(frozen=True, slots=True)
class MachineMentionAdded(SpanDecision):
    """An imported file has a mention at `start:end` that a machine found. The user has not decided about it.

    It is added beside those that contain it, lie inside it or cross it. A mention by the user with the same span stays.
    """

    label: Filled
    score: Score
    """Confidence."""

    def _describe(self, quote: str) -> str:
        return f"imported {quoted(quote)} as {self.label}, found by a machine"


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
        return known_names([Name(quote, self.label)])


@stored_as("mention-confirmed")
@dataclass(frozen=True, slots=True)
class MentionConfirmed(SpanDecision):
    """The user confirmed the mention at `start:end` and its label. It stays even if recognition stops finding it."""

    label: Filled

    def _describe(self, quote: str) -> str:
        return f"confirmed {quoted(quote)} as {self.label}"

    def _general_form(self, quote: str) -> tuple[Decision, ...]:
        return known_names([Name(quote, self.label)])


@stored_as("mention-moved")
@dataclass(frozen=True, slots=True)
class MentionMoved(SpanDecision):
    """The mention at `start:end` counts for the name `to`, whatever its surface form, and has the label of that name.

    So one word can stand for two entities: Washington the man, Washington the city. `to` may be a name that does not
    occur in the text.
    """

    to: Name

    def _describe(self, quote: str) -> str:
        return f"moved {quoted(quote)} to {quoted(self.to.text)}"

    def names_about(self) -> tuple[Name, ...]:
        """Return the name that the mention counts for."""
        return (self.to,)


@stored_as("orphan-dismissed")
@dataclass(frozen=True, slots=True)
class OrphanDismissed(Decision):
    """The user discarded an orphan, or attached it to another span in the same step."""

    orphan: Filled
    """The id of the orphan: `Orphan.id`."""

    def _describe(self, quote: str) -> str:
        return "dismissed an orphan"
