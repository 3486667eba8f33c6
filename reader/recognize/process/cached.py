"""What can be said of a document without reading it anew. Imports little: it is asked before every first highlight."""

from __future__ import annotations

from dataclasses import dataclass

from reader.document import Document
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process import cache


@dataclass(frozen=True, slots=True)
class Analysis:
    """The mentions of a document and which pipeline found them."""

    mentions: tuple[Mention, ...]
    model_name: str
    model_version: str
    notice: str = ""
    """One line that the user should know: that the text is in another language than the pipeline."""


def cached_mentions(document: Document, model: str | None = None) -> Analysis | None:
    """Return what an earlier analysis found, None where there is none.

    Raises:
        RecognizerError: There is no such pipeline.
    """
    identity = identify(model)
    if known := cache.load(document, identity):  # nothing is kept of a document that calls for a notice
        return Analysis(tuple(known.mentions), known.model_name, known.model_version)
    notice = notice_on(document, identity)
    return Analysis((), identity.name, identity.version, notice) if notice else None


def notice_on(document: Document, identity: ModelIdentity) -> str:
    """Return why nothing should be marked in a document, in one line; "" where nothing speaks against it.

    A recognizer marks nonsense in a language that it does not read. In doubt it is let loose.
    """
    from reader.recognize.rules.language import foreign_notice

    return foreign_notice(document, identity.language, identity.name)
