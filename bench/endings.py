"""The endings of the program, at any time: within two seconds, saved, the terminal clean, no process left.

`python -m bench endings --tries 100` ends the program 100 times by each signal in each state: at start-up, while it
shows a text, with a dialog open, while it recognizes names in 3 MB of text, and while it merges them.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from bench.fuzzing.fuzzed_terminal import LEAVE_SECONDS, FuzzedTerminal, traceback_lines
from bench.fuzzing.texts import generate_text
from bench.harness.terminal import Process, Terminal, accept_signals, take_terminal
from reader.annotate import Store
from reader.document import load

_PATIENCE: Final = 30.0
"""Seconds after which the program is called stuck."""
_START_SECONDS: Final = 1.0
"""Start-up is interrupted within so many seconds, before the first paint or shortly after it."""
_MERGE_SECONDS: Final = 3.0
"""Merging is interrupted within so many seconds after the first paint of a text whose mentions are in the cache."""
_CTRL_C: Final = "\x03"
_CTRL_Z: Final = "\x1a"


class Ending(NamedTuple):
    """A way in which the program ends or stops, and the exit code that follows."""

    exit_code: int
    apply: Callable[[FuzzedTerminal], None]
    ignores_hangup: bool = False
    """Whether the program is started with SIGHUP ignored, as by nohup."""
    stops: bool = False
    """Whether the program is stopped and continued, and then left by keys."""


class JobTerminal(FuzzedTerminal):
    """A terminal with a shell, in which the program is a job that can be stopped. It draws what it receives."""

    draw = Terminal.draw

    def start_process(
        self, arguments: Sequence[str], follower: int, variables: Mapping[str, str], piped: bytes | None
    ) -> Process:
        """Start the shell, and the program in it."""
        del piped
        command = [sys.executable, "-c", _SHELL, sys.executable, "-m", "reader", *arguments]
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        shell = subprocess.Popen(
            command,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={**inherited, **variables},
            cwd=Path(__file__).parents[1],
            preexec_fn=lambda: take_terminal(follower),
        )
        return _Job(shell, lambda: os.tcgetpgrp(self._leader))


_SHELL: Final = """
import os, signal, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
hang_up = signal.signal(signal.SIGHUP, signal.SIG_IGN)
job = os.fork()
if not job:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, hang_up)
    os.execv(sys.argv[1], sys.argv[1:])
signal.signal(signal.SIGHUP, lambda *_: os.killpg(job, signal.SIGHUP))
os._exit(os.waitstatus_to_exitcode(os.waitpid(job, 0)[1]) % 256)
"""
"""A shell with one job: it starts the program in the foreground, passes SIGHUP on, and exits with the job's code."""


class _Job:
    """The program in a shell, as a process."""

    def __init__(self, shell: subprocess.Popen[bytes], foreground: Callable[[], int]) -> None:
        self._shell = shell
        deadline = time.monotonic() + _PATIENCE
        while (pid := foreground()) == shell.pid and time.monotonic() < deadline:
            time.sleep(0.001)
        self.pid = pid

    @property
    def returncode(self) -> int | None:
        return self._shell.returncode

    def poll(self) -> int | None:
        return self._shell.poll()

    def send_signal(self, sig: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, sig)

    def wait(self, timeout: float | None = None) -> int:
        return self._shell.wait(timeout)


def _signal(number: signal.Signals) -> Ending:
    return Ending(128 + number, lambda terminal: terminal.process.send_signal(number))


def _quit(terminal: FuzzedTerminal) -> None:
    """Leave as users in a hurry do: they type on while the program ends."""
    terminal.send("\x1b")
    terminal.wait(0.15)
    for key in ("q", "q", _CTRL_C, _CTRL_Z, _CTRL_C, _CTRL_C):
        terminal.send(key)
        terminal.wait(0.03)


