"""Entities of documents, written briefly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.annotate.decisions import Decision
from reader.annotate.decisions.appearances import Appearance
from reader.collection.descriptions import Description
from reader.collection.document_record import EntityRecord, LinkRecord, NameRecord
from reader.collection.identity.profile_builder import build_profiles
from reader.collection.identity.profiles import Profiles
from reader.resolve import Name


def entity(
    name: str,
    label: str = "PERSON",
    *aliases: str,
    links: Sequence[tuple[str, str, str]] = (),
    words: Sequence[str] = (),
    beside: Sequence[str] = (),
    born: int = 0,
    age: int = 0,
    stories: Sequence[int] = (),
) -> EntityRecord:
    """Return an entity without a document; its id is its name. `beside` has the ids of entities of its document."""
    return EntityRecord(
        "",
        name,
        name,
        label,
        tuple(NameRecord(text, label, 1) for text in (name, *aliases)),
        tuple(LinkRecord(a, b, rule, 0.9) for a, b, rule in links),
        description=Description(tuple(words), tuple(beside), born, age),
        stories=tuple(stories),
    )


def collection(**documents: Iterable[EntityRecord]) -> list[EntityRecord]:
    """Return the entities of documents, of which the digests are the names of the arguments."""
    return [replace(record, document=digest) for digest, records in documents.items() for record in records]


def profiles_of(decisions: Sequence[Decision] = (), /, **documents: Iterable[EntityRecord]) -> Profiles:
    """Return the profiles of documents, of which the digests are the names of the arguments."""
    return build_profiles(collection(**documents), decisions)


def grouping(profiles: Profiles, name: str = "") -> set[str]:
    """Return the profiles that have a name, each as its documents: {"ab", "c"}."""
    return {
        "".join(member.document for member in profile.members)
        for profile in profiles.profiles
        if not name or any(record.text == name for record in profile.names)
    }


def suggested_pairs(profiles: Profiles) -> set[frozenset[str]]:
    """Return the pairs of documents that suggestions are about."""
    return {frozenset(member.document for member in suggestion.members) for suggestion in profiles.suggestions}


def in_document(document: str, text: str, label: str = "PERSON") -> Appearance:
    """Return a name in a document."""
    return Appearance(document, "", Name(text, label))
