"""Random input to the real program in a pseudo-terminal, and the oracles: it answers, it leaves, nothing is left."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from bench.fuzzing.inputs import ESC, Event
from bench.harness.terminal import Terminal

LEAVE_SECONDS: Final = 2.0
"""Seconds within which the program must end. Time in which it waits for a processor does not count."""
_DEAF_SECONDS: Final = 20.0
"""Seconds after which the program is called deaf rather than slow."""
_SETTLE_SECONDS: Final = 0.3
"""Seconds without output after which the program has handled what it was sent."""
_MOST_SETTLE_SECONDS: Final = 15.0
"""Seconds after which it is expected to have handled everything. Time in which it waits for a processor does not count.
"""
EVENTS_AT_ONCE: Final = 400
"""Events after which the program may handle all that it was sent, and its memory is read."""
_LEAVING_KEYS: Final = f"{ESC}nq"
"""Escape leaves dialogs and modes, `n` discards a changed note, `q` leaves screens."""
_LEAVING_PAUSE: Final = 0.15
"""Seconds between two tries to leave."""
_CODE: Final = re.compile(rb"\x1b\[[0-9;:?<=>]*[A-Za-z~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""What a terminal draws nothing for: changes of styles, positions and modes."""
_TRACEBACK: Final = re.compile("Traceback|Exception ignored|Fatal Python error")
_MODE: Final = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_MODES_AFTER: Final = {1049: "l", 1000: "l", 1003: "l", 1006: "l", 2004: "l", 1004: "l", 25: "h", 7: "h", 2026: "l"}
"""Private modes of the terminal that the program changes, and how it must leave them: set (h) or reset (l)."""
_READING: Final = b"\x1b[?2004h"
"""What the program requests once it reads keys."""
_BACK: Final = b"\x1b[?1049l"
"""What gives the screen of the terminal back."""
_SIGNALS: Final = {"SIGTERM": 143, "SIGHUP": 129}
"""The signals that end the program, and its exit codes."""


class Outcome(NamedTuple):
    """What one run of the program came to."""

    problem: str = ""
    """What went wrong, one line; "" if nothing did."""
    seconds: float = 0.0
    """Seconds that leaving took."""
    detail: str = ""
    """The end of the output, and the stacks of a program that no longer answered."""
    megabytes: tuple[int, ...] = ()
    """The memory of the program after each `EVENTS_AT_ONCE` events, those of the last start."""


