"""What the user should know when a document is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from reader.annotate.log.step_descriptions import describe_carried_over
from reader.display.cells import cells
from reader.document import one_line
from reader.document.load_options import ALL_TEXT_ADVICE

if TYPE_CHECKING:
    from textual.app import App

    from reader.reading import Reading
    from reader.ui.keys.keymap import Keymap


class NoticeScreen(Protocol):
    """A screen that has just opened a document."""

    reading: Reading
    keymap: Keymap
    shows_first_hint: bool
    """Whether the keys to begin with are shown, unless there is a notice or too little room."""
    first_message: str

    @property
    def app(self) -> App[Any]:
        """The app."""

    def show_message(self, message: str, *, alarm: bool = False, lasting: bool = False) -> None:
        """Show one line in the status bar."""

    def notify(self, message: str, *, markup: bool) -> None:
        """Show one line above the status bar, for a few seconds."""


def show_notices(screen: NoticeScreen) -> None:
    """Show the notices: the first as a message, the others as notifications."""
    reading, store = screen.reading, screen.reading.store
    problem = store.problem if store.persistent else ""
    alarms = tuple(filter(None, (problem, *store.notices, *screen.keymap.problems)))
    carried_over = _describe_carry_over(reading, screen.keymap)
    document_notices = (
        notice.replace(ALL_TEXT_ADVICE, f"{screen.keymap.key_of('all-text')} shows all text")
        for notice in reading.document.notices
    )
    notices = tuple(filter(None, (*alarms, screen.first_message, carried_over, *document_notices)))
    if notices:
        screen.show_message(notices[0], alarm=bool(alarms), lasting=True)
    elif screen.shows_first_hint and cells(hint := first_hint(screen.keymap)) < screen.app.size.width:
        screen.show_message(hint)
    for notice in notices[1:]:
        screen.notify(one_line(notice), markup=False)


def first_hint(keymap: Keymap) -> str:
    """Return the keys to begin with, for the first document ever opened. The next command replaces them."""
    next_key, confirm_key, help_key = map(keymap.key_of, ("next-mention", "confirm-mention", "help"))
    return f"{next_key} next name · {confirm_key} confirm · {help_key} help · `reader tutorial`"


def _describe_carry_over(reading: Reading, keymap: Keymap) -> str:
    """Return what became of the decisions on an earlier text if they were just carried over, else ""."""
    if not reading.store.carried_over(reading.document):
        return ""
    history = reading.history
    them = "it" if len(history.orphans) == 1 else "them"
    advice = f": {keymap.key_of('orphans')} shows {them}" if history.orphans else ""
    return describe_carried_over(history) + advice
