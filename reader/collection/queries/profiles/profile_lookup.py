"""Find profiles by name, label and number of documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from reader.collection.queries.profiles.profile_hints import hints_among, hints_in_list
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.search_phrase import fold, like_pattern
from reader.document.sanitize import one_line
from reader.structures.lazy_dataclass import dataclass

COLUMNS: Final = "p.id, p.key, p.name, p.label, p.documents, p.mentions, p.first_day, p.last_day"


class ProfileOrder(StrEnum):
    """How profiles are sorted. The values complete "entities sorted by …"."""

    DOCUMENTS = "documents"
    MENTIONS = "mentions"
    NAME = "name"
    LAST_SEEN = "last seen"
    FIRST_SEEN = "first seen"


_ORDERS: Final = {
    ProfileOrder.DOCUMENTS: "p.documents DESC, p.mentions DESC, p.name, p.key",
    ProfileOrder.MENTIONS: "p.mentions DESC, p.name, p.key",
    ProfileOrder.NAME: "p.folded, p.name, p.key",
    ProfileOrder.LAST_SEEN: "p.last_day DESC, p.documents DESC, p.name, p.key",
    ProfileOrder.FIRST_SEEN: "CASE WHEN p.first_day = '' THEN 1 ELSE 0 END, p.first_day, p.name, p.key",
}
_LONGEST_NAME: Final = 100
"""Code points of a name in a message."""
_ORDER: Final = _ORDERS[ProfileOrder.DOCUMENTS]


@dataclass(frozen=True, slots=True)
class ProfileSummary:
    """A profile in a list."""

    id: int
    """Its number in the index; it may change when documents are indexed."""
    key: str
    """Identifies the profile across runs, as far as its entities stay together."""
    name: str
    label: str
    documents: int
    mentions: int
    first_day: str
    """The date of the first document that mentions it; "" if none has a date."""
    last_day: str
    hint: str = ""
    """What tells it from others of its name that were asked for with it; "" if there are none."""


def summary_from_row(row: Sequence[Any]) -> ProfileSummary:
    """Return the profile in a row of `COLUMNS`."""
    return ProfileSummary(*row)


def list_profiles(
    storage: CollectionStorage,
    text: str = "",
    *,
    label: str = "",
    order: ProfileOrder = ProfileOrder.DOCUMENTS,
    limit: int = 0,
    offset: int = 0,
) -> list[ProfileSummary]:
    """Return the profiles, sorted; by default those in most documents first. Several of one name have hints.

    Args:
        storage: The index.
        text: Only profiles with a name that contains this text; case and accents make no difference.
        label: Only profiles of this label.
        order: How they are sorted.
        limit: The maximum number; 0 for all.
        offset: How many to skip.
    """
    conditions, parameters = [], list[Any]()
    if text:
        conditions.append(
            "(p.folded LIKE ? ESCAPE '!' OR p.id IN (SELECT e.profile FROM names n JOIN entity_names en"
            " ON en.name = n.id JOIN entities e ON e.id = en.entity WHERE n.folded LIKE ? ESCAPE '!'))"
        )
        parameters += [like_pattern(fold(text))] * 2
    if label:
        conditions.append("p.label = ?")
        parameters.append(label)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"SELECT {COLUMNS} FROM profiles p{where} ORDER BY {_ORDERS[order]}"
    if limit:
        sql += " LIMIT ? OFFSET ?"
        parameters += [limit, offset]
    return _with_hints(storage, map(summary_from_row, storage.rows(sql, parameters)))


def _with_hints(storage: CollectionStorage, profiles: Iterable[ProfileSummary]) -> list[ProfileSummary]:
    """Return profiles, those with hints that have one name and label."""
    listed = list(profiles)
    hints = hints_in_list(storage, ((profile.id, profile.name, profile.label) for profile in listed))
    return [replace(profile, hint=hints[profile.id]) if hints.get(profile.id) else profile for profile in listed]


def profiles_named(storage: CollectionStorage, name: str) -> list[ProfileSummary]:
    """Return the profiles that a name or key means: those listed under it first, then those with it as an alias."""
    rows = storage.rows(f"SELECT {COLUMNS} FROM profiles p WHERE p.key = ?", (name,))
    if not rows:
        folded = fold(one_line(name))
        rows = storage.rows(
            f"SELECT {COLUMNS} FROM profiles p WHERE p.folded = ? OR p.id IN (SELECT e.profile FROM names n"
            " JOIN entity_names en ON en.name = n.id JOIN entities e ON e.id = en.entity WHERE n.folded = ?)"
            f" ORDER BY CASE WHEN p.folded = ? THEN 0 ELSE 1 END, {_ORDER}",
            (folded, folded, folded),
        )
    return [summary_from_row(row) for row in rows]


def hinted_profiles_named(storage: CollectionStorage, name: str) -> list[ProfileSummary]:
    """Return the profiles that a name or key means, those of one canonical name with what tells them apart."""
    return _with_hints(storage, profiles_named(storage, name))


def profile_named(storage: CollectionStorage, name: str) -> ProfileSummary:
    """Return the profile that a name or key means.

    If there are several, it is one that is listed under the name, before those with it as an alias, and of these the
    one in most documents.

    Raises:
        CollectionError: There is none. The message names similar ones.
    """
    if profiles := profiles_named(storage, name):
        return profiles[0]
    if not one_line(name):
        raise CollectionError("no name was given")
    similar = list_profiles(storage, name, limit=3) or _similar(storage, name)
    hint = f"; similar: {', '.join(map(_with_hint, similar))}" if similar else "; `reader profiles` lists all"
    raise CollectionError(f"no profile is named {one_line(name, _LONGEST_NAME)}{one_line(hint)}")


def _with_hint(profile: ProfileSummary) -> str:
    return f"{profile.name} ({profile.hint})" if profile.hint else profile.name


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The profiles that a name may mean. Their hints tell them apart."""

    profile: ProfileSummary
    """The one that was meant."""
    same: tuple[ProfileSummary, ...]
    """The others that have the name: as their canonical name first, then as another name."""
    longer: tuple[ProfileSummary, ...]
    """Those of which only longer names contain it: people of a surname, bodies that begin with it."""


