"""The app: themes, styles, and the order of the screens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.color import ColorSystem
from textual import events
from textual.app import App, ScreenStackError
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.theme import Theme
from textual.timer import Timer

from reader.annotate import Store
from reader.display.colors.color_depth import Depth
from reader.display.colors.labels import apply_label_settings
from reader.document import Document
from reader.document.load_options import absolute_source
from reader.reading import Reading
from reader.resources import resource_folder
from reader.settings import Settings
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.base.garbage import start_collecting
from reader.ui.base.themes import DARK, LIGHT, theme_named
from reader.ui.base.typing_order import typing_queue_of
from reader.ui.collection_session import CollectionSession
from reader.ui.keys.commands import COMMANDS_BY_ID
from reader.ui.keys.key_names import QUIT_KEY
from reader.ui.keys.keymap import Keymap
from reader.ui.recognition import Recognition
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.reading.reading_screen import ReadingScreen
from reader.ui.terminal.endings import ENDINGS
from reader.ui.terminal.terminal_styles import Abilities, TerminalStyles, abilities_of
from reader.ui.textual_internals.key_events import install_escape_splitter, send_to_screen
from reader.ui.textual_internals.light_app import LightApp, show_in
from reader.ui.textual_internals.screen_stack import fit_to_terminal

if TYPE_CHECKING:
    from reader.ui.document_lists import DocumentList
    from reader.ui.screens.document_list_screen import DocumentListScreen

_RESIZE_DELAY: Final = 0.2
"""Seconds without a change of the terminal's size after which the size is checked again."""
_WAIT_SECONDS: Final = 0.05
"""Seconds between two looks whether Ctrl+Z may stop the program."""
_MOST_WAITS: Final = 20
"""Looks after which it stops even if a command still runs."""
_SIGNAL_CODES: Final = 128
"""The exit code after a signal is greater."""

_STYLES: Final[tuple[str | PurePath, ...]] = (resource_folder("styles") / "reader.tcss",)
_STYLES_WITH_LISTS: Final = (
    *_STYLES,
    *(resource_folder("styles") / name for name in ("collection.tcss", "documents.tcss")),
)
"""Textual does not load the styles of the screen that an app begins with."""


