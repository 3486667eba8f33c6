"""The app: themes, styles, and which screen comes after which."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar, Final

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.theme import Theme
from textual.timer import Timer

from reader.annotate import Store
from reader.display.labels import apply_label_settings
from reader.document import Document, DocumentError, one_line
from reader.reading import Reading
from reader.resources import resource_folder
from reader.settings import Settings
from reader.ui.base._textual import LightApp, fit_to_terminal, give_to_screen, hear_escape
from reader.ui.base.garbage import begin_to_collect
from reader.ui.base.themes import DARK, LIGHT, THEMES
from reader.ui.base.typing_order import TurnTaking
from reader.ui.keys.commands import COMMANDS
from reader.ui.keys.keymap import Keymap
from reader.ui.recognition import Recognition
from reader.ui.screens.base.command_screen import CommandedScreen
from reader.ui.screens.reading.reading_screen import ReadingScreen

_SETTLED: Final = 0.2
"""Seconds after the last change of the terminal's size."""


class ReaderApp(LightApp[int]):
    """Reads one article, or offers the library and comes back to it after each article."""

    TITLE = "reader"
    CSS_PATH: ClassVar[list[str | PurePath]] = [resource_folder("styles") / "reader.tcss"]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        store: Store,
        keymap: Keymap,
        recognition: Recognition,
        *,
        document: Document | None = None,
        offset: int = 0,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        settings = settings or Settings()
        self._store = store
        keymap.problems += apply_label_settings(settings.labels)
        self._keys = keymap
        self._document = document
        self._offset = offset
        self._recognition = recognition
        self._measure = settings.measure
        self._fitting: Timer | None = None
        for each in THEMES:
            self.register_theme(each)
        # Set before anything is styled: a change of theme later would style everything again.
        self.set_reactive(App.theme, (LIGHT if settings.theme == "light" else DARK).name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our variables, for themes that do not set them."""
        theme: Theme | None = self.available_themes.get(self.theme)
        return dict((DARK if theme is None or theme.dark else LIGHT).variables)

    async def on_event(self, event: events.Event) -> None:
        """Let the screen itself have what is typed: by way of what has the focus, some would come late."""
        top = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded and isinstance(top, TurnTaking):
            await give_to_screen(self, top, event)
        else:
            await super().on_event(event)

    def on_load(self) -> None:
        """Understand what the terminal sends before it sends anything."""
        hear_escape()

    def on_resize(self) -> None:
        """Look once more when the size has settled."""
        if self._fitting is not None:
            self._fitting.stop()
        self._fitting = self.set_timer(_SETTLED, partial(fit_to_terminal, self))

    def on_mount(self) -> None:
        """Begin; end in order when asked to from outside, so that the terminal is given back as it was."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):  # not on this platform, or not this thread
                loop.add_signal_handler(number, self.exit, 128 + number)
        self.call_after_refresh(begin_to_collect)
        if self._document is None:
            self.run_worker(self._browse(), group="library")

    def get_default_screen(self) -> Screen[Any]:
        """Begin with the article, where there is one: an empty screen before it would be laid out for nothing."""
        if self._document is None:
            return super().get_default_screen()
        return self._reading_screen(self._document, self._offset)

    def _reading_screen(self, document: Document, offset: int) -> ReadingScreen:
        screen = ReadingScreen(Reading(document, self._store), self._keys, self._recognition, offset=offset)
        screen.article.measure = self._measure
        return screen

    async def _browse(self) -> None:
        from reader.document import load
        from reader.library import recent_documents, samples
        from reader.ui.screens.library_screen import LibraryScreen, Shelf

        problem = ""
        while True:
            read_before = [
                Shelf(
                    each.title,
                    each.source,
                    f"{each.last_opened} · {one_line(each.source)}",
                    each.position,
                    gone=not each.exists,
                )
                for each in recent_documents(self._store)
            ]
            read = {each.source for each in read_before}
            offered = [
                Shelf(each.title, str(each.path), each.about) for each in samples() if str(each.path) not in read
            ]
            screen = LibraryScreen(self._keys, read_before, offered)
            if problem:
                message = problem
                self.call_after_refresh(lambda s=screen, m=message: s.say(m, alarm=True))
            shelf = await self.push_screen_wait(screen)
            if shelf is None:
                break
            problem = ""
            try:
                document = await asyncio.to_thread(load, shelf.source)
            except DocumentError as error:
                problem = str(error)
                continue
            reading = self._reading_screen(document, shelf.position)
            await self.push_screen_wait(reading)
            self._store.remember(document, reading.article.cursor)  # the screen itself does so only once it is gone
        self.exit(0)

    async def action_quit(self) -> None:
        """Leave as the command does, which asks where decisions could not be saved; leave a question first."""
        from reader.ui.dialogs.question import Dialog

        screen = self.screen
        if isinstance(screen, CommandedScreen):
            await screen.give(next(command for command in COMMANDS if command.id == "quit"))
        elif isinstance(screen, Dialog):
            screen.withdraw()
        else:
            screen.dismiss(None)

    def action_help_quit(self) -> None:
        """Say how to leave to those who try Ctrl+C."""
        screen = self.screen
        if isinstance(screen, CommandedScreen):
            command = next(command for command in COMMANDS if command.id == "quit")
            key = next(iter(screen.keymap.keys_of(command)), "ctrl+q")
            self.notify(f"{key} leaves", markup=False)