class FuzzedTerminal(Terminal):
    """A terminal that only keeps what it receives: drawing would take longer than the program does."""

    def __init__(self, arguments: Sequence[str], home: Path) -> None:
        self.stacks = home / "stacks.txt"
        self._waited_seconds = 0.0
        """Seconds that the program had waited for a processor when it was last looked at; afterwards it may be gone."""
        variables = {"PYTHONPATH": str(Path(__file__).parent / "stacks"), "FUZZ_STACKS": str(self.stacks)}
        variables["VISUAL"] = "true"  # an editor that leaves at once: the keys that leave are those of the program
        super().__init__(arguments, home, environment=variables)
        self._attributes = termios.tcgetattr(self._leader)
        os.set_blocking(self._leader, False)

    def draw(self, data: bytes) -> None:
        """Keep what the program wrote."""
        self.received += data

    def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal, in cells."""
        self._set_size(width, height)

    def send(self, text: str) -> None:
        """Send bytes to the program while reading what it writes."""
        data = text.encode("utf-8", "surrogatepass")
        deadline = time.monotonic() + _DEAF_SECONDS
        while data and self.process.poll() is None and time.monotonic() < deadline:
            readable, writable, _ = select.select([self._leader], [self._leader], [], 0.1)
            if readable:
                self.read(0)
            if writable:
                try:
                    data = data[os.write(self._leader, data) :]
                except BlockingIOError:
                    continue
                except OSError:
                    return
            self.wake()

    def wait(self, seconds: float) -> None:
        """Read what the program writes for some seconds."""
        deadline = time.monotonic() + seconds
        while True:
            self.read(max(min(deadline - time.monotonic(), 0.1), 0))
            self.wake()
            if self.process.poll() is not None or time.monotonic() >= deadline:
                return

    def wait_until_reading(self) -> None:
        """Wait until the program reads keys: before, the terminal itself would interpret Ctrl+C."""
        deadline = time.monotonic() + _MOST_SETTLE_SECONDS
        while _READING not in self.received and time.monotonic() < deadline and self.process.poll() is None:
            self.read(0.1)

    def settle(self) -> None:
        """Wait until the program has handled what it was sent: it is idle, and writes nothing.

        A program that waits for a processor is not idle. It may still leave because of a key that it has read, and then
        a signal that follows does not determine its exit code.
        """
        deadline = self.fair_clock() + _MOST_SETTLE_SECONDS
        while self.fair_clock() < deadline and self.process.poll() is None:
            computed, waits = self._processor_seconds(), self._waits()
            is_silent = not self.read(_SETTLE_SECONDS)
            computed = self._processor_seconds() - computed
            waited = sum(seconds - waits.get(thread, 0.0) for thread, seconds in self._waits().items())
            if is_silent and computed + waited < _SETTLE_SECONDS / 5:
                return
            self.wake()

    def wake(self) -> None:
        """Continue the program if it has suspended itself, as the shell does after `fg`."""
        if self.is_stopped:
            self.process.send_signal(signal.SIGCONT)

    @property
    def is_stopped(self) -> bool:
        """Whether the program has suspended itself."""
        return self._stat()[:1] == ["T"]

    @property
    def is_open(self) -> bool:
        """Whether the terminal has not been taken away from the program."""
        return self._leader >= 0

    @property
    def has_left(self) -> bool:
        """Whether the program has ended, or is about to: it has given the terminal back."""
        return self.process.poll() is not None or _BACK in self.received[-1000:]

    def fair_clock(self) -> float:
        """Return the time in seconds without that in which the program was ready but had no processor."""
        self._waited_seconds = max(self._waited_seconds, _waited(Path(f"/proc/{self.process.pid}")))
        return time.monotonic() - self._waited_seconds

    def megabytes(self) -> int:
        """Return the memory of the program, 0 if it is gone."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="utf-8").split()[1])
        except (OSError, IndexError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000

    def modes_left(self) -> list[str]:
        """Return the modes of the terminal that are not as before the program."""
        last = {
            int(number): final.decode()
            for numbers, final in _MODE.findall(self.received)
            for number in numbers.split(b";")
            if number
        }
        left = [f"?{mode}" for mode, final in _MODES_AFTER.items() if last.get(mode, final) != final]
        if self.received.count(b"\x1b[>") > self.received.count(b"\x1b[<u") and b"\x1b[<u" not in self.received[-400:]:
            left.append("keyboard protocol")
        if termios.tcgetattr(self._leader) != self._attributes:
            left.append("termios")
        return left

    def processes_left(self) -> list[int]:
        """Return the processes of the program's session that still run."""
        session = self.process.pid
        stats = ((int(path.name), _read_stat(path / "stat")) for path in Path("/proc").iterdir() if path.name.isdigit())
        return [pid for pid, fields in stats if len(fields) > 3 and fields[3] == str(session) and fields[0] != "Z"]

    def write_stacks(self) -> str:
        """Let the program write its stacks; return them."""
        self.process.send_signal(signal.SIGUSR1)
        self.wait(1.0)
        return self.stacks.read_text(encoding="utf-8") if self.stacks.exists() else ""

    def _stat(self) -> list[str]:
        return _read_stat(Path(f"/proc/{self.process.pid}/stat"))

    def _waits(self) -> dict[str, float]:
        """Return the seconds that each thread of the program has waited for a processor, by the thread's id."""
        return {path.name: _waited(path) for path in Path(f"/proc/{self.process.pid}/task").glob("*")}

    def _processor_seconds(self) -> float:
        fields = self._stat()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if len(fields) > 12 else 0.0


def _read_stat(path: Path) -> list[str]:
    """Return the fields of a process after its name: state, parent, group, session …; [] if it is gone."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _waited(path: Path) -> float:
    """Return the seconds that a process or thread in `/proc` has waited for a processor; 0 if it is gone."""
    try:
        return int((path / "schedstat").read_text(encoding="utf-8").split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def traceback_lines(received: bytes | bytearray) -> list[str]:
    """Return what a program wrote from its first traceback on, as lines without codes; [] if there is none."""
    lines = [line.rstrip() for line in _CODE.sub(b"", received).decode("utf-8", "replace").splitlines()]
    first = next((number for number, line in enumerate(lines) if _TRACEBACK.search(line)), len(lines))
    return [line for line in lines[first:] if line]


def fuzz_program(
    events: Sequence[Event], text: str, *, library: bool = False, hurried: bool = False, ending: str = ""
) -> Outcome:
    """Send events to the program, again if it leaves before the last one; then let it leave.

    Args:
        events: What to send.
        text: The text of the document that is open.
        library: Whether to start with the library, in which the document is.
        hurried: Whether the events begin as soon as the program reads keys, before it has shown and recognized all.
        ending: The signal that ends the program instead of keys, "SIGTERM" or "SIGHUP".
    """
    home = Path(tempfile.mkdtemp(prefix="reader-fuzz-"))
    try:
        source = home / "text.txt"
        source.write_text(text, encoding="utf-8", errors="surrogatepass")
        if library:
            _open_once(source, home)
        remaining = iter(events)
        while True:
            outcome, ended = _run_once([] if library else [str(source)], home, remaining, ending, hurried=hurried)
            if outcome.problem or not ended:
                return outcome
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _open_once(source: Path, home: Path) -> None:
    """Open a document and leave, so that the library lists it."""
    terminal = FuzzedTerminal([str(source)], home)
    terminal.settle()
    _leave(terminal, "")
    terminal.close()


def _run_once(
    arguments: Sequence[str], home: Path, events: Iterator[Event], ending: str, *, hurried: bool
) -> tuple[Outcome, bool]:
    """Run the program once; return the outcome, and whether the program left before the last event."""
    terminal = FuzzedTerminal(arguments, home)
    megabytes = []
    try:
        terminal.wait_until_reading()
        if not hurried:
            terminal.settle()
        for number, event in enumerate(events, 1):
            _apply(terminal, event)
            if terminal.process.poll() is not None:
                break
            if not number % EVENTS_AT_ONCE:
                terminal.settle()
                megabytes.append(terminal.megabytes())
        else:
            terminal.settle()
        if left := terminal.has_left:
            ending = ""
        seconds, detail = _leave(terminal, ending)
        problem = _problem_of(terminal, seconds, ending)
        detail += terminal.received[-20_000:].decode("utf-8", "replace")
        return Outcome(problem, seconds, detail, tuple(megabytes)), left
    finally:
        for pid in terminal.processes_left():
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(pid, signal.SIGKILL)
        terminal.close()


def _apply(terminal: FuzzedTerminal, event: Event) -> None:
    if event.kind == "send":
        terminal.send(event.text)
    elif event.kind == "resize":
        terminal.resize(event.width, event.height)
    elif event.kind == "signal":
        terminal.process.send_signal(signal.Signals[event.text])
    terminal.wait(event.seconds)


def _leave(terminal: FuzzedTerminal, ending: str) -> tuple[float, str]:
    """Let the program leave; return the seconds that it took, and its stacks if it did not."""
    start = last = terminal.fair_clock()
    if ending:
        terminal.process.send_signal(signal.Signals[ending])
    while terminal.process.poll() is None:
        seconds = terminal.fair_clock() - start
        if seconds > _DEAF_SECONDS:
            return seconds, terminal.write_stacks()
        if not ending:
            terminal.send(_LEAVING_KEYS)
        terminal.wait(_LEAVING_PAUSE)
        last = terminal.fair_clock() if terminal.process.poll() is None else last + _LEAVING_PAUSE
    return last - start, ""


def _problem_of(terminal: FuzzedTerminal, seconds: float, ending: str) -> str:
    """Return the first oracle that fails, "" if all hold."""
    code = terminal.process.poll()
    if code is None:
        return f"deaf: it did not end within {_DEAF_SECONDS:.0f} s"
    while terminal.read(0):
        pass
    if lines := traceback_lines(terminal.received):
        return f"traceback: {lines[-1].strip()}"
    if modes := terminal.modes_left():
        return f"modes left: {', '.join(modes)} (exit code {code})"
    if code != (expected := _SIGNALS.get(ending, 0)):
        return f"exit code {code} instead of {expected}"
    if seconds > LEAVE_SECONDS:
        return f"slow: it took {seconds:.1f} s to end"
    terminal.wait(0.2)
    if pids := terminal.processes_left():
        return f"{len(pids)} processes left"
    return ""
