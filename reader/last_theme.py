"""The theme that was chosen in the app, for its next start; what `config.toml` says comes first."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from reader.directories import data_dir

_FILE: Final = "theme"
THEMES: Final = ("dark", "light")


def last_theme() -> str:
    """Return "dark" or "light", "" where none was chosen."""
    try:
        said = (data_dir() / _FILE).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
    return said if said in THEMES else ""


def keep_theme(theme: str) -> None:
    """Keep "dark" or "light"; where nothing can be written, nothing is kept."""
    with suppress(OSError):
        data_dir().mkdir(parents=True, exist_ok=True)
        (data_dir() / _FILE).write_text(theme + "\n", "ascii")
