"""Decisions for property tests: over one short text, so that they meet."""

from __future__ import annotations

from hypothesis import strategies as st

from reader.annotate import (
    Decision,
    EntityConfirmed,
    EntityDismissed,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    EntityStarred,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    MentionRetagged,
    NamesDifferent,
    NamesSame,
)
from reader.document import Document
from reader.resolve import Name

TEXT = "The North Sea Board (NSB) met Ada Quill. Quill left the NSB; Ada  Quill\nsaid the Board was no Board."
DOCUMENT = Document(TEXT, (), "A meeting", "meeting.txt", file_digest="sha256:00")

names = st.builds(
    Name, st.sampled_from(["NSB", "Board", "Quill", "Ada Quill", "Sea"]), st.sampled_from(["ORG", "PERSON", "GPE"])
)
some_names = st.lists(names, min_size=1, max_size=3).map(tuple)
labels = st.sampled_from(["ORG", "PERSON", "GPE"])


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, len(TEXT) - 1))
    return start, draw(st.integers(start + 1, min(start + 12, len(TEXT))))


def _added(span: tuple[int, int], label: str) -> Decision:
    return MentionAdded(*span, label)


def _overlaid(span: tuple[int, int], label: str) -> Decision:
    return MentionOverlaid(*span, label)


def _confirmed(span: tuple[int, int], label: str) -> Decision:
    return MentionConfirmed(*span, label)


def _retagged(span: tuple[int, int], label: str) -> Decision:
    return MentionRetagged(*span, label)


def _moved(span: tuple[int, int], to: Name) -> Decision:
    return MentionMoved(*span, to)


def _removed(span: tuple[int, int]) -> Decision:
    return MentionRemoved(*span)


about_names: st.SearchStrategy[Decision] = st.one_of(
    st.builds(NamesSame, some_names, st.sampled_from(["", "NSB", "Quill"])),
    st.builds(NamesDifferent, some_names, some_names, st.sampled_from([0.0, 0.82])),
    st.builds(EntityRenamed, some_names, st.sampled_from(["NSB", "The Board"])),
    st.builds(EntityRetagged, some_names, labels),
    st.builds(EntityConfirmed, some_names),
    st.builds(EntityDismissed, some_names),
    st.builds(EntityRestored, some_names),
    st.builds(EntityStarred, some_names, st.booleans()),
)
about_places: st.SearchStrategy[Decision] = st.one_of(
    st.builds(_added, spans(), labels),
    st.builds(_overlaid, spans(), labels),
    st.builds(_removed, spans()),
    st.builds(_confirmed, spans(), labels),
    st.builds(_retagged, spans(), labels),
    st.builds(_moved, spans(), names),
)
decisions: st.SearchStrategy[Decision] = st.one_of(about_names, about_places)
