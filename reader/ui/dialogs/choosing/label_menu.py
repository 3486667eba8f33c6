"""The menu of labels: the user presses a letter, types a part of a label, or presses Enter for the last one again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.display.colors.labels import all_looks, look_of
from reader.display.wrapping import wrapped
from reader.recognize.label_mapping import is_label
from reader.structures.named_tuple import NamedTuple
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.base.choice_rows import ChoiceRows
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.row_keys import moves_rows
from reader.ui.keys.key_names import name_of_key

_MAX_ROWS: Final = 20
_OTHER_ROWS: Final = 5
"""Rows of the dialog besides the title, the mode and the labels."""


class LabelChoice(NamedTuple):
    """What the user chose in the menu."""

    label: str
    beside: bool
    """Whether the second mode was chosen: to mark the name beside the mentions that it overlaps."""


class MarkMode(NamedTuple):
    """A mode of marking a name that overlaps other mentions: in their place, or beside them."""

    description: str
    short: str
    """The description while the other mode is on."""


def label_choices(labels_in_use: Iterable[str], typed: str = "") -> list[Choice]:
    """Return the labels that match what was typed, those that begin with it first.

    Args:
        labels_in_use: Labels of the document, to offer besides the configured ones.
        typed: A part of a label or of its description. If it is a possible label that does not exist, it is offered
            as a new one.
    """
    configured = [look.label for look in all_looks()]
    labels = [*configured, *sorted(set(labels_in_use) - set(configured))]
    choices = [Choice(label, look_of(label).words, look_of(label).key, label) for label in labels]
    query = _normalized(typed)
    if not query:
        return choices
    matching = [choice for choice in choices if query in _normalized(choice.text) or query in _normalized(choice.note)]
    matching.sort(key=lambda choice: not _normalized(choice.text).startswith(query))
    new_label = typed.strip().upper().replace(" ", "_")
    if new_label not in labels and is_label(new_label):
        matching.append(Choice(new_label, "a new label", label=new_label))
    return matching


def _normalized(words: str) -> str:
    return " ".join(words.casefold().replace("_", " ").split())


class LabelMenu(Dialog[LabelChoice]):
    """Asks for a label. A letter that picks no label begins a filter, and so does "/"."""

    def __init__(
        self,
        title: str,
        likely_label: str,
        labels_in_use: Iterable[str] = (),
        modes: Sequence[MarkMode] = (),
        *,
        beside: bool = False,
    ) -> None:
        """Create the menu.

        Args:
            title: The question.
            likely_label: The label under the cursor.
            labels_in_use: Labels of the document, to offer besides the configured ones.
            modes: No mode, one, or two between which Tab switches.
            beside: Whether to begin in the second mode, if there are two.
        """
        super().__init__()
        self._title, self._labels_in_use, self._modes = title, tuple(labels_in_use), modes
        self._beside = beside and len(modes) > 1
        self._typed: str | None = None
        """The filter, None while none is typed."""
        self._rows = ChoiceRows((), ticking=False)
        self._mode_line = Static(classes="dialog--mode")
        self._filter_line = Static(classes="dialog--typed")
        self._fill()
        labels = [choice.label for choice in self._rows.choices]
        self._start = labels.index(likely_label) if likely_label in labels else 0

    def compose(self) -> ComposeResult:
        """Lay out the menu."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._mode_line
            yield self._filter_line
            yield self._rows
            yield self.hint_line

    def on_mount(self) -> None:
        """Move the cursor to the likely label."""
        self._rows.refill(cursor=self._start)
        self._rows.focus()
        self._refresh_lines()

    def on_resize(self) -> None:
        """Show as many labels as fit."""
        super().on_resize()
        other_rows = 1
        if not self.has_class("-tight"):
            other_rows = _OTHER_ROWS + len(wrapped(self._title, self.text_width))
            if self._modes:
                other_rows += len(wrapped(self._mode_words(), self.text_width)) + 1
            if self._typed is not None:
                other_rows += 1
        self._rows.styles.height = max(min(len(self._rows.choices), _MAX_ROWS, self.room_beside(other_rows)), 1)

    def process_key(self, event: events.Key) -> None:
        """Choose, move, filter or leave."""
        consume(event)
        key = name_of_key(event)
        if key == "escape" and self._typed is not None:
            self._filter(None)
        elif key == "escape":
            self.answer(None)
        elif key == "enter":
            self._choose(self._rows.cursor)
        elif key == "tab" and len(self._modes) > 1:
            self._beside = not self._beside
            self._refresh_lines()
        elif key in self._letters or not moves_rows(self._rows, key, letters=self._typed is None):
            self._type(key, event.character if event.is_printable else None)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._choose(event.index)

    @property
    def _letters(self) -> dict[str, int]:
        """The indexes of the labels by the letters that choose them: none while a filter is typed."""
        if self._typed is not None:
            return {}
        return {choice.key: index for index, choice in enumerate(self._rows.choices) if choice.key}

    def _type(self, key: str, character: str | None) -> None:
        """Choose the label of a letter, or change the filter."""
        if (index := self._letters.get(key)) is not None:
            self._choose(index)
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
        self._refresh_lines()

    def _fill(self) -> None:
        self._rows.choices = label_choices(self._labels_in_use, self._typed or "")

    def _choose(self, index: int) -> None:
        if index < len(self._rows.choices):
            self.answer(LabelChoice(self._rows.choices[index].label, self._beside))

    def _refresh_lines(self) -> None:
        """Show the mode, the filter and the hints."""
        self._mode_line.display = bool(self._modes)
        self._mode_line.update(Content(self._mode_words()))
        self._filter_line.display = self._typed is not None
        self._filter_line.update(Content(f"/{self._typed or ''}▏"))
        if self._typed is None:
            self.show_hint("letter or Enter choose · / filter · Esc leave")
        else:
            self.show_hint("type to filter · Enter choose · Esc show all")

    def _mode_words(self) -> str:
        if not self._modes:
            return ""
        if len(self._modes) == 1:
            return self._modes[0].description
        in_place, beside = self._modes
        current, next_mode = (beside, in_place) if self._beside else (in_place, beside)
        return f"{current.description} · Tab: {next_mode.short}"
