"""The user's decisions: what they are, how they apply, and where they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotate.anchors import Anchor
from reader.annotate.constraints import constraints
from reader.annotate.decision_codec import MalformedRecordError
from reader.annotate.decision_history import History, Orphan, Step, Unreadable
from reader.annotate.decisions import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityConfirmed,
    EntityDismissed,
    EntityNoted,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    EntityStarred,
    EntityTagged,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    MentionRetagged,
    NameKnown,
    NamesDifferent,
    NamesSame,
    OrphanDismissed,
    PlaceNoted,
    PlaceTagged,
)
from reader.annotate.describe import describe, describe_step
from reader.annotate.everywhere import GENERAL
from reader.annotate.general_document import EVERYWHERE
from reader.annotate.mention_edits import MentionEdits, apply_to_mentions
from reader.annotate.summaries import dismissed, last_changes, starred
from reader.lazy import lazy_names

if TYPE_CHECKING:
    from reader.annotate.storage.documents import RememberedDocument
    from reader.annotate.storage.errors import StoreError
    from reader.annotate.storage.store import NullStore, Store

__all__ = [
    "EVERYWHERE",
    "GENERAL",
    "Anchor",
    "Decision",
    "DocumentNoted",
    "DocumentTagged",
    "EntityConfirmed",
    "EntityDismissed",
    "EntityNoted",
    "EntityRenamed",
    "EntityRestored",
    "EntityRetagged",
    "EntityStarred",
    "EntityTagged",
    "History",
    "MalformedRecordError",
    "MentionAdded",
    "MentionConfirmed",
    "MentionEdits",
    "MentionMoved",
    "MentionOverlaid",
    "MentionRemoved",
    "MentionRetagged",
    "NameKnown",
    "NamesDifferent",
    "NamesSame",
    "NullStore",
    "Orphan",
    "OrphanDismissed",
    "PlaceNoted",
    "PlaceTagged",
    "RememberedDocument",
    "Step",
    "Store",
    "StoreError",
    "Unreadable",
    "apply_to_mentions",
    "constraints",
    "describe",
    "describe_step",
    "dismissed",
    "last_changes",
    "starred",
]

__getattr__ = lazy_names(
    __name__,
    {
        "NullStore": "storage.store",
        "RememberedDocument": "storage.documents",
        "Store": "storage.store",
        "StoreError": "storage.errors",
    },
)
