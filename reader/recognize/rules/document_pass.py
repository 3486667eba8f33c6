"""The document pass: make the labels of a document consistent and find each name everywhere in it.

The surface forms to look for come from the recognizer, the knowledge tables, definitions in the text and full names of
persons. A weighted vote gives each form one label. All occurrences are then found in a single pass over the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from reader.document import Block, BlockKind, Document
from reader.names import common_words
from reader.names.matcher import Hit, Matcher
from reader.recognize.mention import LABELS, Mention, Origin
from reader.recognize.rules.addresses import find_addresses, outside_addresses
from reader.recognize.rules.club_matches import find_clubs
from reader.recognize.rules.context.label_words import span_in_other_script
from reader.recognize.rules.context.surroundings import Surroundings
from reader.recognize.rules.honorifics import with_honorifics
from reader.recognize.rules.name_patterns import (
    find_hotels,
    find_military_units,
    find_network_x,
    find_ships,
    find_titled_persons,
    is_in_ship_number,
)
from reader.recognize.rules.organization_patterns import (
    find_bodies,
    find_companies,
    find_described_companies,
    find_newspapers,
    find_trade_names,
    is_likely_organization,
)
from reader.recognize.rules.person_forms import (
    find_authors,
    find_initialed_persons,
    find_inverted_names,
    find_nicknamed_persons,
    find_speakers,
    start_of_full_name,
)
from reader.recognize.rules.shared_forms import SharedForms
from reader.recognize.rules.typesetting.capitals import forms_by_capitals, gazetteer_in_capitals, in_capitals
from reader.recognize.rules.typesetting.datelines import find_dateline
from reader.recognize.rules.votes import FormVerdict, collect_verdicts, follows_title
from reader.structures.intervals import DisjointSpans, longest_of, overlapping

_NAME_LABELS: Final = frozenset(LABELS)
_PLACE_LABELS: Final = frozenset({"GPE", "LOC"})
_MAY_BEGIN_BODY: Final = frozenset({"NORP", "GPE", "LOC", "ORG"})
_WORK_LABELS: Final = frozenset({"WORK_OF_ART", "EVENT", "LAW"})
_MIN_SCORE: Final = 0.45
"""Mentions with less confidence are dropped, unless something else supports the name."""
_MIN_SCORE_OF_BODY: Final = 0.3
"""The same for an organization whose last word says what it is."""
_MIN_SCORE_IN_CAPITALS: Final = 0.7
_MIN_RATIO: Final = 0.2
"""A name is marked everywhere only if the votes for it are at least this share of its occurrences …"""
_MIN_WEIGHT: Final = 0.6
"""… and at least this many, in mentions."""
_RULE_SCORE: Final = 0.9
"""The confidence of a mention that the recognizer did not find."""


def run_document_pass(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the final mentions of a document.

    Args:
        document: The document.
        mentions: The cleaned mentions of the recognizer, sorted by offset and without overlaps.

    Returns:
        Mentions sorted by offset, without overlaps, each within one block.
    """
    block_spans = {(block.start, block.end) for block in document.blocks}
    credible = [
        mention
        for mention in mentions
        if (
            mention.score >= _MIN_SCORE
            or (
                mention.label == "ORG"
                and mention.score >= _MIN_SCORE_OF_BODY
                and is_likely_organization(document.text[mention.start : mention.end])
            )
        )
        and not (mention.label in _WORK_LABELS and (mention.start, mention.end) in block_spans)  # a heading, not a work
    ]
    return with_honorifics(document.text, _DocumentPass(document, credible).result())


