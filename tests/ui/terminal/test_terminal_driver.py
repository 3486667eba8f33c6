"""Suspending and going on, whenever the signals come."""

from __future__ import annotations

import asyncio
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
    handlers = [signal.getsignal(number) for number in SIGNALS]

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
    signal.signal(signal.SIGWINCH, lambda *_: steps.append("draw"))
    yield steps
    for number, handler in zip(SIGNALS, handlers, strict=True):
        signal.signal(number, handler)


def active_driver() -> TerminalDriver:
    driver = object.__new__(TerminalDriver)
    driver._app = App()
    driver.fileno = 2
    driver._is_active, driver._must_signal_resume, driver.input_tty = True, False, False
    signal.signal(signal.SIGCONT, driver._sigcont_application)
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


async def test_before_the_app_takes_the_terminal_the_program_stops_at_once(steps: list[str]) -> None:
    TerminalDriver(App())
    signal.raise_signal(signal.SIGTSTP)
    signal.raise_signal(signal.SIGCONT)
    assert steps == ["stopped"]


async def test_a_program_that_is_taking_the_terminal_gives_it_back_and_stops(
    steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    take = LinuxDriver.start_application_mode

    def take_slowly(driver: TerminalDriver) -> None:
        take(driver)  # type: ignore[no-untyped-call]  # in Textual
        if steps == ["take"]:
            signal.raise_signal(signal.SIGTSTP)

    monkeypatch.setattr(LinuxDriver, "start_application_mode", take_slowly)
    driver = TerminalDriver(App())
    driver.input_tty = False
    driver.start_application_mode()
    await asyncio.sleep(0)
    assert steps == ["take", "give back", "end the writer", "stopped", "take"]


async def test_ctrl_z_does_not_stop_a_program_that_leaves(steps: list[str]) -> None:
    driver = TerminalDriver(App())
    driver.input_tty = False
    driver.start_application_mode()
    driver.stop_application_mode()
    signal.raise_signal(signal.SIGTSTP)
    await asyncio.sleep(0)
    assert steps == ["take", "give back"]
