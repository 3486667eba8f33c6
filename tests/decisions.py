"""A short text with its mentions, and a strategy for random decisions about it."""

from __future__ import annotations

from hypothesis import strategies as st

from reader.annotate import Decision
from reader.annotate.decisions import (
    EntityDismissed,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    MentionAdded,
    MentionMoved,
    MentionRemoved,
    MentionRetagged,
    NamesDifferent,
    NamesSame,
)
from reader.document import Block, Document
from reader.resolve import Name
from tests.resolve.texts import marked

TEXT, MENTIONS = marked(
    "[Ivo Sand|PERSON] met [Ann Sand|PERSON]. [Sand|PERSON] of the [Free Press Union|ORG] ([FPU|ORG]) left [Tarn|GPE]. "
    "Later [Ivo Sandt|PERSON] came, and [Omar Rask|PERSON] with [Omer Rask|PERSON]. The [Fish Port Union|ORG] and "
    "[Tarn|ORG] stayed. [Sand|PERSON] wrote to [FPU|ORG] and [Rask|PERSON] to Nell Brook."
)
NAMES = sorted({Name(TEXT[mention.start : mention.end], mention.label) for mention in MENTIONS})

_name = st.sampled_from(NAMES)
_names = st.lists(_name, min_size=1, max_size=3, unique=True).map(tuple)
_label = st.sampled_from(["PERSON", "ORG", "GPE"])
decisions: st.SearchStrategy[Decision] = st.one_of(
    st.builds(
        NamesSame, st.lists(_name, min_size=2, max_size=3, unique=True).map(tuple), st.sampled_from(["", "Sands"])
    ),
    st.tuples(_name, _name)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: NamesDifferent((pair[0],), (pair[1],), 0.5)),
    st.builds(EntityRenamed, _names, st.sampled_from(["The Sands", "Tarn"])),
    st.builds(EntityRetagged, _names, _label),
    st.builds(EntityDismissed, _names),
    st.builds(EntityRestored, _names),
    st.tuples(st.sampled_from(MENTIONS), _label).map(lambda pair: MentionRetagged(pair[0].start, pair[0].end, pair[1])),
    st.sampled_from(MENTIONS).map(lambda mention: MentionRemoved(mention.start, mention.end)),
    st.tuples(st.sampled_from(MENTIONS), _name).map(lambda pair: MentionMoved(pair[0].start, pair[0].end, pair[1])),
    st.just(MentionAdded(TEXT.index("Nell"), TEXT.index("Nell") + len("Nell Brook"), "PERSON")),
)


def make_document() -> Document:
    return Document(TEXT, (Block(0, len(TEXT)),), "", "")
