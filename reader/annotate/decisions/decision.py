"""The base of every kind of decision, the types of their fields, and the table of all kinds."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Annotated, ClassVar, Final, TypeAlias, TypeVar

from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass

Offset: TypeAlias = Annotated[int, "offset"]
"""An offset in the text, in code points."""

Score: TypeAlias = Annotated[float, "score"]
"""A number from 0 to 1."""

Filled: TypeAlias = Annotated[str, "filled"]
"""A string that is not blank."""

BookmarkLetter: TypeAlias = Annotated[str, "bookmark letter"]
"""One letter or digit, as a single code point."""

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
