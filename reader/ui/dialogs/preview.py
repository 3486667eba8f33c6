"""A list of places in the text, each in its context, from which single ones can be taken out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.display.cells import cells, clusters, displayed, fit
from reader.display.occurrences import Occurrence
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.question import Dialog
from reader.ui.keys.key_names import name_of_key

_STEPS: Final = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": 10, "ctrl+d": 10, "pageup": -10, "ctrl+u": -10}
_AROUND: Final = 8
"""Rows around the places, and above and below the dialog."""
_CONTEXT: Final = 160
"""Code points on either side that are looked at; no terminal shows more."""


class PlaceRows(RowList):
    """A row for each place: a tick, the words around it, what stands there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--faint", "choices--key"}

    def __init__(self, text: str, label: str, places: Sequence[Occurrence]) -> None:
        super().__init__()
        self._text, self._label, self._places = text, label, places
        self.ticked = {index for index, place in enumerate(places) if place.ticked}

    def item_count(self) -> int:
        """Return the number of places."""
        return len(self._places)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return a place with as many of the words around it as fit, the name in the middle."""
        place = self._places[index]
        faint = self.get_component_rich_style("choices--faint", partial=True)
        key_style = self.get_component_rich_style("choices--key", partial=True)
        lead = "  [x] " if index in self.ticked else "  [ ] "
        note = fit(place.description, max(width // 3, 0))
        room = max(width - cells(lead) - cells(note) - 3, 4)
        name = fit(_flat(self._text[place.start : place.end]), room)
        left = _tail(_flat(self._text[max(0, place.start - _CONTEXT) : place.start]), (room - cells(name)) * 2 // 5)
        right = fit(_flat(self._text[place.end : place.end + _CONTEXT]), max(room - cells(left) - cells(name), 0))
        style = LabelStyles(self).plain(self._label)
        gap = " " * max(width - cells(lead) - sum(map(cells, (left, name, right, note))) - 2, 0)
        return [
            [
                Segment(lead, key_style),
                Segment(left, faint if index not in self.ticked else None),
                Segment(name, style),
                Segment(right, faint if index not in self.ticked else None),
                Segment(gap + note + " ", faint),
            ]
        ]


class Preview(Dialog[tuple[int, ...]]):
    """Asks at which of some places to do something; answers with their indices, or None where it was left."""

    def __init__(self, title: str, text: str, label: str, places: Sequence[Occurrence], cursor: int = 0) -> None:
        super().__init__()
        self._heading = title
        self._rows = PlaceRows(text, label, places)
        self._start = cursor
        self._count = Static(classes="dialog--title")

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="dialog -large"):
            yield self._count
            yield self._rows
            yield Static(Content("Space tick · * all or none · Enter do it · Esc leave"), classes="dialog--hint")

    def on_mount(self) -> None:
        """Begin with the place from which it was asked."""
        self._rows.refill(cursor=self._start)
        self._rows.focus()
        self._show()

    def on_resize(self) -> None:
        """Show as many places as there is room for."""
        super().on_resize()
        self.query_one(".dialog").styles.height = "auto"
        room = self.app.size.height - (1 if self.has_class("-tight") else _AROUND)
        self._rows.styles.height = max(min(self._rows.item_count(), room), 1)

    def take(self, event: events.Key) -> None:
        """Tick, move, answer or leave."""
        consume(event)
        key, rows = name_of_key(event), self._rows
        if key == "escape":
            self.answer(None)
        elif key == "enter":
            self.answer(tuple(sorted(rows.ticked)))
        elif key == "space":
            self._tick({rows.cursor})
            rows.move(1)
        elif key == "*":
            everything = set(range(rows.item_count()))
            self._tick(everything - rows.ticked or everything)
        elif key in {"home", "end", "g", "G"}:
            rows.move_to(0 if key in {"home", "g"} else rows.item_count() - 1)
        elif step := _STEPS.get(key):
            rows.move(step)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._tick({event.index})

    def _tick(self, indices: set[int]) -> None:
        self._rows.ticked ^= indices
        self._rows.refresh()
        self._show()

    def _show(self) -> None:
        self._count.update(Content(f"{self._heading} · {len(self._rows.ticked):,} of {self._rows.item_count():,}"))


def _flat(words: str) -> str:
    return displayed(words)


def _tail(words: str, width: int) -> str:
    """Return the end of some words, at most so many cells of it."""
    if cells(words) <= width:
        return words
    kept, used = len(words), len("…")
    for first, _, size in reversed(clusters(words)):
        if used + size > width:
            break
        kept, used = first, used + size
    return f"…{words[kept:]}" if kept < len(words) else ""
