"""Mentions by name, kept up to date: what one decision changes is found without a look at every mention."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import compress, count
from operator import is_not
from typing import Final

from reader.names.normal import surface
from reader.recognize import LABELS, Mention
from reader.resolve.resolution import Name

_FEW: Final = 100
"""Up to so many changed mentions are put in their places one by one."""
_MANY: Final = 4000
"""With more changed mentions than this, all are grouped anew."""


class MentionGroups:
    """The mentions of one text by name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._given: tuple[Mention, ...] = ()
        self._surfaces: dict[str, str] = {}
        self._moved: dict[tuple[int, int], Name] = {}
        self.by_name: dict[Name, tuple[Mention, ...]] = {}
        """Every name → its mentions, in order of place."""
        self.ordered: list[Mention] = []
        """All mentions, in order of place."""

    def update(self, mentions: Iterable[Mention], moved: Iterable[tuple[int, int, Name]] = ()) -> set[Name]:
        """Take over a new set of mentions, in any order, and return the names whose mentions are others now.

        A moved mention is one of the name that it was moved to.

        Against the mentions given before, the time is that of comparing two arrays (by identity first), and of
        grouping again what differs.
        """
        given = mentions if isinstance(mentions, tuple) else tuple(mentions)
        places = {(start, end): Name(surface(name.text), name.label) for start, end, name in moved}
        turned = dict(self._moved.items() ^ places.items()).keys()
        if not turned and (given is self._given or given == self._given):
            return set()
        removed, added = _difference(self._given, given)
        if turned:
            removed += _at(turned, self._given, removed)
            added += _at(turned, given, added)
        fresh = len(removed) + len(added) > _MANY or not self.by_name
        changed = self._regroup(given, places) if fresh else self._patch(removed, added, places)
        if fresh or len(removed) + len(added) > _FEW:
            self.ordered = sorted(given)
        else:
            self._reorder(removed, added)
        self._given = given
        return changed

    def _reorder(self, removed: Iterable[Mention], added: Iterable[Mention]) -> None:
        for mention in removed:
            del self.ordered[bisect_left(self.ordered, mention)]
        for mention in added:
            insort(self.ordered, mention)

    def name_of(self, mention: Mention) -> Name:
        """Return the name of a mention."""
        if self._moved and (to := self._moved.get((mention.start, mention.end))):
            return to
        raw = self.text[mention.start : mention.end]
        joined = self._surfaces.get(raw)
        if joined is None:
            joined = self._surfaces[raw] = surface(raw)
        return Name(joined, mention.label)

    def written(self, mention: Mention) -> Name | None:
        """Return the name that a mention is written as, also where the user moved it to another one.

        Returns:
            The name; None where no mention that stayed is written so.
        """
        if (mention.start, mention.end) not in self._moved:
            return self.name_of(mention)
        form = surface(self.text[mention.start : mention.end])
        names = (Name(form, label) for label in (mention.label, *LABELS))
        return next((name for name in names if name in self.by_name), None)

    def _regroup(self, given: Sequence[Mention], places: dict[tuple[int, int], Name]) -> set[Name]:
        text = self.text
        self._moved = places
        apart = [mention for mention in given if mention[:2] in places] if places else ()
        if apart:
            given = [mention for mention in given if mention[:2] not in places]
        raw: dict[tuple[str, str], list[Mention]] = {}
        for mention in given:
            key = (text[mention[0] : mention[1]], mention[2])
            found = raw.get(key)
            if found is None:
                raw[key] = [mention]
            else:
                found.append(mention)
        joined: dict[Name, list[Mention]] = {}
        for (spelled, label), group in raw.items():
            joined.setdefault(Name(surface(spelled), label), []).extend(group)
        for mention in apart:
            joined.setdefault(self.name_of(mention), []).append(mention)
        before, self.by_name = self.by_name, {name: tuple(sorted(group)) for name, group in joined.items()}
        both = before.keys() & self.by_name.keys()
        return (before.keys() ^ self.by_name.keys()) | {name for name in both if before[name] != self.by_name[name]}

    def _patch(
        self, removed: Iterable[Mention], added: Iterable[Mention], places: dict[tuple[int, int], Name]
    ) -> set[Name]:
        minus: dict[Name, Counter[Mention]] = {}
        plus: dict[Name, list[Mention]] = {}
        for mention in removed:
            minus.setdefault(self.name_of(mention), Counter())[mention] += 1
        self._moved = places
        for mention in added:
            plus.setdefault(self.name_of(mention), []).append(mention)
        for name in {*minus, *plus}:
            less = minus.get(name, Counter())
            kept = plus.get(name, [])
            for mention in self.by_name.get(name, ()):
                if less.get(mention):
                    less[mention] -= 1
                else:
                    kept.append(mention)
            if kept:
                self.by_name[name] = tuple(sorted(kept))
            else:
                self.by_name.pop(name, None)
        return {*minus, *plus}


def _difference(old: Sequence[Mention], new: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return which mentions went and which came, as bags."""
    if len(old) == len(new):
        places = list(compress(range(len(old)), map(is_not, old, new)))
        gone, come = [old[at] for at in places], [new[at] for at in places]
    else:
        shorter = min(len(old), len(new))
        first = next(compress(count(), map(is_not, old, new)), shorter)
        last = min(next(compress(count(), map(is_not, reversed(old), reversed(new))), shorter), shorter - first)
        gone, come = list(old[first : len(old) - last]), list(new[first : len(new) - last])
    less, more = Counter(gone), Counter(come)
    return list((less - more).elements()), list((more - less).elements())


def _at(places: Container[tuple[int, int]], mentions: Iterable[Mention], known: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that stand at these places but those that are known to have changed."""
    return [mention for mention in mentions if mention[:2] in places and mention not in known]


def distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return sorted mentions without those that stand where the one before them stands."""
    found: list[Mention] = []
    for mention in mentions:
        if not found or found[-1][:2] != mention[:2]:
            found.append(mention)
    return tuple(found)
