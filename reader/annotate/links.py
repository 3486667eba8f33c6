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


def constraints(decisions: Iterable[Decision]) -> Constraints:
    """Return what the user settled about names.

    Where decisions contradict each other, also through chains of names, the later one is kept: they are read from the
    last to the first, and one that contradicts what was read is dropped, pair by pair. A name that was retagged later
    on is handed on with its new label. When an entity was split after it had been named, the name stays with the part
    that holds the name so spelled, otherwise the first name.
    """
    settled = _Settled()
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
                settled.part(labels.of(left), labels.of(right))
            case EntityRenamed(names, name):
                called.append((labels.of(names), name))
            case MentionMoved(start, end, to):
                moved.setdefault((start, end), *labels.of((to,)))
            case MentionAdded(start, end) | MentionOverlaid(start, end):
                moved.setdefault((start, end), None)  # a new mention is what its text says
            case EntityRetagged(names, label):
                labels.retag(names, label)
    return Constraints(
        same=tuple(reversed(settled.same)),
        different=tuple(reversed(settled.different)),
        preferred=_preferred(reversed(called), settled),
        moved=tuple(sorted((*span, to) for span, to in moved.items() if to is not None)),
    )


def _preferred(called: Iterable[tuple[tuple[Name, ...], str]], settled: _Settled) -> tuple[tuple[Name, str], ...]:
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


@dataclass(slots=True)
class _Settled:
    """Pairs that do not contradict each other: a union-find whose sets know which sets they must stay apart from."""

    same: list[tuple[Name, Name]] = field(default_factory=list)
    different: list[tuple[Name, Name]] = field(default_factory=list)
    _parent: dict[Name, Name] = field(default_factory=dict)
    _apart: dict[Name, set[Name]] = field(default_factory=dict)

    def join(self, names: tuple[Name, ...]) -> None:
        """Link each name to the first of those before it that it may be one with."""
        heads: list[Name] = []
        for name in names:
            friend = next((head for head in heads if not self.apart(head, name)), None)
            if friend is None:
                heads.append(name)
            elif self._unite(friend, name):
                self.same.append((friend, name))

    def part(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> None:
        """Keep each name on the left from each on the right, but for those already settled to be one."""
        for a in left:
            for b in right:
                root_a, root_b = self._root(a), self._root(b)
                if root_a != root_b:
                    self._apart.setdefault(root_a, set()).add(root_b)
                    self._apart.setdefault(root_b, set()).add(root_a)
                    self.different.append((a, b))

    def apart(self, a: Name, b: Name) -> bool:
        """Tell whether two names are settled to be two entities."""
        return self._root(b) in self._apart.get(self._root(a), ())

    def _root(self, name: Name) -> Name:
        root = name
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(name, root)) != root:
            self._parent[name], name = root, above
        return root

    def _unite(self, a: Name, b: Name) -> bool:
        root_a, root_b = self._root(a), self._root(b)
        if root_a == root_b:
            return False
        self._parent[root_b] = root_a
        for other in self._apart.pop(root_b, ()):
            self._apart[other].discard(root_b)
            self._apart[other].add(root_a)
            self._apart.setdefault(root_a, set()).add(other)
        return True