class _DocumentPass:
    """The document pass over one document."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._blocks = document.blocks
        self._text = _with_joined_lines(document)
        self._capital_blocks = [
            block for block in document.blocks if in_capitals(document.text[block.start : block.end])
        ]
        self._capitals = DisjointSpans((block.start, block.end) for block in self._capital_blocks)
        self._certain_labels: dict[tuple[int, int], str] = {}
        """By span: the labels of places in datelines and of clubs that play, whatever else is called like them."""
        self._mentions = mentions = self._with_whole_names(mentions)
        self._verdicts = collect_verdicts(self._text, mentions, self._capitals, self._certain_labels)
        shared = [form for form, verdict in self._verdicts.items() if verdict.is_surname and verdict.is_short_form]
        self._shared_forms = SharedForms(self._text, shared, mentions)
        self._surroundings = Surroundings(self._text, mentions)
        self._mentions_by_span = {(mention.start, mention.end): mention for mention in mentions}

    def _with_whole_names(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Return mentions with those in datelines and in broken-up names of persons replaced by the whole names."""
        longest = longest_of(mentions)
        whole_names: list[Mention] = []

        def add(start: int, end: int, label: str) -> None:
            parts = overlapping(mentions, start, end, longest)
            if any(part[:3] == (start, end, label) for part in parts):
                return
            score = max((part.score for part in parts if part.label == label), default=_RULE_SCORE)
            whole_names.append(Mention(start, end, label, "rule", score))

        for start, end in (
            *find_inverted_names(self._text, self._blocks),
            *find_speakers(self._text, self._blocks),
            *find_authors(self._text, self._blocks),
        ):
            add(start, end, "PERSON")
        for start, end in find_described_companies(self._text):
            if not overlapping(mentions, start, end, longest):
                add(start, end, "ORG")
        for start, end in find_newspapers(self._text):
            parts = overlapping(mentions, start, end, longest)
            if all(part.start >= start - len("The ") and part.end <= end for part in parts):
                add(start, end, "ORG")
        for start, end in find_bodies(self._text):
            parts = overlapping(mentions, start, end, longest)
            if all(start <= part.start and part.end <= end and part.label in _MAY_BEGIN_BODY for part in parts):
                add(start, end, "ORG")
        for start, end in find_clubs(self._text):
            parts = overlapping(mentions, start, end, longest)
            is_town = " " not in self._text[start:end] and any(part.label in _PLACE_LABELS for part in parts)
            if not is_town and all(start <= part.start and part.end <= end for part in parts):
                add(start, end, "ORG")
                self._certain_labels[start, end] = "ORG"
        for block in self._blocks:
            if block.kind is BlockKind.CODE or self._capitals.covers(block.start):
                continue
            for dateline in find_dateline(self._text, block.start, block.end):
                parts = overlapping(mentions, dateline.start, dateline.end, longest)
                if dateline.is_certain or any(part.label in _PLACE_LABELS for part in parts):
                    add(dateline.start, dateline.end, "GPE")
                    self._certain_labels[dateline.start, dateline.end] = "GPE"
            for start, end in find_nicknamed_persons(self._text, block.start, block.end):
                if all(start <= part.start and part.end <= end for part in overlapping(mentions, start, end, longest)):
                    add(start, end, "PERSON")
            for start, end, is_person in find_initialed_persons(self._text, block.start, block.end):
                parts = overlapping(mentions, start, end, longest)
                if all(part.label == "PERSON" and part.start >= start for part in parts) and (parts or is_person):
                    add(start, max([end, *(part.end for part in parts)]), "PERSON")
            for start, end in find_companies(self._text, block.start, block.end):
                parts = overlapping(mentions, start, end, longest)
                start = min([start, *(part.start for part in parts if part.end <= end)])  # "Van der Halm Steel B.V."
                if not any(part.start < start and part.end > start for part in parts):
                    add(start, end, "ORG")
            for start, end in find_trade_names(self._text, block.start, block.end):
                if not overlapping(mentions, start, end, longest):
                    add(start, end, "ORG")
            for start, end in find_ships(self._text, block.start, block.end):
                parts = overlapping(mentions, start, end, longest)
                if all(start <= part.start and part.end <= end for part in parts):
                    add(start, end, "PRODUCT")
        if not whole_names:
            return mentions
        whole_names = without_overlaps(whole_names)
        covered = DisjointSpans((mention.start, mention.end) for mention in whole_names)
        return sorted([*whole_names, *(mention for mention in mentions if covered.free(mention.start, mention.end))])

    def result(self) -> list[Mention]:
        matcher = Matcher(self._verdicts)
        hits = [hit for block in self._blocks for hit in matcher.hits(self._text, block.start, block.end)]
        hit_counts = Counter(hit.surface for hit in hits)
        candidates = [mention for hit in hits if (mention := self._mention_at_hit(hit, hit_counts)) is not None]
        for block in self._blocks:
            candidates += self._mentions_by_pattern(block)
        for block in self._capital_blocks:
            candidates += self._mentions_in_capitals(block)
        candidates += [
            Mention(*span, mention.label, "rule", _RULE_SCORE)
            for mention in candidates
            if (span := span_in_other_script(self._text, mention)) and self._surroundings.is_unmarked(*span)
        ]
        hit_spans = {(hit.start, hit.end) for hit in hits}
        candidates += [
            mention
            for mention in self._mentions
            if (mention.start, mention.end) not in hit_spans and not self._capitals.covers(mention.start)
        ]
        return without_overlaps(outside_addresses(candidates, find_addresses(self._text)))

    def _mention_at_hit(self, hit: Hit, hit_counts: Mapping[str, int]) -> Mention | None:
        """Return the mention at a hit, or None if the surface form is not a name there."""
        if is_in_ship_number(self._text, hit.start, hit.end):
            return None
        verdict = self._verdicts[hit.surface]
        if label := self._shared_forms.label_at(hit.surface, hit.start):
            verdict = verdict._replace(label=label)
        mention = self._mentions_by_span.get((hit.start, hit.end))
        if mention is not None:
            return self._check_mention(mention, hit, verdict)
        if not self._is_name(hit, verdict, hit_counts[hit.surface]):
            return None
        origin: Origin = "rule" if verdict.unambiguous and not verdict.model_count else "propagated"
        start = hit.start
        if verdict.label == "PERSON" and verdict.is_surname:
            start = self._start_of_full_name(start)
        return Mention(start, hit.end, verdict.label, origin, round(_RULE_SCORE * verdict.share, 3))

    def _start_of_full_name(self, start: int) -> int:
        """Return where the name of a person begins, including unmarked given names before the surname."""
        first = start_of_full_name(self._text, start, self._surroundings.has_in_lowercase)
        return first if self._surroundings.is_unmarked(first, start) else start

    def _check_mention(self, mention: Mention, hit: Hit, verdict: FormVerdict) -> Mention | None:
        """Return a mention of the recognizer with the label of the vote, or None if it is not a name."""
        if mention.label not in _NAME_LABELS or self._overrides_vote(mention, verdict):
            return mention
        if self._capitals.covers(mention.start) and mention.score < _MIN_SCORE_IN_CAPITALS:
            return None
        is_supported = _is_supported(verdict)
        if not is_supported and self._surroundings.is_only_sentence_case(hit.surface, hit.start):
            return None
        return mention._replace(label=verdict.label, score=round((mention.score + verdict.share) / 2, 3))

    def _overrides_vote(self, mention: Mention, verdict: FormVerdict) -> bool:
        """Return whether the words around a mention leave no doubt: "President Washington", "in Washington"."""
        if mention.label == verdict.label:
            return False
        if (mention.start, mention.end) in self._certain_labels:
            return True
        if mention.label == "PERSON":
            return follows_title(self._text, mention.start)
        return (
            mention.label in _PLACE_LABELS
            and verdict.label == "PERSON"
            and self._surroundings.is_surely_place(mention.start, mention.end)
        )

    def _is_name(self, hit: Hit, verdict: FormVerdict, hit_count: int) -> bool:
        """Return whether a hit that the recognizer did not mark is a name."""
        surroundings = self._surroundings
        if hit.surface.isupper() and self._capitals.covers(hit.start):
            return _is_well_supported(verdict) and hit.surface not in common_words()
        if (verdict.label in _PLACE_LABELS or verdict.is_short_form) and surroundings.is_in_longer_name(
            hit.start, hit.end
        ):
            return False
        if verdict.unambiguous or verdict.in_definition:
            return True
        is_single_word = " " not in hit.surface and "-" not in hit.surface
        if is_single_word and surroundings.is_word(hit.surface):
            if verdict.is_surname and surroundings.precedes_verb(hit.end):
                return True
            if not verdict.model_count or surroundings.is_capital_expected(hit.start):
                return False
        if verdict.is_surname or verdict.is_short_form:
            return True
        return verdict.weight >= max(_MIN_WEIGHT, _MIN_RATIO * hit_count)

    def _mentions_by_pattern(self, block: Block) -> Iterator[Mention]:
        """Yield the names in a block that are recognized by their form and context."""
        for start, end in find_network_x(self._text, block.start, block.end):
            yield Mention(start, end, "ORG", "rule", _RULE_SCORE)
        for start, end in find_military_units(self._text, block.start, block.end):
            yield Mention(start, end, "ORG", "rule", _RULE_SCORE)
        for start, end in find_hotels(self._text, block.start, block.end):
            yield Mention(start, end, "FAC", "rule", _RULE_SCORE)
        for start, end in find_titled_persons(self._text, block.start, block.end):
            if self._surroundings.is_unmarked(start, end):
                yield Mention(start, end, "PERSON", "rule", _RULE_SCORE)

    def _mentions_in_capitals(self, block: Block) -> Iterator[Mention]:
        """Yield the names of the document and of the tables in a line in capitals."""
        forms = forms_by_capitals(
            form
            for form, verdict in self._verdicts.items()
            if _is_well_supported(verdict) and not self._surroundings.is_word(form)
        )
        entries = gazetteer_in_capitals()
        for hit in Matcher({*forms, *entries}).hits(self._text, block.start, block.end):
            verdict = self._verdicts.get(forms.get(hit.surface, ""))
            label = verdict.label if verdict is not None else entries[hit.surface].label
            yield Mention(hit.start, hit.end, label, "propagated" if verdict is not None else "rule", _RULE_SCORE)


