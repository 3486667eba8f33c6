"""Random input: what a keyboard, a mouse and a terminal send, and what happens to the terminal meanwhile."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Final, NamedTuple

ESC: Final = "\x1b"
QUIT_KEYS: Final = frozenset({"q", "ctrl+q"})
_NAMED: Final = {
    "enter": "\r",
    "escape": ESC,
    "tab": "\t",
    "shift+tab": f"{ESC}[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": f"{ESC}[A",
    "down": f"{ESC}[B",
    "right": f"{ESC}[C",
    "left": f"{ESC}[D",
    "home": f"{ESC}[H",
    "end": f"{ESC}[F",
    "insert": f"{ESC}[2~",
    "delete": f"{ESC}[3~",
    "pageup": f"{ESC}[5~",
    "pagedown": f"{ESC}[6~",
    **{f"f{number}": f"{ESC}O{letter}" for number, letter in zip(range(1, 5), "PQRS", strict=True)},
    **{f"f{number}": f"{ESC}[{code}~" for number, code in zip(range(5, 9), (15, 17, 18, 19), strict=True)},
}
_OPENERS: Final = ("g i", "g h", "g o", "g n", "R", "?", "ctrl+p", ":", "/", "a", "t", "m", "space", "n", "w", "T", "&")
"""Keys that open a screen, a dialog or a line."""
_SIZES: Final = ((120, 36), (80, 24), (160, 48), (20, 5), (1, 1), (3, 60), (240, 3), (300, 90))
_PASTED: Final = ("Orm", "two\nlines\n", "q", f"{ESC}[A", "\x00\x07", "é" * 300, "word " * 4000, "", "➑₆", "a\r\nb\rc")
_REPORTS: Final = (f"{ESC}[I", f"{ESC}[O", f"{ESC}[?2026;2$y", f"{ESC}[?2048;0$y", f"{ESC}[27u", f"{ESC}[24;80R")
_SIGNALS: Final = ("SIGWINCH", "SIGCONT")
_DIGITS: Final = tuple(char for char in map(chr, range(sys.maxunicode + 1)) if char.isdigit() or char.isnumeric())
"""Every digit and number of every script."""


class Event(NamedTuple):
    """One thing that happens to the program."""

    kind: str
    """`send`, `resize`, `signal`, or `wait`."""
    text: str = ""
    """What is sent, or the name of the signal."""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    """How long nothing else happens afterwards."""

    def to_json(self) -> str:
        """Return one line of JSON."""
        return json.dumps(self._asdict())

    @staticmethod
    def from_json(line: str) -> Event:
        """Return the event of a line of JSON."""
        return Event(**json.loads(line))


def code_of(key: str) -> str:
    """Return what a terminal sends for a key of the keymap, or for a sequence of keys."""
    if " " in key and key != " ":
        return "".join(map(code_of, key.split()))
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[-1].upper()) & 0x1F)
    return _NAMED.get(key, key)


def draw_events(random: Random, count: int, keys: Sequence[str], *, stays: bool = False) -> list[Event]:
    """Return random events.

    Args:
        random: The source of randomness.
        count: How many events to return.
        keys: The keys of the commands, the most frequent input.
        stays: Whether to leave out the keys that end the program.
    """
    rare = ("ctrl+z", "ctrl+c") if stays else ("q", "ctrl+q", "ctrl+z", "ctrl+c")
    commands = [key for key in keys if key not in QUIT_KEYS]
    size = _SIZES[0]
    kinds: tuple[tuple[int, Callable[[], Iterable[Event]]], ...] = (
        (44, lambda: [_send(code_of(random.choice(commands)))]),
        (10, lambda: _burst(random)),
        (9, lambda: [_send(ESC)]),
        (8, lambda: [_send(_mouse(random, size))]),
        (6, lambda: [_resize(random)]),
        (5, lambda: [_send(chr(random.randrange(32, 127)).replace("q", "j"))]),
        (5, lambda: [_send(code_of(random.choice(list(_NAMED))))]),
        (4, lambda: [_send(_chord(random, stays=stays))]),
        (4, lambda: [_send(random.choice(_DIGITS))]),
        (3, lambda: [_send(f"{ESC}[200~{random.choice(_PASTED)}{ESC}[201~")]),
        (3, lambda: [_send(_letter(random))]),
        (5, lambda: [Event("wait", seconds=random.choice((0.01, 0.05, 0.2)))]),
        (2, lambda: [_send(random.choice(_REPORTS))]),
        (1, lambda: [Event("signal", random.choice(_SIGNALS))]),
        (1, lambda: [_send(code_of(random.choice(rare)))]),
    )
    weights = [weight for weight, _ in kinds]
    events: list[Event] = []
    while len(events) < count:
        (_, draw) = random.choices(kinds, weights)[0]
        for event in draw():
            if event.kind == "resize":
                size = event.width, event.height
            events.append(event)
    return events[:count]


def _send(text: str) -> Event:
    return Event("send", text)


def _resize(random: Random) -> Event:
    width, height = random.choice(_SIZES)
    return Event("resize", width=width, height=height)


def _burst(random: Random) -> Iterable[Event]:
    """Yield the keys that open something, changes of size, and the keys that leave it, without a pause."""
    for _ in range(random.randint(1, 3)):
        yield _send(code_of(random.choice(_OPENERS)))
    for _ in range(random.randint(0, 3)):
        yield _resize(random)
    yield from random.sample([_send(ESC), _send(code_of("enter")), _resize(random), _send("j")], 2)
    yield _send(ESC)


def _mouse(random: Random, size: tuple[int, int]) -> str:
    """Return the SGR codes of a click, a drag, a movement or the wheel."""
    width, height = size
    x, y = random.randint(1, width + 2), random.randint(1, height + 2)
    button = random.choice((0, 0, 0, 1, 2, 35, 64, 65)) + random.choice((0, 0, 0, 4, 8, 16))
    press, release = f"{ESC}[<{button};{x};{y}M", f"{ESC}[<{button};{x};{y}m"
    drag = f"{ESC}[<{button + 32};{random.randint(1, width)};{random.randint(1, height)}M"
    return random.choice((press + release, press + release, (press + release) * 2, press + drag + release, press))


def _chord(random: Random, *, stays: bool) -> str:
    """Return a key with modifiers, in one of the ways in which terminals send it; with `stays`, none with `q`."""
    letter, modifier = chr(random.randrange(97, 123)), random.randint(2, 8)
    if stays:
        letter = letter.replace("q", "j")
    return random.choice(
        (
            chr(random.choice([code for code in range(1, 27) if code not in (17, 26)])),
            f"{ESC}{letter}",
            f"{ESC}[1;{modifier}{random.choice('ABCDFHPQRS')}",
            f"{ESC}[{ord(letter)};{modifier}u",
            f"{ESC}[{random.choice((3, 5, 6))};{modifier}~",
        )
    )


def _letter(random: Random) -> str:
    """Return a character of any script that is no control character."""
    while True:
        char = chr(random.randrange(0xA0, 0x1FAFF))
        if unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Co"}:
            return char
