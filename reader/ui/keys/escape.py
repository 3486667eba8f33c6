"""Separates Escape from the key typed after it. Escape also begins the codes that terminals send for other keys."""

from __future__ import annotations

import re
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

ESC: Final = "\x1b"
_ESCAPE_CODE: Final = "\x1b[27u"
"""What newer terminals send for Escape. No other key looks like it."""
_CODE_STARTS: Final = r"[\[OP_\\]|\]\d"
"""What follows Escape in the codes of keys and in replies of the terminal."""
_ESCAPE_KEY: Final = lazy_pattern(rf"{ESC}(?!{_CODE_STARTS}|\Z)")
_NOT_A_CODE: Final = lazy_pattern(rf"(?!{_CODE_STARTS})", re.DOTALL)
_OPEN_CODE: Final = lazy_pattern(rf"{ESC}\[(?:[<=>?][\d;:]*|\d[\d;:]*)\$?\Z")
"""The start of a code that nobody types by hand: the line was slow, and the rest follows."""
_INTRODUCERS: Final = (f"{ESC}[", f"{ESC}O")
_PASTE_START, _PASTE_END = f"{ESC}[200~", f"{ESC}[201~"


class EscapeSplitter:
    """Rewrites Escape so that it cannot be mistaken for Alt or for the start of a code.

    Keys typed quickly, or sent over a slow line, arrive together. `Esc y` is then the same bytes as `Alt+y`, and the
    Escape before a longer burst would be lost. No command has a key with Alt, so Escape is always meant. Pasted text
    loses its Escapes.
    """

    def __init__(self) -> None:
        self._pasting = False
        self._paste_tail = ""
        """The end of the previous input, if it may be the start of the mark that ends a paste."""
        self._ended_with_escape = False
        self._open_code = ""
        """The end of the previous input, if it was the start of a code. The parser would take it for keys if it waited
        longer than for the key after an Escape."""
        self.ended_with_introducer = False
        """Whether the input ended with what begins a code, but may also be two keys."""

    def split(self, data: str, *, waiting: bool = False) -> str:
        """Return the input with every Escape key as a code of its own.

        Args:
            data: Input from the terminal.
            waiting: Whether the parser has not decided yet what the previous input means.
        """
        data, self._open_code = self._open_code + data, ""
        waiting = waiting and self._ended_with_escape and not self._pasting
        result = _ESCAPE_CODE[1:] if waiting and data and _NOT_A_CODE.match(data) else ""
        self._ended_with_escape = data.endswith(ESC)
        data, self._paste_tail = self._paste_tail + data, ""
        while data:
            part, mark, data = data.partition(_PASTE_END if self._pasting else _PASTE_START)
            if self._pasting:
                part = part if mark else self._cut_tail(part)
                result += part.replace(ESC, "") + mark
            else:
                result += _ESCAPE_KEY.sub(_ESCAPE_CODE, part + mark[:1]).removesuffix(mark[:1]) + mark
            self._pasting = self._pasting != bool(mark)
        if not self._pasting and (code := _OPEN_CODE.search(result)):
            result, self._open_code = result[: code.start()], code.group()
        self.ended_with_introducer = not self._pasting and result.endswith(_INTRODUCERS)
        return result

    def _cut_tail(self, pasted: str) -> str:
        """Return pasted text without what may be the start of the end mark, and keep that for the next input."""
        size = next((size for size in range(len(_PASTE_END) - 1, 0, -1) if pasted.endswith(_PASTE_END[:size])), 0)
        self._paste_tail = pasted[len(pasted) - size :]
        return pasted[: len(pasted) - size]
