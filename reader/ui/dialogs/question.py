"""Dialogs: the base of all of them, a choice from a list, ticks in a list, and a line of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Final, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.display.cells import cells, fit, pad
from reader.display.wrapping import wrapped
from reader.resources import resource_folder
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import Typed, TypingQueue, consume
from reader.ui.dialogs.choice import Choice
from reader.ui.dialogs.input_line import InputLine
from reader.ui.keys.key_names import QUIT_KEY, name_of_key
from reader.ui.textual_internals.screen_stack import close_screen

Answer = TypeVar("Answer")
DIALOG_WIDTH: Final = 64
"""The width of a dialog in the styles, in cells."""
DIALOG_MARGINS: Final = 4
"""Cells left and right of the text of a dialog."""
_MAX_ROWS: Final = 20
_OTHER_ROWS: Final = 5
"""Rows of a question besides its title and choices."""
_TIGHT_HEIGHT: Final = 12
"""Rows of the terminal below which a dialog has neither margins nor hints."""
_LOW_HEIGHT: Final = 20
"""Rows of the terminal below which a dialog may cover the bars."""
_BAR_ROWS: Final = 3
"""Rows of the bars: the title at the top, the status and the hints at the bottom."""
_STEPS: Final = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": 10, "pageup": -10}


class ChoiceRows(RowList):
    """The choices of a dialog, one a row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--faint", "choices--key"}

    def __init__(self, choices: Sequence[Choice], *, ticking: bool) -> None:
        super().__init__()
        self.choices = choices
        self.ticking = ticking
        """Whether rows are ticked instead of chosen at once."""
        self.ticked: set[int] = set()

    def item_count(self) -> int:
        """Return the number of choices."""
        return len(self.choices)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a choice."""
        choice = self.choices[index]
        faint = self.get_component_rich_style("choices--faint", partial=True)
        key_style = self.get_component_rich_style("choices--key", partial=True)
        tick = "[x] " if index in self.ticked else "[ ] "
        lead = tick if self.ticking else f"{choice.key or ' '}  "
        room = max(width - cells(lead) - 3, 4)
        text = fit(choice.text, max(room - min(cells(choice.note), room // 2) - 1, 4))
        note = fit(choice.note, max(room - cells(text) - 1, 0)) + " "
        style = LabelStyles(self).plain(choice.label) if choice.label else Style()
        gap = pad("", width - 2 - cells(lead) - cells(text) - cells(note))
        return [[Segment("  " + lead, key_style), Segment(text, style), Segment(gap + note, faint)]]


class Dialog(ModalScreen[Answer | None]):
    """Asks something once. Keys typed after the answer go to the screen below."""

    CSS_PATH = resource_folder("styles") / "dialogs.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.typing_queue = TypingQueue(self)
        self._answered = False

    @property
    def answered(self) -> bool:
        """Whether the answer has been given."""
        return self._answered

    @property
    def most_rows(self) -> int:
        """The rows of the terminal that the dialog may cover: all but the bars, unless the terminal is low."""
        height = self.app.size.height
        return height if height < _LOW_HEIGHT else height - _BAR_ROWS

    def on_resize(self) -> None:
        """Leave out margins and hints if there is little room."""
        height = self.app.size.height
        self.set_class(height >= _LOW_HEIGHT, "-between-bars")
        self.set_class(height < _TIGHT_HEIGHT, "-tight")

    async def on_key(self, event: events.Key) -> None:
        """Queue a key, or handle it."""
        await self.typing_queue.receive(event)

    async def on_paste(self, event: events.Paste) -> None:
        """Queue a paste, or handle it."""
        await self.typing_queue.receive(event)

    @on(events.Unmount)
    def _close_queue(self) -> None:
        self.typing_queue.closed.set()

    async def handle_typed(self, event: Typed) -> None:
        """Handle a key or a paste as part of the answer."""
        if self.answered:
            self.typing_queue.pass_below(event)
        elif isinstance(event, events.Paste):
            event.stop()
            self.insert_pasted(event.text)
        elif event.key == QUIT_KEY:
            consume(event)
            self.withdraw()
        else:
            self.process_key(event)

    def process_key(self, event: events.Key) -> None:
        """Handle a key."""
        raise NotImplementedError

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text, in dialogs in which text is typed."""

    def withdraw(self) -> None:
        """Leave without an answer."""
        self.answer(None)

    def answer(self, answer: Answer | None) -> None:
        """Give the answer and close the dialog; later answers are ignored."""
        if not self._answered:
            self._answered = True
            close_screen(self, answer)