def namesakes_of(storage: CollectionStorage, profile: ProfileSummary, name: str = "", *, limit: int) -> Namesakes:
    """Return the profiles that share a name.

    Args:
        storage: The index.
        profile: One of them.
        name: The name; "" for the canonical one.
        limit: The maximum number of the others that have the name, and of those that have a longer one.
    """
    folded = fold(one_line(name or profile.name))
    same = [namesake for namesake in profiles_named(storage, folded) if namesake.id != profile.id]
    ids = {profile.id, *(namesake.id for namesake in same)}
    longer = [namesake for namesake in _longer_named(storage, folded, profile.label, limit) if namesake.id not in ids]
    same = same[:limit]
    if not same and not longer:
        return Namesakes(profile, (), ())
    hints = hints_among(storage, {item.id: item.name for item in (profile, *same, *longer)})
    return Namesakes(
        replace(profile, hint=hints[profile.id]),
        *(tuple(replace(namesake, hint=hints[namesake.id]) for namesake in group) for group in (same, longer)),
    )


def _longer_named(storage: CollectionStorage, folded: str, label: str, limit: int) -> list[ProfileSummary]:
    """Return the profiles whose canonical names contain a name: at the end for a surname, else at the start."""
    if label not in {"PERSON", "ORG"}:
        return []
    if label == "PERSON" and " " not in folded:
        # Only the index of the names is read to find them.
        condition = "p.id IN (SELECT o.id FROM profiles o WHERE o.folded LIKE ? ESCAPE '!')"
        values = [like_pattern(folded, prefix="% ", suffix="")]
    else:
        condition, values = "p.folded > ? AND p.folded < ?", [f"{folded} ", f"{folded}!"]
    rows = storage.rows(
        f"SELECT {COLUMNS} FROM profiles p WHERE p.label = ? AND {condition} ORDER BY {_ORDER} LIMIT ?",
        (label, *values, limit),
    )
    return list(map(summary_from_row, rows))


def _similar(storage: CollectionStorage, name: str) -> list[ProfileSummary]:
    """Return up to three profiles with a word of the name, those in most documents first."""
    words = sorted(fold(name).split(), key=len, reverse=True)
    return next(
        (profiles for word in words if len(word) > 2 if (profiles := list_profiles(storage, word, limit=3))), []
    )
