"""What the profiles in an index agree with: decisions, rules, and the documents unless these have changed since."""

from __future__ import annotations

import secrets
from typing import Final

from reader.collection.identity import IDENTITY_VERSION
from reader.collection.storage.collection_storage import CollectionStorage

_OUTDATED: Final = "profiles outdated"
"""Documents have changed since the profiles were written."""
_DECISIONS: Final = "profiles follow"
"""The digest of the decisions that the profiles follow."""
_VERSION: Final = "profiles version"
"""The version of the rules by which the profiles were made."""
_SIZE: Final = "profiles size"
"""The size of the collection for which the profiles were made."""
_TOKEN: Final = "profiles token"
"""A random token, by which a program knows that the profiles are still those that it has read."""


def mark_profiles_outdated(storage: CollectionStorage) -> None:
    """Note that documents have changed since the profiles were written. Call it within a transaction."""
    storage.rows("INSERT INTO info (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", (_OUTDATED, "1"))


def profiles_are_outdated(storage: CollectionStorage) -> bool:
    """Return whether documents have changed since the profiles were written."""
    return bool(_value(storage, _OUTDATED))


def are_profiles_of_other_rules(storage: CollectionStorage) -> bool:
    """Return whether the profiles, and the names by which they were made, are those of other rules."""
    return _value(storage, _VERSION) not in {"", str(IDENTITY_VERSION)}


def profiles_size(storage: CollectionStorage) -> int:
    """Return the size of the collection for which the profiles were made; 0 if there are none."""
    return int(_value(storage, _SIZE) or 0)


def mark_profiles_written(storage: CollectionStorage, decisions: str, size: int) -> None:
    """Note that the profiles agree with the documents and with decisions. Call it within a transaction.

    Args:
        storage: The index.
        decisions: The digest of the decisions.
        size: The size of the collection for which the profiles were made.
    """
    storage.rows("DELETE FROM info WHERE key IN (?, ?)", (_OUTDATED, _TOKEN))
    for key, value in ((_DECISIONS, decisions), (_VERSION, IDENTITY_VERSION), (_SIZE, size)):
        _save(storage, key, str(value))


def profiles_follow(storage: CollectionStorage, decisions: str) -> bool:
    """Return whether the profiles agree with the documents, the rules, and the decisions of this digest."""
    return (
        not profiles_are_outdated(storage)
        and not are_profiles_of_other_rules(storage)
        and _value(storage, _DECISIONS) == decisions
    )


def ensure_profiles_token(storage: CollectionStorage) -> str:
    """Return the token of the profiles, a new one if they have none. Call it within a transaction."""
    token = _value(storage, _TOKEN)
    if not token:
        token = secrets.token_hex(8)
        _save(storage, _TOKEN, token)
    return token


def profiles_token(storage: CollectionStorage) -> str:
    """Return the token that the profiles have until anybody writes them again; "" if they are outdated or have none."""
    return "" if profiles_are_outdated(storage) else _value(storage, _TOKEN)


def _save(storage: CollectionStorage, key: str, value: str) -> None:
    storage.rows(
        "INSERT INTO info (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def _value(storage: CollectionStorage, key: str) -> str:
    rows = storage.rows("SELECT value FROM info WHERE key = ?", (key,))
    return str(rows[0][0]) if rows else ""
