"""Escape typed just before another key, told from the codes of keys, which begin with it too."""

from __future__ import annotations

import re
from typing import Final

ESC: Final = "\x1b"
_CODE: Final = "\x1b[27u"
"""What newer terminals send for Escape, which is like no other key."""
_BEGINS: Final = r"[\[OP_\\]|\]\d"
"""What follows Escape in the codes of keys, and in what terminals answer."""
_TYPED: Final = re.compile(rf"{ESC}(?!{_BEGINS}|\Z)")
_REST: Final = re.compile(rf"(?!{_BEGINS})", re.DOTALL)
_BEGIN, _END = f"{ESC}[200~", f"{ESC}[201~"
"""Around what is pasted."""


class Escapes:
    """Gives Escape a form that cannot be taken for Alt or for the beginning of a code.

    Keys that are typed quickly, or sent over a slow line, come at once: `Esc y` is then the same as `Alt+y`, and the
    Escape before a longer burst would be lost. No command has a key with Alt. From what is pasted it is left out.
    """

    def __init__(self) -> None:
        self._pasting = False
        self._held = ""
        """The end of what was sent, where it may be the beginning of the end of a paste."""
        self._ended = False
        """Whether what was sent ended with Escape."""

    def told_apart(self, data: str, *, waiting: bool = False) -> str:
        """Return what a terminal sent, Escape told from the codes of keys.

        Args:
            data: What was sent.
            waiting: Whether it is still open what was sent before.
        """
        waiting = waiting and self._ended and not self._pasting
        apart = _CODE[1:] if waiting and data and _REST.match(data) else ""
        self._ended = data.endswith(ESC)
        data, self._held = self._held + data, ""
        while data:
            part, mark, data = data.partition(_END if self._pasting else _BEGIN)
            if self._pasting:
                part = part if mark else self._hold(part)
                apart += part.replace(ESC, "") + mark
            else:
                apart += _TYPED.sub(_CODE, part + mark[:1]).removesuffix(mark[:1]) + mark
            self._pasting = self._pasting != bool(mark)
        return apart

    def _hold(self, pasted: str) -> str:
        size = next((size for size in range(len(_END) - 1, 0, -1) if pasted.endswith(_END[:size])), 0)
        self._held = pasted[len(pasted) - size :]
        return pasted[: len(pasted) - size]
