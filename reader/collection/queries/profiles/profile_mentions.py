"""Every mention of a profile in its sentence, and the profile of an entity of a document."""

from __future__ import annotations

from collections.abc import Iterable

from reader.collection.queries.phrase_matches import Excerpt, make_excerpt
from reader.collection.queries.profiles.profile_lookup import COLUMNS, ProfileSummary, summary_from_row
from reader.collection.queries.text_search import SOURCE_OF_DOCUMENT
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.storage.text_passages import TextSpan, passages
from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ProfileMention:
    """One mention of a profile."""

    source: str
    title: str
    date: str
    start: int
    """The offset of the mention in the document, in code points."""
    excerpt: Excerpt
    """Its sentence, in which the mention is highlighted."""


def mentions_of(
    storage: CollectionStorage, profile: int, *, limit: int = 0, offset: int = 0
) -> tuple[ProfileMention, ...]:
    """Return the mentions of a profile, those in the latest documents first, in the order of the text.

    Args:
        storage: The index.
        profile: The id of the profile.
        limit: The maximum number; 0 for all.
        offset: How many to skip.
    """
    sql = (
        f"SELECT d.id, {SOURCE_OF_DOCUMENT}, d.title, d.date, m.start_offset, m.end_offset, m.sentence_start,"
        " m.sentence_end FROM entities e JOIN mentions m ON m.entity = e.id JOIN documents d ON d.id = m.document"
        " WHERE e.profile = ? ORDER BY d.day DESC, d.id, m.start_offset"
    )
    rows = storage.rows(f"{sql} LIMIT ? OFFSET ?", (profile, limit, offset)) if limit else storage.rows(sql, (profile,))
    sentences = passages(storage, (TextSpan(document, first, last) for document, *_, first, last in rows))
    return tuple(
        ProfileMention(source, title, date, start, _excerpt(sentence, first, last, (start, end)))
        for (_, source, title, date, start, end, first, last), sentence in zip(rows, sentences, strict=True)
    )


def first_sentences(storage: CollectionStorage, entities: Iterable[int]) -> dict[int, tuple[int, Excerpt]]:
    """Return the offset of the first mention of each of some entities, and its sentence."""
    sql = (
        "SELECT m.document, m.start_offset, m.end_offset, m.sentence_start, m.sentence_end, m.entity FROM mentions m"
        " WHERE m.entity IN ({}) AND m.start_offset = (SELECT min(x.start_offset) FROM mentions x"
        " WHERE x.entity = m.entity)"
    )
    rows = sorted(rows_in_chunks(storage, sql, entities))
    sentences = passages(storage, (TextSpan(document, first, last) for document, _, _, first, last, _ in rows))
    return {
        entity: (start, _excerpt(sentence, first, last, (start, end)))
        for (_, start, end, first, last, entity), sentence in zip(rows, sentences, strict=True)
    }


def _excerpt(sentence: str, first: int, last: int, span: tuple[int, int]) -> Excerpt:
    inside = make_excerpt(sentence, (0, last - first), [(span[0] - first, span[1] - first)])
    return Excerpt(first + inside.start, inside.text, inside.highlights)


def profile_in_document(storage: CollectionStorage, digest: str, names: tuple[str, ...]) -> ProfileSummary | None:
    """Return the profile of the entity of a document that has one of some names, or None if the index has none.

    Args:
        storage: The index.
        digest: The digest of the document's text.
        names: The names of the entity, the most telling first.
    """
    for name in names:
        rows = storage.rows(
            f"SELECT {COLUMNS} FROM profiles p JOIN entities e ON e.profile = p.id"
            " JOIN documents d ON d.id = e.document JOIN entity_names en ON en.entity = e.id"
            " JOIN names n ON n.id = en.name"
            " WHERE d.digest = ? AND n.text = ? ORDER BY e.mentions DESC LIMIT 1",
            (digest, name),
        )
        if rows:
            return summary_from_row(rows[0])
    return None
