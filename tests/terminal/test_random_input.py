"""Random input to the program in a real terminal: it answers, leaves, and restores the terminal."""

from __future__ import annotations

import pytest

from bench.fuzz import Run
from bench.fuzzing.fuzzed_terminal import fuzz_program, traceback_lines
from bench.fuzzing.inputs import Event
from bench.fuzzing.texts import generate_text


@pytest.mark.parametrize(("seed", "kind", "ending"), [(7, "short", ""), (8, "cjk", "SIGTERM"), (9, "odd", "SIGHUP")])
def test_the_program_survives_random_input(seed: int, kind: str, ending: str) -> None:
    run = Run.draw(seed, 80)
    outcome = fuzz_program(run.events, generate_text(kind, seed), library=seed == 7, ending=ending)
    assert outcome.problem.partition(":")[0] in {"", "slow"}, outcome


@pytest.mark.parametrize("ending", ["", "SIGTERM"])
def test_a_signal_to_continue_leaves_the_terminal_alone(ending: str) -> None:
    events = [Event("signal", "SIGCONT", seconds=0.05), Event("send", "j"), Event("signal", "SIGCONT")] * 3
    outcome = fuzz_program(events, generate_text("short", 1), ending=ending)
    assert outcome.problem.partition(":")[0] in {"", "slow"}, outcome


def test_the_program_suspends_and_continues() -> None:
    events = [Event("send", "\x1a", seconds=0.3), Event("send", "j", seconds=0.1)] * 2
    outcome = fuzz_program(events, generate_text("short", 2))
    assert outcome.problem.partition(":")[0] in {"", "slow"}, outcome


def test_a_traceback_is_reported_without_codes() -> None:
    received = (
        b"\x1b[1;1H\x1b[38;2;1;2;3mtext\x1b[0m\r\nTraceback (most recent call last):\r\n\r\n\x1b]22;text\x07KeyError: 1"
    )
    assert traceback_lines(received) == ["Traceback (most recent call last):", "KeyError: 1"]
    assert not traceback_lines(b"\x1b[1;1Htext")


def test_one_program_takes_all_events_if_it_stays() -> None:
    left, stayed = (Run.draw(3, 5_000, stays=stays).events for stays in (False, True))
    assert {"q", "\x11"} <= {event.text for event in left}
    assert not any(event.text in {"q", "\x11"} or "[113;" in event.text for event in stayed)