ENDINGS: Final[Mapping[str, Ending]] = {
    "SIGTERM": _signal(signal.SIGTERM),
    "SIGHUP": _signal(signal.SIGHUP),
    "SIGINT": _signal(signal.SIGINT),
    "closed": Ending(129, FuzzedTerminal.hang_up),
    "closed, nohup": Ending(129, FuzzedTerminal.hang_up, ignores_hangup=True),
    "stop": Ending(0, lambda terminal: terminal.send(_CTRL_Z), stops=True),
    "quit": Ending(0, _quit),
}
"""`closed` takes the terminal away, `stop` is Ctrl+Z and `fg`, `quit` is q, then Ctrl+C and Ctrl+Z at once."""

STATES: Final = ("start-up", "reading", "dialog", "recognizing", "merging")


class Result(NamedTuple):
    """What one ending came to."""

    problem: str
    """What went wrong, one line and those of a traceback; "" if nothing did."""
    seconds: float
    """Seconds until the program had ended, or was stopped."""


class Texts:
    """The documents that are opened, in a folder, with a cache of the mentions of the large one."""

    def __init__(self, folder: Path) -> None:
        self.short, self.huge = folder / "short.txt", folder / "huge.txt"
        self.short.write_text(generate_text("short", 1), encoding="utf-8")
        self.huge.write_text(generate_text("huge", 1), encoding="utf-8")
        self._cached = folder / "recognized"

    def prepare(self, home: Path) -> None:
        """Fill the cache of a program with the mentions of the large text, which are recognized once."""
        if not self._cached.exists():
            terminal = FuzzedTerminal([str(self.huge)], self._cached)
            _wait_until(terminal, lambda: bool(re.search(r"[1-9]\d* entities · saved", terminal.text)), 300)
            terminal.kill()
            terminal.close()
        shutil.copytree(self._cached / "cache", home / "cache")


def end_program(ending: Ending, state: str, texts: Texts, random: Random) -> Result:
    """Bring the program into a state, end it, and look at what is left."""
    home = Path(tempfile.mkdtemp(prefix="reader-endings-"))
    if state == "merging":
        texts.prepare(home)
    source = texts.huge if state in {"recognizing", "merging"} else texts.short
    with _hangup_ignored(ending.ignores_hangup):
        terminal = JobTerminal([str(source)], home)
    try:
        decisions = _reach(terminal, state, random, quits=ending.apply is _quit)
        started = terminal.fair_clock()
        ending.apply(terminal)
        if ending.stops:
            _wait_until(terminal, lambda: terminal.process.poll() is not None or terminal.is_stopped, _PATIENCE)
            seconds = terminal.fair_clock() - started
            problem = _problem_when_stopped(terminal)
            _leave(terminal)
        else:
            last = _wait_until(terminal, lambda: terminal.process.poll() is not None, _PATIENCE)
            seconds, problem = last - started, ""
        return Result(problem or _problem(terminal, ending, seconds, home, source, decisions), seconds)
    finally:
        for pid in _processes(home):
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(pid, signal.SIGKILL)
        terminal.close()
        shutil.rmtree(home, ignore_errors=True)


def _reach(terminal: FuzzedTerminal, state: str, random: Random, *, quits: bool = False) -> int:
    """Wait until the program is in a state; return the number of decisions that it has saved."""
    if state == "start-up":
        terminal.wait(random.random() * _START_SECONDS)
        if quits:
            terminal.wait_until_reading()
        return 0
    terminal.wait_until_reading()
    if state == "recognizing":
        _wait_until(terminal, lambda: "recognizing" in terminal.text, _PATIENCE)
        terminal.wait(random.random())
        return 0
    if state == "merging":
        terminal.wait(random.random() * _MERGE_SECONDS)
        return 0
    _wait_until(terminal, lambda: bool(re.search(r"[1-9]\d* entities · saved", terminal.text)), _PATIENCE)
    terminal.send("]x")
    _wait_until(terminal, lambda: "removed" in terminal.text, _PATIENCE)
    _wait_until(terminal, lambda: "saved" in terminal.text, _PATIENCE)
    if state == "dialog":
        terminal.send(random.choice("?t:/"))
        terminal.wait(random.random() * 0.5)
    return 1


def _problem_when_stopped(terminal: FuzzedTerminal) -> str:
    if not terminal.is_stopped:
        return f"not stopped (exit code {terminal.process.poll()})"
    while terminal.read(0.02):
        pass
    modes = terminal.modes_left()
    return f"modes left when stopped: {', '.join(modes)}" if modes else ""


