"""What the texts of a collection say of a profile: dated sentences, quotes, and sentences with another profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from reader.collection.queries.profiles.date_bounds import date_bound
from reader.collection.queries.profiles.quotations import Quotation, find_quotations
from reader.collection.queries.text_search import END_OF_PERIOD, SOURCE_OF_DOCUMENT
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.text_passages import TextSpan, passages
from reader.structures.lazy_dataclass import dataclass

_LONGEST_SENTENCE: Final = 600
"""Code points of a sentence that are shown."""
_BEFORE: Final = 800
_AFTER: Final = 1000
"""Code points around a mention: a quote may begin or end in another sentence than its speaker's name."""
_QUOTED_ENTITIES: Final = 500
"""Entities of documents whose quotes are looked for, the latest ones."""
_MOST_MENTIONS: Final = 100_000
"""Their mentions around which quotes are looked for."""
_PASSAGES_PER_QUOTE: Final = 20
"""Passages with quotation marks that are looked at for each quotation asked for."""
_QUOTE_MARKS: Final = ("“", '"', "«", "„", "「")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A sentence with a date that mentions a profile."""

    day: str
    """As "2021", "2021-03" or "2021-03-12"."""
    sentence: str
    source: str
    title: str
    start: int
    """The offset of the sentence in the document."""
    bound: str = ""
    """What makes the day a limit or a plan, not that of an event: "until", "by", "before", "after" or "planned"."""

    @property
    def bounded_day(self) -> str:
        """The day as it is shown, such as "2021-03-12" or "until 2024"."""
        return f"{self.bound} {self.day}" if self.bound else self.day


def timeline_of(
    storage: CollectionStorage, profile: int, *, since: str = "", until: str = "", limit: int = 0
) -> tuple[TimelineEntry, ...]:
    """Return the sentences that mention a profile and state a date, in the order of the dates.

    Args:
        storage: The index.
        profile: The id of the profile.
        since: Only dates from this day on.
        until: Only dates up to this day.
        limit: The maximum number of sentences; 0 for all.
    """
    conditions, parameters = "", list[Any]([profile])
    if since:
        conditions += " AND x.day >= ?"
        parameters.append(since)
    if until:
        conditions += " AND x.day <= ?"
        parameters.append(until + END_OF_PERIOD)
    sentences = (
        "SELECT x.day, m.document, m.sentence_start, m.sentence_end, min(x.start_offset) AS date_start FROM entities e"
        " JOIN mentions m ON m.entity = e.id JOIN dates x ON x.document = m.document"
        f" AND x.sentence_start = m.sentence_start WHERE e.profile = ?{conditions}"
        " GROUP BY x.day, m.document, m.sentence_start, m.sentence_end"
        " ORDER BY x.day, m.document, m.sentence_start"
    )
    if limit:
        sentences += " LIMIT ?"
        parameters.append(limit)
    rows = storage.rows(
        f"SELECT m.document, m.sentence_start, m.sentence_end, m.day, {SOURCE_OF_DOCUMENT}, d.title, m.date_start,"
        f" d.day FROM ({sentences}) AS m JOIN documents d ON d.id = m.document"
        " ORDER BY m.day, m.document, m.sentence_start",
        parameters,
    )
    return tuple(
        TimelineEntry(day, sentence, source, title, start, date_bound(sentence[: date_start - start], day, written))
        for (_, start, _, day, source, title, date_start, written), sentence in zip(
            rows, _sentences(storage, rows), strict=True
        )
    )


def quotations_of(storage: CollectionStorage, profile: int, *, limit: int) -> tuple[Quotation, ...]:
    """Return what documents quote a profile as saying, under any of its names, the latest first."""
    quotations: dict[tuple[str, str], Quotation] = {}
    for quotation in find_quotations(islice(_passages_with_quotes(storage, profile), _PASSAGES_PER_QUOTE * limit)):
        quotations.setdefault((quotation.source, quotation.quote), quotation)
        if len(quotations) == limit:
            break
    return tuple(quotations.values())


def _passages_with_quotes(storage: CollectionStorage, profile: int) -> Iterator[tuple[Any, ...]]:
    """Yield the passages with quotation marks around mentions of a profile, as `find_quotations` takes them."""
    latest = (
        "SELECT DISTINCT e.id, e.document, d.day FROM entities e JOIN documents d ON d.id = e.document"
        " WHERE e.profile = ? ORDER BY d.day DESC, e.document LIMIT ?"
    )
    rows = storage.rows(
        f"SELECT d.id, m.start_offset, m.end_offset, m.sentence_start, m.sentence_end, {SOURCE_OF_DOCUMENT}, d.title,"
        f" d.date FROM ({latest}) AS latest JOIN mentions m ON m.entity = latest.id"
        " JOIN documents d ON d.id = m.document ORDER BY d.day DESC, d.id, m.start_offset LIMIT ?",
        (profile, _QUOTED_ENTITIES, _MOST_MENTIONS),
    )
    starts = [max(0, row[3] - _BEFORE) for row in rows]
    spans = (TextSpan(row[0], first, row[2] + _AFTER) for row, first in zip(rows, starts, strict=True))
    for row, first, passage in zip(rows, starts, passages(storage, spans), strict=True):
        if any(mark in passage for mark in _QUOTE_MARKS):
            _, start, end, sentence_start, sentence_end, source, title, date = row
            offsets = (start - first, end - first, sentence_start - first, sentence_end - first)
            yield passage, *offsets, source, title, date, sentence_start


def shared_passages(storage: CollectionStorage, a: int, b: int, *, limit: int = 20) -> tuple[TimelineEntry, ...]:
    """Return the sentences that mention both profiles, the latest first; their days are those of the documents."""
    rows = storage.rows(
        f"SELECT DISTINCT d.id, m.sentence_start, m.sentence_end, d.day, {SOURCE_OF_DOCUMENT}, d.title FROM entities e"
        " JOIN mentions m ON m.entity = e.id JOIN mentions m2 ON m2.document = m.document"
        " AND m2.paragraph = m.paragraph AND m2.sentence_start = m.sentence_start JOIN entities e2 ON e2.id = m2.entity"
        " JOIN documents d ON d.id = m.document"
        " WHERE e.profile = ? AND e2.profile = ? ORDER BY d.day DESC, d.id, m.sentence_start LIMIT ?",
        (a, b, limit),
    )
    return tuple(
        TimelineEntry(day, sentence, source, title, start)
        for (_, start, _, day, source, title), sentence in zip(rows, _sentences(storage, rows), strict=True)
    )


def _sentences(storage: CollectionStorage, rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the sentences of rows that begin with a document and with the start and the end of a sentence."""
    return passages(storage, (TextSpan(row[0], row[1], min(row[2], row[1] + _LONGEST_SENTENCE)) for row in rows))
