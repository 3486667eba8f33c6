"""The user's settings: `config.toml` in the configuration directory, every one of them optional."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reader.directories import config_dir

FILE: Final = "config.toml"
_NAME: Final = 60
"""Code points of an author's name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has set; the defaults otherwise."""

    theme: str = ""
    """"dark" or "light"; "" for what the terminal says of its ground."""
    measure: int = 80
    """The widest the column of text may be, in cells."""
    model: str | None = None
    """The pipeline that finds names, where none is named on the command line."""
    author: str = ""
    """Who decides: written into every decision from now on."""
    problems: tuple[str, ...] = field(default=())
    """What could not be used, each one line for the user."""


_CHECKS: Final[dict[str, tuple[Callable[[Any], bool], str]]] = {
    "theme": (lambda value: value in ("dark", "light"), '"dark" or "light"'),
    "measure": (lambda value: isinstance(value, int) and 30 <= value <= 160, "a number of cells from 30 to 160"),
    "model": (lambda value: isinstance(value, str) and bool(value), "the name of a pipeline or plug-in, or a path"),
    "author": (lambda value: isinstance(value, str) and 0 < len(value) <= _NAME, "a name of up to 60 characters"),
}


def author(settings: Settings) -> str:
    """Return who decides: `READER_AUTHOR`, or else who is set; "" for nobody in particular."""
    from reader.document.sanitize import one_line

    return one_line(os.environ.get("READER_AUTHOR") or settings.author, _NAME)


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings; a setting that cannot be used is reported and left at its default."""
    path = path or config_dir() / FILE
    if not path.is_file():
        return Settings()
    import tomllib  # only those who have settings wait for it

    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Settings(problems=(f"{FILE} cannot be read: {str(error).splitlines()[0]}",))
    good: dict[str, Any] = {}
    problems = []
    for name, value in said.items():
        check = _CHECKS.get(name)
        if check is None:
            problems.append(f"{FILE}: no setting {name!r}; there are {', '.join(_CHECKS)}")
        elif check[0](value):
            good[name] = value
        else:
            problems.append(f"{FILE}: {name} must be {check[1]}")
    return Settings(**good, problems=tuple(problems))
