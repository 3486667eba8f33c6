"""Write the profiles of a collection: which entities of its documents are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reader.collection.identity import ProfileSuggestion, build_profiles
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.index_writer import IndexWriter, entity_records
from reader.collection.storage.search_phrase import fold

if TYPE_CHECKING:
    from reader.annotate.decisions import Decision

_OUTDATED_KEY: Final = "profiles outdated"
_INSERT_PROFILE: Final = (
    "INSERT INTO profiles (id, key, name, label, folded, documents, mentions, first_day, last_day)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def mark_profiles_outdated(storage: CollectionStorage) -> None:
    """Note that documents have changed since the profiles were written. Call it within a transaction."""
    storage.rows("INSERT INTO info (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", (_OUTDATED_KEY, "1"))


def profiles_are_outdated(storage: CollectionStorage) -> bool:
    """Return whether documents have changed since the profiles were written."""
    return bool(storage.rows("SELECT 1 FROM info WHERE key = ?", (_OUTDATED_KEY,)))


def rebuild_profiles(storage: CollectionStorage, decisions: Sequence[Decision]) -> int:
    """Write the profiles anew. Return their number. Call it within a transaction.

    Args:
        storage: The index.
        decisions: The general decisions.
    """
    built = build_profiles(entity_records(storage), decisions)
    documents = dict(storage.rows("SELECT digest, id FROM documents"))
    numbers = {profile.id: number for number, profile in enumerate(built.profiles, 1)}
    storage.rows("DELETE FROM profiles")
    storage.rows("DELETE FROM suggestions")
    storage.rows("UPDATE entities SET profile = 0 WHERE profile <> 0")
    storage.execute_many(
        "UPDATE entities SET profile = ? WHERE document = ? AND number = ?",
        (
            (numbers[profile.id], documents[member.document], member.entity)
            for profile in built.profiles
            for member in profile.members
        ),
    )
    counts = _counts(storage)
    storage.execute_many(
        _INSERT_PROFILE,
        (
            (numbers[profile.id], profile.id, profile.name, profile.label, fold(profile.name), *counts[number])
            for number, profile in enumerate(built.profiles, 1)
        ),
    )
    _add_suggestions(storage, built.suggestions, numbers)
    total = len(numbers) + _add_lone_profiles(storage, len(numbers))
    storage.rows("DELETE FROM info WHERE key = ?", (_OUTDATED_KEY,))
    return total


def remove_articles(storage: CollectionStorage, sources: Sequence[str], decisions: Sequence[Decision]) -> None:
    """Remove documents from the index, with every source that has their texts, and write the profiles anew.

    Args:
        storage: The index.
        sources: A source of each document.
        decisions: The general decisions.

    Raises:
        CollectionError: The index cannot be written, or another process writes it.
    """
    with storage.lock(), storage.transaction():
        writer = IndexWriter(storage)
        for source in sources:
            rows = storage.rows(
                "SELECT source FROM sources WHERE document = (SELECT document FROM sources WHERE source = ?)", (source,)
            )
            writer.remove_sources([row[0] for row in rows])
            storage.rows("DELETE FROM files WHERE path = ?", (source,))
            storage.rows("DELETE FROM roots WHERE path = ?", (source,))
        rebuild_profiles(storage, decisions)


def _add_suggestions(
    storage: CollectionStorage, suggestions: Sequence[ProfileSuggestion], numbers: Mapping[str, int]
) -> None:
    """Write which profiles may be one.

    Args:
        storage: The index.
        suggestions: The suggestions, best first.
        numbers: The number of each profile in the index, by its id.
    """
    rows = storage.rows("SELECT d.digest, e.number, e.id FROM entities e JOIN documents d ON d.id = e.document")
    entities = {(digest, number): id for digest, number, id in rows}
    storage.execute_many(
        "INSERT INTO suggestions (a, b, entity_a, entity_b, rule, score, name_a, name_b, shared)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(numbers[suggestion.a], numbers[suggestion.b], *(entities[member] for member in suggestion.members)),
                *(str(suggestion.rule), suggestion.score, *suggestion.names, "; ".join(suggestion.shared)),
            )
            for suggestion in suggestions
        ),
    )


def _add_lone_profiles(storage: CollectionStorage, last: int) -> int:
    """Give each entity whose names cannot cross documents a profile of its own. Return their number."""
    rows = storage.rows(
        "SELECT e.id, d.digest, e.number, e.name, e.label, e.mentions, d.day FROM entities e"
        " JOIN documents d ON d.id = e.document WHERE e.profile = 0 ORDER BY e.id"
    )
    numbered = list(enumerate(rows, last + 1))
    storage.execute_many("UPDATE entities SET profile = ? WHERE id = ?", ((number, row[0]) for number, row in numbered))
    storage.execute_many(
        _INSERT_PROFILE,
        (
            (number, f"{digest.removeprefix('sha256:')[:12]}-{entity}", name, label, fold(name), 1, mentions, day, day)
            for number, (_, digest, entity, name, label, mentions, day) in numbered
        ),
    )
    return len(numbered)


def _counts(storage: CollectionStorage) -> dict[int, tuple[int, int, str, str]]:
    """Return the numbers of documents and mentions and the first and last day of each profile."""
    rows = storage.rows(
        "SELECT e.profile, count(DISTINCT e.document), sum(e.mentions), min(nullif(d.day, '')), max(d.day)"
        " FROM entities e JOIN documents d ON d.id = e.document WHERE e.profile > 0 GROUP BY e.profile"
    )
    return {
        profile: (documents, int(mentions), first or "", last or "")
        for profile, documents, mentions, first, last in rows
    }
