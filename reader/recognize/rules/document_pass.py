"""The document pass: what an article says once holds everywhere in it.

Every surface form that the recognizer, the tables, a definition or a person's full name speaks for is looked up in the
whole text in one pass; each is given one label by a weighted vote, and its occurrences are marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from reader.document import Block, BlockKind, Document
from reader.names import common_words
from reader.names.matcher import Hit, Matcher
from reader.recognize.mention import LABELS, Mention, Origin
from reader.recognize.rules.capitals import in_capitals, known_in_capitals, spelled_in_capitals
from reader.recognize.rules.gazetteer import platforms, titled
from reader.recognize.rules.kinds import hotels, units, written_twice
from reader.recognize.rules.surroundings import Context
from reader.recognize.rules.votes import Verdict, gather, title_before
from reader.structures.intervals import DisjointSpans

_NAMES: Final = frozenset(LABELS)
_PLACES: Final = frozenset({"GPE", "LOC"})
_WORKS: Final = frozenset({"WORK_OF_ART", "EVENT", "LAW"})
_LEAST_SCORE: Final = 0.45
"""What the recognizer is less sure of is left out, unless something else speaks for it."""
_LEAST_SCORE_IN_CAPITALS: Final = 0.7
_LEAST_RATIO: Final = 0.2
"""A name is marked everywhere only if the recognizer marked at least this share of its occurrences …"""
_LEAST_VOTES: Final = 0.6
"""… and if its scores for it add up to this."""
_RULE: Final = 0.9
"""How sure a mention is that no recognizer marked."""


def settle(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the document's mentions.

    Args:
        document: The text and its blocks.
        mentions: Cleaned mentions by the recognizer, in order, none overlapping another.

    Returns:
        Mentions in order, none overlapping another, none across two blocks.
    """
    whole = {(block.start, block.end) for block in document.blocks}
    sure = [
        mention
        for mention in mentions
        if mention.score >= _LEAST_SCORE
        and not (mention.label in _WORKS and (mention.start, mention.end) in whole)  # a heading names no work
    ]
    return _Pass(document, sure).result()


