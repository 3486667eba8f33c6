"""From a document to its mentions: the recognizer paragraph by paragraph, then the document pass over all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.document import Document
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process import cache
from reader.recognize.process.cached import Analysis, notice_on
from reader.recognize.process.composed import composed
from reader.recognize.process.segments import Batch, batches
from reader.recognize.protocol import Recognizer
from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.trim import clean_mentions


def mentions_of(document: Document, model: str | None = None, *, use_cache: bool = True) -> Analysis:
    """Find the mentions of a document in this process, or take them from the cache.

    Args:
        document: What to read.
        model: The name of an installed pipeline or the path of one; None means the bundled one.
        use_cache: Whether earlier results are used and this one kept.

    Raises:
        RecognizerError: The pipeline is missing, broken or failed.
    """
    identity = identify(model)
    notice = notice_on(document, identity)
    if notice:
        return Analysis((), identity.name, identity.version, notice)
    if use_cache and (known := cache.load(document, identity)):
        return Analysis(tuple(known.mentions), known.model_name, known.model_version)
    mentions = recognize(document, load_recognizer(model))
    if use_cache:
        cache.store(document, identity, mentions)
    return Analysis(tuple(mentions), identity.name, identity.version)


_loaded: dict[str, tuple[ModelIdentity, Recognizer]] = {}


def load_recognizer(model: str | None = None) -> Recognizer:
    """Load a pipeline, once for each process as long as its files stay as they are.

    Raises:
        RecognizerError: The pipeline is missing, broken or made for another version of spaCy.
    """
    from reader.recognize.models.plugins import load_plugin
    from reader.recognize.network.spacy_recognizer import load_spacy

    identity = identify(model)
    known = _loaded.get(model or "")
    if known and known[0] == identity:
        return known[1]
    recognizer: Recognizer = load_plugin(identity.plugin) if identity.plugin else load_spacy(model)
    _loaded[model or ""] = identity, recognizer
    return recognizer


def recognize(document: Document, recognizer: Recognizer) -> list[Mention]:
    """Find the mentions of a document: in order of place, none overlapping another, none across two blocks.

    Raises:
        RecognizerError: The recognizer failed.
    """
    shown = composed(document)
    raw: list[Mention] = []
    for batch in batches(shown.document.text, shown.document.blocks):
        raw += raw_mentions(batch, recognizer)
    return shown.back(document_pass(shown.document, raw))


def raw_mentions(batch: Batch, recognizer: Recognizer) -> list[Mention]:
    """Return what the recognizer finds in a batch, as places in the document."""
    found: list[Mention] = []
    answers = recognizer.recognize([segment.text for segment in batch.segments])
    for segment, mentions in zip(batch.segments, answers, strict=True):
        found += [
            mention._replace(start=mention.start + segment.start, end=mention.end + segment.start)
            for mention in mentions
            if segment.owns(mention.start)
        ]
    return found


def provisional(document: Document, raw: Iterable[Mention]) -> list[Mention]:
    """Return mentions fit to be shown before the whole document is known."""
    return clean_mentions(document.text, raw)


def document_pass(document: Document, raw: Sequence[Mention]) -> list[Mention]:
    """Settle what only the whole document can tell; `raw` may come in any order."""
    return run_document_pass(document, clean_mentions(document.text, sorted(raw)))
