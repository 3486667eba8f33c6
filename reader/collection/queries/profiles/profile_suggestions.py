"""The review queue of a collection: pairs of profiles that may be one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from reader.collection.queries.phrase_matches import Excerpt
from reader.collection.queries.profiles.profile_mentions import first_sentences
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.entity_reader import stored_description
from reader.collection.storage.search_phrase import fold
from reader.resolve.rules import Rule
from reader.structures.lazy_dataclass import dataclass

_NO_SENTENCE: Final = (0, Excerpt(0, ""))
"""For an entity whose mentions have gone meanwhile."""
_ORDER: Final = "s.score DESC, pa.documents + pb.documents DESC, pa.key, pb.key"
_ORDER_OF_FEW: Final = f"+{_ORDER}"
"""The same for conditions that few pairs meet: not by the index of scores, which has the others as well."""
_PROFILES: Final = " JOIN profiles pa ON pa.id = s.a JOIN profiles pb ON pb.id = s.b"
_DOCUMENTS: Final = (
    " JOIN entities ea ON ea.id = s.entity_a JOIN entities eb ON eb.id = s.entity_b"
    " JOIN documents da ON da.id = ea.document JOIN documents db ON db.id = eb.document"
)


@dataclass(frozen=True, slots=True)
class SuggestedSide:
    """One of two profiles that may be one, with the entity that the evidence is about."""

    key: str
    """The key of the profile."""
    name: str
    label: str
    documents: int
    digest: str
    """The digest of the document of the entity."""
    title: str
    source: str
    entity_name: str
    entity_label: str
    words: tuple[str, ...]
    """What the document says about the entity."""
    start: int
    """The offset of the first mention in the document, in code points."""
    excerpt: Excerpt
    """The sentence of the first mention, in which the mention is highlighted."""


@dataclass(frozen=True, slots=True)
class SuggestedPair:
    """Two profiles that may be one."""

    a: SuggestedSide
    b: SuggestedSide
    rule: str
    score: float
    shared: tuple[str, ...]
    """What the two documents say of both."""


def suggestion_reason(rule: str, first_name: str, second_name: str) -> str:
    """Return why two profiles may be one, as a user reads it.

    Documents may write two names otherwise that are shown alike, which the user does not see.
    """
    shown_rule = Rule.SAME if rule == Rule.CASE and first_name == second_name else rule
    return Rule(shown_rule).explanation if shown_rule in set(Rule) else shown_rule


def suggested_pairs(
    storage: CollectionStorage, text: str = "", *, label: str = "", rule: str = "", key: str = "", limit: int = 200
) -> list[SuggestedPair]:
    """Return pairs of profiles that may be one, the likeliest first.

    Args:
        storage: The index.
        text: Only pairs of which a name or the title of a document contains this; case and accents do not matter.
        label: Only pairs with this label.
        rule: Only pairs that this rule suggests.
        key: Only pairs with this profile.
        limit: The maximum number.
    """
    conditions, parameters = [], list[Any]()
    if label:
        conditions.append("(pa.label = ? OR pb.label = ?)")
        parameters += [label, label]
    if rule:
        conditions.append("s.rule = ?")
        parameters.append(rule)
    if key:
        conditions.append("(pa.key = ? OR pb.key = ?)")
        parameters += [key, key]
    condition = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    if text:
        listed_pairs = list(islice(_pairs_with(storage, fold(text), condition, parameters), limit))
        condition = f" WHERE (s.a, s.b) IN (VALUES {', '.join(map(str, listed_pairs))})"
        parameters = []
        if not listed_pairs:
            return []
    source = "(SELECT min(x.source) FROM sources x WHERE x.document = {}.id)"
    sides = ", ".join(
        f"p{side}.key, p{side}.name, p{side}.label, p{side}.documents, d{side}.digest, d{side}.title,"
        f" {source.format(f'd{side}')}, e{side}.name, e{side}.label, e{side}.detail, e{side}.id"
        for side in "ab"
    )
    # Only the pairs on the list are joined with everything that is shown of them.
    chosen = (
        "SELECT s.a, s.b, s.entity_a, s.entity_b, s.rule, s.score, s.shared"
        f" FROM suggestions s{_PROFILES}{condition} ORDER BY {_ORDER_OF_FEW if condition else _ORDER} LIMIT ?"
    )
    rows = storage.rows(
        f"SELECT s.rule, s.score, s.shared, {sides} FROM ({chosen}) AS s{_DOCUMENTS}{_PROFILES} ORDER BY {_ORDER}",
        [*parameters, limit],
    )
    sentences = first_sentences(storage, {entity for row in rows for entity in (row[13], row[24])})
    return [
        SuggestedPair(
            _side(row[3:14], sentences),
            _side(row[14:25], sentences),
            row[0],
            row[1],
            tuple(filter(None, row[2].split("; "))),
        )
        for row in rows
    ]


def _pairs_with(
    storage: CollectionStorage, folded: str, condition: str, parameters: Sequence[Any]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of profiles of which a name or the title of a document has a folded text, the likeliest first."""
    rows = storage.stream(
        "SELECT s.a, s.b, pa.folded, pb.folded, da.title, db.title"
        f" FROM suggestions s{_DOCUMENTS}{_PROFILES}{condition} ORDER BY {_ORDER}",
        parameters,
    )
    for first, second, *names, first_title, second_title in rows:
        if any(folded in text for text in (*names, fold(first_title), fold(second_title))):
            yield first, second


def _side(row: Sequence[Any], sentences: Mapping[int, tuple[int, Excerpt]]) -> SuggestedSide:
    key, name, label, documents, digest, title, source, entity_name, entity_label = row[:9]
    start, excerpt = sentences.get(row[10], _NO_SENTENCE)
    return SuggestedSide(
        *(key, name, label, documents, digest, title, source, entity_name, entity_label),
        words=stored_description(row[9]).words,
        start=start,
        excerpt=excerpt,
    )


def count_suggestions(storage: CollectionStorage) -> int:
    """Return the number of pairs of profiles that may be one."""
    return int(storage.rows("SELECT count(*) FROM suggestions")[0][0])
