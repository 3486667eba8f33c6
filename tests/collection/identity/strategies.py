"""Random collections and decisions, small enough to contradict each other in many ways."""

from __future__ import annotations

from hypothesis import strategies as st

from reader.annotate.decisions import NamesDifferent, NamesSame, ProfilesDifferent, ProfilesSame
from reader.resolve import Name
from tests.collection.identity.records import collection, entity, in_document

_NAMES = [
    "John Smith",
    "John H. Smith",
    "John W. Smith",
    "Smith",
    "Orla Venndt",
    "Ivo Sandmark",
    "J. Smith",
    "Lea Moss",
]
_WORDS = ["potter", "bishop", "footballer", "minister"]

entities = st.lists(
    st.builds(
        lambda name, words, age: entity(name, words=words, age=age),
        st.sampled_from(_NAMES),
        st.lists(st.sampled_from(_WORDS), max_size=1),
        st.sampled_from([0, 0, 0, 20, 70]),
    ),
    max_size=4,
    unique_by=lambda record: record.id,
)
collections = st.lists(entities, min_size=1, max_size=6).map(
    lambda documents: collection(**{f"d{number}": records for number, records in enumerate(documents)})
)
appearances = st.builds(in_document, st.sampled_from(["d0", "d1", "d2"]), st.sampled_from(_NAMES))
names = st.builds(Name, st.sampled_from(_NAMES), st.just("PERSON"))
decisions = st.lists(
    st.one_of(
        st.builds(lambda a, b: NamesSame((a, b)), names, names),
        st.builds(lambda a, b: NamesDifferent((a,), (b,)), names, names),
        st.builds(lambda a, b: ProfilesSame((a, b)), appearances, appearances),
        st.builds(lambda a, b: ProfilesDifferent((a,), (b,)), appearances, appearances),
    ),
    max_size=3,
)
