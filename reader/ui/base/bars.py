"""The three lines around the panes: title above, status and keys below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.display.cells import cells, fit, pad
from reader.document import one_line
from reader.ui.base.painting import strip_of

_GAP: Final = "  "
_DOT: Final = " · "
_ALWAYS: Final = 2
_KEPT: Final = 0.4
"""How much of the line parts may take that are kept in place of the end of a long message."""


class Bar(Widget):
    """One line of text, the left part cut where it does not fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--strong", "bar--error", "bar--key"}
    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = ""
        self._right: tuple[str, ...] = ()
        self._alarm = False
        self._kept = 1

    def show(self, left: str, right: Sequence[str] = (), *, alarm: bool = False, kept: int = 1) -> None:
        """Set what the line says; what a terminal could take for a command is made visible.

        Args:
            left: Begins the line.
            right: Ends it, the most important first; what does not fit is left out, the last first.
            alarm: Whether the left part must not be missed.
            kept: So many of the right parts are rather kept, and the left one is cut, where that leaves it most of the
                line; not in an alarm.
        """
        new = one_line(left), tuple(one_line(part) for part in right if part), alarm, 1 if alarm else kept
        if new != (self._left, self._right, self._alarm, self._kept):
            self._left, self._right, self._alarm, self._kept = new
            self.refresh()

    @property
    def text(self) -> str:
        """What the line says, for tests and screen readers."""
        return _GAP.join(filter(None, (self._left, _DOT.join(reversed(self._right)))))

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        del y
        width, base = self.size.width, self.rich_style
        inner = max(width - 2, 0)
        right = _fitting(self._right, inner, cells(self._left), self._kept)
        left_room = max(inner - cells(right) - (len(_GAP) if right else 0), 0)
        strong = base + self.get_component_rich_style("bar--error" if self._alarm else "bar--strong", partial=True)
        segments = [
            Segment(" ", base),
            Segment(pad(self._left, left_room), strong),
            Segment((_GAP if right else "") + right, base),
        ]
        return strip_of(segments, width, base)


class HintBar(Bar):
    """The keys that matter where the focus is; the last two, which lead to all others and out, are never left out."""

    def hint(self, hints: Iterable[tuple[str, str]]) -> None:
        """Set the hints: key and words, the most important first."""
        new = tuple(hints)
        if new != self._hints:
            self._hints = new
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw as many hints as fit."""
        del y
        width, base = self.size.width, self.rich_style
        key_style = base + self.get_component_rich_style("bar--key", partial=True)
        segments = [Segment(" ", base)]
        for key, words in _fitting_hints(self._hints, width - 1):
            segments += [Segment(key, key_style), Segment(f" {words}{_GAP}", base)]
        return strip_of(segments, width, base)

    _hints: tuple[tuple[str, str], ...] = ()


def _fitting_hints(hints: Sequence[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    sizes = [cells(key) + 1 + cells(words) + len(_GAP) for key, words in hints]
    kept = len(hints) - _ALWAYS
    while kept > 0 and sum(sizes[:kept]) + sum(sizes[-_ALWAYS:]) > width:
        kept -= 1
    return [*hints[: max(kept, 0)], *hints[-_ALWAYS:]]


def _fitting(parts: Sequence[str], width: int, left: int, kept: int) -> str:
    for count in range(len(parts), 0, -1):
        joined = _DOT.join(reversed(parts[:count]))
        free = width - left - len(_GAP) if count > 1 else width
        room = max(free, int(width * _KEPT)) if count <= kept else free
        if cells(joined) <= min(width * 3 // 4, room):
            return joined
    return fit(parts[0], width) if parts else ""
