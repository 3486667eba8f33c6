"""Suspending and going on, whenever the signals come."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from reader.ui.terminal.terminal_driver import TerminalDriver

SIGNALS = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)


class LivingWriter:
    def is_alive(self) -> bool:
        return True


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the driver does, in order. SIGCONT comes while it gives the terminal back."""
    steps: list[str] = []

    def stop(driver: TerminalDriver) -> None:
        del driver
        steps.append("give back")
        signal.raise_signal(signal.SIGCONT)

    def start(driver: TerminalDriver) -> None:
        steps.append("take")
        driver._writer_thread = LivingWriter()  # type: ignore[assignment]  # all that is asked
        driver._must_signal_resume = False

    monkeypatch.setattr(LinuxDriver, "stop_application_mode", stop)
    monkeypatch.setattr(LinuxDriver, "start_application_mode", start)
    monkeypatch.setattr(LinuxDriver, "close", lambda _: steps.append("end the writer"))
    monkeypatch.setattr(os, "kill", lambda *_: steps.append("stopped"))
    handlers = [signal.getsignal(number) for number in SIGNALS]
    signal.signal(signal.SIGWINCH, lambda *_: steps.append("draw"))
    yield steps
    for number, handler in zip(SIGNALS, handlers, strict=True):
        signal.signal(number, handler)


def active_driver() -> TerminalDriver:
    driver = object.__new__(TerminalDriver)
    driver._app = App()
    driver.fileno = 2
    driver._is_active, driver._must_signal_resume, driver.input_tty = True, False, False
    signal.signal(signal.SIGCONT, driver._continue)
    return driver


def test_the_terminal_is_taken_once_and_after_it_was_given_back(steps: list[str]) -> None:
    driver = active_driver()
    driver._suspend()
    assert steps == ["give back", "end the writer", "stopped", "take"]
    assert driver._is_active


def test_a_program_that_was_stopped_otherwise_draws_again(steps: list[str]) -> None:
    active_driver()
    signal.raise_signal(signal.SIGCONT)
    assert steps == ["draw"]