class _Pass:
    """One document being settled."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._blocks = document.blocks
        self._text = _joined_lines(document)
        self._mentions = mentions
        self._capital_blocks = [
            block for block in document.blocks if in_capitals(document.text[block.start : block.end])
        ]
        self._capitals = DisjointSpans((block.start, block.end) for block in self._capital_blocks)
        self._verdicts = gather(self._text, mentions, self._capitals)
        self._context = Context(self._text, mentions)
        self._marked = {(mention.start, mention.end): mention for mention in mentions}

    def result(self) -> list[Mention]:
        matcher = Matcher(self._verdicts)
        hits = [hit for block in self._blocks for hit in matcher.hits(self._text, block.start, block.end)]
        counts = Counter(hit.surface for hit in hits)
        found = [mention for hit in hits if (mention := self._judged(hit, counts)) is not None]
        for block in self._blocks:
            found += self._by_context(block)
        for block in self._capital_blocks:
            found += self._in_capital_block(block)
        found += [
            Mention(*place, mention.label, "rule", _RULE)
            for mention in found
            if (place := written_twice(self._text, mention)) and self._context.free(*place)
        ]
        judged = {(hit.start, hit.end) for hit in hits}
        found += [
            mention
            for mention in self._mentions
            if (mention.start, mention.end) not in judged and not self._capitals.covers(mention.start)
        ]
        return without_overlaps(found)

    def _judged(self, hit: Hit, counts: Mapping[str, int]) -> Mention | None:
        """Return the mention that stands at a hit, None where the surface is no name there."""
        verdict = self._verdicts[hit.surface]
        own = self._marked.get((hit.start, hit.end))
        if own is not None:
            return self._confirmed(own, hit, verdict)
        if not self._stands_for_a_name(hit, verdict, counts[hit.surface]):
            return None
        origin: Origin = "rule" if verdict.sure and not verdict.by_model else "propagated"
        return Mention(hit.start, hit.end, verdict.label, origin, round(_RULE * verdict.unity, 3))

    def _confirmed(self, own: Mention, hit: Hit, verdict: Verdict) -> Mention | None:
        """Return what becomes of a mention by the recognizer."""
        if own.label not in _NAMES or self._beats_the_vote(own, verdict):
            return own
        if self._capitals.covers(own.start) and own.score < _LEAST_SCORE_IN_CAPITALS:
            return None
        unsupported = not (verdict.sure or verdict.defined or verdict.surname)
        if unsupported and self._context.only_begins_sentence(hit.surface, hit.start):
            return None
        return own._replace(label=verdict.label, score=round((own.score + verdict.unity) / 2, 3))

    def _beats_the_vote(self, own: Mention, verdict: Verdict) -> bool:
        """Say whether what stands around a mention is decisive: "President Washington", "in Washington"."""
        if own.label == verdict.label:
            return False
        if own.label == "PERSON":
            return title_before(self._text, own.start)
        return own.label in _PLACES and verdict.label == "PERSON" and self._context.in_place(own.start, own.end)

    def _stands_for_a_name(self, hit: Hit, verdict: Verdict, count: int) -> bool:
        context = self._context
        if hit.surface.isupper() and self._capitals.covers(hit.start):
            return _stands_firm(verdict) and hit.surface not in common_words()
        if verdict.label in _PLACES and context.in_longer_name(hit.start, hit.end):
            return False
        if verdict.sure or verdict.defined:
            return True
        single = " " not in hit.surface and "-" not in hit.surface
        if single and context.is_word(hit.surface):
            if verdict.surname and context.acts(hit.end):
                return True
            if not verdict.by_model or context.starts_sentence(hit.start):
                return False
        if verdict.surname:
            return True
        return verdict.strength >= max(_LEAST_VOTES, _LEAST_RATIO * count)

    def _by_context(self, block: Block) -> Iterator[Mention]:
        """Yield the names that their surroundings alone give away."""
        for start, end in platforms(self._text, block.start, block.end):
            yield Mention(start, end, "ORG", "rule", _RULE)
        for start, end in units(self._text, block.start, block.end):
            yield Mention(start, end, "ORG", "rule", _RULE)
        for start, end in hotels(self._text, block.start, block.end):
            yield Mention(start, end, "FAC", "rule", _RULE)
        for start, end in titled(self._text, block.start, block.end):
            if self._context.free(start, end):
                yield Mention(start, end, "PERSON", "rule", _RULE)

    def _in_capital_block(self, block: Block) -> Iterator[Mention]:
        """Yield the known names of a line in capitals."""
        forms = spelled_in_capitals(
            form
            for form, verdict in self._verdicts.items()
            if _stands_firm(verdict) and not self._context.is_word(form)
        )
        known = known_in_capitals()
        for hit in Matcher({*forms, *known}).hits(self._text, block.start, block.end):
            verdict = self._verdicts.get(forms.get(hit.surface, ""))
            label = verdict.label if verdict is not None else known[hit.surface].label
            yield Mention(hit.start, hit.end, label, "propagated" if verdict is not None else "rule", _RULE)


def _stands_firm(verdict: Verdict) -> bool:
    """Say whether more speaks for a form than one line in capitals."""
    return verdict.sure or verdict.defined or verdict.surname or verdict.strength >= _LEAST_VOTES


def without_overlaps(candidates: Iterable[Mention]) -> list[Mention]:
    """Keep the longest of mentions that overlap, the recognizer's own among equals; in order of place."""
    ranked = sorted(candidates, key=lambda one: (one.start - one.end, one.origin != "model", one.start))
    kept: list[Mention] = []
    taken = DisjointSpans()
    for mention in ranked:
        if taken.free(mention.start, mention.end):
            taken.add(mention.start, mention.end)
            kept.append(mention)
    return sorted(kept)


def _joined_lines(document: Document) -> str:
    """Return the text with the line breaks inside blocks as spaces: same length, same offsets."""
    if not any("\n" in document.text[block.start : block.end] for block in document.blocks):
        return document.text
    parts, place = [], 0
    for block in document.blocks:
        parts.append(document.text[place : block.start])
        stretch = document.text[block.start : block.end]
        parts.append(stretch if block.kind is BlockKind.CODE else stretch.replace("\n", " "))
        place = block.end
    parts.append(document.text[place:])
    return "".join(parts)
