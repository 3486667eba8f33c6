"""The user's decisions: what they are, what they do, and where they are kept.

The kinds of decisions are in `reader.annotate.decisions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotate.decisions import Decision
from reader.annotate.decisions.decision_codec import MalformedRecordError
from reader.annotate.effects.constraints import constraints
from reader.annotate.effects.mention_edits import MentionEdits, apply_to_mentions
from reader.annotate.effects.summaries import dismissed_names, last_changes, starred_names
from reader.annotate.general_document import GENERAL_DOCUMENT
from reader.annotate.log.anchors import Anchor
from reader.annotate.log.decision_history import History, Orphan, Step, Unreadable
from reader.annotate.log.step_descriptions import describe_step
from reader.lazy import lazy_names

if TYPE_CHECKING:
    from reader.annotate.storage.documents import RememberedDocument
    from reader.annotate.storage.errors import StoreError
    from reader.annotate.storage.store import NullStore, Store

__all__ = [
    "GENERAL_DOCUMENT",
    "Anchor",
    "Decision",
    "History",
    "MalformedRecordError",
    "MentionEdits",
    "NullStore",
    "Orphan",
    "RememberedDocument",
    "Step",
    "Store",
    "StoreError",
    "Unreadable",
    "apply_to_mentions",
    "constraints",
    "describe_step",
    "dismissed_names",
    "last_changes",
    "starred_names",
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
