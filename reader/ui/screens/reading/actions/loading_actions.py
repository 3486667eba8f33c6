"""Loads the document again in another way: in another encoding, or with all text of a web page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from reader.annotate.loading_choices import save_choices
from reader.document import DocumentError, load, one_line
from reader.document.encoding import encoding_name
from reader.document.load_options import AUTOMATIC, LoadChoices, LoadOptions
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.keys.action_table import ActionTable
from reader.ui.screens.reading.actions.encoding_choice import DETECTED, ENCODINGS, choices_for

if TYPE_CHECKING:
    from reader.document import Document
    from reader.reading import Reading
    from reader.ui.dialogs.prompts import Prompts
    from reader.ui.keys.keymap import Keymap
    from reader.ui.screens.reading.replacement import Replacement

_ONCE_ONLY: Final = "standard input cannot be read again"


class ReloadedScreen(Protocol):
    """The reading screen, as commands see it that load its document again."""

    reading: Reading
    keymap: Keymap
    prompts: Prompts
    replacement: Replacement[Any]

    @property
    def message(self) -> str:
        """The message that is shown."""

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line about the command."""


async def choose_encoding(screen: ReloadedScreen) -> None:
    """Ask for an encoding, and show the document as it reads in it. Decisions are carried over by their anchors."""
    document = screen.reading.document
    if document.source == "-":
        screen.show_message(f"{_ONCE_ONLY}: use --encoding")
        return
    chosen = await screen.prompts.ask_among(f"Which encoding? Now: {document.encoding}", choices_for)
    if chosen is None:
        return
    number, typed = chosen
    encoding = ENCODINGS[number][0] if number < len(ENCODINGS) else encoding_name(typed)
    is_detected = encoding == DETECTED
    choices = document.choices._replace(encoding="" if is_detected else encoding)
    screen.show_message("reading it as detected …" if is_detected else f"reading it as {encoding} …")
    await _choose(screen, choices, f"the text is the same {'as detected' if is_detected else f'in {encoding}'}")


async def toggle_all_text(screen: ReloadedScreen) -> None:
    """Show all text of a web page, or only its article again. Decisions are carried over by their anchors."""
    document = screen.reading.document
    if document.source == "-":
        screen.show_message(f"{_ONCE_ONLY}: use --all-text")
        return
    choices = document.choices._replace(all_text=not document.choices.all_text)
    await _choose(screen, choices, "the text is the same: nothing is left out here")


async def load_again(screen: ReloadedScreen) -> None:
    """Show the document as it must be loaded since a step was undone or redone."""
    choices, message = screen.reading.load_as, screen.message
    screen.reading.load_as = None
    if screen.reading.document.source == "-":
        screen.show_message(f"{message}; {_ONCE_ONLY}")
        return
    document = await _loaded(screen, choices or LoadChoices())
    if document is not None:
        await screen.replacement.show(document, message=message)


async def _choose(screen: ReloadedScreen, choices: LoadChoices, unchanged: str) -> None:
    """Load the document as chosen, and save the choice, unless the text is the same."""
    reading = screen.reading
    before = reading.document.choices
    document = await _loaded(screen, choices)
    if document is None:
        return
    if document.digest == reading.document.digest:
        if not any(choices):
            save_choices(reading.store, document, before, choices)
        screen.show_message(unchanged)
        return
    decisions = save_choices(reading.store, document, before, choices)
    advice = f"; {screen.keymap.key_of('undo')} takes it back"
    message = f"{decisions[0].describe(document.text)}{advice}" if decisions else ""
    await screen.replacement.show(document, *decisions, message=message)


async def _loaded(screen: ReloadedScreen, choices: LoadChoices) -> Document | None:
    """Load the document as chosen; None if it cannot be read, which a message says."""
    document = screen.reading.document
    options = LoadOptions(encoding=choices.encoding or AUTOMATIC, all_text=choices.all_text)
    try:
        loaded = await run_in_thread(load, document.source, options)
    except DocumentError as error:
        screen.show_message(one_line(str(error)), alarm=True)
        return None
    return replace(loaded, language=document.language)


LOADING_ACTIONS: Final = ActionTable[ReloadedScreen](plain={"encoding": choose_encoding, "all-text": toggle_all_text})
