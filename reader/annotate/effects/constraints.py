"""Constraints on merging: the must-links, cannot-links and canonical names that follow from the decisions.

The constraints never contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from reader.annotate import decisions as kinds
from reader.resolve import Constraints, Name
from reader.resolve.clustering.user_pairs import UserPairs
from reader.structures.lazy_dataclass import dataclass


def constraints(decisions: Iterable[kinds.Decision]) -> Constraints:
    """Return the constraints that the user's decisions put on merging.

    The decisions are read from the last to the first. A pair that contradicts a later one, directly or through a chain
    of names, is dropped. A name that was retagged later gets its new label, and so does the name for which a retagged
    mention counts. If an entity was split after it was renamed, the part that contains the new name keeps it, or else
    the part with the first name.
    """
    pairs = UserPairs()
    labels = _CurrentLabels()
    renames: list[tuple[tuple[Name, ...], str]] = []
    moves: dict[tuple[int, int], Name | None] = {}
    decisions = list(decisions)
    moved_to = _texts_moved_to(decisions)
    for decision in reversed(decisions):
        match decision:
            case kinds.NamesSame(names, preferred):
                current_names = labels.current_names(names)
                pairs.join(current_names)
                if preferred:
                    renames.append((current_names, preferred))
            case kinds.NamesDifferent(left, right):
                pairs.keep_apart(labels.current_names(left), labels.current_names(right))
            case kinds.EntityRenamed(names, name):
                renames.append((labels.current_names(names), name))
            case kinds.MentionMoved(start, end, to):
                if (start, end) not in moves:
                    moves[start, end] = labels.current_name(to)
            case kinds.MentionRetagged(start, end, label) | kinds.MentionConfirmed(start, end, label):
                # The last label of a moved mention is also that of the name that it counts for.
                if (start, end) not in moves and (start, end) in moved_to:
                    moves[start, end] = labels.current_name(Name(moved_to[start, end], label))
            case kinds.MentionAdded(start, end) | kinds.MentionOverlaid(start, end):
                if (start, end) not in moves:
                    moves[start, end] = None  # a new mention counts for the name that its text spells
            case kinds.EntityRetagged(names, label):
                # The user retagged one entity, so its names stay one entity, even where the rule that merged them
                # applies to the old label only.
                pairs.join(labels.current_names(Name(name.text, label) for name in names))
                labels.retag(names, label)
    return Constraints(
        same=tuple(reversed(pairs.same)),
        different=tuple(reversed(pairs.different)),
        preferred=_canonical_names(reversed(renames), pairs),
        moved=tuple(sorted((*span, to) for span, to in moves.items() if to is not None)),
        said=tuple(reversed(pairs.ordered)),
    )


def _texts_moved_to(decisions: Iterable[kinds.Decision]) -> dict[tuple[int, int], str]:
    """Return the text of the name for which each moved mention counts in the end, by span."""
    texts: dict[tuple[int, int], str] = {}
    for decision in decisions:
        match decision:
            case kinds.MentionMoved(start, end, to):
                texts[start, end] = to.text
            case kinds.MentionAdded(start, end) | kinds.MentionOverlaid(start, end):
                texts.pop((start, end), None)
    return texts


def _canonical_names(renames: Iterable[tuple[tuple[Name, ...], str]], pairs: UserPairs) -> tuple[tuple[Name, str], ...]:
    canonical_names: dict[Name, str] = {}
    for names, canonical_name in renames:
        owner = next((name for name in names if name.text == canonical_name), names[0])
        for name in names:
            if not pairs.apart(name, owner):
                canonical_names.pop(name, None)  # so that the latest comes last
                canonical_names[name] = canonical_name
    return tuple(canonical_names.items())


@dataclass(slots=True)
class _CurrentLabels:
    """The present label of each name in an earlier decision. Filled while reading the decisions backward."""

    _by_name: dict[Name, Name] = field(default_factory=dict)
    _by_text: dict[str, Name] = field(default_factory=dict)
    """For surface forms that were retagged under every label."""

    def current_names(self, names: Iterable[Name]) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(self.current_name(name) for name in names))

    def current_name(self, name: Name) -> Name:
        return self._by_name.get(name) or self._by_text.get(name.text, name)

    def retag(self, names: Iterable[Name], label: str) -> None:
        changes = [(name, self.current_name(Name(name.text, label))) for name in names]
        for old_name, new_name in changes:
            if old_name.label:
                self._by_name[old_name] = new_name
            else:
                self._by_name = {name: new for name, new in self._by_name.items() if name.text != old_name.text}
                self._by_text[old_name.text] = new_name
