"""Find profiles by name, label and number of documents."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.search_phrase import fold
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
    """Return the profiles, sorted; by default those in most documents first.

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
        parameters += [f"%{_like(fold(text))}%"] * 2
    if label:
        conditions.append("p.label = ?")
        parameters.append(label)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"SELECT {COLUMNS} FROM profiles p{where} ORDER BY {_ORDERS[order]}"
    if limit:
        sql += " LIMIT ? OFFSET ?"
        parameters += [limit, offset]
    return [summary_from_row(row) for row in storage.rows(sql, parameters)]


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


def profile_named(storage: CollectionStorage, name: str) -> ProfileSummary:
    """Return the profile that a name or key means; the one in most documents if there are several.

    Raises:
        CollectionError: There is none. The message names similar ones.
    """
    if profiles := profiles_named(storage, name):
        return profiles[0]
    similar = list_profiles(storage, name, limit=3) or _similar(storage, name)
    hint = (
        f"; similar: {', '.join(profile.name for profile in similar)}" if similar else "; `reader profiles` lists all"
    )
    raise CollectionError(f"no profile is named {one_line(name)}{one_line(hint)}")


def _similar(storage: CollectionStorage, name: str) -> list[ProfileSummary]:
    """Return up to three profiles with a word of the name, those in most documents first."""
    words = sorted(fold(name).split(), key=len, reverse=True)
    return next(
        (profiles for word in words if len(word) > 2 if (profiles := list_profiles(storage, word, limit=3))), []
    )


def _like(text: str) -> str:
    """Escape the wildcards of LIKE."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
