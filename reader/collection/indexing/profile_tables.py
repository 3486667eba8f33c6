"""Write the profiles of a collection: which entities of its documents are one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from reader.collection.identity import ProfileChanges, ProfileMember, Profiles, ProfileSuggestion, build_profiles
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.storage.index_writer import entity_records
from reader.collection.storage.profile_state import mark_profiles_written
from reader.collection.storage.search_phrase import fold

if TYPE_CHECKING:
    from reader.annotate.decisions import Decision

_INSERT_PROFILE: Final = (
    "INSERT INTO profiles (id, key, name, label, folded, documents, mentions, first_day, last_day)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def decisions_digest(decisions: Sequence[Decision]) -> str:
    """Return a digest of the decisions that say which entities are one profile."""
    from reader.annotate.decisions import NamesDifferent, NamesSame, ProfilesDifferent, ProfilesSame

    kinds = (NamesDifferent, NamesSame, ProfilesDifferent, ProfilesSame)
    encoded = (_encoded(decision) for decision in decisions if isinstance(decision, kinds))
    return hashlib.sha256("\n".join(encoded).encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1 << 14)
def _encoded(decision: Decision) -> str:
    from reader.annotate.decisions.decision_codec import encode_decision

    return " ".join(encode_decision(decision))


def rebuild_profiles(storage: CollectionStorage, decisions: Sequence[Decision]) -> int:
    """Build all profiles, and write them again. Return their number. Call it within a transaction.

    Args:
        storage: The index.
        decisions: The general decisions.
    """
    total = write_profiles(storage, build_profiles(entity_records(storage), decisions))
    mark_profiles_written(storage, decisions_digest(decisions))
    return total


def write_profiles(storage: CollectionStorage, built: Profiles) -> int:
    """Replace all profiles and suggestions. Return the number of profiles. Call it within a transaction."""
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
    rows = storage.rows("SELECT d.digest, e.number, e.id FROM entities e JOIN documents d ON d.id = e.document")
    entities = {(digest, number): id for digest, number, id in rows}
    _insert_suggestions(storage, built.suggestions, numbers, entities)
    return len(numbers) + _add_lone_profiles(storage, len(numbers))


def profiles_are_written(storage: CollectionStorage, built: Profiles) -> bool:
    """Return whether an index has exactly these profiles and suggestions, as far as their entities tell."""
    rows = storage.stream(
        "SELECT d.digest, e.number, p.key FROM entities e JOIN documents d ON d.id = e.document"
        " LEFT JOIN profiles p ON p.id = e.profile"
    )
    by_member, count = built.by_member, 0
    for digest, number, key in rows:
        profile = by_member.get(ProfileMember(digest, number))
        count += profile is not None
        if key is None or (profile is not None and profile.id != key):
            return False
    suggested = storage.rows(
        "SELECT pa.key, pb.key, s.rule, s.score FROM suggestions s JOIN profiles pa ON pa.id = s.a"
        " JOIN profiles pb ON pb.id = s.b"
    )
    expected = {(item.a, item.b, str(item.rule), item.score) for item in built.suggestions}
    return count == len(by_member) and len(suggested) == len(expected) and expected.issuperset(suggested)


def write_profile_changes(storage: CollectionStorage, changes: ProfileChanges) -> None:
    """Write what differs from the profiles and suggestions in the index. Call it within a transaction."""
    named = {profile.id for profile in changes.changed} | {*changes.removed} | {*chain.from_iterable(changes.withdrawn)}
    named |= {key for suggestion in changes.suggested for key in (suggestion.a, suggestion.b)}
    numbers: dict[str, int] = dict(rows_in_chunks(storage, "SELECT key, id FROM profiles WHERE key IN ({})", named))
    # The index by `b` has fewer rows for a profile than that by `a`, the larger one of two.
    storage.execute_many(
        "DELETE FROM suggestions WHERE +a = ? AND b = ?",
        [
            (numbers[a], numbers[b])
            for a, b in (*changes.withdrawn, *((suggestion.a, suggestion.b) for suggestion in changes.suggested))
            if a in numbers and b in numbers
        ],
    )
    storage.execute_many("DELETE FROM profiles WHERE id = ?", [(numbers.pop(key),) for key in changes.removed])
    next_id = int(storage.rows("SELECT coalesce(max(id), 0) FROM profiles")[0][0]) + 1
    new = [profile.id for profile in changes.changed if profile.id not in numbers]
    numbers |= {key: id for id, key in enumerate(new, next_id)}
    members = [(profile, member) for profile in changes.changed for member in profile.members]
    digests = {member.document for _, member in members}
    digests |= {member.document for suggestion in changes.suggested for member in suggestion.members}
    sql = "SELECT digest, id FROM documents WHERE digest IN ({})"
    documents: dict[str, int] = dict(rows_in_chunks(storage, sql, digests))
    storage.execute_many(
        "UPDATE entities SET profile = ? WHERE document = ? AND number = ? AND profile <> ?",
        [
            (numbers[profile.id], documents[member.document], member.entity, numbers[profile.id])
            for profile, member in members
        ],
    )
    counts = _counts(storage, [numbers[profile.id] for profile in changes.changed])
    storage.execute_many(
        f"{_INSERT_PROFILE} ON CONFLICT (id) DO UPDATE SET name = excluded.name, label = excluded.label,"
        " folded = excluded.folded, documents = excluded.documents, mentions = excluded.mentions,"
        " first_day = excluded.first_day, last_day = excluded.last_day",
        [
            (
                *(numbers[profile.id], profile.id, profile.name, profile.label, fold(profile.name)),
                *counts[numbers[profile.id]],
            )
            for profile in changes.changed
        ],
    )
    suggested = {member for suggestion in changes.suggested for member in suggestion.members}
    entities = {
        (member.document, member.entity): storage.rows(
            "SELECT id FROM entities WHERE document = ? AND number = ?", (documents[member.document], member.entity)
        )[0][0]
        for member in suggested
    }
    _insert_suggestions(storage, changes.suggested, numbers, entities)


def _insert_suggestions(
    storage: CollectionStorage,
    suggestions: Iterable[ProfileSuggestion],
    numbers: Mapping[str, int],
    entities: Mapping[tuple[str, str], int],
) -> None:
    """Write which profiles may be one.

    Args:
        storage: The index.
        suggestions: The suggestions.
        numbers: The number of each profile in the index, by its id.
        entities: The id of each entity in the index, by its document and its id there.
    """
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


def _counts(storage: CollectionStorage, profiles: Sequence[int] | None = None) -> dict[int, tuple[int, int, str, str]]:
    """Return the numbers of documents and mentions and the first and last day of some profiles, or of all."""
    sql = (
        "SELECT e.profile, count(DISTINCT e.document), sum(e.mentions), min(nullif(d.day, '')), max(d.day)"
        " FROM entities e JOIN documents d ON d.id = e.document WHERE {} GROUP BY e.profile"
    )
    if profiles is None:
        rows: Iterable[tuple[Any, ...]] = storage.rows(sql.format("e.profile > 0"))
    else:
        rows = rows_in_chunks(storage, sql.format("e.profile IN ({})"), profiles)
    return {
        profile: (documents, int(mentions), first or "", last or "")
        for profile, documents, mentions, first, last in rows
    }
