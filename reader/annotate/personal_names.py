"""The personal gazetteer: names that the user added or dismissed in every article. Pure.

It changes what recognition found before an article's own decisions are applied, so that those always win.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from reader.annotate.decisions import Decision, EntityDismissed, NameKnown
from reader.document import Document
from reader.names.normal import surface
from reader.names.spotting import spot
from reader.recognize.mention import Mention
from reader.structures.intervals import overlapping_range


@dataclass(frozen=True, slots=True)
class Personal:
    """What a list of general decisions comes to; of two about one surface form the later holds."""

    known: Mapping[str, str]
    """Surface forms that are names wherever they stand, with their labels."""
    decisions: tuple[Decision, ...]
    """The others, without the dismissals of names that were made known later."""
    overruled: frozenset[int]
    """Which of the given decisions, counted from 0, have no effect any more."""


@lru_cache(maxsize=8)
def personal(decisions: tuple[Decision, ...]) -> Personal:
    """Return what general decisions come to, in the order in which they were made."""
    said: dict[str, int] = {}  # which decision was the last about a surface form
    for number, decision in enumerate(decisions):
        said |= dict.fromkeys(_about(decision), number)
    known: dict[str, str] = {}
    others: list[Decision] = []
    overruled = set()
    for number, decision in enumerate(decisions):
        if isinstance(decision, NameKnown):
            if said[surface(decision.name.text)] == number:
                known[surface(decision.name.text)] = decision.name.label
            else:
                overruled.add(number)
        elif isinstance(decision, EntityDismissed):
            # One name may be dismissed under several labels; only what was made known later brings it back.
            names = [name for name in decision.names if not _known_at(decisions, said[surface(name.text)])]
            if names:
                others.append(replace(decision, names=tuple(names)))
            else:
                overruled.add(number)
        else:
            others.append(decision)
    return Personal(MappingProxyType(known), tuple(others), frozenset(overruled))


def _about(decision: Decision) -> Iterable[str]:
    match decision:
        case NameKnown(name):
            return (surface(name.text),)
        case EntityDismissed(names):
            return [surface(name.text) for name in names]
    return ()


def _known_at(decisions: Sequence[Decision], number: int) -> bool:
    return isinstance(decisions[number], NameKnown)


def places_of(document: Document, known: Mapping[str, str]) -> tuple[Mention, ...]:
    """Return where known names stand in a document, in order: exact, on token borders, never across two blocks.

    In lines in capitals they are found in capitals, but for short ones and those that are words as well.
    """
    exact = [
        Mention(hit.start, hit.end, known[hit.surface], "user", 1.0)
        for hit in spot(document.text, known)
        if "\n" not in document.text[hit.start : hit.end] or document.has_block_around(hit.start, hit.end)
    ]
    raised = list(_in_capitals(document, known)) if known else []
    return tuple(with_names(raised, exact))


def _in_capitals(document: Document, known: Mapping[str, str]) -> Iterator[Mention]:
    from reader.names import common_words
    from reader.recognize.rules.capitals import forms_by_capitals, in_capitals, small_words

    words = common_words() | small_words()
    forms = forms_by_capitals(form for form in known if words.isdisjoint((form, form.casefold())))
    for block in document.blocks if forms else ():
        line = document.text[block.start : block.end]
        if in_capitals(line):
            for hit in spot(line, forms):
                yield Mention(block.start + hit.start, block.start + hit.end, known[forms[hit.surface]], "user", 1.0)


def _within(place: Mention, longer: Mention) -> bool:
    return longer.start <= place.start and place.end <= longer.end and longer[:2] != place[:2]


def with_names(found: Sequence[Mention], places: Sequence[Mention]) -> Sequence[Mention]:
    """Return what recognition found with known names in their places.

    A known name takes the place of what it overlaps; inside a longer name, which hides those within it, it is left out.

    Args:
        found: In order, none overlapping another.
        places: Of known names, likewise.
    """
    hidden: set[int] = set()
    added = []
    for place in places:
        overlapped = overlapping_range(found, place.start, place.end)
        if len(overlapped) == 1 and _within(place, found[overlapped[0]]):
            continue
        hidden.update(overlapped)
        added.append(place)
    if not added:
        return found
    return sorted([*(each for number, each in enumerate(found) if number not in hidden), *added])


class PersonalNames:
    """The known names of one document; what has not changed is not looked for again."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.wanted = False
        """Whether they are looked for yet: before recognition has spoken the text alone is shown, at once."""
        self._known: Mapping[str, str] = {}
        self._places: tuple[Mention, ...] = ()
        self._last: tuple[Sequence[Mention], Sequence[Mention], Sequence[Mention]] = ((), (), ())

    def among(self, found: Sequence[Mention], general: tuple[Decision, ...]) -> Sequence[Mention]:
        """Return what recognition found with the names that general decisions make known."""
        known = personal(general).known
        if not self.wanted or not known:
            return found
        if known != self._known:
            self._known, self._places = known, places_of(self._document, known)
        if self._last[0] is not found or self._last[1] is not self._places:
            self._last = found, self._places, with_names(found, self._places)
        return self._last[2]
