"""A key in a text of 3 MB with 50,000 mentions, against a key in the barest view of the same text that Textual allows.

Both programs run in pseudo-terminals of 120 × 40 cells, and keys are pressed in them in turn. What is compared is the
processor time of all threads of a program from one key until nothing more is drawn: other work on the machine changes
it little. The bare view has cached lines of plain text and no cursor, panes or bars.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.harness.output_times import processor_seconds
from bench.harness.terminal import Terminal
from bench.interaction import cached_long_text
from bench.report import Row, ratio

_KEYS: Final = 60
"""Presses of each key."""
_SIZE: Final = (120, 40)
_QUIET: Final = 0.1
"""Seconds without output after which everything has been drawn."""
_PATIENCE: Final = 10.0
_BARE_VIEW: Final = """
import sys
from pathlib import Path
from rich.segment import Segment
from textual.app import App
from textual.cache import LRUCache
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

WIDTH = 118

class View(ScrollView, can_focus=True):
    BINDINGS = [("j", "by(1)", ""), ("ctrl+d", "by(20)", ""), ("pagedown", "by(40)", "")]

    def __init__(self, lines):
        super().__init__()
        self.lines, self.strips = lines, LRUCache(400)

    def on_mount(self):
        self.virtual_size = Size(WIDTH, len(self.lines))

    def action_by(self, rows):
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)

    def render_line(self, y):
        row = y + self.scroll_offset.y
        strip = self.strips.get(row)
        if strip is None:
            line = self.lines[row] if row < len(self.lines) else ""
            strip = self.strips[row] = Strip([Segment(line.ljust(WIDTH), self.rich_style)], WIDTH)
        return strip

class Bare(App):
    def compose(self):
        paragraphs = Path(sys.argv[1]).read_text("utf-8").split("\\n")
        yield View([line[i : i + WIDTH] for line in paragraphs for i in range(0, len(line), WIDTH)])

Bare().run()
"""
_COMPARED: Final = (
    ("line down (j)", "j", "j", 1.5),
    ("half a page down (Ctrl+D)", "\x04", "\x04", 1.5),
    ("page down (Page Down)", "\x1b[6~", "\x1b[6~", 1.5),
    ("next mention (])", "]", "j", 2.0),
    ("next mention of the entity (})", "}", "\x1b[6~", 2.0),
)
"""What is measured: a key, the key of the bare view that it is compared with, and the greatest ratio of both.

`]` is compared with scrolling by a line. `}` leads to another part of the text, so it is compared with another page.
"""
_NAMES: Final = {"j": "a line", "\x04": "half a page", "\x1b[6~": "a page"}


def measure() -> Iterator[Row]:
    """Yield a row for each key."""
    with tempfile.TemporaryDirectory() as folder:
        path = cached_long_text(Path(folder))
        bare_script = Path(folder, "bare.py")
        bare_script.write_text(_BARE_VIEW, "utf-8")
        ours = Terminal([str(path)], Path(folder), size=_SIZE)
        bare = Terminal([str(path)], Path(folder), size=_SIZE, program=[sys.executable, str(bare_script)])
        try:
            ours.wait_for(r"[1-9][\d,]* entities")
            bare.wait_for(r"\w{3}")
            for terminal in (ours, bare):
                _settle(terminal)
            for subject, key, bare_key, budget in _COMPARED:
                yield _compare(subject, ours, key, bare, bare_key, budget)
        finally:
            ours.close()
            bare.close()


def _compare(subject: str, ours: Terminal, key: str, bare: Terminal, bare_key: str, budget: float) -> Row:
    for terminal, first_key in ((ours, key), (bare, bare_key)):
        for _ in range(_SIZE[1]):  # lets the cursor reach the lower edge, and fills caches
            processor_time(terminal, first_key)
    our_times, bare_times = [], []
    for _ in range(_KEYS):
        our_times.append(processor_time(ours, key))
        bare_times.append(processor_time(bare, bare_key))
    return ratio(f"3 MB: {subject}", our_times, bare_times, budget, base_name=f" for {_NAMES[bare_key]}")


def processor_time(terminal: Terminal, key: str) -> float:
    """Press a key; return the seconds of processor time until nothing more is drawn for it."""
    start = processor_seconds(terminal.process.pid)
    terminal.press(key)
    quiet = _PATIENCE
    while terminal.has_output(quiet) and terminal.receive():
        quiet = _QUIET
    return processor_seconds(terminal.process.pid) - start


def _settle(terminal: Terminal) -> None:
    """Wait until a program is idle: rows are laid out and names merged in other threads."""
    used, idle_since = processor_seconds(terminal.process.pid), time.monotonic()
    while time.monotonic() - idle_since < 1:
        terminal.read(0.2)
        total = processor_seconds(terminal.process.pid)
        if total - used > 0.02:
            idle_since = time.monotonic()
        used = total
