"""The mentions of one text grouped by name, updated without visiting every mention."""

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
"""Up to this many changed mentions are sorted in one by one."""
_MANY: Final = 4000
"""With more changed mentions than this, all are grouped again."""


class MentionGroups:
    """The mentions of one text by name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._mentions: tuple[Mention, ...] = ()
        self._surfaces: dict[str, str] = {}
        self._moved: dict[tuple[int, int], Name] = {}
        self.by_name: dict[Name, tuple[Mention, ...]] = {}
        """The sorted mentions of every name."""
        self.ordered: list[Mention] = []
        """All mentions, sorted."""

    def update(self, mentions: Iterable[Mention], moved: Iterable[tuple[int, int, Name]] = ()) -> set[Name]:
        """Replace the mentions. Return the names whose mentions have changed.

        It takes as long as comparing the new mentions with the last ones, by identity first, and regrouping those that
        differ.

        Args:
            mentions: The mentions, in any order.
            moved: Spans of mentions that the user moved to another name, and that name.
        """
        new_mentions = mentions if isinstance(mentions, tuple) else tuple(mentions)
        targets = {(start, end): Name(surface(name.text), name.label) for start, end, name in moved}
        moved_spans = dict(self._moved.items() ^ targets.items()).keys()
        if not moved_spans and (new_mentions is self._mentions or new_mentions == self._mentions):
            return set()
        removed, added = _difference(self._mentions, new_mentions)
        if moved_spans:
            removed = _with_all_at(moved_spans, removed, self._mentions)
            added = _with_all_at(moved_spans, added, new_mentions)
        regroup = len(removed) + len(added) > _MANY or not self.by_name
        changed = self._regroup(new_mentions, targets) if regroup else self._patch(removed, added, targets)
        if regroup or len(removed) + len(added) > _FEW:
            self.ordered = sorted(new_mentions)
        else:
            self._reorder(removed, added)
        self._mentions = new_mentions
        return changed

    def _reorder(self, removed: Iterable[Mention], added: Iterable[Mention]) -> None:
        for mention in removed:
            del self.ordered[bisect_left(self.ordered, mention)]
        for mention in added:
            insort(self.ordered, mention)

    def name_of(self, mention: Mention) -> Name:
        """Return the name that a mention counts for."""
        if self._moved and (target := self._moved.get((mention.start, mention.end))):
            return target
        text = self.text[mention.start : mention.end]
        form = self._surfaces.get(text)
        if form is None:
            form = self._surfaces[text] = surface(text)
        return Name(form, mention.label)

    def written(self, mention: Mention) -> Name | None:
        """Return the name that a mention is written as, even if the user moved it to another name.

        Returns:
            The name; None where no mention that was not moved is written like it.
        """
        if (mention.start, mention.end) not in self._moved:
            return self.name_of(mention)
        form = surface(self.text[mention.start : mention.end])
        names = (Name(form, label) for label in (mention.label, *LABELS))
        return next((name for name in names if name in self.by_name), None)

    def _regroup(self, mentions: Sequence[Mention], targets: dict[tuple[int, int], Name]) -> set[Name]:
        text = self.text
        self._moved = targets
        moved_mentions = [mention for mention in mentions if mention[:2] in targets] if targets else ()
        if moved_mentions:
            mentions = [mention for mention in mentions if mention[:2] not in targets]
        by_text: dict[tuple[str, str], list[Mention]] = {}
        for mention in mentions:
            key = (text[mention[0] : mention[1]], mention[2])
            group = by_text.get(key)
            if group is None:
                by_text[key] = [mention]
            else:
                group.append(mention)
        by_name: dict[Name, list[Mention]] = {}
        for (spelling, label), group in by_text.items():
            by_name.setdefault(Name(surface(spelling), label), []).extend(group)
        for mention in moved_mentions:
            by_name.setdefault(self.name_of(mention), []).append(mention)
        old, self.by_name = self.by_name, {name: tuple(sorted(group)) for name, group in by_name.items()}
        common = old.keys() & self.by_name.keys()
        return (old.keys() ^ self.by_name.keys()) | {name for name in common if old[name] != self.by_name[name]}

    def _patch(
        self, removed: Iterable[Mention], added: Iterable[Mention], targets: dict[tuple[int, int], Name]
    ) -> set[Name]:
        removed_by_name: dict[Name, Counter[Mention]] = {}
        added_by_name: dict[Name, list[Mention]] = {}
        for mention in removed:
            removed_by_name.setdefault(self.name_of(mention), Counter())[mention] += 1
        self._moved = targets
        for mention in added:
            added_by_name.setdefault(self.name_of(mention), []).append(mention)
        for name in {*removed_by_name, *added_by_name}:
            to_remove = removed_by_name.get(name, Counter())
            group = added_by_name.get(name, [])
            for mention in self.by_name.get(name, ()):
                if to_remove.get(mention):
                    to_remove[mention] -= 1
                else:
                    group.append(mention)
            if group:
                self.by_name[name] = tuple(sorted(group))
            else:
                self.by_name.pop(name, None)
        return {*removed_by_name, *added_by_name}


def _difference(old: Sequence[Mention], new: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that were removed and those that were added; equal mentions count separately."""
    if len(old) == len(new):
        indices = list(compress(range(len(old)), map(is_not, old, new)))
        old_part, new_part = [old[index] for index in indices], [new[index] for index in indices]
    else:
        shorter = min(len(old), len(new))
        first = next(compress(count(), map(is_not, old, new)), shorter)
        last = min(next(compress(count(), map(is_not, reversed(old), reversed(new))), shorter), shorter - first)
        old_part, new_part = list(old[first : len(old) - last]), list(new[first : len(new) - last])
    removed, added = Counter(old_part), Counter(new_part)
    return list((removed - added).elements()), list((added - removed).elements())


def _with_all_at(
    spans: Container[tuple[int, int]], changed: Iterable[Mention], mentions: Iterable[Mention]
) -> list[Mention]:
    """Return the changed mentions with other spans, and all mentions with these spans."""
    elsewhere = [mention for mention in changed if mention[:2] not in spans]
    return elsewhere + [mention for mention in mentions if mention[:2] in spans]


def distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return sorted mentions without those that repeat the span of an earlier one."""
    distinct_mentions: list[Mention] = []
    for mention in mentions:
        if not distinct_mentions or distinct_mentions[-1][:2] != mention[:2]:
            distinct_mentions.append(mention)
    return tuple(distinct_mentions)