class ReaderApp(LightApp[int]):
    """Shows one document, a list of documents, or the collection. Other documents open over them."""

    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False
    # Without priority, so that it takes its turn among the keys typed before it.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(QUIT_KEY, "quit", show=False),
        # With priority, because dialogs pass no key on to the app.
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(
        self,
        store: Store,
        keymap: Keymap,
        recognition: Recognition,
        *,
        document: Document | None = None,
        documents: DocumentList | None = None,
        offset: int = 0,
        settings: Settings | None = None,
        language: str = "",
    ) -> None:
        super().__init__(css_path=list(_STYLES if document is not None else _STYLES_WITH_LISTS))
        settings = settings or Settings()
        self.store = store
        """Where decisions are kept."""
        keymap.problems += apply_label_settings(settings.labels)
        self.session = CollectionSession()
        """What the user does with collections."""
        self._keys = keymap
        self._document = document
        self._documents = documents
        """The documents to choose from, if it is not the collection."""
        self._offset = offset
        self._language = language
        """The language of the documents opened from a list; "" leaves it to recognition."""
        self._recognition = recognition
        self._measure = settings.measure
        self._first_hint = settings.first_hint
        self._size_check: Timer | None = None
        self._is_ending = False
        # Set before anything is styled: changing the theme later would style everything again.
        self.set_reactive(App.theme, self._register_theme(settings.theme or "dark"))
        self.stylesheet.set_variables(self.get_css_variables())

    def _register_theme(self, name: str) -> str:
        """Make a theme known to Textual, and return the name that it has there; the dark one if there is none."""
        try:
            theme = theme_named(name)
        except KeyError:
            self._keys.problems += (f"there is no theme {name!r}; `reader config` explains the settings",)
            theme = DARK
        for registered in {theme.name: theme, DARK.name: DARK, LIGHT.name: LIGHT}.values():
            self.register_theme(registered)
        return theme.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the style variables that a theme of Textual does not set."""
        theme: Theme | None = self.available_themes.get(self.theme)
        return dict((DARK if theme is None or theme.dark else LIGHT).variables)

    def get_driver_class(self) -> type[Driver]:
        """Return our driver where Textual would use its driver for Unix."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from reader.ui.terminal.terminal_driver import TerminalDriver

        return TerminalDriver

    async def run_async(self, **options: Any) -> int | None:
        """Run the app until the user quits or a signal ends it; return the exit code."""
        loop = asyncio.get_running_loop()

        def end(code: int) -> None:
            with suppress(RuntimeError):  # the loop has closed
                loop.call_soon_threadsafe(self.exit, code)

        with ENDINGS.of_app(end):
            return await super().run_async(**options)

    def exit(self, result: int | None = None, *arguments: Any, **options: Any) -> None:
        """End the app. What ended it first determines the exit code."""
        if not self._is_ending:
            self._is_ending = True
            self.is_ended_by_signal = isinstance(result, int) and result > _SIGNAL_CODES
            super().exit(result, *arguments, **options)

    async def on_event(self, event: events.Event) -> None:
        """Send keys and pastes straight to the top screen: through the focused widget, some would arrive late."""
        top = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(event, events.InputEvent) and top is None:
            return  # nothing is shown yet, or any more
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded and typing_queue_of(top):
            await send_to_screen(self, self.screen, event)
        else:
            try:
                await super().on_event(event)
            except ScreenStackError:
                if self.screen_stack:
                    raise  # else the app has ended meanwhile

    def on_load(self) -> None:
        """Prepare the parser before the terminal sends anything."""
        install_escape_splitter()

    def fit_styles(self, abilities: Abilities) -> None:
        """Draw only what the terminal can show."""
        if abilities.depth < Depth.TRUE or not abilities.has_italics:
            system = ColorSystem.EIGHT_BIT if abilities.depth is Depth.INDEXED else None
            show_in(self, TerminalStyles(self, abilities), system)

    def on_resize(self) -> None:
        """Check the size again once it stops changing."""
        if self._size_check is not None:
            self._size_check.stop()
        self._size_check = self.set_timer(_RESIZE_DELAY, partial(fit_to_terminal, self))

    def on_mount(self) -> None:
        """Fit to the terminal."""
        if not self.is_headless and not self.is_web:
            self.fit_styles(abilities_of())
        self.call_after_refresh(start_collecting)

    def get_default_screen(self) -> Screen[Any]:
        """Return the screen to begin with: laying out an empty screen first would cost time."""
        if self._document is not None:
            return self._reading_screen(self._document, self._offset, self._recognition)
        if self._documents is not None:
            documents = self._documents
            return self._list_screen(lambda: documents)
        from reader.ui.screens.collection.collection_screen import CollectionScreen

        return CollectionScreen(self._keys, self.store, self.session)

    def _reading_screen(self, document: Document, offset: int, recognition: Recognition) -> ReadingScreen:
        screen = ReadingScreen(Reading(document, self.store), self._keys, recognition, offset=offset)
        screen.article.measure = self._measure
        screen.shows_first_hint = self._first_hint and self.store.persistent and not self.store.recent(1)
        return screen

    def _list_screen(self, documents: Callable[[], DocumentList]) -> DocumentListScreen:
        from reader.ui.screens.document_list_screen import DocumentListScreen

        return DocumentListScreen(self._keys, documents)

    async def show_document(self, screen: CommandScreen[Any], document: Document, offset: int | None) -> None:
        """Show a document over a screen until it is left, and remember it. See `DocumentApp`."""
        if self._language:
            document = replace(document, language=self._language)
        if offset is None:
            remembered = self.store.recall(document)
            offset = remembered.position if remembered else 0
        self.session.bring_back(document.digest, absolute_source(document.source))
        offset = min(offset, max(len(document.text) - 1, 0))
        reading = self._reading_screen(document, offset, self._recognition.another())
        await screen.ask(reading)
        # The screen remembers it only after it is closed.
        reading.replacement.latest.position_memory.remember_at_once()

    def shows(self, digest: str) -> bool:
        """Return whether a screen shows the document with a digest. See `DocumentApp`."""
        return any(
            isinstance(screen, ReadingScreen) and screen.reading.document.digest == digest
            for screen in self.screen_stack
        )

    async def show_list(self, screen: CommandScreen[Any], documents: Callable[[], DocumentList]) -> None:
        """Show a list of documents over a screen until it is left. See `DocumentApp`."""
        await screen.ask(await run_in_thread(lambda: self._list_screen(documents)))

    async def action_quit(self) -> None:
        """Quit while a document is loaded for the first time: other screens handle the key themselves."""
        self.exit(0)

    def action_suspend_process(self) -> None:
        """Stop the program until the shell continues it. In a note, undo typing instead."""
        from textual.widgets import TextArea  # takes long to import, and only notes are written in one

        if isinstance(self.focused, TextArea):
            self.focused.undo()
        else:
            self.screen.call_later(self._suspend_in_turn)

    def _suspend_in_turn(self, waits: int = _MOST_WAITS) -> None:
        """Stop the program after the keys typed before, unless one of them ends it.

        A command that such a key has started is waited for, but not for long.
        """
        if self._is_ending or not self.screen_stack:
            return
        queue = typing_queue_of(self.screen_stack[-1])
        if waits and queue is not None and queue.paused:
            self.set_timer(_WAIT_SECONDS, partial(self._suspend_in_turn, waits - 1))
        else:
            super().action_suspend_process()

    def action_help_quit(self) -> None:
        """Tell users who press Ctrl+C how to quit."""
        screen = self.screen
        if isinstance(screen, CommandScreen):
            key = next(iter(screen.keymap.keys_of(COMMANDS_BY_ID["quit"])), "ctrl+q")
            screen.show_key_hint(f"press {key} to quit")
