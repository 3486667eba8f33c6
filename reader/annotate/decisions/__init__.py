"""Decisions: what the user said about a mention, a name, an entity or the document.

Every kind of decision is declared once, in a module of this package. The log and the exports store a decision under
its kind with the fields of its dataclass (`decision_codec`). A kind that has a span is anchored to the text
(`anchors`). The declaration also says how to describe a decision, which names it is about and whether it can hold in
every document.

To add a kind, declare it in the module that it belongs to, and apply its effect in one more module. In
`reader.annotate.effects`, that is `mention_edits` for mentions, `constraints` for merging, `notes` for notes and tags,
`bookmarks` for bookmarks, `watchlist_answers` for watchlists, and `summaries` for the rest. Profiles are in
`reader.collection.identity`, and how sources are loaded in `reader.annotate.loading_choices`.

A decision never edits a result. Results are computed again from what was recognized and all decisions in force.
"""

from __future__ import annotations

from reader.annotate.decisions.bookmark_decisions import BookmarkRemoved, BookmarkSet
from reader.annotate.decisions.collection_decisions import ProfilesDifferent, ProfilesSame, WatchlistAnswered
from reader.annotate.decisions.decision import (
    KINDS,
    BookmarkLetter,
    Decision,
    Filled,
    NamesDecision,
    Offset,
    Score,
    SearchableName,
    SpanDecision,
    stored_as,
)
from reader.annotate.decisions.loading_decisions import AllTextChosen, EncodingChosen, LoadingDecision
from reader.annotate.decisions.mention_decisions import (
    MachineMentionAdded,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    MentionRetagged,
    OrphanDismissed,
)
from reader.annotate.decisions.name_decisions import (
    EntityConfirmed,
    EntityDismissed,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    EntityStarred,
    NameKnown,
    NamesDifferent,
    NamesSame,
)
from reader.annotate.decisions.note_decisions import (
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityTagged,
    SpanNoted,
    SpanTagged,
)

__all__ = [
    "KINDS",
    "AllTextChosen",
    "BookmarkLetter",
    "BookmarkRemoved",
    "BookmarkSet",
    "Decision",
    "DocumentNoted",
    "DocumentTagged",
    "EncodingChosen",
    "EntityConfirmed",
    "EntityDismissed",
    "EntityNoted",
    "EntityRenamed",
    "EntityRestored",
    "EntityRetagged",
    "EntityStarred",
    "EntityTagged",
    "Filled",
    "LoadingDecision",
    "MachineMentionAdded",
    "MentionAdded",
    "MentionConfirmed",
    "MentionMoved",
    "MentionOverlaid",
    "MentionRemoved",
    "MentionRetagged",
    "NameKnown",
    "NamesDecision",
    "NamesDifferent",
    "NamesSame",
    "Offset",
    "OrphanDismissed",
    "ProfilesDifferent",
    "ProfilesSame",
    "Score",
    "SearchableName",
    "SpanDecision",
    "SpanNoted",
    "SpanTagged",
    "WatchlistAnswered",
    "stored_as",
]
