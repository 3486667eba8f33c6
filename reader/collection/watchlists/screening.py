"""Screen documents against watchlists: which names are like a listed one, where, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reader.annotate.watchlist_answers import watchlist_answers
from reader.collection.watchlists.exact_names import SAME, ExactMatch, ExactNames, ListedName
from reader.collection.watchlists.similar_names import SimilarNames
from reader.resolve import Name

if TYPE_CHECKING:
    from reader.annotate.watchlist_answers import AnswerKey
    from reader.collection.watchlists.watchlist import ListedEntity, Watchlist
    from reader.reading import Reading
    from reader.resolve import Entity

_OTHER_ORDER: Final = 0.97
_OTHER_FORM: Final = 0.95
_TYPE_DIFFERS: Final = 0.9
"""Factors of the score."""
_COMPARED_LABELS: Final = frozenset(("PERSON", "ORG", "PRODUCT", "FAC", "GPE", "LOC", "NORP"))
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
        self._watchlists = tuple(watchlists)
        self._exact = ExactNames(self._watchlists)
        self._similar = SimilarNames(self._watchlists)

    def screen(self, reading: Reading) -> list[WatchlistHit]:
        """Return the hits in a document, the best first; one for each pair of an entity and a listed entity."""
        best: dict[tuple[str, str, object], WatchlistHit] = {}
        for hit in (*self._exact_hits(reading), *self._similar_hits(reading)):
            owner: object = hit.entity.id if hit.entity is not None else hit.names
            key = (*hit.key, owner)
            if (known := best.get(key)) is None:
                best[key] = hit
            else:
                first, second = (known, hit) if known.score >= hit.score else (hit, known)
                best[key] = replace(first, spans=tuple(sorted({*first.spans, *second.spans})))
        answers = watchlist_answers(reading.decisions)
        hits = [replace(hit, answer=_answer(hit, answers)) for hit in best.values()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.spans, hit.key))

    def _exact_hits(self, reading: Reading) -> Iterator[WatchlistHit]:
        normal = reading.normal
        for match in self._exact.search(normal.text, normal.blocks):
            start, end = normal.to_document(match.start, match.end)
            hit = self._exact_hit(reading, match, start, end)
            if hit is not None:
                yield hit

    def _exact_hit(self, reading: Reading, match: ExactMatch, start: int, end: int) -> WatchlistHit | None:
        _, listed_name = self._listed(match.listed)
        quote = reading.document.text[start:end]
        if not _is_written_as_name(quote, listed_name):
            return None
        if around := reading.mentions_between(start, end):
            mention = min(around, key=lambda mention: (mention.start > start, mention.end - mention.start))
            if not _is_whole_name(reading, (start, end), (mention.start, mention.end)):
                return None
            entity = reading.entity_of(mention)
        else:
            entity = reading.entity_named(" ".join(quote.split()))
        reasons = [match.listed.form if match.listed.form != SAME else _spelling(quote, listed_name)]
        score = {SAME: 1.0}.get(match.listed.form, _OTHER_ORDER if "order" in match.listed.form else _OTHER_FORM)
        return self._hit(reading, match.listed, quote, entity, ((start, end),), score, reasons)

    def _similar_hits(self, reading: Reading) -> Iterator[WatchlistHit]:
        for entity in reading.entities:
            if entity.label not in _COMPARED_LABELS:
                continue
            for name in entity.names:
                for similar in self._similar.search(name):
                    listed, _ = self._listed(similar.listed)
                    if not _fits(entity.label, listed):
                        continue
                    spans = tuple((mention.start, mention.end) for mention in entity.mentions)
                    yield self._hit(reading, similar.listed, name, entity, spans, similar.score, similar.reasons)

    def _hit(
        self,
        reading: Reading,
        listed_name: ListedName,
        text: str,
        entity: Entity | None,
        spans: tuple[tuple[int, int], ...],
        score: float,
        reasons: Sequence[str],
    ) -> WatchlistHit:
        listed, name = self._listed(listed_name)
        all_reasons = list(reasons)
        if listed_name.name_index:
            all_reasons.append(f"an alias of {listed.name}")
        if entity is not None and not _fits(entity.label, listed):
            all_reasons.append(f"{entity.label} here, {listed.type} in the list")
            score *= _TYPE_DIFFERS
        if entity is not None:
            spans = tuple(sorted({*spans, *((mention.start, mention.end) for mention in entity.mentions)}))
        names = reading.names_of(entity) if entity is not None else (Name(" ".join(text.split()), ""),)
        return WatchlistHit(
            self._watchlists[listed_name.list_index].name,
            listed,
            name,
            " ".join(text.split()),
            names,
            entity,
            spans,
            round(score, 3),
            tuple(all_reasons),
        )

    def _listed(self, listed_name: ListedName) -> tuple[ListedEntity, str]:
        listed = self._watchlists[listed_name.list_index].entities[listed_name.entity_index]
        return listed, listed.names[listed_name.name_index]


def _answer(hit: WatchlistHit, answers: dict[AnswerKey, str]) -> str:
    """Return the last answer about one of the names of a hit."""
    return next((answer for name in hit.names if (answer := answers.get((hit.watchlist, hit.listed.id, name)))), "")


def _fits(label: str, listed: ListedEntity) -> bool:
    """Return whether an entity of a label can be of the type that the list states."""
    labels = _LABELS_OF_TYPES.get(listed.type.casefold().replace(" ", ""))
    return labels is None or label in labels


def _is_written_as_name(quote: str, listed_name: str) -> bool:
    """Return whether words are written as a name: "hope" is not the listed "Hope", while "hamas" of one word is."""
    first = next((char for char in quote if char.isalnum()), "")
    if not first.islower():
        return not (len(quote) <= 3 and quote.isascii() and quote != listed_name)
    listed_first = next((char for char in listed_name if char.isalnum()), "")
    return listed_first.islower()


def _is_whole_name(reading: Reading, span: tuple[int, int], mention: tuple[int, int]) -> bool:
    """Return whether a match is the whole of a mention but for words that do not change who is meant."""
    text = reading.document.text
    rest = (text[mention[0] : span[0]] + " " + text[span[1] : mention[1]]).split()
    return all(not any(map(str.isalnum, word)) for word in rest)


def _spelling(quote: str, listed_name: str) -> str:
    same = " ".join(quote.split()) == listed_name
    return SAME if same else "the same name but for case, accents or punctuation"
