"""The menu of labels: a letter, or typing, or Enter for the last one again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.display.labels import all_looks, look_of
from reader.display.page import wrapped
from reader.recognize.label_mapping import is_label
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.choice import Choice
from reader.ui.dialogs.question import ChoiceRows, Dialog
from reader.ui.keys.key_names import name_of_key

_MOST_ROWS = 20
_WIDTH, _SIDES, _AROUND = 64, 4, 5
_STEPS = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
_LETTER_STEPS = {"j": 1, "k": -1}


class Chosen(NamedTuple):
    """What was chosen in the menu."""

    label: str
    beside: bool
    """Whether the other way was chosen, of two that were offered."""


def offered(others: Iterable[str], typed: str = "") -> list[tuple[str, Choice]]:
    """Return the labels that fit what was typed, those that begin with it first.

    Args:
        others: Labels that are in use besides those that everybody knows.
        typed: Part of a label or of its words; what could be a label and is none yet is offered as a new one.
    """
    known = [look.label for look in all_looks()]
    labels = [*known, *sorted(set(others) - set(known))]
    wanted = _folded(typed)
    rows = [(label, Choice(label, look_of(label).words, look_of(label).key, label)) for label in labels]
    if not wanted:
        return rows
    found = [row for row in rows if wanted in _folded(row[0]) or wanted in _folded(row[1].note)]
    found.sort(key=lambda row: not _folded(row[0]).startswith(wanted))
    own = typed.strip().upper().replace(" ", "_")
    if own not in labels and is_label(own):
        found.append((own, Choice(own, "a new label", label=own)))
    return found


def _folded(words: str) -> str:
    return " ".join(words.casefold().replace("_", " ").split())


class Way(NamedTuple):
    """One of two ways to mark a name."""

    words: str
    """What happens."""
    short: str
    """The same where the other way is what happens now."""


class LabelMenu(Dialog[Chosen]):
    """Asks for a label; a letter that stands for none begins to filter, and so does "/"."""

    def __init__(self, title: str, likely: str, others: Iterable[str] = (), ways: Sequence[Way] = ()) -> None:
        """Ask.

        Args:
            title: The question.
            likely: On which label the cursor stands.
            others: Labels that are in use besides those that everybody knows.
            ways: One or two ways in which it can be done, the usual one first; Tab goes from one to the other.
        """
        super().__init__()
        self._heading, self._others, self._ways = title, tuple(others), ways
        self._way = 0
        self._typed: str | None = None
        self._labels: list[str] = []
        self._rows = ChoiceRows((), ticking=False)
        self._way_line = Static(classes="dialog--way")
        self._line = Static(classes="dialog--typed")
        self._hint = Static(classes="dialog--hint")
        self._fill()
        self._start = self._labels.index(likely) if likely in self._labels else 0

    def start_with(self, way: int) -> LabelMenu:
        """Begin with another of the ways; return the menu."""
        self._way = way if way < len(self._ways) else 0
        return self

    def compose(self) -> ComposeResult:
        """Lay out the menu."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._heading), classes="dialog--title")
            yield self._way_line
            yield self._line
            yield self._rows
            yield self._hint

    def on_mount(self) -> None:
        """Put the cursor on the likely label."""
        self._rows.refill(cursor=self._start)
        self._rows.focus()
        self._show()

    def on_resize(self) -> None:
        """Show as many labels as there is room for."""
        super().on_resize()
        width, height = self.app.size
        inside = max(min(width, _WIDTH) - _SIDES, 1)
        ways = sum(len(wrapped(self._way_words(), inside)) + 1 for _ in self._ways[:1])
        around = _AROUND + len(wrapped(self._heading, inside)) + ways + (self._typed is not None)
        room = height - (1 if self.has_class("-tight") else around)
        self._rows.styles.height = max(min(len(self._rows.choices), _MOST_ROWS, room), 1)

    def take(self, event: events.Key) -> None:
        """Answer, move, filter or leave."""
        consume(event)
        key = name_of_key(event)
        if key == "escape" and self._typed is not None:
            self._filter(None)
        elif key == "escape":
            self.answer(None)
        elif key == "enter":
            self._choose(self._rows.cursor)
        elif key == "tab" and len(self._ways) > 1:
            self._way = 1 - self._way
            self._show()
        elif step := _STEPS.get(key) or (_LETTER_STEPS.get(key) if self._typed is None else None):
            self._rows.move(step)
        else:
            self._write(key, event.character if event.is_printable else None)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._choose(event.index)

    def _write(self, key: str, character: str | None) -> None:
        by_letter = {choice.key: index for index, choice in enumerate(self._rows.choices) if choice.key}
        if self._typed is None and key in by_letter:
            self._choose(by_letter[key])
        elif key == "backspace" and self._typed is not None:
            self._filter(self._typed[:-1] or None)
        elif self._typed is None and key == "/":
            self._filter("")
        elif character:
            self._filter((self._typed or "") + character)

    def _filter(self, typed: str | None) -> None:
        self._typed = typed
        self._fill()
        self._rows.refill(cursor=0 if typed else self._start)
        self._show()
        self.on_resize()

    def _fill(self) -> None:
        found = offered(self._others, self._typed or "")
        self._labels = [label for label, _ in found]
        self._rows.choices = [choice for _, choice in found]

    def _choose(self, index: int) -> None:
        if index < len(self._labels):
            self.answer(Chosen(self._labels[index], beside=self._way == 1))

    def _show(self) -> None:
        self._way_line.display = bool(self._ways)
        self._way_line.update(Content(self._way_words()))
        self._line.display = self._typed is not None
        self._line.update(Content(f"/{self._typed or ''}▏"))
        keys = "type on" if self._typed is not None else "a letter, / to filter"
        self._hint.update(Content(f"{keys}, Enter · Esc {'shows all' if self._typed is not None else 'leaves'}"))

    def _way_words(self) -> str:
        if not self._ways:
            return ""
        other = f" · Tab: {self._ways[1 - self._way].short}" if len(self._ways) > 1 else ""
        return self._ways[self._way].words + other
