"""Batches in this process and in worker processes."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from reader.collection.batches.outcome import Outcome
from reader.collection.batches.run_batch import run_batch
from reader.collection.batches.worker_pool import WorkerPool

linux = pytest.mark.skipif(sys.platform != "linux", reason="signals as on Linux")


@dataclass(frozen=True)
class Scripted:
    """A task that does what its sources say."""

    folder: Path

    def __call__(self, source: str) -> Outcome[str]:
        word, _, argument = source.partition(" ")
        match word:
            case "members":
                return Outcome(source, members=tuple(argument.split(",")))
            case "itself":
                return Outcome(source, members=(source,))
            case "fail":
                raise ZeroDivisionError("a bug\nwith details")
            case "local":
                return Outcome(source, value=lambda: None)  # type: ignore[arg-type]  # cannot be pickled
            case "sleep":
                time.sleep(float(argument))
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "die-once":
                marker = self.folder / argument
                if not marker.exists():
                    marker.touch()
                    os._exit(3)
        return Outcome(source, value=f"{source} in {os.getpid()}")


def results(outcomes: Iterator[Outcome[str]]) -> list[str]:
    """Return the sources of the outcomes, with their errors."""
    return [
        outcome.source + (f" ! {outcome.error}" if outcome.error else "") for outcome in outcomes if not outcome.members
    ]


@pytest.mark.parametrize(("processes", "few"), [(1, 8), (2, 0), (2, 2), (3, 5)])
def test_outcomes_come_in_order_however_many_processes_work(tmp_path: Path, processes: int, few: int) -> None:
    sources = ["a", "members b,c,d", "e", "sleep 0.2", "fail", "f", "-", "g"]
    expected = [
        "a",
        "b",
        "c",
        "d",
        "e",
        "sleep 0.2",
        "fail ! fail: skipped, unexpected ZeroDivisionError: a bug",
        "f",
        "-",
        "g",
    ]
    assert results(run_batch(Scripted(tmp_path), iter(sources), processes=processes, few=few)) == expected


def test_a_file_that_contains_itself_is_opened_a_few_times_only(tmp_path: Path) -> None:
    for processes in (1, 2):
        outcomes = run_batch(Scripted(tmp_path), ["itself"], processes=processes, few=0)
        assert results(outcomes) == ["itself ! itself: files of documents in each other, more than 3 deep"]


def test_few_documents_are_handled_in_this_process(tmp_path: Path) -> None:
    values = [outcome.value or "" for outcome in run_batch(Scripted(tmp_path), ["a", "b"], processes=2)]
    assert {value.rpartition(" ")[2] for value in values} == {str(os.getpid())}


def test_members_of_one_file_are_handled_by_several_processes(tmp_path: Path) -> None:
    source = "members " + ",".join(f"sleep 0.0{number}" for number in range(9)) + ",sleep 0.1"
    outcomes = list(run_batch(Scripted(tmp_path), [source], processes=2))
    assert outcomes[0].source == source
    values = [outcome.value or "" for outcome in outcomes[1:]]
    pids = {value.rpartition(" ")[2] for value in values}
    assert len(values) == 10
    assert len(pids) == 2
    assert str(os.getpid()) not in pids


def test_standard_input_is_read_by_this_process(tmp_path: Path) -> None:
    outcomes = list(run_batch(Scripted(tmp_path), ["a", "-", "b"], processes=2, few=0))
    assert outcomes[1].value == f"- in {os.getpid()}"


@linux
def test_a_document_that_ends_its_worker_is_named_and_the_others_are_handled(tmp_path: Path) -> None:
    sources = ["a", "die now", "b", "die-once x", "c", "d"]
    assert results(run_batch(Scripted(tmp_path), sources, processes=2, few=0)) == [
        "a", "die now ! die now: skipped, it ended its process (SIGKILL)", "b", "die-once x", "c", "d",
    ]  # fmt: skip


def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with WorkerPool(Scripted(tmp_path), 1, time_limit=1.0) as pool:
        for number, source in enumerate(["sleep 60", "a"]):
            pool.submit(number, source)
        outcomes = dict(pool.outcomes())
        while not pool.is_idle:
            outcomes |= dict(pool.outcomes())
    assert outcomes[0].error == "sleep 60: skipped, it took longer than 1 seconds"
    assert outcomes[1].error == ""


def test_a_result_that_cannot_be_handed_over_is_an_error_of_its_document(tmp_path: Path) -> None:
    first, second = run_batch(Scripted(tmp_path), ["local", "a"], processes=2, few=0)
    assert first.error.startswith("local: its result cannot be handed to another process")
    assert second.value


def test_sources_are_read_as_needed(tmp_path: Path) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"source {taken}"

    outcomes = run_batch(Scripted(tmp_path), endless(), processes=2, few=0)
    assert [next(outcomes).source for _ in range(20)] == [f"source {number}" for number in range(1, 21)]
    outcomes.close()
    assert taken < 100


def test_no_worker_outlives_the_batch(tmp_path: Path) -> None:
    outcomes = run_batch(Scripted(tmp_path), [f"s{number}" for number in range(50)], processes=2, few=0)
    pid = int((next(outcomes).value or "").rpartition(" ")[2])
    outcomes.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_worker_is_replaced_after_some_sources(tmp_path: Path) -> None:
    values: list[str] = []
    with WorkerPool(Scripted(tmp_path), 1, most_sources=3) as pool:
        for number in range(8):
            pool.submit(number, f"source {number}")
        while not pool.is_idle:
            values += [outcome.value or outcome.error for _, outcome in pool.outcomes()]
    assert [value.partition(" in ")[0] for value in values] == [f"source {number}" for number in range(8)]
    processes = [value.rpartition(" ")[2] for value in values]
    assert [len(list(group)) for _, group in groupby(processes)] == [3, 3, 2]
    assert len(set(processes)) == 3