class Question(Dialog[tuple[int, ...]]):
    """Asks for one choice, or for ticks. The answer is the indexes of the choices."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        ticking: bool = False,
        ticked: Iterable[int] = (),
        cursor: int = 0,
    ) -> None:
        super().__init__()
        self._title = title
        self._rows = ChoiceRows(choices, ticking=ticking)
        self._rows.ticked |= set(ticked)
        self._start = cursor

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        letter = "letter or " if any(choice.key for choice in self._rows.choices) else ""
        choose = f"j k move · {letter}Enter choose · Esc leave"
        hint = "Space tick · Enter done · Esc leave" if self._rows.ticking else choose
        with Vertical(classes="dialog -wide"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._rows
            yield Static(Content(hint), classes="dialog--hint")

    def on_mount(self) -> None:
        """Move the cursor to the likely answer."""
        self._rows.refill(cursor=self._start)
        self._rows.focus()

    def on_resize(self) -> None:
        """Show as many choices as fit; the list scrolls to the others."""
        super().on_resize()
        title_rows = len(wrapped(self._title, max(min(self.app.size.width, DIALOG_WIDTH) - DIALOG_MARGINS, 1)))
        other_rows = 1 if self.has_class("-tight") else title_rows + _OTHER_ROWS
        self._rows.styles.height = max(min(len(self._rows.choices), _MAX_ROWS, self.most_rows - other_rows), 1)

    def process_key(self, event: events.Key) -> None:
        """Answer, move or leave."""
        consume(event)
        key, rows = name_of_key(event), self._rows
        by_letter = {choice.key: index for index, choice in enumerate(rows.choices) if choice.key}
        if key in by_letter and not rows.ticking:
            self.answer((by_letter[key],))
        elif key == "escape":
            self.answer(None)
        elif key == "enter":
            self.answer(tuple(sorted(rows.ticked)) if rows.ticking else (rows.cursor,))
        elif key == "space" and rows.ticking:
            self._toggle(rows.cursor)
        elif step := _STEPS.get(key):
            rows.move(step)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        if self._rows.ticking:
            self._toggle(event.index)
        else:
            self.answer((event.index,))

    def _toggle(self, index: int) -> None:
        self._rows.ticked ^= {index}
        self._rows.refresh()


class Prompt(Dialog[str]):
    """Asks for a line of text."""

    def __init__(
        self, title: str, value: str = "", *, advice: Sequence[str] = (), changed: Callable[[str], None] | None = None
    ) -> None:
        """Ask for a line.

        Args:
            title: The question.
            value: The text that the line begins with.
            advice: What can be typed, in lines below the line.
            changed: What to do with the text after every change.
        """
        super().__init__()
        self._title = title
        self._line = InputLine(value)
        self._advice = advice
        self._changed = changed

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._line
            if self._advice:
                yield Static(Content("\n".join(self._advice)), classes="dialog--advice")
            yield Static(Content("Enter done · Esc leave"), classes="dialog--hint")

    def process_key(self, event: events.Key) -> None:
        """Answer, leave or type."""
        if event.key in {"enter", "escape"}:
            consume(event)
            self.answer(self._line.value if event.key == "enter" else None)
        else:
            self._line.process_key(event)
            self._tell()

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text into the line."""
        self._line.insert_pasted(text)
        self._tell()

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed(self._line.value)
