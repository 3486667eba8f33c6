"""The terminal as Textual reads and writes it, also when it is suspended, or gone."""

from __future__ import annotations

import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import IO, Any, Final

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import CursorPosition
from textual.message import Message

from reader.ui.terminal.drawn_clusters import DrawnClusters, is_nested
from reader.ui.terminal.endings import ENDINGS
from reader.ui.terminal.flow_control import wait_for_output
from reader.ui.terminal.width_question import LEAST_ROWS, WidthQuestion

_POLL_SECONDS = 0.1
"""Seconds after which the thread that reads keys looks whether it must end."""
_ANSWER_SECONDS: Final = 0.2
"""Seconds after the question about widths in which the program waits for the answers before it ends."""
_DUMB: Final = {None, "", "dumb", "unknown"}
"""Values of TERM of terminals that answer nothing."""


class TerminalOutput:
    """A file that never fails: Textual's thread that writes would end, and the app would wait for it."""

    def __init__(self, file: IO[str], on_loss: Callable[[], None]) -> None:
        self._file = file
        self._on_loss = on_loss

    def write(self, text: str) -> None:
        """Write text, unless the terminal is gone."""
        try:
            self._file.write(text)
        except OSError:
            self._lose()

    def flush(self) -> None:
        """Send what was written, unless the terminal is gone."""
        try:
            self._file.flush()
        except OSError:
            self._lose()

    def fileno(self) -> int:
        """Return the descriptor of the terminal."""
        return self._file.fileno()

    def _lose(self) -> None:
        """Discard what is written from now on, also what the interpreter flushes when it exits."""
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, self._file.fileno())
        os.close(null)
        self._on_loss()


class TerminalDriver(LinuxDriver):
    """A driver that ends the app when the terminal is gone, and suspends it together with its shell job."""

    _asked_at: float | None = None
    """When the terminal was asked how wide it draws emoji, in seconds."""
    _is_active = False
    """Whether the app has the terminal."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if self._file is not None:
            self._file = TerminalOutput(self._file, self._lose_terminal)  # type: ignore[assignment]  # all that is used
        self._clusters = DrawnClusters(nested=is_nested(os.environ))
        self._width_question = WidthQuestion()

    def start_application_mode(self) -> None:
        """Take the terminal. In the background, the program stops here until it comes to the foreground."""
        while not self._is_active:
            super().start_application_mode()  # type: ignore[no-untyped-call]  # in Textual
            if self._writer_thread is not None and self._writer_thread.is_alive():
                self._is_active = True
                ENDINGS.take_terminal()
                signal.signal(signal.SIGTSTP, self._sigtstp_application)
                signal.signal(signal.SIGCONT, self._sigcont_application)
                self._ask_widths()
            elif not os.isatty(self.fileno):
                self._lose_terminal()
                return

    def write(self, data: str) -> None:
        """Write to the terminal, if there is one."""
        if self._writer_thread is not None:
            super().write(self._clusters.positioned(data))

    def stop_application_mode(self) -> None:
        """Give the terminal back. Unless the program is suspended, it ends now, and Ctrl+Z no longer stops it."""
        self._is_active = False
        if not self._must_signal_resume:
            signal.signal(signal.SIGTSTP, ENDINGS.ignore_key)
        if self._asked_at is not None:  # what answers later, answers the shell
            self._width_question.wait(self._asked_at + _ANSWER_SECONDS - monotonic())
        super().stop_application_mode()
        if not self._must_signal_resume:
            ENDINGS.leave_terminal()

    def close(self) -> None:
        """Write the rest."""
        writing = Thread(target=super().close, daemon=True)
        writing.start()
        wait_for_output(writing, self.fileno)
        if not self._must_signal_resume:
            signal.signal(signal.SIGCONT, signal.SIG_DFL)

    def run_input_thread(self) -> None:
        """Read keys until the app ends. At the end of the input, the terminal is gone."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_POLL_SECONDS):
                    data = self._read()
                    if not data:
                        self._lose_terminal()
                        return
                    if text := decode(data):
                        for event in parser.feed(text):
                            self._receive(event)
                for event in parser.tick():
                    self._receive(event)
        with suppress(EOFError, ParseError):
            list(parser.feed(""))

    def _ask_widths(self) -> None:
        """Ask the terminal, once, how wide it draws emoji. Until it answers, or if it never does, they are simple."""
        if (
            self._asked_at is None
            and self.input_tty
            and os.environ.get("TERM") not in _DUMB
            and not is_nested(os.environ)
            and self._get_terminal_size()[1] >= LEAST_ROWS
        ):
            self._asked_at = monotonic()
            super().write(self._width_question.ask())

    def _receive(self, event: Message) -> None:
        """Pass on what came from the terminal, unless it is an answer to our question."""
        if not isinstance(event, CursorPosition):
            self.process_message(event)
        elif self._width_question.take_answer(event.x, event.y):
            self._clusters.joined = self._width_question.joined
            if self._clusters.simplified:
                with suppress(RuntimeError):  # the app has ended
                    self._loop.call_soon_threadsafe(signal.raise_signal, signal.SIGWINCH)

    def _read(self) -> bytes:
        """Return the next bytes that were typed, b"" if the terminal is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _lose_terminal(self) -> None:
        ENDINGS.end(signal.SIGHUP)

    def _sigtstp_application(self, *_: object) -> None:
        """Suspend between two events: the thread that writes may be waiting for what the signal interrupted.

        Until the app begins to take the terminal, there is nothing to give back, and the program stops at once.
        """
        if self._writer_thread is None:
            _stop_job()
            return
        with suppress(RuntimeError):  # the app has ended
            self._loop.call_soon_threadsafe(self._suspend)

    def _suspend(self) -> None:
        """Give the terminal back, and stop until the shell continues the program."""
        if not self._is_active:
            return
        with ENDINGS.of_suspended_app():
            self._must_signal_resume = True
            self.suspend_application_mode()
            _stop_job()
            if self._must_signal_resume:
                self.resume_application_mode()

    def _sigcont_application(self, *_: object) -> None:
        """Draw everything again after the program was stopped: the shell may have written over the screen.

        A suspended program takes the terminal back in `_suspend`, where it goes on. If this took it, in the middle of
        giving it back, the thread that writes from then on would be ended, and the app would wait for it.
        """
        if self._is_active and not self._must_signal_resume:
            signal.raise_signal(signal.SIGWINCH)


def _stop_job() -> None:
    """Stop all processes of the shell's job until it continues.

    The kernel stops no job that no shell would continue; then the program goes on.
    """
    old_handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(0, signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, old_handler)
