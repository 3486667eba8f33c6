"""`reader` and `reader SOURCE`: open the app."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Options
from reader.cli.command_errors import CommandError
from reader.cli.command_list import COMMANDS
from reader.cli.open_readings import Opener
from reader.cli.output.terminal import is_dark, is_terminal
from reader.settings import Settings, last_theme, load_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.document import Document
    from reader.ui.document_lists import DocumentList

HANDLES_SIGNALS: Final = True
"""Whether the command itself decides what signals do."""


def configure(parser: ArgumentParser) -> None:
    """Add the optional source."""
    from argparse import SUPPRESS

    parser.add_argument("source", metavar="SOURCE", nargs="?", help=SUPPRESS)


def run(options: Options) -> int:
    """Open the app, or print the document if standard output is not a terminal."""
    from reader.document import DocumentError

    in_app = _in_browser() or (is_terminal() and os.environ.get("TERM") != "dumb")
    try:
        return _open(options) if in_app else _print(options)
    except DocumentError as error:
        from difflib import get_close_matches

        matches = get_close_matches(options.source, COMMANDS, n=1)
        raise CommandError(f"{error} (did you mean `reader {matches[0]}`?)" if matches else str(error)) from None


def _open(options: Options) -> int:
    os.environ.setdefault("TEXTUAL_FPS", "120")  # the side panes are painted one frame after the text
    from reader.ui.terminal.endings import ENDINGS

    with _without_garbage_collection(), ENDINGS.on_signals(), Opener(options) as opener:
        if options.source is None:
            with _terminal():
                from reader.ui import run_library

                return run_library(opener.store, _settings(), model=opener.model, language=opener.language)
        document = _document_or_list(opener, options.source)
        if callable(document):
            with _terminal():
                from reader.ui import run_list

                return run_list(document(), opener.store, _settings(), model=opener.model, language=opener.language)
        with _terminal():
            from reader.ui import run as run_app

            position = opener.position(document)
            return run_app(document, opener.store, _settings(), model=opener.model, first_offset=position)


def _document_or_list(opener: Opener, source: str) -> Document | Callable[[], DocumentList]:
    """Load a document, or return what makes the list of the documents in a file of many or a folder."""
    from reader.document import ManyDocumentsError

    if os.path.isdir(source):  # noqa: PTH112 - returns False for what is no file name
        from reader.ui.document_lists import folder_list

        return partial(folder_list, source, opener.store, opener.document_to_read)
    try:
        return opener.document_to_read(source)
    except ManyDocumentsError as error:
        from reader.ui.document_lists import member_list

        return partial(member_list, error.container, opener.store, opener.document_to_read)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Turn garbage collection off until the app turns it on after its first paint.

    While modules are imported and screens are built, collections take a quarter of the time to the first paint and
    find nothing.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _settings() -> Settings:
    """Return the settings. The theme defaults to the one chosen last, else to the terminal's background."""
    settings = load_settings()
    return replace(settings, theme=settings.theme or last_theme() or ("dark" if is_dark(None) else "light"))


def _print(options: Options) -> int:
    from reader.cli.commands.reading import library, show

    defaults = {"color": "auto", "theme": None, "format": "table", "width": None, "entities": False, "pager": False}
    options = Options(**(defaults | library.DEFAULTS | vars(options) | {"sources": [options.source]}))
    return library.run(options) if options.source is None else show.run(options)


def _in_browser() -> bool:
    """Return whether `reader serve` has started the app for a browser: then it talks to the server through pipes."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


@contextmanager
def _terminal() -> Iterator[None]:
    """Connect stdin and stderr to the terminal while the app runs.

    Textual draws on stderr. Standard input may be a pipe, such as the one that the document was read from.
    """
    if _in_browser():
        yield
        return
    if not os.isatty(0):
        try:
            keys = os.open("/dev/tty", os.O_RDWR)
        except OSError:
            raise CommandError("no terminal to read keys from; to print the document, run `reader show`") from None
        os.dup2(keys, 0)
        os.close(keys)
    if os.isatty(2):
        yield
        return
    sys.stderr.flush()
    log = os.dup(2)
    os.dup2(1, 2)
    try:
        yield
    finally:
        os.dup2(log, 2)
        os.close(log)
