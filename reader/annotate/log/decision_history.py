"""The history of a document: the decisions in force, and the next steps to undo and redo.

Pure. Undo and redo records name the step that they move, so every window reads a log that several windows wrote in the
same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from reader.annotate.decisions import BookmarkRemoved, BookmarkSet, Decision, OrphanDismissed, SpanDecision
from reader.annotate.decisions.decision_codec import MalformedRecordError, decode_decision, unwrap_orphan
from reader.annotate.log.anchors import Anchor, applies_to, decode_anchor
from reader.annotate.log.records import ORPHANED, REDO, UNDO, Record, action_id, root_id
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple


@dataclass(frozen=True, slots=True)
class Step:
    """The decisions that one command made together. They are undone and redone together."""

    id: str
    time: str
    """When the step was made: ISO 8601, UTC."""
    decisions: tuple[Decision, ...]
    author: str = ""
    carried_over: bool = False
    """Whether the step was made on an earlier version of the text."""
    quotes: tuple[str, ...] = ()
    """The text of the span of each decision when it was made; "" for a decision without a span."""
    session: str = ""
    """The run of the program that made the step."""
    applied: tuple[Decision, ...] = ()
    """The decisions that apply to this text: all but the orphans."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision whose span was not found in this text. It is kept and listed, but not applied."""

    decision: Decision
    anchor: Anchor
    step: str
    """The id of the step that it belongs to."""
    id: str = ""
    """The id by which `OrphanDismissed` refers to it; the same in every version of the text."""

    def reattached(self, start: int, end: int) -> tuple[Decision, ...]:
        """Return the decisions that attach the orphan to `start:end` (code points) and remove it from the orphans."""
        assert isinstance(self.decision, SpanDecision)  # no other decision becomes an orphan
        return (replace(self.decision, start=start, end=end), OrphanDismissed(self.id))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that this version cannot read. It stays in the log and hides no other record."""

    record: Record
    reason: str


class UndoneAction(NamedTuple):
    """The steps that one undo reverted, in the order in which redo brings them back."""

    session: str
    """The run of the program that undid them."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The state that follows from the log of one document."""

    document: str = ""
    """The digest of the text."""
    decisions: tuple[Decision, ...] = ()
    """The decisions in force, in the order in which they were made."""
    steps: tuple[Step, ...] = ()
    """The steps in force. Undo reverts the last."""
    undone: tuple[Step, ...] = ()
    """The steps that redo can bring back, the next one first."""
    next_redo_steps: tuple[Step, ...] = ()
    """The steps that the next redo brings back together: more than one after `Store.undo_to`."""
    undone_actions: tuple[UndoneAction, ...] = ()
    """The undone steps, grouped by the undo that reverted them, the last undo first."""
    all_steps: tuple[Step, ...] = ()
    """Every step ever made, in order, whether or not it is undone."""
    orphans: tuple[Orphan, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    last_seq: int = 0
    """The number of the last record on disk that is included."""

    def next_undo_in(self, session: str) -> Step | None:
        """Return the step that undo reverts in one window: the last that it made, or else the last of any window."""
        own_steps = (step for step in reversed(self.steps) if step.decisions and step.session == session)
        return next(own_steps, self.next_undo)

    def next_redo_in(self, session: str) -> tuple[Step, ...]:
        """Return the steps that redo brings back in one window: those it undid last, or else those undone last."""
        own_actions = (action.steps for action in self.undone_actions if action.session == session)
        return next(own_actions, self.next_redo_steps)

    @property
    def next_undo(self) -> Step | None:
        """The last step in force."""
        return next((step for step in reversed(self.steps) if step.decisions), None)

    @property
    def next_redo(self) -> Step | None:
        """The steps that the next redo brings back, combined into one; None if there are none."""
        return combine_steps(self.next_redo_steps)

    def steps_after(self, step_id: str) -> tuple[Step, ...]:
        """Return the steps in force that were made after a step, the latest first; "" returns all of them.

        Raises:
            KeyError: There is no such step.
        """
        numbers = {step.id: number for number, step in enumerate(self.all_steps)}
        last_number = numbers[step_id] if step_id else -1
        return tuple(step for step in reversed(self.steps) if step.decisions and numbers[step.id] > last_number)


@dataclass(slots=True)
class _StepBuilder:
    """A step whose records are still being read."""

    first: Record
    active: bool
    decisions: list[Decision] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    applied: list[Decision] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)
    _step: Step | None = None

    def step(self) -> Step:
        if self._step is None or len(self._step.decisions) != len(self.decisions):
            self._step = Step(
                self.first.step,
                self.first.time,
                tuple(self.decisions),
                self.first.author,
                root_id(self.first.id) != self.first.id,
                tuple(self.quotes),
                self.first.session,
                tuple(self.applied),
            )
        return self._step


@dataclass(slots=True)
class _UndoneSteps:
    """The ids of the steps that one undo reverted, in that order."""

    action: str
    session: str
    steps: list[str]


