"""The decisions that the profiles in an index follow, and whether documents have changed since."""

from __future__ import annotations

import secrets
from typing import Final

from reader.collection.storage.collection_storage import CollectionStorage

_OUTDATED: Final = "profiles outdated"
"""Documents have changed since the profiles were written."""
_DECISIONS: Final = "profiles follow"
"""The digest of the decisions that the profiles follow."""
_OWNER: Final = "profiles kept by"
"""The token of the program that knows the profiles, until somebody else changes them."""


def mark_profiles_outdated(storage: CollectionStorage) -> None:
    """Note that documents have changed since the profiles were written. Call it within a transaction."""
    storage.rows("INSERT INTO info (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", (_OUTDATED, "1"))
    _delete(storage, _OWNER)


def profiles_are_outdated(storage: CollectionStorage) -> bool:
    """Return whether documents have changed since the profiles were written."""
    return bool(_value(storage, _OUTDATED))


def mark_profiles_written(storage: CollectionStorage, decisions: str, owner: str = "") -> None:
    """Note that the profiles agree with the documents and with decisions. Call it within a transaction.

    Args:
        storage: The index.
        decisions: The digest of the decisions.
        owner: The token of the program that keeps them up to date, if one does.
    """
    _delete(storage, _OUTDATED)
    _save(storage, _DECISIONS, decisions)
    if owner:
        _save(storage, _OWNER, owner)
    else:
        _delete(storage, _OWNER)


def profiles_follow(storage: CollectionStorage, decisions: str) -> bool:
    """Return whether the profiles agree with the documents and with the decisions of this digest."""
    return not profiles_are_outdated(storage) and _value(storage, _DECISIONS) == decisions


def own_profiles(storage: CollectionStorage) -> str:
    """Return a new token, which belongs to the profiles until they or their documents change otherwise."""
    token = secrets.token_hex(8)
    with storage.lock(), storage.transaction():
        _save(storage, _OWNER, token)
    return token


def are_own_profiles(storage: CollectionStorage, token: str) -> bool:
    """Return whether neither the profiles nor their documents have changed since they got this token."""
    return _value(storage, _OWNER) == token


def _value(storage: CollectionStorage, key: str) -> str:
    rows = storage.rows("SELECT value FROM info WHERE key = ?", (key,))
    return str(rows[0][0]) if rows else ""


def _save(storage: CollectionStorage, key: str, value: str) -> None:
    storage.rows(
        "INSERT INTO info (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def _delete(storage: CollectionStorage, key: str) -> None:
    storage.rows("DELETE FROM info WHERE key = ?", (key,))
