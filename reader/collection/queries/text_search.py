"""Search the texts of a collection."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from reader.collection.queries.phrase_matches import (
    Excerpt,
    best_sentence,
    make_excerpt,
    phrase_spans,
    sentence_around,
)
from reader.collection.queries.search_request import NearbyTerms, SearchRequest, parse_request
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.document import one_line
from reader.structures.lazy_dataclass import dataclass

PAGE: Final = 20
"""Documents on one page."""
SOURCE_OF_DOCUMENT: Final = "(SELECT min(s.source) FROM sources s WHERE s.document = d.id)"
"""SQL for a source of the document `d`."""
END_OF_PERIOD: Final = "~"
"""Sorts a year or month after every day in it."""
_BATCH: Final = 50
"""Texts that are read at once."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that a search has found."""

    source: str
    title: str
    date: str
    digest: str
    excerpt: Excerpt
    mentions: tuple[tuple[int, int, str], ...]
    """The names in the excerpt: spans in it, and labels."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A part of the documents that a search has found."""

    hits: tuple[SearchHit, ...]
    total: int | None
    """The number of documents; None if it is not known without reading all of them."""
    more: bool
    """Whether there are documents after this page."""


def search_collection(
    storage: CollectionStorage,
    words: str,
    *,
    label: str = "",
    profile: int = 0,
    since: str = "",
    until: str = "",
    without: Collection[str] = (),
    limit: int = PAGE,
    offset: int = 0,
) -> SearchPage:
    """Return the documents that have what a user searches for, the most relevant first.

    Args:
        storage: The index.
        words: See `parse_request`; "" for every document.
        label: Only documents with a name of this label in the sentence of a match; without words, anywhere.
        profile: Only documents that mention the profile of this id.
        since: Only documents from this day on, as "2021", "2021-03" or "2021-03-12".
        until: Only documents up to this day.
        without: The digests of documents to leave out.
        limit: The maximum number of documents.
        offset: How many documents to skip.

    Raises:
        CollectionError: There are only signs to search for, or no day is left.
    """
    request = parse_request(words)
    since, until = max(since, request.since), _earlier(until, request.until)
    if since and until and since > until + END_OF_PERIOD:
        raise CollectionError(f"no day is since {since} and until {until}")
    is_dated = request.since or request.until
    if words.strip() and not request.phrases and not request.nearby and not is_dated:
        raise CollectionError(f"{one_line(words)} has no word to search for")
    sql, parameters, order = document_query(storage, request, label, profile, since, until, without=without)
    nearby = request.nearby
    if label and request.required:
        nearby = (*nearby, NearbyTerms((), (label,)))
    if not nearby:
        (total,) = storage.rows(f"SELECT count(*) FROM ({sql}) AS found_documents", parameters)[0]
        page = storage.rows(f"{sql} ORDER BY {order} LIMIT ? OFFSET ?", [*parameters, limit, offset])
        hits = [hit for hit in _hits(storage, [row[0] for row in page], request, ()) if hit is not None]
        return SearchPage(tuple(hits), int(total), offset + len(page) < total)
    hits, skipped = [], 0
    documents = [row[0] for row in storage.rows(f"{sql} ORDER BY {order}", parameters)]
    for start in range(0, len(documents), _BATCH):
        batch = _with_labels(storage, documents[start : start + _BATCH], nearby)
        for hit in _hits(storage, batch, request, nearby):
            if hit is None:
                continue
            if skipped < offset:
                skipped += 1
            elif len(hits) == limit:
                return SearchPage(tuple(hits), None, more=True)
            else:
                hits.append(hit)
    return SearchPage(tuple(hits), offset + len(hits), more=False)


def _earlier(first: str, second: str) -> str:
    """Return the day, month or year that ends earlier; "" is no limit."""
    return min(filter(None, (first, second)), key=lambda day: day + END_OF_PERIOD, default="")


def _with_labels(storage: CollectionStorage, documents: Sequence[int], nearby: Sequence[NearbyTerms]) -> Sequence[int]:
    """Return the documents, in the same order, that have a name of every label: only their texts need be read."""
    for label in sorted({label for terms in nearby for label in terms.labels}):
        if not documents:
            break
        rows = storage.rows(
            "SELECT DISTINCT document FROM mentions WHERE label = ?"
            f" AND document IN ({', '.join('?' * len(documents))})",
            (label, *documents),
        )
        having = {row[0] for row in rows}
        documents = [document for document in documents if document in having]
    return documents


