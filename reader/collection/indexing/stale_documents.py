"""Find the documents of an index that must be read again although their files have not changed.

They must if the pipeline or its rules have changed, if the user has decided something about them, if a general
decision about a name in them was made or undone, or if the user chose to load them in another way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.storage.search_phrase import search_phrases

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.document.load_options import SavedChoices

_GENERAL_KEY: Final = "general decisions"
_CHOICES_KEY: Final = "loading choices"


def stale_files(
    storage: CollectionStorage, log_lengths: dict[str, int], recognized_by: str, general: Iterable[str]
) -> set[str]:
    """Return the paths of the files with documents that must be read again.

    Args:
        storage: The index.
        log_lengths: The length of the log of each document with decisions, by digest.
        recognized_by: What finds the names now.
        general: The general decisions that hold now, from `general_decisions_now`.
    """
    stale: set[int] = set()
    for document, digest, decisions in storage.rows("SELECT id, digest, decisions FROM documents WHERE decisions <> 0"):
        if log_lengths.get(digest, 0) != decisions:
            stale.add(document)
    rows = rows_in_chunks(storage, "SELECT id, digest, decisions FROM documents WHERE digest IN ({})", log_lengths)
    stale |= {document for document, digest, decisions in rows if log_lengths[digest] != decisions}
    stale |= _with_changed_names(storage, general)
    files = storage.rows(
        "SELECT DISTINCT s.file FROM sources s JOIN documents d ON d.id = s.document WHERE d.recognized_by <> ?",
        (recognized_by,),
    )
    paths = {row[0] for row in files}
    for document in stale:
        paths |= {row[0] for row in storage.rows("SELECT file FROM sources WHERE document = ?", (document,))}
    return paths


def general_decisions_now(store: Store) -> list[str]:
    """Return the general decisions in force that change documents or profiles, each as JSON."""
    from reader.annotate import GENERAL_DOCUMENT
    from reader.annotate.decisions import WatchlistAnswered
    from reader.annotate.decisions.decision_codec import encode_decision

    decisions = store.history(GENERAL_DOCUMENT).decisions
    return sorted(
        {
            json.dumps(encode_decision(decision), ensure_ascii=False)
            for decision in decisions
            if not isinstance(decision, WatchlistAnswered)
        }
    )


def save_general_decisions(storage: CollectionStorage, general: Iterable[str]) -> None:
    """Remember the general decisions that the documents of the index follow. Call it within a transaction."""
    storage.rows(
        "INSERT INTO info (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_GENERAL_KEY, json.dumps(list(general), ensure_ascii=False)),
    )


def saved_general_decisions(storage: CollectionStorage) -> list[str]:
    """Return the general decisions that the documents of the index follow."""
    rows = storage.rows("SELECT value FROM info WHERE key = ?", (_GENERAL_KEY,))
    return list(json.loads(rows[0][0])) if rows else []


def files_loaded_otherwise(storage: CollectionStorage, saved: SavedChoices) -> set[str]:
    """Return the paths of the files that the user chose to load in another way since they were indexed.

    Args:
        storage: The index.
        saved: What the user chose.
    """
    rows = storage.rows("SELECT value FROM info WHERE key = ?", (_CHOICES_KEY,))
    old_entries = {tuple(entry) for entry in json.loads(rows[0][0])} if rows else set()
    keys = sorted({str(key) for _, key, _ in old_entries ^ set(loading_choice_entries(saved))})
    by_digest = rows_in_chunks(storage, "SELECT path FROM files WHERE digest IN ({})", keys)
    by_source = rows_in_chunks(storage, "SELECT file FROM sources WHERE source IN ({})", keys)
    return {path for (path,) in chain(by_digest, by_source)}


def save_loading_choices(storage: CollectionStorage, saved: SavedChoices) -> None:
    """Remember the choices with which the files of the index were loaded. Call it within a transaction."""
    storage.rows(
        "INSERT INTO info (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_CHOICES_KEY, json.dumps(loading_choice_entries(saved))),
    )


def loading_choice_entries(saved: SavedChoices) -> list[tuple[str, str, str | bool]]:
    """Return what the user chose about how sources are loaded, as JSON values."""
    encodings = (("encoding", key, value) for key, value in saved.encodings)
    return [*encodings, *(("all text", key, value) for key, value in saved.all_text)]


def _with_changed_names(storage: CollectionStorage, general: Iterable[str]) -> set[int]:
    """Return the documents with a name that general decisions are about which were made or undone since."""
    changes = set(general) ^ set(saved_general_decisions(storage))
    names = {name for changed in changes for name in _texts(json.loads(json.loads(changed)[1]))}
    documents: set[int] = set()
    for name in sorted(names):
        if phrases := search_phrases(name):
            sql, _, parameters = storage.matching(phrases)
            documents |= {row[0] for row in storage.rows(sql, parameters)}
    return documents


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