def _is_well_supported(verdict: FormVerdict) -> bool:
    """Return whether a form has more support than a mention in a single line in capitals."""
    return _is_supported(verdict) or verdict.weight >= _MIN_WEIGHT


def _is_supported(verdict: FormVerdict) -> bool:
    """Return whether the tables or a longer form in the text support a form, not only the recognizer."""
    return verdict.unambiguous or verdict.in_definition or verdict.is_surname or verdict.is_short_form


def without_overlaps(candidates: Iterable[Mention]) -> list[Mention]:
    """Return mentions sorted by offset; of those that overlap, the longest, or else the recognizer's own."""
    ranked = sorted(
        candidates, key=lambda mention: (mention.start - mention.end, mention.origin != "model", mention.start)
    )
    selected: list[Mention] = []
    covered = DisjointSpans()
    for mention in ranked:
        if covered.free(mention.start, mention.end):
            covered.add(mention.start, mention.end)
            selected.append(mention)
    return sorted(selected)


def _with_joined_lines(document: Document) -> str:
    """Return the text with spaces for the line breaks inside blocks, except in code: same length, same offsets."""
    if not any("\n" in document.text[block.start : block.end] for block in document.blocks):
        return document.text
    parts, offset = [], 0
    for block in document.blocks:
        parts.append(document.text[offset : block.start])
        block_text = document.text[block.start : block.end]
        parts.append(block_text if block.kind is BlockKind.CODE else block_text.replace("\n", " "))
        offset = block.end
    parts.append(document.text[offset:])
    return "".join(parts)
