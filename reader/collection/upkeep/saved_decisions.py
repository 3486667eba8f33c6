"""The user's decisions that the profiles in an index follow, with the entities that each is about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from reader.annotate.decisions import Decision, NamesDifferent, NamesSame, ProfilesDifferent, ProfilesSame
from reader.annotate.decisions.decision_codec import decode_decision, encode_decision
from reader.collection.identity.profile_decisions import Binding, DecidedIdentity
from reader.collection.identity.profiles import ProfileMember
from reader.collection.storage.collection_storage import CollectionStorage


def identity_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that say which entities are one profile."""
    kinds = (NamesDifferent, NamesSame, ProfilesDifferent, ProfilesSame)
    return tuple(decision for decision in decisions if isinstance(decision, kinds))


def decisions_digest(decisions: Iterable[Decision]) -> str:
    """Return a digest of the decisions that say which entities are one profile."""
    encoded = map(_encoded, identity_decisions(decisions))
    return hashlib.sha256("\n".join(encoded).encode("utf-8", "surrogatepass")).hexdigest()


def saved_identity(storage: CollectionStorage) -> DecidedIdentity:
    """Return the decisions that the profiles follow."""
    rows = storage.rows("SELECT decision, entities FROM profile_decisions ORDER BY position")
    decisions = [decode_decision(*decision.split(" ", 1)) for decision, _ in rows]
    return DecidedIdentity.restored(decisions, [_decoded_binding(entities) for _, entities in rows])


def save_identity(storage: CollectionStorage, decided: DecidedIdentity) -> None:
    """Save the decisions that the profiles follow. Call it within a transaction."""
    new = [
        (position, _encoded(decision), _encoded_binding(binding))
        for position, (decision, binding) in enumerate(zip(decided.decisions, decided.bindings, strict=True))
    ]
    old = set(storage.rows("SELECT position, decision, entities FROM profile_decisions"))
    storage.execute_many(
        "INSERT INTO profile_decisions (position, decision, entities) VALUES (?, ?, ?) ON CONFLICT (position)"
        " DO UPDATE SET decision = excluded.decision, entities = excluded.entities",
        [row for row in new if row not in old],
    )
    storage.rows("DELETE FROM profile_decisions WHERE position >= ?", (len(new),))


@lru_cache(maxsize=1 << 14)
def _encoded(decision: Decision) -> str:
    return " ".join(encode_decision(decision))


def _encoded_binding(binding: Binding | None) -> str:
    return json.dumps(binding, separators=(",", ":"))


def _decoded_binding(text: str) -> Binding | None:
    sides: list[Any] | None = json.loads(text)
    return Binding(*map(_members, sides)) if sides is not None else None


def _members(side: Sequence[Sequence[str]] | None) -> Any:
    return [ProfileMember(*member) for member in side] if side is not None else None
