"""Identifiers that occur beside an entity: e-mail addresses, phone numbers, bank accounts and the like."""

from __future__ import annotations

from typing import Final

from reader.collection.queries.text_search import SOURCE_OF_DOCUMENT
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.text_passages import TextSpan, passages
from reader.recognize.mention import SELECTOR_LABELS
from reader.structures.lazy_dataclass import dataclass

_MOST_OCCURRENCES: Final = 5_000
"""Occurrences that are counted, the latest ones."""


@dataclass(frozen=True, slots=True)
class ProfileIdentifier:
    """An identifier in the paragraphs that mention a profile."""

    text: str
    label: str
    """Its kind: EMAIL, PHONE, IBAN, LEI, IMO or CRYPTO."""
    sentences: int
    """How often it is in one sentence with the profile."""
    paragraphs: int
    """How often it is in one paragraph with the profile."""
    documents: int
    source: str
    """The latest document, and where it has the identifier."""
    title: str
    start: int


@dataclass(slots=True)
class _Occurrences:
    text: str
    source: str
    title: str
    start: int
    sentences: int
    paragraphs: int
    documents: set[int]


def identifiers_of(storage: CollectionStorage, profile: int, *, limit: int) -> tuple[ProfileIdentifier, ...]:
    """Return the identifiers beside a profile: those in its sentences first, then those in most documents.

    They were found by rule. That they belong to the entity is for the reader to judge.
    """
    own = "SELECT 1 FROM mentions m JOIN entities e ON e.id = m.entity WHERE e.profile = ?"
    paragraph = f"{own} AND m.document = i.document AND m.paragraph = i.paragraph"
    rows = storage.rows(
        f"SELECT i.label, d.id, {SOURCE_OF_DOCUMENT}, d.title, i.start_offset, i.end_offset,"
        f" CASE WHEN EXISTS ({paragraph} AND m.sentence_start = i.sentence_start) THEN 1 ELSE 0 END"
        " FROM mentions i JOIN documents d ON d.id = i.document"
        f" WHERE i.label IN ({', '.join('?' * len(SELECTOR_LABELS))})"
        " AND i.document IN (SELECT document FROM entities WHERE profile = ?)"
        f" AND EXISTS ({paragraph}) ORDER BY d.day DESC, d.id, i.start_offset LIMIT ?",
        (profile, *SELECTOR_LABELS, profile, profile, _MOST_OCCURRENCES),
    )
    occurrences: dict[tuple[str, str], _Occurrences] = {}
    texts = passages(storage, (TextSpan(row[1], row[4], row[5]) for row in rows))
    for (label, document, source, title, start, _, in_sentence), text in zip(rows, texts, strict=True):
        item = occurrences.setdefault(
            (label, _normal(text, label)), _Occurrences(text, source, title, start, 0, 0, set())
        )
        item.sentences += in_sentence
        item.paragraphs += 1
        item.documents.add(document)
    identifiers = [
        ProfileIdentifier(
            *(item.text, label, item.sentences, item.paragraphs, len(item.documents)),
            *(item.source, item.title, item.start),
        )
        for (label, _), item in occurrences.items()
    ]
    identifiers.sort(key=lambda item: (-item.sentences, -item.documents, -item.paragraphs, item.label, item.text))
    return tuple(identifiers[:limit])


def _normal(text: str, label: str) -> str:
    """Return an identifier without what may vary: spaces, and the case of an address."""
    return text.casefold() if label == "EMAIL" else "".join(filter(str.isalnum, text))
