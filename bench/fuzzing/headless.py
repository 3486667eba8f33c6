"""Random input to the app without a terminal: what a terminal sends is parsed and posted, ten times as fast."""

from __future__ import annotations

import asyncio
import re
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size

from bench.fuzzing.inputs import ESC, Event
from reader.annotate import Store
from reader.document import load
from reader.reading import Reading
from reader.recognize import Mention
from reader.ui.app import ReaderApp
from reader.ui.keys.keymap import default_keymap
from reader.ui.recognition import RecognitionListener

_SETTLE_SECONDS: Final = 0.15
_LEAVE_ROUNDS: Final = 20
"""How often the keys that leave are tried: once for each screen or dialog that may be open, and more."""
_SUSPEND: Final = "\x1a"
"""Ctrl+Z, which needs a real terminal."""
_NAME: Final = re.compile(r"[A-Z][\w.]*(?: [A-Z][\w.]*)*")
_LABELS: Final = ("PERSON", "ORG", "GPE", "LAW", "LOC")


class ShapeRecognition:
    """Finds capitalized words and gives each a label by its length, in two batches."""

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        """Find the mentions."""
        del first_block
        matches = [match for match, _ in zip(_NAME.finditer(reading.document.text), range(3_000), strict=False)]
        mentions = [Mention(*match.span(), _LABELS[len(match.group()) % len(_LABELS)]) for match in matches]
        for count in (len(mentions) // 3, len(mentions)):
            await asyncio.sleep(0.05)
            reading.set_recognized(mentions[:count])
            listener.mentions_changed()
        listener.show_activity("")

    async def stop(self) -> None:
        """Do nothing: it has no worker."""

    def another(self) -> ShapeRecognition:
        """Return the recognition itself: it keeps nothing of a document."""
        return self


def run_headless(events_to_send: Sequence[Event], text: str, *, library: bool = False) -> str:
    """Send events to the app, started again if it ends before the last one; return what went wrong, "" if nothing did.

    Args:
        events_to_send: What to send.
        text: The text of the document that is open.
        library: Whether to start with the library, in which the document is.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "text.txt")
        source.write_text(text, encoding="utf-8", errors="surrogatepass")
        store = Store.open(Path(folder, "annotations.db"))
        document = load(str(source))
        if library:
            store.remember(document, 0)
        try:
            while True:
                app = ReaderApp(store, default_keymap(), ShapeRecognition(), document=None if library else document)
                events_to_send, problem = asyncio.run(_drive(app, events_to_send))
                if problem or not events_to_send:
                    return problem
        finally:
            store.close()


async def _drive(app: ReaderApp, sent: Sequence[Event]) -> tuple[Sequence[Event], str]:
    """Send events until the app ends; return those that remain, and what went wrong."""
    parser = XTermParser()
    remaining = list(sent)
    try:
        async with app.run_test(size=(120, 36), notifications=True):
            while remaining and not has_ended(app):
                await _send(app, parser, remaining.pop(0))
            if has_ended(app):
                return remaining, ""
            await asyncio.sleep(_SETTLE_SECONDS)
            for _ in range(_LEAVE_ROUNDS):
                for key in (ESC, "n", "q"):
                    await _send(app, parser, Event("send", key))
                for _ in range(10):
                    await asyncio.sleep(0.02)
                    if has_ended(app):
                        return remaining, ""
            screens = [type(screen).__name__ for screen in app.screen_stack]
            return [], f"deaf: {', '.join(screens)} stay open"
    except Exception:
        return [], traceback.format_exc()


def has_ended(app: App[int]) -> bool:
    """Return whether the app exits or has exited."""
    return app._exit or app._exception is not None


async def _send(app: App[int], parser: XTermParser, event: Event) -> None:
    driver = app._driver
    assert isinstance(driver, HeadlessDriver)
    if event.kind == "wait":
        await asyncio.sleep(event.seconds)
    elif event.kind == "resize":
        size = Size(event.width, event.height)
        driver._size = size
        app.post_message(events.Resize(size, size))
    elif event.kind == "send" and event.text != _SUSPEND:
        for message in parser.feed(event.text):
            driver.process_message(message)
        for message in parser.tick():
            driver.process_message(message)
    await asyncio.sleep(0)
