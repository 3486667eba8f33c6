"""Decisions that are notes and tags on spans, entities and the document."""

from __future__ import annotations

from reader.annotate.decisions.decision import Decision, Filled, NamesDecision, SpanDecision, stored_as
from reader.annotate.decisions.phrases import note_change, quoted, tag_change
from reader.structures.lazy_dataclass import dataclass


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
