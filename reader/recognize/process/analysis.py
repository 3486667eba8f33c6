"""Find the mentions of a document: run the recognizer block by block, then the document pass over the whole text."""

from __future__ import annotations

from collections.abc import Sequence

from reader.document import Document
from reader.document.normal_text import NormalText
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify, split_model
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process import cache
from reader.recognize.process.cached_analysis import Analysis, language_notice
from reader.recognize.process.second_opinion import with_second_opinion
from reader.recognize.process.segments import Batch, batches
from reader.recognize.protocol import Recognizer
from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.languages.foreign_words import adapt_mentions
from reader.recognize.rules.languages.language import language_of
from reader.recognize.rules.trim import clean_mentions


def mentions_of(document: Document, model: str | None = None, *, use_cache: bool = True) -> Analysis:
    """Find the mentions of a document in this process, or take them from the cache.

    Args:
        document: The document to read.
        model: See `reader.recognize.models.find.identify`.
        use_cache: Whether to use a cached result and to cache a new one.

    Raises:
        RecognizerError: The pipeline is missing or broken, or it failed.
    """
    identity = identify(model)
    notice = language_notice(document, identity)
    if notice:
        return Analysis((), identity.name, identity.version, notice)
    if use_cache and (cached := cache.load(document, identity)):
        return Analysis(tuple(cached.mentions), cached.model_name, cached.model_version)
    first, second = split_model(model)
    is_first_use = (first or "") not in _loaded
    mentions: Sequence[Mention] = recognize(document, load_recognizer(first or None), identity.language)
    if second:
        mentions, notice = with_second_opinion(
            document, mentions, second, lambda name, language: recognize(document, load_recognizer(name), language)
        )
    if use_cache and not notice:
        cache.store(document, identity, mentions)
    if not notice and is_first_use:
        from reader.recognize.models.model_notices import model_notice

        notice = model_notice(identity)
    return Analysis(tuple(mentions), identity.name, identity.version, notice)


_loaded: dict[str, tuple[ModelIdentity, Recognizer]] = {}
"""By model argument: the recognizers that this process has loaded."""


def load_recognizer(model: str | None = None) -> Recognizer:
    """Load a recognizer, or return the one this process already loaded if its files have not changed.

    Raises:
        RecognizerError: The recognizer is missing, broken or made for another version of spaCy.
    """
    from reader.recognize.models.plugins import load_plugin
    from reader.recognize.network.spacy_recognizer import load_spacy

    identity = identify(model)
    loaded = _loaded.get(model or "")
    if loaded and loaded[0] == identity:
        return loaded[1]
    recognizer: Recognizer = load_plugin(identity.plugin) if identity.plugin else load_spacy(model)
    _loaded[model or ""] = identity, recognizer
    return recognizer


def recognize(document: Document, recognizer: Recognizer, language: str = "") -> list[Mention]:
    """Return the mentions of a document, sorted by offset. No two overlap, and none crosses the border of a block.

    Args:
        document: The document to read.
        recognizer: What finds the names.
        language: The code of the language that the recognizer reads; "" if unknown or if it reads several.

    Raises:
        RecognizerError: The recognizer failed.
    """
    normal = NormalText(document)
    raw: list[Mention] = []
    for batch in batches(normal.document.text, normal.document.blocks):
        raw += raw_mentions(batch, recognizer)
    return in_document(normal, document_pass(normal.document, raw, language_of(normal.document, language)))


def raw_mentions(batch: Batch, recognizer: Recognizer) -> list[Mention]:
    """Return the mentions that the recognizer finds in a batch, with offsets in the document."""
    mentions: list[Mention] = []
    results = recognizer.recognize([segment.text for segment in batch.segments])
    for segment, segment_mentions in zip(batch.segments, results, strict=True):
        mentions += [
            mention._replace(start=mention.start + segment.start, end=mention.end + segment.start)
            for mention in segment_mentions
            if segment.owns(mention.start)
        ]
    return mentions


def provisional_mentions(document: Document, raw: Sequence[Mention], language: str = "") -> list[Mention]:
    """Return mentions that can be shown before the document pass, which needs the whole document."""
    return clean_mentions(document.text, adapt_mentions(document.text, raw, language))


def document_pass(document: Document, raw: Sequence[Mention], language: str = "") -> list[Mention]:
    """Run the document pass over raw mentions, which may be in any order.

    Args:
        document: The document, in normal form.
        raw: What the recognizer found.
        language: The code of the language of the text; "" if unknown.
    """
    return run_document_pass(document, provisional_mentions(document, sorted(raw), language))


def in_document(normal: NormalText, mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions of a normal text as mentions of its document."""
    if normal.identity:
        return list(mentions)
    spans = (normal.to_document(mention.start, mention.end) for mention in mentions)
    return [mention._replace(start=start, end=end) for mention, (start, end) in zip(mentions, spans, strict=True)]
