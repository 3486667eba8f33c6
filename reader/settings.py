"""Reads the user's settings from `config.toml` in the configuration directory. All settings are optional."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from reader.directories import config_dir, data_dir
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

CONFIG_FILE: Final = "config.toml"
_MAX_AUTHOR: Final = 60
"""Maximum length of an author's name in code points."""
_LABEL: Final = lazy_pattern(r"[A-Z][A-Z0-9_-]{0,31}", re.ASCII)
_COLOR: Final = lazy_pattern(r"#(?:[0-9a-fA-F]{3}){1,2}")
_THEME: Final = lazy_pattern(r"[a-z][a-z0-9-]{0,39}")
_MOTION_KEYS: Final = "jk"
"""Letters that move the cursor in menus and therefore cannot pick a label."""


@dataclass(frozen=True, slots=True)
class LabelSetting:
    """The settings of a label: a label that the user adds, or changes to a built-in one; "" if not set."""

    label: str
    color: str = ""
    """Color on a dark background, as #rrggbb."""
    light: str = ""
    """Color on a light background; if not set, `color` is darkened until it is readable there."""
    key: str = ""
    """The letter that picks the label in the label menu."""
    words: str = ""
    """A description for users."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's settings, or their defaults."""

    theme: str = ""
    """The name of a theme; "" to follow the background color of the terminal."""
    measure: int = 80
    """Maximum width of the text column in cells."""
    model: str | None = None
    """The recognizer to use unless the command line names one."""
    author: str = ""
    """The user's name, recorded with every new decision."""
    first_hint: bool = True
    """Whether the first document ever opened shows the keys to begin with."""
    labels: tuple[LabelSetting, ...] = ()
    """Labels that the user adds, and changes to built-in labels."""
    problems: tuple[str, ...] = field(default=())
    """Problems with the settings, each one line for the user."""


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """What is known of a setting: the settings file, its checks and its documentation are derived from this."""

    name: str
    about: str
    """What it does, for users."""
    expected: str
    """What its value must be, as messages say it."""
    example: str
    """A value as it is written in the file."""
    is_valid: Callable[[Any], bool]


SETTINGS: Final = (
    SettingInfo(
        "theme",
        "The colors. Without this setting they follow the theme chosen last, else the background of the terminal.",
        'the name of a theme, such as "dark", "light", "high-contrast-dark" or "nord"',
        '"light"',
        lambda value: isinstance(value, str) and bool(_THEME.fullmatch(value)),
    ),
    SettingInfo(
        "measure",
        "The most cells that a row of text takes.",
        "a number of cells from 30 to 160",
        "72",
        lambda value: isinstance(value, int) and not isinstance(value, bool) and 30 <= value <= 160,
    ),
    SettingInfo(
        "model",
        "The pipeline or plug-in that finds names, unless a command names another one.",
        "the name of a pipeline or plug-in, or a path",
        '"en_core_web_sm"',
        lambda value: isinstance(value, str) and bool(value),
    ),
    SettingInfo(
        "author",
        "Your name, which is recorded with every decision. READER_AUTHOR takes precedence.",
        "a name of up to 60 characters",
        '"Ada Marlow"',
        lambda value: isinstance(value, str) and 0 < len(value) <= _MAX_AUTHOR,
    ),
    SettingInfo(
        "first_hint",
        "Whether the first document that you ever open shows the keys to begin with.",
        "true or false",
        "false",
        lambda value: isinstance(value, bool),
    ),
)
"""Every setting but those of labels, in the order in which they are documented."""

_BY_NAME: Final = {setting.name: setting for setting in SETTINGS}


_LABEL_CHECKS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "color": (lambda value: bool(_COLOR.fullmatch(value)), 'a color like "#d08770"'),
    "light": (lambda value: bool(_COLOR.fullmatch(value)), 'a color like "#9c4f2c"'),
    "key": (
        lambda value: len(value) == 1 and value.isalpha() and value not in _MOTION_KEYS,
        "one letter other than j and k",
    ),
    "words": (lambda value: bool(value.strip()) and value.isprintable(), "a few words"),
}


def author_name(settings: Settings) -> str:
    """Return the name to record with decisions: `READER_AUTHOR`, else the `author` setting, else ""."""
    from reader.document.sanitize import one_line

    return one_line(os.environ.get("READER_AUTHOR") or settings.author, _MAX_AUTHOR)


def load_settings(path: Path | None = None) -> Settings:
    """Load the settings. An invalid setting is reported in `problems` and keeps its default."""
    path = path or config_dir() / CONFIG_FILE
    if not path.is_file():
        return Settings()
    import tomllib  # imported only if there are settings

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Settings(problems=(f"{CONFIG_FILE} cannot be read: {str(error).splitlines()[0]}",))
    valid: dict[str, Any] = {}
    problems = []
    labels, label_problems = _labels(values.pop("labels", {}))
    problems += label_problems
    for name, value in values.items():
        setting = _BY_NAME.get(name)
        if setting is None:
            problems.append(f"{CONFIG_FILE}: no setting {name!r}; available: {', '.join((*_BY_NAME, 'labels'))}")
        elif setting.is_valid(value):
            valid[name] = value
        else:
            problems.append(f"{CONFIG_FILE}: {name} must be {setting.expected}")
    return Settings(**valid, labels=labels, problems=tuple(problems))


def _labels(tables: Any) -> tuple[tuple[LabelSetting, ...], list[str]]:
    """Return the settings of labels, and the problems with them."""
    if not isinstance(tables, dict):
        return (), [f"{CONFIG_FILE}: labels must be tables such as [labels.WEAPON]"]
    labels: dict[str, LabelSetting] = {}
    problems = []
    for name, fields in tables.items():
        setting, label = f"{CONFIG_FILE}: labels.{name}", name.upper()
        if not _LABEL.fullmatch(label) or not isinstance(fields, dict):
            problems.append(f"{setting}: a label consists of Latin letters, digits, _ and -, its settings below")
        elif label in labels:
            problems.append(f"{setting}: {label} is defined twice")
        else:
            valid, field_problems = _label_fields(setting, fields)
            labels[label] = LabelSetting(label, **valid)
            problems += field_problems
    return tuple(labels.values()), problems


def _label_fields(setting: str, fields: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    valid, problems = {}, []
    for name, value in fields.items():
        check = _LABEL_CHECKS.get(name)
        if check is None:
            problems.append(f"{setting}: no setting {name!r}; available: {', '.join(_LABEL_CHECKS)}")
        elif isinstance(value, str) and check[0](value):
            valid[name] = _six_digits(value.lower()) if value.startswith("#") else value
        else:
            problems.append(f"{setting}: {name} must be {check[1]}")
    return valid, problems


def _six_digits(color: str) -> str:
    """Return #rrggbb for #rgb."""
    return color if len(color) == 7 else "#" + "".join(2 * digit for digit in color[1:])


_THEME_FILE: Final = "theme"


def last_theme() -> str:
    """Return the name of the theme that the user chose last, or "" if none."""
    try:
        theme = (data_dir() / _THEME_FILE).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
    return theme if _THEME.fullmatch(theme) else ""


def save_theme(theme: str) -> None:
    """Store the theme that the user chose; does nothing if the directory is not writable."""
    with suppress(OSError):
        data_dir().mkdir(parents=True, exist_ok=True)
        (data_dir() / _THEME_FILE).write_text(theme + "\n", "ascii")
