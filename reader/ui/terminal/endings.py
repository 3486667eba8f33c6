"""Ends the program on a signal or when its terminal is gone: promptly, saved, and with the terminal restored.

SIGTERM, SIGHUP and SIGINT end the app as a key would, and the exit code is 128 + the signal. Before there is an app,
they end the process at once. A program that does not end in time, for example because its terminal takes no output, is
ended anyway: every decision is on disk already.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType
from typing import Any, Final

_APP_SECONDS: Final = 1.5
"""Seconds that the app has to end after a signal."""
_STORE_SECONDS: Final = 4.0
"""Seconds that the store then has to close: it waits for other windows."""
_DISCARD_SECONDS: Final = 0.3
"""Seconds in which output is discarded that the terminal does not take."""
_RESET: Final = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?2048l\x1b[?2026l\x1b[?1004l"
    b"\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Resets every mode of the terminal that the app sets."""


class Endings:
    """The handling of signals in this process."""

    def __init__(self) -> None:
        self._end_app: Callable[[int], object] | None = None
        """Ends the app with an exit code; None before there is an app."""
        self._attributes: list[Any] | None = None
        """The attributes of the terminal before the app."""
        self._app_ended = threading.Event()
        self._is_suspended = False
        self._has_left_terminal = False
        self._forced = False

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let signals end the program. Those that the process was started to ignore, as by nohup, stay ignored."""
        numbers = [number for name in ("SIGTERM", "SIGHUP", "SIGINT") if (number := getattr(signal, name, None))]
        numbers = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
        self._attributes = _terminal_attributes()
        for number in numbers:
            signal.signal(number, self._handle)
        try:
            yield
        finally:
            # The interpreter, which still ends, would print a traceback, or stop.
            for name in ("SIGINT", "SIGTSTP") if self._has_left_terminal else ("SIGINT",):
                signal.signal(getattr(signal, name), signal.SIG_IGN)

    @contextmanager
    def of_app(self, end_app: Callable[[int], object]) -> Iterator[None]:
        """Let signals end an app.

        Args:
            end_app: Ends the app with an exit code. It is called in any thread, and may be called twice.
        """
        self._end_app = end_app
        try:
            yield
        finally:
            self._app_ended.set()

    @contextmanager
    def of_suspended_app(self) -> Iterator[None]:
        """Ignore SIGINT while the app has given the terminal back: Ctrl+C is meant for the shell.

        The terminal makes a signal of it for as long as the app does not read keys, also just before the program is
        stopped, and just after it goes on.
        """
        self._is_suspended = True
        try:
            yield
        finally:
            self._is_suspended = False

    def take_terminal(self) -> None:
        """Note that the app has the terminal, again or for the first time."""
        self._has_left_terminal = False

    def leave_terminal(self) -> None:
        """Note that the app has given the terminal back. What is typed from now on changes nothing."""
        self._has_left_terminal = True

    def ignore_key(self, *_: object) -> None:
        """Ignore the signal of Ctrl+C or Ctrl+Z. With it, the terminal may have discarded what it had not shown yet."""
        if self._has_left_terminal and not self._is_suspended:
            _reset_terminal(0.1)

    def end(self, number: int) -> None:
        """End the program as a signal does. It may be called in any thread.

        Before there is an app, nothing is raised that would end the program in order: it may be raised in a callback,
        which loses it, or while a class is made, which turns it into an error.
        """
        code = 128 + number
        if self._end_app is None:
            os._exit(code)
        if not self._forced:
            self._forced = True
            threading.Thread(target=self._force, args=(code,), name="reader-ending", daemon=True).start()
        self._end_app(code)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        del frame
        if number == signal.SIGINT and (self._is_suspended or self._has_left_terminal or self._app_ended.is_set()):
            self.ignore_key()  # the user has left, and types on
            return
        self.end(number)

    def _force(self, code: int) -> None:
        """End the process if the program does not end by itself."""
        if self._app_ended.wait(_APP_SECONDS):
            threading.Event().wait(_STORE_SECONDS)
        else:
            self._restore_terminal()
        os._exit(code)

    def _restore_terminal(self) -> None:
        """Restore the terminal without waiting for it. Output that it has not taken is discarded."""
        if self._attributes is None:
            return
        import termios

        from reader.ui.terminal.flow_control import resume_output

        with suppress(termios.error, OSError, ValueError):
            termios.tcsetattr(0, termios.TCSANOW, self._attributes)
            with _not_waiting_for_output():
                deadline = monotonic() + _DISCARD_SECONDS
                while not _reset_terminal(0.01) and monotonic() < deadline:
                    termios.tcflush(1, termios.TCOFLUSH)
                    resume_output(1)  # wakes the thread that is writing


@contextmanager
def _not_waiting_for_output() -> Iterator[None]:
    """Let writing fail instead of waiting, also in a thread that is writing: until it ends, nothing else can write."""
    blocking = {descriptor: os.get_blocking(descriptor) for descriptor in (1, 2)}
    for descriptor in blocking:
        os.set_blocking(descriptor, False)
    try:
        yield
    finally:
        for descriptor, was_blocking in blocking.items():  # which is so for the shell, too
            os.set_blocking(descriptor, was_blocking)


def _reset_terminal(seconds: float) -> bool:
    """Reset the modes of the terminal; return whether it takes output within some seconds."""
    with suppress(OSError, ValueError):
        if select.select([], [1], [], seconds)[1]:
            return os.write(1, _RESET) == len(_RESET)
    return False


def _terminal_attributes() -> list[Any] | None:
    """Return the attributes of the terminal, None if standard output is no terminal."""
    if sys.platform == "win32":
        return None
    import termios

    try:
        return termios.tcgetattr(1)
    except (termios.error, OSError):
        return None


ENDINGS: Final = Endings()
"""Signals belong to the process, so there is one of it."""
