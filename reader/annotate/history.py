"""What the log adds up to: which decisions hold, and what undo and redo would do next. Pure.

Undo and redo name the step that they move, so a log written by several windows in turn reads the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.annotate.anchors import Anchor, decode_anchor, placed, stands
from reader.annotate.codec import MalformedRecordError, decode
from reader.annotate.decisions import Decision
from reader.annotate.records import REDO, UNDO, Record


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the user: one or more decisions, undone and redone as one."""

    id: str
    time: str
    """When, ISO 8601, UTC."""
    decisions: tuple[Decision, ...]
    author: str = ""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision whose quote does not stand at its place in this text. Kept and shown, never applied."""

    decision: Decision
    anchor: Anchor
    step: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that this version cannot read. It stays in the log and hides no other."""

    record: Record
    reason: str


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
    orphans: tuple[Orphan, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    last: int = 0
    """Place of the last record on disk that is counted in."""

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return next((step for step in reversed(self.steps) if step.decisions), None)

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would bring back."""
        return self.undone[0] if self.undone else None


@dataclass(slots=True)
class _Growing:
    """A step while its records come in."""

    first: Record
    active: bool
    decisions: list[Decision] = field(default_factory=list)
    applied: list[Decision] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)
    _step: Step | None = None

    def step(self) -> Step:
        if self._step is None or len(self._step.decisions) != len(self.decisions):
            self._step = Step(self.first.step, self.first.time, tuple(self.decisions), self.first.author)
        return self._step


@dataclass(slots=True)
class Fold:
    """Adds records up one by one; `history` is cheap at any time."""

    document: str
    text: str
    last: int = 0
    _steps: dict[str, _Growing] = field(default_factory=dict)
    _redo: list[str] = field(default_factory=list)
    _moved_before: dict[str, bool] = field(default_factory=dict)  # by records that came ahead of their step
    _unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Count a record in; one that cannot be read is set apart."""
        self.last = max(self.last, record.seq)
        if not record.intact:
            self._unreadable.append(Unreadable(record, "checksum"))
        elif record.kind in (UNDO, REDO):
            self._move(record.step, active=record.kind == REDO)
        else:
            self._decide(record)

    def history(self) -> History:
        """Return the state after the records so far."""
        active = [growing for growing in self._steps.values() if growing.active]
        return History(
            document=self.document,
            decisions=tuple(decision for growing in active for decision in growing.applied),
            steps=tuple(growing.step() for growing in active),
            undone=tuple(self._steps[step].step() for step in reversed(self._redo)),
            orphans=tuple(orphan for growing in active for orphan in growing.orphans),
            unreadable=tuple(self._unreadable),
            last=self.last,
        )

    def _move(self, step: str, *, active: bool) -> None:
        growing = self._steps.get(step)
        if growing is None:
            self._moved_before[step] = active
            return
        if growing.active is active:
            return
        growing.active = active
        if active:
            if step in self._redo:
                self._redo.remove(step)
        elif growing.decisions:
            self._redo.append(step)

    def _decide(self, record: Record) -> None:
        # A record that only a later version understands still is a decision: it ends what could be redone.
        growing = self._steps.get(record.step)
        if growing is None:
            self._redo.clear()
            growing = self._steps[record.step] = _Growing(record, self._moved_before.pop(record.step, True))
        try:
            decision = decode(record.kind, record.payload)
            where = decode_anchor(record.anchor)
            if placed(decision) and where is None:
                raise MalformedRecordError("no anchor")
        except MalformedRecordError as error:
            self._unreadable.append(Unreadable(record, str(error)))
            return
        growing.decisions.append(decision)
        if stands(self.text, decision, where):
            growing.applied.append(decision)
        elif where is not None:
            growing.orphans.append(Orphan(decision, where, record.step))


def replay(records: Iterable[Record], text: str, document: str = "") -> History:
    """Return what some records of one document add up to, in their order."""
    fold = Fold(document, text)
    for record in records:
        fold.add(record)
    return fold.history()
