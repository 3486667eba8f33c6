"""Why a search matches no document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.collection.queries.document_list import count_documents
from reader.collection.queries.search_request import SearchRequest, parse_request
from reader.collection.queries.text_search import document_query
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.search_phrase import SearchPhrase
from reader.document import one_line
from reader.recognize.mention import LABELS

_MOST_LISTED: Final = 5
_LONGEST: Final = 60
"""Code points of a phrase in a message."""
SYNTAX: tuple[str, ...] = (
    "Every word must occur; case and accents make no difference.",
    "“a phrase” · brib* the start of a word · -word without it",
    "PERSON near bribe: in one sentence, also ORG, GPE, words …",
    "since:2020 until:2021-05 the date of the document",
)
"""How to search, one line for each kind of term."""


def why_nothing_matches(
    storage: CollectionStorage, words: str, *, label: str = "", profile: int = 0, since: str = "", until: str = ""
) -> str:
    """Return why a search has no hits, in words that continue "nothing found: …".

    Args:
        storage: The index.
        words: What was searched for, and the other conditions of `search_collection`.
        label: See there.
        profile: See there.
        since: See there.
        until: See there.
    """
    if not count_documents(storage):
        return "the collection has no documents"
    request = parse_request(words)
    since, until = since or request.since, until or request.until
    if missing := [phrase for phrase in request.required if not _count(storage, SearchRequest((phrase,)))]:
        return f"no document has {_listed(missing)}{_longer_words(storage, missing)}{_labels(request)}"
    required = SearchRequest(request.required)
    if not _count(storage, required):
        return f"no document has all of {_listed(request.required)}, though each occurs{_labels(request)}"
    without_dates = SearchRequest(request.phrases)
    if not _count(storage, without_dates):
        excluded = [phrase for phrase in request.phrases if phrase.excluded]
        return f"every document that matches has {_listed(excluded)}, too"
    days = " ".join(filter(None, (since and f"since {since}", until and f"until {until}")))
    if days and not _count(storage, without_dates, since=since, until=until):
        count = _count(storage, without_dates)
        matches = "1 document matches" if count == 1 else f"{count:,} documents match"
        return f"{matches}, but none with a date {days}"
    if profile and not _count(storage, without_dates, profile=profile, since=since, until=until):
        return "no document that matches mentions this entity"
    if request.nearby:
        return f"no sentence has everything that must be near{_labels(request)}"
    return f"no sentence with a match has a name of the label {label}" if label else "the conditions exclude each other"


def _longer_words(storage: CollectionStorage, phrases: Sequence[SearchPhrase]) -> str:
    """Return which of some phrases occur as the start of a longer word, such as "bribe" in "bribes"; "" for none."""
    starts = [phrase._replace(is_prefix=True) for phrase in phrases if not phrase.is_prefix]
    starts = [start for start in starts if _count(storage, SearchRequest((start,)))]
    return f"; {_listed(starts)} would match" if starts else ""


def _count(
    storage: CollectionStorage, request: SearchRequest, *, profile: int = 0, since: str = "", until: str = ""
) -> int:
    """Return the number of documents that have the phrases of a request."""
    sql, parameters, _ = document_query(storage, request, "", profile, since, until)
    return int(storage.rows(f"SELECT count(*) FROM ({sql}) AS found_documents", parameters)[0][0])


def _listed(phrases: Sequence[SearchPhrase]) -> str:
    words = [f"“{one_line(' '.join(phrase.words), _LONGEST)}{'*' if phrase.is_prefix else ''}”" for phrase in phrases]
    more = [f"{len(words) - _MOST_LISTED:,} more"] if len(words) > _MOST_LISTED else []
    return ", ".join(words[:_MOST_LISTED] + more)


def _labels(request: SearchRequest) -> str:
    """Return how to write a label that was typed as a word beside "near"; "" if none was."""
    words = {word.upper() for terms in request.nearby for phrase in terms.phrases for word in phrase.words}
    label = next((label for label in LABELS if label in words), "")
    return f"; {label} in capitals stands for any name of this label" if label else ""
