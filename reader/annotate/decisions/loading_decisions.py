"""Decisions about how the source of a document is loaded."""

from __future__ import annotations

from reader.annotate.decisions.decision import Decision, Filled, stored_as
from reader.annotate.decisions.phrases import printable
from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class LoadingDecision(Decision):
    """A decision about the bytes of a source. It holds before there is a text."""

    digest: Filled
    """`Document.choices_digest`."""
    source: str
    """The absolute path or the URL; "" in the log of a document."""


@stored_as("encoding-chosen")
@dataclass(frozen=True, slots=True)
class EncodingChosen(LoadingDecision):
    """The source is in an encoding; "" lets the program determine it again."""

    encoding: str

    def _describe(self, quote: str) -> str:
        return f"read the text as {printable(self.encoding)}" if self.encoding else "read the text as detected"


@stored_as("all-text-chosen")
@dataclass(frozen=True, slots=True)
class AllTextChosen(LoadingDecision):
    """Whether all text of a web page is shown, not only its article."""

    all_text: bool

    def _describe(self, quote: str) -> str:
        return "showed all text of the page" if self.all_text else "showed only the article of the page"
