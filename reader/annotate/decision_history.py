"""What the log adds up to: which decisions hold, and what undo and redo would do next. Pure.

Undo and redo name the step that they move, so a log written by several windows in turn reads the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reader.annotate.anchors import Anchor, applies_to, decode_anchor
from reader.annotate.decision_codec import MalformedRecordError, decode_decision, unwrap_orphan
from reader.annotate.decisions import Decision, OrphanDismissed, SpanDecision
from reader.annotate.records import ORPHANED, REDO, UNDO, Record, action_of, root


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the user: one or more decisions, undone and redone as one."""

    id: str
    time: str
    """When, ISO 8601, UTC."""
    decisions: tuple[Decision, ...]
    author: str = ""
    carried: bool = False
    """Whether it was made on an earlier version of the text."""
    quotes: tuple[str, ...] = ()
    """What stood at the place of each decision when it was made, "" for one about no place."""
    session: str = ""
    """Which run of the program made it."""
    applied: tuple[Decision, ...] = ()
    """Those of its decisions that have their place in this text, or are about none."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision whose place was not found in this text. Kept and shown, never applied."""

    decision: Decision
    anchor: Anchor
    step: str
    id: str = ""
    """By which `OrphanDismissed` names it; the same in every version of the text."""

    def at(self, start: int, end: int) -> tuple[Decision, ...]:
        """Return what to decide so that it holds at a place (code points) and is no orphan any more."""
        assert isinstance(self.decision, SpanDecision)  # no other decision loses its place
        return (replace(self.decision, start=start, end=end), OrphanDismissed(self.id))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that this version cannot read. It stays in the log and hides no other."""

    record: Record
    reason: str


class Taken(NamedTuple):
    """What one action took back, as redo brings it back."""

    session: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The state of one document's log."""

    document: str = ""
    """Digest of the text."""
    decisions: tuple[Decision, ...] = ()
    """Those that hold, in the order in which they were made."""
    steps: tuple[Step, ...] = ()
    """Those that hold; undo takes back the last."""
    undone: tuple[Step, ...] = ()
    """What redo can bring back, the next one first."""
    redoing: tuple[Step, ...] = ()
    """The first of them, which redo brings back at once: more than one after `Store.undo_to`."""
    taken: tuple[Taken, ...] = ()
    """The same by the action that took them back, the last action first."""
    past: tuple[Step, ...] = ()
    """Every step ever made, in order, also those that were taken back."""
    orphans: tuple[Orphan, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    last: int = 0
    """Place of the last record on disk that is counted in."""

    def last_of(self, session: str) -> Step | None:
        """Return the step that undo takes back in one window: the last that was made there, or else the last of all."""
        own = (step for step in reversed(self.steps) if step.decisions and step.session == session)
        return next(own, self.next_undo)

    def taken_by(self, session: str) -> tuple[Step, ...]:
        """Return what redo brings back in one window: what was taken back there last, or else what was last of all."""
        return next((taken.steps for taken in self.taken if taken.session == session), self.redoing)

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return next((step for step in reversed(self.steps) if step.decisions), None)

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would bring back; several that are brought back as one come as one."""
        return as_one(self.redoing)

    def after(self, step: str) -> tuple[Step, ...]:
        """Return the steps that hold and were made after one (an id; "" is the beginning), the latest first.

        Raises:
            KeyError: There is no such step.
        """
        places = {each.id: place for place, each in enumerate(self.past)}
        place = places[step] if step else -1
        return tuple(each for each in reversed(self.steps) if each.decisions and places[each.id] > place)


@dataclass(slots=True)
class _Growing:
    """A step while its records come in."""

    first: Record
    active: bool
    decisions: list[Decision] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    applied: list[Decision] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)
    _step: Step | None = None

    def step(self) -> Step:
        if self._step is None or len(self._step.decisions) != len(self.decisions):
            first = self.first
            carried = root(first.id) != first.id
            said = tuple(self.decisions), first.author, carried, tuple(self.quotes)
            self._step = Step(first.step, first.time, *said, first.session, tuple(self.applied))
        return self._step


@dataclass(slots=True)
class _Undone:
    """The steps that one action took back, in that order."""

    action: str
    session: str
    steps: list[str]


@dataclass(slots=True)
class Fold:
    """Adds records up one by one; `history` is cheap at any time."""

    document: str
    text: str
    last: int = 0
    _steps: dict[str, _Growing] = field(default_factory=dict)
    _redo: list[_Undone] = field(default_factory=list)
    _moved_before: dict[str, bool] = field(default_factory=dict)  # by records that came ahead of their step
    _unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Count a record in; one that cannot be read is set apart."""
        self.last = max(self.last, record.seq)
        if not record.intact:
            self._unreadable.append(Unreadable(record, "checksum"))
        elif record.kind in (UNDO, REDO):
            self._move(record)
        else:
            self._decide(record)

    def history(self) -> History:
        """Return the state after the records so far."""
        active = [growing for growing in self._steps.values() if growing.active]
        groups = [
            Taken(undone.session, tuple(self._steps[step].step() for step in reversed(undone.steps)))
            for undone in reversed(self._redo)
        ]
        dismissed = {each.orphan for growing in active for each in growing.applied if isinstance(each, OrphanDismissed)}
        return History(
            document=self.document,
            decisions=tuple(decision for growing in active for decision in growing.applied),
            steps=tuple(growing.step() for growing in active),
            undone=tuple(step for group in groups for step in group.steps),
            redoing=groups[0].steps if groups else (),
            taken=tuple(groups),
            past=tuple(growing.step() for growing in self._steps.values()),
            orphans=tuple(each for growing in active for each in growing.orphans if each.id not in dismissed),
            unreadable=tuple(self._unreadable),
            last=self.last,
        )

    def _move(self, record: Record) -> None:
        step, active = record.step, record.kind == REDO
        growing = self._steps.get(step)
        if growing is None:
            self._moved_before[step] = active
            return
        if growing.active is active:
            return
        growing.active = active
        if active:
            for undone in self._redo:
                undone.steps = [each for each in undone.steps if each != step]
            self._redo = [undone for undone in self._redo if undone.steps]
        elif growing.decisions:
            action = action_of(record)
            if self._redo and self._redo[-1].action == action:
                self._redo[-1].steps.append(step)
            else:
                self._redo.append(_Undone(action, record.session, [step]))

    def _decide(self, record: Record) -> None:
        # A record that only a later version understands still is a decision: it ends what could be redone.
        growing = self._steps.get(record.step)
        if growing is None:
            self._redo.clear()
            growing = self._steps[record.step] = _Growing(record, self._moved_before.pop(record.step, True))
        try:
            decision, where = read(record)
        except MalformedRecordError as error:
            self._unreadable.append(Unreadable(record, str(error)))
            return
        growing.decisions.append(decision)
        growing.quotes.append(where.quote if where else "")
        if record.kind != ORPHANED and applies_to(self.text, decision, where):
            growing.applied.append(decision)
        elif where is not None:
            growing.orphans.append(Orphan(decision, where, record.step, root(record.id)))


def read(record: Record) -> tuple[Decision, Anchor | None]:
    """Return the decision that a record holds, and what stood at its place.

    Raises:
        MalformedRecordError: This version cannot read it.
    """
    orphaned = record.kind == ORPHANED
    kind, payload = unwrap_orphan(record.payload) if orphaned else (record.kind, record.payload)
    decision = decode_decision(kind, payload)
    where = decode_anchor(record.anchor)
    if where is None and (orphaned or isinstance(decision, SpanDecision)):
        raise MalformedRecordError("no anchor")
    if orphaned and not isinstance(decision, SpanDecision):
        raise MalformedRecordError("an orphan that has no place")
    return decision, where


def as_one(steps: Sequence[Step]) -> Step | None:
    """Return several steps as if they were one, None for none."""
    if len(steps) < 2:
        return steps[0] if steps else None
    return replace(
        steps[0],
        decisions=tuple(each for step in steps for each in step.decisions),
        quotes=tuple(each for step in steps for each in step.quotes),
        applied=tuple(each for step in steps for each in step.applied),
    )


def replay(records: Iterable[Record], text: str, document: str = "") -> History:
    """Return what some records of one document add up to, in their order."""
    fold = Fold(document, text)
    for record in records:
        fold.add(record)
    return fold.history()
