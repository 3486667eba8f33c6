"""Screen documents against watchlists: which names are like a listed one, where, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.annotate.effects.watchlist_answers import watchlist_answers
from reader.collection.watchlists.list_matches import ListMatch, ListMatches, ListSearcher
from reader.collection.watchlists.listed_names import SAME
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.annotate.effects.watchlist_answers import AnswerKey
    from reader.collection.watchlists.watchlist import ListedEntity, Watchlist
    from reader.reading import Reading
    from reader.resolve import Entity

TYPE_DIFFERS: Final = 0.9
"""Factor of the score of a hit whose type does not fit."""
COMPARED_LABELS: Final = frozenset(("PERSON", "ORG", "PRODUCT", "FAC", "GPE", "LOC", "NORP"))
"""Labels of entities that are compared by similarity."""
_LABELS_OF_TYPES: Final = {
    "person": frozenset(("PERSON",)),
    "individual": frozenset(("PERSON",)),
    "organization": frozenset(("ORG", "NORP", "FAC")),
    "organisation": frozenset(("ORG", "NORP", "FAC")),
    "company": frozenset(("ORG", "FAC", "PRODUCT")),
    "legalentity": frozenset(("ORG", "PERSON", "FAC", "NORP")),
    "entity": frozenset(("ORG", "PERSON", "FAC", "NORP")),
    "publicbody": frozenset(("ORG", "GPE", "FAC")),
    "vessel": frozenset(("PRODUCT", "FAC")),
    "airplane": frozenset(("PRODUCT",)),
}
"""The labels that fit the types that lists use, the types in lower case."""


@dataclass(frozen=True, slots=True)
class WatchlistHit:
    """An entity of a document, or words of its text, that are like a listed name."""

    watchlist: str
    listed: ListedEntity
    listed_name: str
    """The name or alias that is alike."""
    text: str
    """The name in the document."""
    names: tuple[Name, ...]
    """The names of the entity; for words that are no mention, the words without a label."""
    entity: Entity | None
    spans: tuple[tuple[int, int], ...]
    """Where the document has the name, in code points, sorted."""
    score: float
    """How much alike the names are, 0 to 1."""
    reasons: tuple[str, ...]
    """What speaks for the hit and against it, each in a few words."""
    answer: str = ""
    """What the user said: "yes", "no", "unsure" or, before, ""."""

    @property
    def key(self) -> tuple[str, str]:
        """The name of the list and the id in it."""
        return self.watchlist, self.listed.id


class Screener:
    """Screens one document after another against the same lists."""

    def __init__(self, watchlists: Sequence[Watchlist]) -> None:
        self._searcher = ListSearcher(watchlists)

    def screen(self, reading: Reading) -> list[WatchlistHit]:
        """Return the hits in a document, the best first; one for each pair of an entity and a listed entity."""
        normal = reading.normal
        return hits_in(reading, self._searcher.search(normal.text, normal.blocks, compared_names(reading)))


def compared_names(reading: Reading) -> list[str]:
    """Return the names of a document that are compared with listed names by similarity."""
    return [name for entity in reading.entities if entity.label in COMPARED_LABELS for name in entity.names]


def hits_in(reading: Reading, matches: ListMatches) -> list[WatchlistHit]:
    """Return what matches of listed names are hits, with the user's answers; the best first."""
    best: dict[tuple[str, str, object], WatchlistHit] = {}
    for hit in (*_hits_in_text(reading, matches), *_hits_of_names(reading, matches)):
        owner: object = hit.entity.id if hit.entity is not None else hit.names
        key = (*hit.key, owner)
        if (earlier_hit := best.get(key)) is None:
            best[key] = hit
        else:
            first, second = (earlier_hit, hit) if earlier_hit.score >= hit.score else (hit, earlier_hit)
            best[key] = replace(first, spans=tuple(sorted({*first.spans, *second.spans})))
    answers = watchlist_answers(reading.decisions)
    hits = [replace(hit, answer=_answer(hit, answers)) for hit in best.values()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.spans, hit.key))


def _hits_in_text(reading: Reading, matches: ListMatches) -> Iterator[WatchlistHit]:
    """Yield the hits of listed names that the text has, whether recognition found a name there or not."""
    named: dict[str, Entity] = {}
    for normal_start, normal_end, match in matches.in_text:
        start, end = reading.normal.to_document(normal_start, normal_end)
        quote = " ".join(reading.document.text[start:end].split())
        if not is_written_as_name(quote, match.listed_name):
            continue
        if around := reading.mentions_between(start, end):
            mention = min(around, key=lambda mention: (mention.start > start, mention.end - mention.start))
            if not _is_whole_name(reading, (start, end), (mention.start, mention.end)):
                continue
            entity = reading.entity_of(mention)
        else:
            named = named or {name: entity for entity in reversed(reading.entities) for name in entity.names}
            entity = named.get(quote)
        if match.reasons[0] == SAME and quote != match.listed_name:
            match = match._replace(reasons=("the same name but for case, accents or punctuation", *match.reasons[1:]))
        yield _hit(reading, match, quote, entity, ((start, end),))


def _hits_of_names(reading: Reading, matches: ListMatches) -> Iterator[WatchlistHit]:
    """Yield the hits of names of entities that are like listed names and can be of their type."""
    for entity in reading.entities:
        if entity.label not in COMPARED_LABELS:
            continue
        for name in entity.names:
            for match in matches.by_name.get(name, ()):
                if fits_type(entity.label, match.listed):
                    yield _hit(reading, match, name, entity, ())


def _hit(
    reading: Reading, match: ListMatch, text: str, entity: Entity | None, spans: tuple[tuple[int, int], ...]
) -> WatchlistHit:
    score, reasons = match.score, match.reasons
    names: tuple[Name, ...] = (Name(text, ""),)
    if entity is not None:
        names = reading.names_of(entity)
        spans = tuple(sorted({*spans, *((mention.start, mention.end) for mention in entity.mentions)}))
        if not fits_type(entity.label, match.listed):
            reasons = (*reasons, f"{entity.label} here, {match.listed.type} in the list")
            score *= TYPE_DIFFERS
    return WatchlistHit(
        match.watchlist, match.listed, match.listed_name, text, names, entity, spans, round(score, 3), reasons
    )


def _answer(hit: WatchlistHit, answers: dict[AnswerKey, str]) -> str:
    """Return the last answer about one of the names of a hit."""
    return next((answer for name in hit.names if (answer := answers.get((hit.watchlist, hit.listed.id, name)))), "")


def fits_type(label: str, listed: ListedEntity) -> bool:
    """Return whether an entity of a label can be of the type that the list states."""
    labels = _LABELS_OF_TYPES.get(listed.type.casefold().replace(" ", ""))
    return labels is None or label in labels


def is_written_as_name(quote: str, listed_name: str) -> bool:
    """Return whether words are written as a name: "hope" is not the listed "Hope", and "It" not the listed "IT"."""
    first = next((char for char in quote if char.isalnum()), "")
    if not first.islower():
        return not (len(quote) <= 3 and quote.isascii() and quote != listed_name)
    listed_first = next((char for char in listed_name if char.isalnum()), "")
    return listed_first.islower()


def _is_whole_name(reading: Reading, span: tuple[int, int], mention: tuple[int, int]) -> bool:
    """Return whether a match is the whole of a mention but for words that do not change who is meant."""
    text = reading.document.text
    remaining_words = (text[mention[0] : span[0]] + " " + text[span[1] : mention[1]]).split()
    return all(not any(map(str.isalnum, word)) for word in remaining_words)