@dataclass(slots=True)
class HistoryBuilder:
    """Builds a history from records that are added one at a time. Calling `history` is cheap at any time."""

    document: str
    """The digest of the text."""
    text: str
    last_seq: int = 0
    """The number of the last record that was added."""
    _steps: dict[str, _StepBuilder] = field(default_factory=dict)
    _undone: list[_UndoneSteps] = field(default_factory=list)
    _early_moves: dict[str, bool] = field(default_factory=dict)
    """Whether a step is active, by its id, for undo and redo records that came before the records of the step."""
    _unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Add a record. One that cannot be read goes to the unreadable records."""
        self.last_seq = max(self.last_seq, record.seq)
        if not record.intact:
            self._unreadable.append(Unreadable(record, "checksum"))
        elif record.kind in (UNDO, REDO):
            self._move_step(record)
        else:
            self._add_decision(record)

    def history(self) -> History:
        """Return the history after the records so far."""
        active_steps = [step for step in self._steps.values() if step.active]
        actions = [
            UndoneAction(undone.session, tuple(self._steps[step_id].step() for step_id in reversed(undone.steps)))
            for undone in reversed(self._undone)
        ]
        dismissed = {
            decision.orphan
            for step in active_steps
            for decision in step.applied
            if isinstance(decision, OrphanDismissed)
        }
        orphans = [orphan for step in active_steps for orphan in step.orphans if orphan.id not in dismissed]
        return History(
            document=self.document,
            decisions=tuple(decision for step in active_steps for decision in step.applied),
            steps=tuple(step.step() for step in active_steps),
            undone=tuple(step for action in actions for step in action.steps),
            next_redo_steps=actions[0].steps if actions else (),
            undone_actions=tuple(actions),
            all_steps=tuple(step.step() for step in self._steps.values()),
            orphans=_without_replaced_bookmarks(orphans, active_steps),
            unreadable=tuple(self._unreadable),
            last_seq=self.last_seq,
        )

    def _move_step(self, record: Record) -> None:
        """Undo or redo a step."""
        step_id, active = record.step, record.kind == REDO
        step = self._steps.get(step_id)
        if step is None:
            self._early_moves[step_id] = active
            return
        if step.active is active:
            return
        step.active = active
        if active:
            for undone in self._undone:
                undone.steps = [undone_id for undone_id in undone.steps if undone_id != step_id]
            self._undone = [undone for undone in self._undone if undone.steps]
        elif step.decisions:
            action = action_id(record)
            if self._undone and self._undone[-1].action == action:
                self._undone[-1].steps.append(step_id)
            else:
                self._undone.append(_UndoneSteps(action, record.session, [step_id]))

    def _add_decision(self, record: Record) -> None:
        # A record that only a later version can read is still a decision: after it, nothing can be redone.
        step = self._steps.get(record.step)
        if step is None:
            self._undone.clear()
            step = self._steps[record.step] = _StepBuilder(record, self._early_moves.pop(record.step, True))
        try:
            decision, anchor = decode_record(record)
        except MalformedRecordError as error:
            self._unreadable.append(Unreadable(record, str(error)))
            return
        step.decisions.append(decision)
        step.quotes.append(anchor.quote if anchor else "")
        if record.kind != ORPHANED and applies_to(self.text, decision, anchor):
            step.applied.append(decision)
        elif anchor is not None:
            step.orphans.append(Orphan(decision, anchor, record.step, root_id(record.id)))


def _without_replaced_bookmarks(orphans: Sequence[Orphan], steps: Iterable[_StepBuilder]) -> tuple[Orphan, ...]:
    """Return the orphans without the bookmarks whose letter a later decision is about."""
    if not any(isinstance(orphan.decision, BookmarkSet) for orphan in orphans):
        return tuple(orphans)
    last_decisions = {
        decision.letter: decision
        for step in steps
        for decision in step.decisions
        if isinstance(decision, BookmarkSet | BookmarkRemoved)
    }
    return tuple(
        orphan
        for orphan in orphans
        if not isinstance(orphan.decision, BookmarkSet) or last_decisions[orphan.decision.letter] is orphan.decision
    )


def decode_record(record: Record) -> tuple[Decision, Anchor | None]:
    """Return the decision in a record and its anchor; None as the anchor if the decision has no span.

    Raises:
        MalformedRecordError: This version cannot read the record.
    """
    orphaned = record.kind == ORPHANED
    kind, payload = unwrap_orphan(record.payload) if orphaned else (record.kind, record.payload)
    decision = decode_decision(kind, payload)
    anchor = decode_anchor(record.anchor)
    if anchor is None and (orphaned or isinstance(decision, SpanDecision)):
        raise MalformedRecordError("no anchor")
    if orphaned and not isinstance(decision, SpanDecision):
        raise MalformedRecordError("an orphan without a span")
    return decision, anchor


def combine_steps(steps: Sequence[Step]) -> Step | None:
    """Return steps combined into one step; None if there are none."""
    if len(steps) < 2:
        return steps[0] if steps else None
    return replace(
        steps[0],
        decisions=tuple(decision for step in steps for decision in step.decisions),
        quotes=tuple(quote for step in steps for quote in step.quotes),
        applied=tuple(decision for step in steps for decision in step.applied),
    )


def replay(records: Iterable[Record], text: str, document: str = "") -> History:
    """Return the history of a document from its records, in their order."""
    builder = HistoryBuilder(document, text)
    for record in records:
        builder.add(record)
    return builder.history()