def document_query(
    storage: CollectionStorage,
    request: SearchRequest,
    label: str,
    profile: int,
    since: str,
    until: str,
    *,
    without: Collection[str] = (),
) -> tuple[str, list[Any], str]:
    """Return a query for the ids of documents with its parameters, and the order."""
    matching, order, parameters = storage.matching(request.phrases)
    conditions = []
    if not request.required:
        labels = {*(name for terms in request.nearby for name in terms.labels), *([label] if label else [])}
        for name in sorted(labels):
            conditions.append("EXISTS (SELECT 1 FROM mentions m WHERE m.document = d.id AND m.label = ?)")
            parameters.append(name)
    if profile:
        conditions.append("d.id IN (SELECT e.document FROM entities e WHERE e.profile = ?)")
        parameters.append(profile)
    if since:
        conditions.append("d.day >= ?")
        parameters.append(since)
    if until:
        conditions.append("d.day <> '' AND d.day <= ?")
        parameters.append(until + END_OF_PERIOD)
    if without:
        conditions.append(f"d.digest NOT IN ({', '.join('?' * len(without))})")
        parameters += without
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    columns = "d.id, found.rank, d.day, found.document"
    sql = f"SELECT {columns} FROM ({matching}) AS found JOIN documents d ON d.id = found.document{where}"
    return sql, parameters, order


def _hits(
    storage: CollectionStorage, documents: Sequence[int], request: SearchRequest, nearby: Sequence[NearbyTerms]
) -> list[SearchHit | None]:
    """Return the hits of documents; None for those in which the terms are not near each other."""
    if not documents:
        return []
    marks = ", ".join("?" * len(documents))
    rows = {
        row[0]: row[1:]
        for row in storage.rows(
            f"SELECT d.id, {SOURCE_OF_DOCUMENT}, d.title, d.date, d.digest, t.text"
            f" FROM documents d JOIN texts t ON t.document = d.id WHERE d.id IN ({marks})",
            documents,
        )
    }
    return [_hit(storage, document, rows[document], request, nearby) for document in documents if document in rows]


def _hit(
    storage: CollectionStorage,
    document: int,
    row: Sequence[Any],
    request: SearchRequest,
    nearby: Sequence[NearbyTerms],
) -> SearchHit | None:
    source, title, date, digest, text = row
    spans = {phrase: phrase_spans(text, phrase) for phrase in request.required}
    if nearby:
        sentence = _sentence_with_all(storage, document, text, spans, nearby)
        if sentence is None:
            return None
    else:
        sentence = best_sentence(text, list(spans.values()))
    excerpt = make_excerpt(text, sentence, (span for group in spans.values() for span in group))
    end = excerpt.start + len(excerpt.text)
    mentions = storage.rows(
        "SELECT start_offset, end_offset, label FROM mentions WHERE document = ? AND start_offset >= ?"
        " AND end_offset <= ? ORDER BY start_offset, end_offset",
        (document, excerpt.start, end),
    )
    inside = tuple((start - excerpt.start, last - excerpt.start, label) for start, last, label in mentions)
    return SearchHit(source, title, date, digest, excerpt, inside)


def _sentence_with_all(
    storage: CollectionStorage,
    document: int,
    text: str,
    spans: dict[Any, list[tuple[int, int]]],
    nearby: Sequence[NearbyTerms],
) -> tuple[int, int] | None:
    """Return the first sentence that has all terms of one group, if every group has such a sentence."""
    labels = sorted({label for terms in nearby for label in terms.labels})
    marks = ", ".join("?" * len(labels))
    sentences = storage.rows(
        "SELECT DISTINCT sentence_start, sentence_end, label FROM mentions WHERE document = ?"
        f" AND label IN ({marks}) ORDER BY sentence_start",
        (document, *labels),
    ) if labels else []  # fmt: skip
    first = None
    any_phrase = [[span for group in spans.values() for span in group]] if spans else []
    for terms in nearby:
        groups = [spans[phrase] for phrase in terms.phrases] or any_phrase
        sentence = _shared_sentence(text, groups, terms.labels, sentences)
        if sentence is None:
            return None
        first = first or sentence
    return first


def _shared_sentence(
    text: str,
    groups: Sequence[Sequence[tuple[int, int]]],
    labels: Sequence[str],
    sentences: Sequence[Sequence[Any]],
) -> tuple[int, int] | None:
    """Return the first sentence with a span of each group and a name of each label."""
    if labels:
        by_label = [{(start, end) for start, end, name in sentences if name == label} for label in labels]
        candidates = sorted(set.intersection(*by_label))
    else:
        candidates = [sentence_around(text, start) for start, _ in groups[0]]
    for start, end in candidates:
        if all(any(start <= first and last <= end for first, last in group) for group in groups):
            return start, end
    return None
