"""Writes text so that its columns stay straight, whatever width a terminal gives to emoji and marks.

Terminals disagree about the width of a family, a flag, a skin tone or a variation selector. Before such a cluster, its
cells are cleared; after it, the cursor is moved to the column in which it ends. What a terminal would draw wider is
drawn in a simpler form, unless the terminal said that it draws it as one character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Set
from enum import Enum
from typing import Final

from reader.display.cells import cells, clusters
from reader.structures.lazy_pattern import lazy_pattern


class Join(Enum):
    """Characters that only some terminals draw as one."""

    FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    SKIN_TONE = "\U0001f44d\U0001f3fd"
    FLAG = "\U0001f1e9\U0001f1ea"

    @property
    def sample(self) -> str:
        """A cluster of this kind, two cells wide in a terminal that joins it."""
        return self.value


_CERTAIN: Final = (
    "\x00-\u02ff\u0370-\u0482\u048a-\u058f\u05d0-\u05ea\u0620-\u064a\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2190-\u21ff\u2500-\u25fc\u3000-\u3029\u3030-\u3098\u309b-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
)
"""Characters to which all terminals give the same width."""
_UNUSUAL: Final = lazy_pattern("[^\x00-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u25fc]")
"""Any other characters than those that Latin texts and the panes have: a test of few ranges, which takes 0.5 ms to
compile instead of 6."""
_UNCERTAIN: Final = lazy_pattern(f"[^{_CERTAIN}]")
_MOVE: Final = lazy_pattern(r"\x1b\[\d+;(\d+)H")
_SEQUENCE: Final = lazy_pattern(r"(\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^\[\]])")
_INVISIBLE: Final = lazy_pattern("[\xad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff]")
"""Characters without a picture, to which some terminals give a cell all the same."""
_SKIN_TONE: Final = lazy_pattern("[\U0001f3fb-\U0001f3ff]")
_VARIATION: Final = lazy_pattern("[\u20e3\ufe0e\ufe0f]")
"""The selectors, and the key around a digit, by which some terminals draw an emoji a cell wider or narrower."""
_FLAG: Final = lazy_pattern("[\U0001f1e6-\U0001f1ff]")
_FLAG_TO_LETTER: Final = 0x1F1E6 - ord("A")


def is_nested(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal is that of tmux or screen, which another terminal shows.

    It moves its cursor by its own idea of widths and draws by that of the other terminal, of which it says nothing.
    """
    term = environment.get("TERM", "")
    return bool(environment.get("TMUX") or environment.get("STY")) or term.startswith(("tmux", "screen"))


class DrawnClusters:
    """What a terminal joins, and how text is drawn for it."""

    def __init__(self, joined: Set[Join] = frozenset({Join.FLAG}), *, nested: bool = False) -> None:
        """Begin with what the terminal is known to join.

        Args:
            joined: What it joins.
            nested: Whether the terminal is shown by another one, which may give clusters other widths.
        """
        self.joined = joined
        """The kinds of clusters that the terminal draws as one character."""
        self._nested = nested
        self.simplified = False
        """Whether anything was drawn in a simpler form."""

    def positioned(self, output: str) -> str:
        """Return output of Textual with the position of each cluster whose width is uncertain.

        Args:
            output: Text with escape sequences. Each part of a row begins with the sequence that moves the cursor there.
        """
        if _UNUSUAL.search(output) is None or _UNCERTAIN.search(output) is None:
            return output
        first, *parts = _MOVE.split(output)
        moves = [match.group() for match in _MOVE.finditer(output)]
        columns, texts = parts[::2], parts[1::2]
        drawn = [
            move + (text if _UNCERTAIN.search(text) is None else self._positioned_row(text, int(column)))
            for move, column, text in zip(moves, columns, texts, strict=True)
        ]
        return first + "".join(drawn)

    def _positioned_row(self, row: str, column: int) -> str:
        """Return a part of a row that begins in a column, counted from 1."""
        drawn: list[str] = []
        for part in _SEQUENCE.split(row):
            if part.startswith("\x1b"):
                drawn.append(part)
                continue
            if _UNCERTAIN.search(part) is None:
                drawn.append(part)
                column += cells(part)
                continue
            for start, end, size in clusters(part):
                cluster = part[start:end]
                if _UNCERTAIN.search(cluster) is None:
                    drawn.append(cluster)
                elif size:
                    drawn.append(f"{' ' * size}\x1b[{column}G{self._form(cluster, size)}\x1b[{column + size}G")
                elif form := _INVISIBLE.sub("", cluster):
                    drawn.append(f"{form}\x1b[{column}G")
                column += size
        return "".join(drawn)

    def _form(self, cluster: str, size: int) -> str:
        """Return a form of a cluster that the terminal does not draw wider than `size` cells."""
        form = unicodedata.normalize("NFC", _INVISIBLE.sub("", cluster))
        if Join.FAMILY not in self.joined and size == 2 and "\u200d" in form:
            form = form.partition("\u200d")[0]
        if Join.SKIN_TONE not in self.joined and len(form) > 1:
            form = form[0] + _SKIN_TONE.sub("", form[1:])
        if Join.FLAG not in self.joined:
            form = _FLAG.sub(lambda match: chr(ord(match.group()) - _FLAG_TO_LETTER), form)
        if self._nested:
            form = _VARIATION.sub("", form)
        if len(form) < len(cluster):
            self.simplified = True
        return form
