"""`reader` and `reader SOURCE`: the app."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.cli.arguments import Options
from reader.cli.command_list import COMMANDS
from reader.cli.errors_as_lines import FaultError
from reader.cli.open_readings import Opener
from reader.cli.output.terminal import is_dark, is_terminal
from reader.settings import Settings, last_theme, load_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser


def configure(parser: ArgumentParser) -> None:
    """Add what may be opened."""
    from argparse import SUPPRESS

    parser.add_argument("source", metavar="SOURCE", nargs="?", help=SUPPRESS)


def run(options: Options) -> int:
    """Open the app; print instead where nobody could see or steer it."""
    from reader.document import DocumentError

    in_app = is_terminal() and os.environ.get("TERM") != "dumb"
    try:
        return _open(options) if in_app else _print(options)
    except DocumentError as error:
        from difflib import get_close_matches

        near = get_close_matches(options.source, COMMANDS, n=1)
        raise FaultError(f"{error} (did you mean `reader {near[0]}`?)" if near else str(error)) from None


def _open(options: Options) -> int:
    os.environ.setdefault("TEXTUAL_FPS", "120")  # of a key's two paints, text and sides, the second waits for a frame
    with _no_collections(), Opener(options) as opener:
        if options.source is None:
            with _terminal():
                from reader.ui import run_library

                return run_library(opener.store, _settings(), model=opener.model)
        document = opener.document(options.source)
        with _terminal():
            from reader.ui import run as run_app

            position = opener.position(document)
            return run_app(document, opener.store, _settings(), model=opener.model, first_offset=position)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Collect no garbage until the app has painted and turns it on again.

    While everything is imported and built, collections cost a quarter of the time to the first paint and find nothing.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _settings() -> Settings:
    """Return the settings; where no theme is set, the last one chosen, or else that of the terminal's ground."""
    settings = load_settings()
    return replace(settings, theme="dark" if is_dark(settings.theme or last_theme() or None) else "light")


def _print(options: Options) -> int:
    from reader.cli.commands import library, show

    looks = {"color": "auto", "theme": None, "format": "table", "width": None, "entities": False, "pager": False}
    options = Options(**(looks | vars(options)))
    return library.run(options) if options.source is None else show.run(options)


@contextmanager
def _terminal() -> Iterator[None]:
    """Let the app read keys from the terminal and draw on it, wherever stdin and stderr lead.

    Textual draws on stderr. Standard input may have been the article, or whatever started this program.
    """
    if not os.isatty(0):
        try:
            keys = os.open("/dev/tty", os.O_RDWR)
        except OSError:
            raise FaultError(
                "there is no terminal to read keys from; `reader show` prints the article instead"
            ) from None
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
