"""Look up an earlier analysis of a document in the cache. Imports little, because it delays the first highlight."""

from __future__ import annotations

from reader.document import Document
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process import cache
from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Analysis:
    """The mentions of a document and the recognizer that found them."""

    mentions: tuple[Mention, ...]
    model_name: str
    model_version: str
    notice: str = ""
    """One line for the user, such as that the text is not in the pipeline's language."""


def cached_mentions(document: Document, model: str | None = None) -> Analysis | None:
    """Return the result of an earlier analysis, or a notice that the document cannot be analyzed; otherwise None.

    Raises:
        RecognizerError: The recognizer does not exist or is not valid.
    """
    identity = identify(model)
    if result := cache.load(document, identity):  # a document with a notice is never cached
        return Analysis(tuple(result.mentions), result.model_name, result.model_version)
    notice = language_notice(document, identity)
    return Analysis((), identity.name, identity.version, notice) if notice else None


def language_notice(document: Document, identity: ModelIdentity) -> str:
    """Return one line if a document is not in the recognizer's language and nothing should be marked; otherwise "".

    A recognizer marks nonsense in a language that it does not read. In doubtful cases there is no notice.
    """
    from reader.recognize.rules.languages.language import foreign_notice

    return foreign_notice(document, identity.language, identity.name)
