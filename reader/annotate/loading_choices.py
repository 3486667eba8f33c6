"""The user's choices of how sources are loaded, such as their encoding.

The choices are decisions in a log of their own, because they hold before there is a text. The log of the document has
them as well, so that undo takes them back like any other step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotate.decisions import AllTextChosen, Decision, EncodingChosen, LoadingDecision
from reader.annotate.general_document import CHOICES_DOCUMENT
from reader.document import load
from reader.document.load_options import LoadChoices, LoadOptions, SavedChoices, absolute_source

if TYPE_CHECKING:
    from reader.annotate.storage.store import Store
    from reader.document import Document


def saved_choices(store: Store) -> SavedChoices:
    """Return all saved choices of how sources are loaded."""
    encodings: dict[str, str] = {}
    all_text: dict[str, bool] = {}
    for decision in store.history(CHOICES_DOCUMENT).decisions:
        match decision:
            case EncodingChosen(digest, source, encoding):
                encodings |= dict.fromkeys(_keys(digest, source), encoding)
            case AllTextChosen(digest, source, shows_all):
                all_text |= dict.fromkeys(_keys(digest, source), shows_all)
    return SavedChoices(tuple(encodings.items()), tuple(all_text.items()))


def choices_in(decisions: Iterable[Decision]) -> LoadChoices:
    """Return what was chosen about one document, given the decisions in its log that are in force."""
    choices = LoadChoices()
    for decision in decisions:
        match decision:
            case EncodingChosen(encoding=encoding):
                choices = choices._replace(encoding=encoding)
            case AllTextChosen(all_text=all_text):
                choices = choices._replace(all_text=all_text)
    return choices


def save_choices(store: Store, document: Document, before: LoadChoices, after: LoadChoices) -> list[Decision]:
    """Save the choices of how a document is loaded.

    Args:
        store: Where decisions are kept.
        document: The document, as it was loaded before or after.
        before: The choices until now.
        after: The choices from now on.

    Returns: The decisions to add to the log of the text that was loaded that way; none if nothing has changed.
    """
    digest, source = document.choices_digest, absolute_source(document.source)
    decisions: list[LoadingDecision] = []
    if digest and after.encoding != before.encoding:
        decisions.append(EncodingChosen(digest, source, after.encoding))
    if digest and after.all_text != before.all_text:
        decisions.append(AllTextChosen(digest, source, after.all_text))
    if decisions:
        store.append(CHOICES_DOCUMENT, decisions)
    return [replace(decision, source="") for decision in decisions]


def adopt_choices(store: Store, documents: Iterable[Document]) -> None:
    """Use from now on what the logs of documents, such as imported ones, say about how their sources are loaded.

    What the user chose here about the same bytes stays.
    """
    saved = saved_choices(store)
    chosen: dict[type[Decision], set[str]] = {
        EncodingChosen: {key for key, _ in saved.encodings},
        AllTextChosen: {key for key, _ in saved.all_text},
    }
    adopted = {
        (type(decision), decision.digest): decision
        for document in documents
        for decision in store.history(document).decisions
        if isinstance(decision, EncodingChosen | AllTextChosen) and decision.digest not in chosen[type(decision)]
    }
    if adopted:
        store.append(CHOICES_DOCUMENT, list(adopted.values()))


def load_as_chosen(source: str, store: Store) -> Document:
    """Load a document as the user chose earlier.

    Raises:
        DocumentError: It cannot be read.
    """
    return load(source, LoadOptions(saved=saved_choices(store)))


def _keys(digest: str, source: str) -> tuple[str, ...]:
    return (digest, source) if source not in ("", "-") else (digest,)
