"""What the user answered in documents about the entities of a profile and entries of watchlists."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from reader.collection.storage.collection_storage import CollectionStorage
from reader.resolve import Name


def answers_in_documents(storage: CollectionStorage, profile: int) -> dict[tuple[str, str], Counter[str]]:
    """Return in how many documents of a profile each answer was given, by the name of the list and the id in it."""
    rows = storage.rows(
        "SELECT DISTINCT document, detail FROM entities WHERE profile = ? AND detail LIKE ?",
        (profile, '%"answers":%'),
    )
    answers = {
        (document, watchlist, listed_id, answer)
        for document, detail in rows
        for watchlist, listed_id, answer in json.loads(detail).get("answers", ())
    }
    counts: dict[tuple[str, str], Counter[str]] = {}
    for _, watchlist, listed_id, answer in answers:
        counts.setdefault((watchlist, listed_id), Counter())[answer] += 1
    return counts


def count_others_named(storage: CollectionStorage, profile: int, names: Sequence[Name]) -> int:
    """Return the number of other profiles that have one of some names, with its label."""
    profiles: set[int] = set()
    for name in names:
        rows = storage.rows(
            "SELECT DISTINCT e.profile FROM names n JOIN entity_names en ON en.name = n.id"
            " JOIN entities e ON e.id = en.entity WHERE n.text = ? AND n.label = ?",
            name,
        )
        profiles |= {row[0] for row in rows}
    return len(profiles - {0, profile})
