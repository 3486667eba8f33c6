"""Takes the pictures of the app: `python docs/picture.py` runs it and writes `docs/*.svg`."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from reader.annotate import NullStore
from reader.document import load
from reader.reading import analyze
from reader.resources import resource_folder
from reader.ui.app import ReaderApp
from reader.ui.keys.keymap import default_keymap
from reader.ui.recognition import ProcessRecognition
from reader.ui.screens.reading.reading_screen import ReadingScreen

_SIZE = (132, 34)
_PICTURES = {
    "reader.svg": ("]", "]", "]", "]", "]", "}"),
    "review.svg": ("R",),
    "help.svg": ("?",),
}
"""The keys that lead to each picture."""


async def main() -> None:
    """Open the sample document once for each picture, type its keys and save the screen as an SVG file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["READER_CACHE_DIR"] = os.environ["READER_DATA_DIR"] = folder
        os.chdir(resource_folder("seeds").parent)
        for name, keys in _PICTURES.items():
            Path(__file__).with_name(name).write_text(await _picture(keys), encoding="utf-8")


async def _picture(keys: tuple[str, ...]) -> str:
    document = load("seeds/desert-governor.txt")
    app = ReaderApp(NullStore(), default_keymap(), ProcessRecognition(), document=document)
    async with app.run_test(size=_SIZE) as pilot:
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        analyze(screen.reading)
        screen.mentions_changed()
        await pilot.press("escape", *keys)
        for _ in range(5):
            await pilot.pause(0.1)
        svg = app.export_screenshot(title="reader seeds/desert-governor.txt")
    # Browsers would fetch these fonts from the web; any monospaced font of the viewer's does as well.
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    asyncio.run(main())