def _leave(terminal: FuzzedTerminal) -> None:
    """Continue the program, and leave it by keys."""
    terminal.process.send_signal(signal.SIGCONT)
    terminal.wait_until_reading()
    deadline = time.monotonic() + _PATIENCE
    while terminal.process.poll() is None and time.monotonic() < deadline:
        terminal.send("\x1bq")
        terminal.wait(0.15)


def _problem(terminal: FuzzedTerminal, ending: Ending, seconds: float, home: Path, source: Path, decisions: int) -> str:
    """Return the first promise that is broken, "" if all hold."""
    code = terminal.process.poll()
    if code is None:
        return "stuck"
    while terminal.is_open and terminal.read(0):
        pass
    lines = traceback_lines(terminal.received)
    if lines and lines[-1] == "KeyboardInterrupt" and not any("/reader/" in line for line in lines):
        return ""  # printed by Python, before it runs the first line of the program
    if lines:
        return "\n    ".join([f"traceback (exit code {code}):", *lines])
    if terminal.is_open and (modes := terminal.modes_left()):
        return f"modes left: {', '.join(modes)}"
    # 256 - n: the signal ended the program before it could handle it, which a shell shows as 128 + n.
    if code not in {ending.exit_code, (256 - (ending.exit_code - 128)) if ending.exit_code else 0}:
        return f"exit code {code} instead of {ending.exit_code}"
    if seconds > LEAVE_SECONDS:
        return f"slow: {seconds:.1f} s"
    time.sleep(0.2)
    if pids := _processes(home):
        return f"{len(pids)} processes left"
    with Store.open(home / "data" / "annotations.db") as store:
        if store.problem:
            return f"store: {store.problem}"
        if decisions and len(store.history(load(str(source))).decisions) != decisions:
            return "a decision is lost"
    return ""


def _wait_until(terminal: FuzzedTerminal, condition: Callable[[], bool], patience: float) -> float:
    """Wait until a condition holds; return the fair time of the last look before."""
    deadline = time.monotonic() + patience
    last = terminal.fair_clock()
    while not condition() and time.monotonic() < deadline:
        last = terminal.fair_clock()
        if terminal.is_open:
            terminal.read(0.02)
        else:
            time.sleep(0.02)
    return last


def _processes(home: Path) -> list[int]:
    """Return the processes whose files are in a folder: the program and its worker."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                if f"={home}/".encode() in (path / "environ").read_bytes():
                    found.append(int(path.name))
            except OSError:
                continue  # another user's, or gone
    return found


@contextmanager
def _hangup_ignored(ignored: bool) -> Iterator[None]:
    """Ignore SIGHUP, also in programs that are started meanwhile."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN) if ignored else None
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGHUP, before)


def main() -> int:
    """End the program in every way in every state; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m bench endings", description=__doc__)
    parser.add_argument("--tries", type=int, default=10, help="tries of each ending in each state (10)")
    parser.add_argument("--ending", choices=ENDINGS, action="append", help="only this ending; may be repeated")
    parser.add_argument("--state", choices=STATES, action="append", help="only this state; may be repeated")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the moments within a state (0)")
    options = parser.parse_args()
    accept_signals()
    failures = 0
    folder = Path(tempfile.mkdtemp(prefix="reader-endings-"))
    try:
        texts = Texts(folder)
        for state in options.state or STATES:
            for name in options.ending or ENDINGS:
                if state == "start-up" and ENDINGS[name].ignores_hangup:
                    continue  # without a terminal, the program prints the document instead
                random = Random(f"{state} {name} {options.seed}")
                results = [end_program(ENDINGS[name], state, texts, random) for _ in range(options.tries)]
                problems = [result.problem for result in results if result.problem]
                failures += len(problems)
                slowest = max(result.seconds for result in results)
                print(
                    f"{state}, {name}: {len(results)} tries, slowest {slowest:.1f} s, {len(problems)} failed",
                    flush=True,
                )
                for problem in sorted(set(problems)):
                    print(f"  {problems.count(problem)} × {problem}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{failures} failures")
    return int(failures > 0)
