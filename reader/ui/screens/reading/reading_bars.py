"""The bars of the reading screen: the title, the status line with the message, and the hints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, Protocol

from reader.display.cells import fit
from reader.ui.actions.workspace import Workspace
from reader.ui.base.bars import Bar, HintBar, StatusBar
from reader.ui.panels.note_rows import note_preview
from reader.ui.panels.status import (
    confidence_status,
    number_status,
    page_status,
    progress_status,
    save_status,
    short_source,
)
from reader.ui.screens.reading.messages import StatusMessage

if TYPE_CHECKING:
    from reader.recognize import Mention
    from reader.ui.screens.reading.footer_line import FooterLine
    from reader.ui.screens.reading.recognition_task import RecognitionTask

_NAME_CELLS: Final = 20
"""Cells of an entity's name in the status line."""


class BarsScreen(Workspace, Protocol):
    """The screen whose state the bars show."""

    footer_line: FooterLine
    recognition: RecognitionTask

    @property
    def is_attached(self) -> bool:
        """Whether the screen is part of the app."""

    @property
    def saved(self) -> bool:
        """Whether every decision is saved, or annotations are off."""

    @property
    def reading_mode(self) -> str:
        """The mode of the command that takes the next keys, "" if there is none."""

    def hints(self) -> Iterable[tuple[str, str]]:
        """Return the hints for the footer, each a key and its words."""

    def call_later(self, callback: Callable[[], None]) -> bool:
        """Call a function once the current command has run; return whether that will happen."""


class ReadingBars:
    """Draws the bars, once for everything that a command changes."""

    def __init__(self, screen: BarsScreen) -> None:
        self._screen = screen
        self.title, self.status, self.hint_bar = Bar(id="title"), StatusBar(id="status"), HintBar(id="hints")
        self.message = StatusMessage()
        self._typed = ""
        """The start of a key sequence."""
        self._prompt = ""
        """The message of the command that takes the next keys."""
        self._is_outdated = False

    def show_title(self) -> None:
        """Show the title, the source and the byline of the document."""
        document = self._screen.reading.document
        byline = " · ".join(filter(None, (document.author, document.date)))
        self.title.show(document.title, (short_source(document.source), byline))

    # The message

    def show_message(self, message: str, *, alarm: bool = False, lasting: bool = False) -> None:
        """Show one line; see `StatusMessage.show`."""
        self.message.show(message, alarm=alarm, lasting=lasting)
        self.refresh()

    def expire_message(self) -> None:
        """Clear the message of the last command because the next one runs."""
        if self.message.expire():
            self.refresh()

    def show_typed(self, keys: str) -> None:
        """Show the start of a key sequence, "" if there is none."""
        if keys != self._typed:
            self._typed = keys
            self.refresh()

    def begin_prompt(self) -> None:
        """Take the message as the prompt of the command that takes the next keys."""
        self._prompt = self.message.text
        self.refresh()

    def end_prompt(self) -> None:
        """Clear the prompt, unless another message has replaced it."""
        if self.message.text == self._prompt:
            self.show_message("")
        self.refresh()

    # Drawing

    def refresh(self) -> None:
        """Draw the bars once the current command has run."""
        if not self._is_outdated:
            self._is_outdated = self._screen.call_later(self.draw)

    def draw(self) -> None:
        """Show the current state."""
        self._is_outdated = False
        screen = self._screen
        if not screen.is_attached:
            return
        reading, article = screen.reading, screen.article
        mention = screen.current_mention or reading.mention_at(article.cursor)
        right = (
            save_status(reading),
            screen.recognition.activity or progress_status(reading, screen.entity_list.total),
            f"{article.fraction_read:.0%}",
            page_status(reading.document, article.cursor),
            self._position_in_entity(mention),
            confidence_status(reading, mention),
            note_preview(reading, article.cursor),
        )
        self.status.show_mode(self._mode(), f"{screen.keymap.key_of('messages')} shows all of it")
        message, saved = self.message.text, screen.saved
        if not saved:
            message = f"NOT SAVED: {message} ({reading.store.problem})"
        self.status.show(self._typed or message, right, alarm=self.message.alarm or not saved, protected=2)
        self.hint_bar.hint(screen.hints())

    def _mode(self) -> str:
        """Return the mode in which keys mean something else than usual, "" for none."""
        screen, article = self._screen, self._screen.article
        if screen.footer_line.use is not None:
            return screen.footer_line.use.mode
        if screen.reading_mode:
            return screen.reading_mode
        if article.resizing:
            return "RESIZE"
        if selection := article.selection:
            return "SELECT characters" if selection.by_characters else "SELECT"
        return ""

    def _position_in_entity(self, mention: Mention | None) -> str:
        """Return the number of the mention under the cursor, or where the key for the entity's mentions leads."""
        screen = self._screen
        entity = screen.article.entity
        if entity is None:
            return ""
        pin = "pinned: " if screen.pinned else ""
        if screen.focused in (screen.entity_list, screen.details):
            return f"{pin}{screen.details.mention_index + 1} of {len(entity.mentions)}"
        if number := number_status(entity, mention):
            return pin + number
        name = fit(entity.name, _NAME_CELLS)
        return f"{pin}{name}" if screen.pinned else f"{screen.keymap.key_of('next-of-entity')} {name}"
