"""What the decisions about names come to: must-links, cannot-links and canonical names that never contradict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.annotate.decisions import (
    Decision,
    EntityRenamed,
    EntityRetagged,
    MentionAdded,
    MentionMoved,
    MentionOverlaid,
    NamesDifferent,
    NamesSame,
)
from reader.resolve import Constraints, Name
from reader.resolve.clustering.user_pairs import UserPairs


def constraints(decisions: Iterable[Decision]) -> Constraints:
    """Return what the user settled about names.

    Where decisions contradict each other, also through chains of names, the later one is kept: they are read from the
    last to the first, and one that contradicts what was read is dropped, pair by pair. A name that was retagged later
    on is handed on with its new label. When an entity was split after it had been named, the name stays with the part
    that holds the name so spelled, otherwise the first name.
    """
    settled = UserPairs()
    labels = _Labels()
    called: list[tuple[tuple[Name, ...], str]] = []
    moved: dict[tuple[int, int], Name | None] = {}
    for decision in reversed(list(decisions)):
        match decision:
            case NamesSame(names, preferred):
                current = labels.of(names)
                settled.join(current)
                if preferred:
                    called.append((current, preferred))
            case NamesDifferent(left, right):
                settled.keep_apart(labels.of(left), labels.of(right))
            case EntityRenamed(names, name):
                called.append((labels.of(names), name))
            case MentionMoved(start, end, to):
                moved.setdefault((start, end), *labels.of((to,)))
            case MentionAdded(start, end) | MentionOverlaid(start, end):
                moved.setdefault((start, end), None)  # a new mention is what its text says
            case EntityRetagged(names, label):
                # One entity was given one label; aliases that a rule allows under the old one only are not lost by it.
                settled.join(labels.of(Name(name.text, label) for name in names))
                labels.retag(names, label)
    return Constraints(
        same=tuple(reversed(settled.same)),
        different=tuple(reversed(settled.different)),
        preferred=_preferred(reversed(called), settled),
        moved=tuple(sorted((*span, to) for span, to in moved.items() if to is not None)),
        said=tuple(reversed(settled.ordered)),
    )


def _preferred(called: Iterable[tuple[tuple[Name, ...], str]], settled: UserPairs) -> tuple[tuple[Name, str], ...]:
    result: dict[Name, str] = {}
    for names, name in called:
        bearer = next((each for each in names if each.text == name), names[0])
        for each in names:
            if not settled.apart(each, bearer):
                result.pop(each, None)  # so that the last one said comes last
                result[each] = name
    return tuple(result.items())


@dataclass(slots=True)
class _Labels:
    """Read backwards: what a name of then is labelled now."""

    _now: dict[Name, Name] = field(default_factory=dict)
    _whatever: dict[str, Name] = field(default_factory=dict)

    def of(self, names: Iterable[Name]) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(self._current(name) for name in names))

    def retag(self, names: Iterable[Name], label: str) -> None:
        then = [(name, self._current(Name(name.text, label))) for name in names]
        for name, now in then:
            if name.label:
                self._now[name] = now
            else:
                self._now = {known: to for known, to in self._now.items() if known.text != name.text}
                self._whatever[name.text] = now

    def _current(self, name: Name) -> Name:
        return self._now.get(name) or self._whatever.get(name.text, name)
