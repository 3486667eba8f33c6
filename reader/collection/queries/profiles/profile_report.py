"""What a collection knows of one entity: its names, documents, companions, dated sentences, quotes and notes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reader.collection.queries.profiles.profile_hints import hints_among, hints_in_list
from reader.collection.queries.profiles.profile_identifiers import ProfileIdentifier, identifiers_of
from reader.collection.queries.profiles.profile_lookup import ProfileSummary, namesakes_of
from reader.collection.queries.profiles.profile_passages import TimelineEntry, quotations_of, timeline_of
from reader.collection.queries.profiles.quotations import Quotation
from reader.collection.queries.text_search import SOURCE_OF_DOCUMENT
from reader.collection.storage.collection_storage import CollectionStorage
from reader.structures.lazy_dataclass import dataclass

_MORE: Final = 40
"""Companions beyond the limit whose documents are counted: those of equal sentences and paragraphs are sorted by them.
"""
_HINTED: Final = 20
"""Namesakes, and profiles that may be the same, that get hints."""
_CANDIDATES: Final = 1000
"""The maximum number of companions that share documents only."""


@dataclass(frozen=True, slots=True)
class ProfileName:
    """A name of a profile."""

    text: str
    label: str
    mentions: int
    documents: int


@dataclass(frozen=True, slots=True)
class ProfileDocument:
    """A document that mentions a profile."""

    source: str
    title: str
    date: str
    digest: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Companion:
    """A profile that appears with another one."""

    key: str
    name: str
    label: str
    sentences: int
    """How many sentences mention both."""
    paragraphs: int
    documents: int
    hint: str = ""
    """What tells it from another companion of its name; "" if there is none."""


@dataclass(frozen=True, slots=True)
class ProfileNote:
    """What the user wrote about an entity of a profile."""

    text: str
    source: str
    title: str


@dataclass(frozen=True, slots=True)
class LikelySame:
    """A profile that may be the same as another one."""

    key: str
    name: str
    label: str
    documents: int
    rule: str
    """The id of the rule that suggests it."""
    score: float
    """How likely it is, from 0 to 1."""
    shared: str
    """What documents say of both."""
    hint: str = ""
    """What tells it from the other profile."""


@dataclass(frozen=True, slots=True)
class ProfileReport:
    """What a collection knows of one entity."""

    profile: ProfileSummary
    names: tuple[ProfileName, ...]
    documents: tuple[ProfileDocument, ...]
    """The latest first."""
    companions: tuple[Companion, ...]
    timeline: tuple[TimelineEntry, ...]
    quotations: tuple[Quotation, ...]
    notes: tuple[ProfileNote, ...]
    maybe: tuple[LikelySame, ...]
    """The profiles that may be the same, the most likely first."""
    identifiers: tuple[ProfileIdentifier, ...]
    """What occurs beside the profile: those in its sentences first."""
    namesakes: tuple[ProfileSummary, ...] = ()
    """The other profiles that have its name. Their hints and its own one tell them apart."""
    longer_names: tuple[ProfileSummary, ...] = ()
    """The profiles of which only longer names contain its name: people of a surname, bodies that begin with it."""


def profile_report(
    storage: CollectionStorage, profile: ProfileSummary, *, name: str = "", limit: int = 20
) -> ProfileReport:
    """Return what a collection knows of a profile.

    Args:
        storage: The index.
        profile: The profile.
        name: The name by which the user asked for it, which others may have, too; "" for the canonical one.
        limit: The maximum number of entries in each list except the names.
    """
    namesakes = namesakes_of(storage, profile, name, limit=min(limit, _HINTED))
    return ProfileReport(
        namesakes.profile,
        names_of(storage, profile.id),
        documents_of(storage, profile.id, limit=limit),
        companions_of(storage, profile.id, limit=limit),
        timeline_of(storage, profile.id, limit=limit),
        quotations_of(storage, profile.id, limit=limit),
        notes_of(storage, profile.id, limit=limit),
        likely_same(storage, profile.id, limit=limit),
        identifiers_of(storage, profile.id, limit=limit),
        namesakes.same,
        namesakes.longer,
    )


def likely_same(storage: CollectionStorage, profile: int, *, limit: int) -> tuple[LikelySame, ...]:
    """Return the profiles that may be the same as one, the most likely first."""
    rows = storage.rows(
        "SELECT p.id, p.key, p.name, p.label, p.documents, s.rule, s.score, s.shared FROM suggestions s"
        " JOIN profiles p ON p.id = CASE WHEN s.a = ? THEN s.b ELSE s.a END WHERE s.a = ? OR s.b = ?"
        " ORDER BY s.score DESC, p.name, p.key LIMIT ?",
        (profile, profile, profile, limit),
    )
    names = {row[0]: row[2] for row in rows[:_HINTED]}
    hints = hints_among(storage, {profile: "", **names}) if names else {}
    return tuple(
        LikelySame(key, name, label, documents, rule, score, shared, hints.get(id, ""))
        for id, key, name, label, documents, rule, score, shared in rows
    )


def names_of(storage: CollectionStorage, profile: int) -> tuple[ProfileName, ...]:
    """Return the names of a profile, the most frequent first."""
    rows = storage.rows(
        "SELECT n.text, n.label, sum(en.mentions), count(DISTINCT e.document) FROM entities e"
        " JOIN entity_names en ON en.entity = e.id JOIN names n ON n.id = en.name WHERE e.profile = ?"
        " GROUP BY n.id, n.text, n.label ORDER BY 3 DESC, n.text, n.label",
        (profile,),
    )
    return tuple(ProfileName(text, label, int(mentions), documents) for text, label, mentions, documents in rows)


def documents_of(storage: CollectionStorage, profile: int, *, limit: int) -> tuple[ProfileDocument, ...]:
    """Return the documents that mention a profile, the latest first, then those without a date, by mentions."""
    rows = storage.rows(
        f"SELECT {SOURCE_OF_DOCUMENT}, d.title, d.date, d.digest, sum(e.mentions) FROM entities e"
        " JOIN documents d ON d.id = e.document WHERE e.profile = ? GROUP BY d.id, d.title, d.date, d.digest, d.day"
        " ORDER BY d.day DESC, 5 DESC, d.id LIMIT ?",
        (profile, limit),
    )
    return tuple(ProfileDocument(row[0], row[1], row[2], row[3], int(row[4])) for row in rows)


def companions_of(storage: CollectionStorage, profile: int, *, limit: int) -> tuple[Companion, ...]:
    """Return the profiles that appear with one, first those in most of its sentences, then paragraphs, documents."""
    sentences = _shared_sentences(storage, profile)
    closest = sorted(sentences, key=lambda id: (-sentences[id], id))[: limit + _MORE]
    fewest = sentences[closest[limit - 1]] if len(closest) >= limit else 0
    closest = [id for id in closest if sentences[id] >= fewest] if fewest else []
    documents = _shared_documents(storage, profile, closest)
    ids = list(documents)
    if not ids:
        return ()
    paragraphs = _shared_paragraphs(storage, profile, ids)
    companions = [
        (id, Companion(key, name, label, sentences.get(id, 0), paragraphs.get(id, 0), documents[id]))
        for id, key, name, label in storage.rows(
            f"SELECT id, key, name, label FROM profiles WHERE id IN ({', '.join('?' * len(ids))})", ids
        )
    ]
    companions.sort(key=lambda item: _companion_rank(item[1]))
    del companions[limit:]
    hints = hints_in_list(storage, ((id, item.name, item.label) for id, item in companions), without=profile)
    return tuple(replace(item, hint=hints[id]) if hints.get(id) else item for id, item in companions)


def _companion_rank(companion: Companion) -> tuple[int, int, int, str, str]:
    counts = -companion.sentences, -companion.paragraphs, -companion.documents
    return *counts, companion.name, companion.key


def _shared_sentences(storage: CollectionStorage, profile: int) -> dict[int, int]:
    """Return in how many sentences each companion appears with a profile."""
    sql = (
        "WITH own AS (SELECT DISTINCT m.document, m.paragraph, m.sentence_start FROM entities e"
        " JOIN mentions m ON m.entity = e.id WHERE e.profile = ?)"
        " SELECT profile, count(*) FROM (SELECT DISTINCT e2.profile, o.document, o.paragraph, o.sentence_start"
        " FROM own o JOIN mentions m2 ON m2.document = o.document AND m2.paragraph = o.paragraph"
        " AND m2.sentence_start = o.sentence_start JOIN entities e2 ON e2.id = m2.entity"
        " WHERE e2.profile > 0 AND e2.profile <> ?) AS shared GROUP BY profile"
    )
    return dict(storage.rows(sql, (profile, profile)))


def _shared_paragraphs(storage: CollectionStorage, profile: int, companions: Sequence[int]) -> dict[int, int]:
    """Return in how many paragraphs some companions appear with a profile."""
    sql = (
        "SELECT profile, count(*) FROM (SELECT DISTINCT e2.profile, m2.document, m2.paragraph FROM entities e"
        " CROSS JOIN entities e2 CROSS JOIN mentions m2 WHERE e.profile = ? AND e2.document = e.document"
        f" AND e2.profile IN ({', '.join('?' * len(companions))}) AND m2.entity = e2.id AND EXISTS (SELECT 1"
        " FROM mentions m WHERE m.entity = e.id AND m.document = m2.document AND m.paragraph = m2.paragraph))"
        " AS shared GROUP BY profile"
    )
    return dict(storage.rows(sql, (profile, *companions)))


def _shared_documents(storage: CollectionStorage, profile: int, ids: Sequence[int]) -> dict[int, int]:
    """Return how many documents of a profile mention some others; without ids, those that most of them mention."""
    if ids:
        sql = (
            "SELECT e2.profile, count(DISTINCT e2.document) FROM entities e2 WHERE"
            f" e2.profile IN ({', '.join('?' * len(ids))}) AND e2.document IN"
            " (SELECT document FROM entities WHERE profile = ?) GROUP BY e2.profile"
        )
        return dict(storage.rows(sql, (*ids, profile)))
    sql = (
        "SELECT e2.profile, count(DISTINCT e2.document) FROM entities e JOIN entities e2 ON e2.document = e.document"
        " WHERE e.profile = ? AND e2.profile <> ? AND e2.profile > 0 GROUP BY e2.profile ORDER BY 2 DESC, 1 LIMIT ?"
    )
    return dict(storage.rows(sql, (profile, profile, _CANDIDATES)))


def notes_of(storage: CollectionStorage, profile: int, *, limit: int) -> tuple[ProfileNote, ...]:
    """Return what the user wrote about the entities of a profile."""
    rows = storage.rows(
        f"SELECT e.detail, {SOURCE_OF_DOCUMENT}, d.title FROM entities e JOIN documents d ON d.id = e.document"
        " WHERE e.profile = ? AND e.detail LIKE ? ORDER BY d.day DESC, d.id LIMIT ?",
        (profile, '%"notes":%', limit),
    )
    return tuple(
        ProfileNote(note, source, title)
        for detail, source, title in rows
        for note in json.loads(detail).get("notes", ())
    )


def shared_documents(storage: CollectionStorage, a: int, b: int, *, limit: int = 20) -> tuple[ProfileDocument, ...]:
    """Return the documents that mention both profiles, the latest first, with the number of mentions of both."""
    rows = storage.rows(
        f"SELECT {SOURCE_OF_DOCUMENT}, d.title, d.date, d.digest, sum(e.mentions) FROM entities e"
        " JOIN documents d ON d.id = e.document WHERE e.profile IN (?, ?)"
        " GROUP BY d.id, d.title, d.date, d.digest, d.day HAVING count(DISTINCT e.profile) = 2"
        " ORDER BY d.day DESC, d.id LIMIT ?",
        (a, b, limit),
    )
    return tuple(ProfileDocument(row[0], row[1], row[2], row[3], int(row[4])) for row in rows)
