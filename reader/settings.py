"""The user's settings: `config.toml` in the configuration directory, every one of them optional."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reader.directories import config_dir, data_dir

CONFIG_FILE: Final = "config.toml"
_NAME: Final = 60
"""Code points of an author's name."""


_LABEL: Final = re.compile(r"[A-Z][A-Z0-9_-]{0,31}", re.ASCII)
_COLOR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_MOVING: Final = "jk"
"""Letters that move through a menu and can stand for no label."""


@dataclass(frozen=True, slots=True)
class LabelSetting:
    """A label of the user's own, or what is to be different about one of ours; "" for what is not said."""

    label: str
    color: str = ""
    """As #rrggbb."""
    light: str = ""
    """The color on a light ground; where it is not said, `color`, as dark as it takes to be read there."""
    key: str = ""
    """The letter that picks it in the label menu."""
    words: str = ""
    """What it is, for people."""


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
    labels: tuple[LabelSetting, ...] = ()
    """Labels of the user's own, and changes to ours."""
    problems: tuple[str, ...] = field(default=())
    """What could not be used, each one line for the user."""


_CHECKS: Final[dict[str, tuple[Callable[[Any], bool], str]]] = {
    "theme": (lambda value: value in ("dark", "light"), '"dark" or "light"'),
    "measure": (lambda value: isinstance(value, int) and 30 <= value <= 160, "a number of cells from 30 to 160"),
    "model": (lambda value: isinstance(value, str) and bool(value), "the name of a pipeline or plug-in, or a path"),
    "author": (lambda value: isinstance(value, str) and 0 < len(value) <= _NAME, "a name of up to 60 characters"),
}


_LABEL_CHECKS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "color": (lambda value: bool(_COLOR.fullmatch(value)), 'a color like "#d08770"'),
    "light": (lambda value: bool(_COLOR.fullmatch(value)), 'a color like "#9c4f2c"'),
    "key": (
        lambda value: len(value) == 1 and value.isalpha() and value not in _MOVING,
        "one letter other than j and k",
    ),
    "words": (lambda value: bool(value.strip()) and value.isprintable(), "a few words"),
}


def author_name(settings: Settings) -> str:
    """Return who decides: `READER_AUTHOR`, or else who is set; "" for nobody in particular."""
    from reader.document.sanitize import one_line

    return one_line(os.environ.get("READER_AUTHOR") or settings.author, _NAME)


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings; a setting that cannot be used is reported and left at its default."""
    path = path or config_dir() / CONFIG_FILE
    if not path.is_file():
        return Settings()
    import tomllib  # only those who have settings wait for it

    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Settings(problems=(f"{CONFIG_FILE} cannot be read: {str(error).splitlines()[0]}",))
    good: dict[str, Any] = {}
    problems = []
    labels, wrong = _labels(said.pop("labels", {}))
    problems += wrong
    for name, value in said.items():
        check = _CHECKS.get(name)
        if check is None:
            problems.append(f"{CONFIG_FILE}: no setting {name!r}; there are {', '.join((*_CHECKS, 'labels'))}")
        elif check[0](value):
            good[name] = value
        else:
            problems.append(f"{CONFIG_FILE}: {name} must be {check[1]}")
    return Settings(**good, labels=labels, problems=tuple(problems))


def _labels(said: Any) -> tuple[tuple[LabelSetting, ...], list[str]]:
    """Return what is said of labels, and what of that cannot be used."""
    if not isinstance(said, dict):
        return (), [f"{CONFIG_FILE}: labels are written as [labels.WEAPON]"]
    found: dict[str, LabelSetting] = {}
    problems = []
    for name, fields in said.items():
        where, label = f"{CONFIG_FILE}: labels.{name}", name.upper()
        if not _LABEL.fullmatch(label) or not isinstance(fields, dict):
            problems.append(f"{where}: a label is written in Latin letters, digits, _ and -, its settings below it")
        elif label in found:
            problems.append(f"{where}: {label} is there already")
        else:
            good, wrong = _fields(where, fields)
            found[label] = LabelSetting(label, **good)
            problems += wrong
    return tuple(found.values()), problems


def _fields(where: str, fields: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    good, problems = {}, []
    for name, value in fields.items():
        check = _LABEL_CHECKS.get(name)
        if check is None:
            problems.append(f"{where}: no setting {name!r}; there are {', '.join(_LABEL_CHECKS)}")
        elif isinstance(value, str) and check[0](value):
            good[name] = _long(value.lower()) if value.startswith("#") else value
        else:
            problems.append(f"{where}: {name} must be {check[1]}")
    return good, problems


def _long(color: str) -> str:
    """Return #rrggbb for #rgb."""
    return color if len(color) == 7 else "#" + "".join(2 * digit for digit in color[1:])


_FILE: Final = "theme"
THEMES: Final = ("dark", "light")


def last_theme() -> str:
    """Return "dark" or "light", "" where none was chosen."""
    try:
        said = (data_dir() / _FILE).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
    return said if said in THEMES else ""


def save_theme(theme: str) -> None:
    """Keep "dark" or "light"; where nothing can be written, nothing is kept."""
    with suppress(OSError):
        data_dir().mkdir(parents=True, exist_ok=True)
        (data_dir() / _FILE).write_text(theme + "\n", "ascii")
