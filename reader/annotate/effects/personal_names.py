"""Personal names: names that the user added or dismissed in every document. Pure.

They change what recognition found before the decisions on the document itself are applied, so these always win.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from reader.annotate.decisions import Decision, EntityDismissed, NameKnown
from reader.names.normal import surface
from reader.names.spotting import spot
from reader.recognize.mention import Mention
from reader.structures.intervals import overlapping_range
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.document import Document
    from reader.document.normal_text import NormalText


@dataclass(frozen=True, slots=True)
class PersonalList:
    """General decisions, combined. Of two about one surface form, the later wins."""

    labels: Mapping[str, str]
    """The labels of the known names, by surface form."""
    decisions: tuple[Decision, ...]
    """The other general decisions, without dismissals of names that were made known later."""
    overruled: frozenset[int]
    """The indexes of the decisions that a later decision overrules."""


@lru_cache(maxsize=8)
def personal_list(decisions: tuple[Decision, ...]) -> PersonalList:
    """Return general decisions, combined. They are given in the order in which they were made."""
    last_decision: dict[str, int] = {}  # the index of the last decision about a surface form
    for index, decision in enumerate(decisions):
        last_decision |= dict.fromkeys(_surface_forms(decision), index)
    labels: dict[str, str] = {}
    other_decisions: list[Decision] = []
    overruled = set()
    for index, decision in enumerate(decisions):
        if isinstance(decision, NameKnown):
            if last_decision[surface(decision.name.text)] == index:
                labels[surface(decision.name.text)] = decision.name.label
            else:
                overruled.add(index)
        elif isinstance(decision, EntityDismissed):
            # One name can be dismissed under several labels. Only making it known later brings it back.
            names = [
                name
                for name in decision.names
                if not isinstance(decisions[last_decision[surface(name.text)]], NameKnown)
            ]
            if names:
                other_decisions.append(replace(decision, names=tuple(names)))
            else:
                overruled.add(index)
        else:
            other_decisions.append(decision)
    return PersonalList(MappingProxyType(labels), tuple(other_decisions), frozenset(overruled))


def _surface_forms(decision: Decision) -> Iterable[str]:
    """Return the surface forms that a decision makes known or dismisses."""
    match decision:
        case NameKnown(name):
            return (surface(name.text),)
        case EntityDismissed(names):
            return [surface(name.text) for name in names]
    return ()


def find_known_names(normal: NormalText, labels: Mapping[str, str]) -> tuple[Mention, ...]:
    """Find known names in a document: exact, at token borders, inside one block, however the text is typeset.

    In a line in capitals a known name is also found in capitals, unless it is short or an ordinary word.

    Args:
        normal: The normal form of the document's text.
        labels: The labels of the known names, by surface form.

    Returns:
        The mentions in offsets of the document, sorted by span.
    """
    if not labels:
        return ()
    document = normal.document
    exact = [
        Mention(hit.start, hit.end, labels[hit.surface], "user", 1.0)
        for hit in spot(document.text, labels)
        if "\n" not in document.text[hit.start : hit.end] or document.has_block_around(hit.start, hit.end)
    ]
    mentions = add_known_mentions(list(_find_in_capitals(document, labels)), exact)
    spans = (normal.to_document(mention.start, mention.end) for mention in mentions)
    return tuple(mention._replace(start=start, end=end) for mention, (start, end) in zip(mentions, spans, strict=True))


def _find_in_capitals(document: Document, labels: Mapping[str, str]) -> Iterator[Mention]:
    from reader.names import common_words
    from reader.recognize.rules.typesetting.capitals import forms_by_capitals, in_capitals, small_words

    words = common_words() | small_words()
    forms = forms_by_capitals(form for form in labels if words.isdisjoint((form, form.casefold())))
    for block in document.blocks if forms else ():
        line = document.text[block.start : block.end]
        if in_capitals(line):
            for hit in spot(line, forms):
                yield Mention(block.start + hit.start, block.start + hit.end, labels[forms[hit.surface]], "user", 1.0)


def add_known_mentions(recognized: Sequence[Mention], known_mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the recognized mentions with the mentions of known names among them.

    A mention of a known name replaces what it overlaps, but is left out if it lies inside a longer recognized mention.

    Args:
        recognized: The recognized mentions, sorted, none overlapping another.
        known_mentions: The mentions of known names, sorted, none overlapping another.
    """
    replaced: set[int] = set()
    added = []
    for mention in known_mentions:
        overlapped = overlapping_range(recognized, mention.start, mention.end)
        if len(overlapped) == 1 and _is_inside(mention, recognized[overlapped[0]]):
            continue
        replaced.update(overlapped)
        added.append(mention)
    if not added:
        return recognized
    return sorted([*(mention for index, mention in enumerate(recognized) if index not in replaced), *added])


def _is_inside(mention: Mention, longer: Mention) -> bool:
    return longer.start <= mention.start and mention.end <= longer.end and longer[:2] != mention[:2]


class PersonalNames:
    """Adds the known names to the mentions of one document. Searches again only if something changed."""

    def __init__(self, normal: Callable[[], NormalText]) -> None:
        """Prepare for a document. `normal` returns the normal form of its text; it is called at the first search."""
        self._normal = normal
        self.enabled = False
        """Whether to search for known names. Before recognition is done the text is shown without any, at once."""
        self._labels: Mapping[str, str] = {}
        self._known_mentions: tuple[Mention, ...] = ()
        self._last: tuple[Sequence[Mention], Sequence[Mention], Sequence[Mention]] = ((), (), ())
        """The recognized mentions, the mentions of known names, and the result of the last call."""

    def add_to(self, recognized: Sequence[Mention], general_decisions: tuple[Decision, ...]) -> Sequence[Mention]:
        """Return the recognized mentions with the mentions of names that general decisions make known."""
        labels = personal_list(general_decisions).labels
        if not self.enabled or not labels:
            return recognized
        if labels != self._labels:
            self._labels, self._known_mentions = labels, find_known_names(self._normal(), labels)
        if self._last[0] is not recognized or self._last[1] is not self._known_mentions:
            merged = add_known_mentions(recognized, self._known_mentions)
            self._last = recognized, self._known_mentions, merged
        return self._last[2]
