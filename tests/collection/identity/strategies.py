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
_THINGS = [
    ("JOHN SMITH", "PERSON"),
    ("Tarnvik", "GPE"),
    ("TARNVIK", "GPE"),
    ("Tarnvik", "ORG"),
    ("Valencia", "GPE"),
    ("Ministry of Health", "ORG"),
    ("France", "GPE"),
    ("Paris", "GPE"),
    ("Italy", "GPE"),
    ("Halden Motors", "ORG"),
    ("Halden Motors Ltd", "ORG"),
    ("Halden Motors GmbH", "ORG"),
    ("Summit Insurance", "ORG"),
    ("Daily Star", "ORG"),
    ("Social Democrats", "ORG"),
    ("Halden Motors", "PERSON"),
    ("Congress", "ORG"),
    ("United States", "GPE"),
    ("Supreme Court", "ORG"),
    ("Supreme Court of France", "ORG"),
    ("Supreme Court of Italy", "ORG"),
]
"""Names of which the form, the label or the other names in a document matter."""
_WORDS = ["potter", "bishop", "footballer", "minister"]

entities = st.lists(
    st.builds(
        lambda name, words, age, beside, stories: entity(*name, words=words, age=age, beside=beside, stories=stories),
        st.sampled_from([(name, "PERSON") for name in _NAMES] + _THINGS),
        st.lists(st.sampled_from(_WORDS), max_size=1),
        st.sampled_from([0, 0, 0, 20, 70]),
        st.lists(st.sampled_from(["France", "Italy", "Tarnvik", "Lea Moss"]), max_size=1),
        st.sampled_from([(), (), (0,), (1,), (0, 1)]),
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
