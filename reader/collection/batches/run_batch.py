"""Run a task over many sources and yield the outcomes in the order of the sources."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from reader.collection.batches.outcome import Outcome, Task, handle_source
from reader.document.sanitize import one_line
from reader.document.standard_input import STANDARD_INPUT
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.collection.batches.executor import Cluster, Executor

ResultT = TypeVar("ResultT")

FEW: Final = 8
"""Up to this many documents are handled in this process: starting others would take longer."""
MAX_NESTED: Final = 3
"""How deep files of many documents are opened in each other; an archive may contain itself."""


@dataclass(slots=True)
class _Slot(Generic[ResultT]):
    """The position of a source in the order of the results."""

    source: str
    depth: int = 0
    outcome: Outcome[ResultT] | None = None
    members: tuple[_Slot[ResultT], ...] = ()


def run_batch(
    task: Task[str, ResultT],
    sources: Iterable[str],
    *,
    processes: int = 0,
    few: int = FEW,
    cluster: Cluster | None = None,
) -> Generator[Outcome[ResultT]]:
    """Yield an outcome for each source, in order. That of a file of many documents precedes those of its members.

    Args:
        task: What to do with a source.
        sources: The sources; read as needed.
        processes: The maximum number of worker processes; 0 for one per core. 1 starts none.
        few: Up to this many documents are handled in this process.
        cluster: What handles the sources instead of processes of this machine.

    Raises:
        WorkerError: The workers cannot be started or reached.
    """
    remaining = iter(sources)
    if cluster is not None:
        with cluster.executor(task) as executor:
            yield from _ordered(executor, task, (), remaining)
        return
    processes = processes or default_processes()
    pending: deque[_Slot[ResultT]] = deque()
    while True:
        pending += (_Slot(source) for source in islice(remaining, max(few + 1 - len(pending), 0)))
        if not pending:
            return
        if processes > 1 and len(pending) > few:
            break
        slot = pending.popleft()
        outcome = handle_source(task, slot.source)
        slot.members = _member_slots(slot, outcome)
        pending.extendleft(reversed(slot.members))
        yield _unless_too_deep(slot, outcome)
    from reader.collection.batches.worker_pool import WorkerPool

    with WorkerPool(task, processes) as pool:
        yield from _ordered(pool, task, pending, remaining)


def default_processes() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _ordered(
    executor: Executor[ResultT],
    task: Task[str, ResultT],
    first_slots: Iterable[_Slot[ResultT]],
    remaining: Iterator[str],
) -> Iterator[Outcome[ResultT]]:
    """Yield the outcomes of an executor in order.

    Args:
        executor: What handles the sources.
        task: The task of the executor, for what only this process can read.
        first_slots: The first slots; later ones are made of `remaining`.
        remaining: The sources after the first ones.
    """
    pending = deque(first_slots)
    order = deque(pending)
    begun: dict[int, _Slot[ResultT]] = {}
    number = waiting = 0
    while True:
        while executor.has_room and len(begun) + waiting < executor.ahead:
            if not pending:
                added = [_Slot[ResultT](source) for source in islice(remaining, 1)]
                if not added:
                    break
                pending += added
                order += added
            slot = pending.popleft()
            if slot.source == STANDARD_INPUT:  # only this process can read it
                slot.outcome = handle_source(task, slot.source)
                waiting += 1
                continue
            begun[number] = slot
            executor.submit(number, slot.source)
            number += 1
        if not order:
            return
        for finished, outcome in () if executor.is_idle else executor.outcomes():
            slot = begun.pop(finished)
            slot.outcome = outcome
            slot.members = _member_slots(slot, outcome)
            pending.extendleft(reversed(slot.members))
            waiting += 1
        while order and order[0].outcome is not None:
            slot = order.popleft()
            waiting -= 1
            order.extendleft(reversed(slot.members))
            if slot.outcome is not None:
                yield _unless_too_deep(slot, slot.outcome)


def _member_slots(slot: _Slot[ResultT], outcome: Outcome[ResultT]) -> tuple[_Slot[ResultT], ...]:
    if slot.depth >= MAX_NESTED:
        return ()
    return tuple(_Slot(address, slot.depth + 1) for address in outcome.members)


def _unless_too_deep(slot: _Slot[ResultT], outcome: Outcome[ResultT]) -> Outcome[ResultT]:
    """Return the outcome; an error if members are not opened because they lie too deep."""
    if not outcome.members or slot.members:
        return outcome
    return Outcome(
        slot.source, error=f"{one_line(slot.source)}: files of documents in each other, more than {MAX_NESTED} deep"
    )
