"""Defines the look of each label: its key, description, colors, and a cue other than color."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from reader.settings import CONFIG_FILE, LabelSetting
from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class LabelLook:
    """The look of one label, in the app and in printed output."""

    label: str
    key: str
    """The letter that picks the label in the label menu and abbreviates it where space is short."""
    words: str
    """A description for users."""
    dark: str
    """Color on a dark background, as #rrggbb."""
    light: str
    """Color on a light background, as #rrggbb."""
    cue: str
    """Text style that distinguishes the label without color: "underline", "bold", "italic" or two of these."""
    has_own_colors: bool = False
    """Whether the user set its colors, which then apply in every theme."""

    @property
    def css_name(self) -> str:
        """The label as part of a style class or theme variable, such as "work-of-art"."""
        return self.label.lower().replace("_", "-")


DEFAULT_LOOKS: Final = (
    LabelLook("PERSON", "p", "a person", "#e6c07b", "#855300", "underline"),
    LabelLook("ORG", "o", "an organization", "#82aaff", "#1d4fc4", "bold"),
    LabelLook("GPE", "g", "a country, city or state", "#8fcf9f", "#17703a", "italic"),
    LabelLook("LOC", "l", "a place: river, desert, region", "#5fc2b4", "#0b6f68", "italic"),
    LabelLook("NORP", "n", "a nationality, faith or political group", "#c79bf2", "#7429b3", "italic underline"),
    LabelLook("FAC", "f", "a building, road or bridge", "#dba070", "#94460d", "italic"),
    LabelLook("EVENT", "e", "an event: war, storm, summit", "#f58a8a", "#b3261e", "bold underline"),
    LabelLook("PRODUCT", "t", "a product, vehicle or weapon", "#7fd4ee", "#07667f", "bold italic"),
    LabelLook("WORK_OF_ART", "w", "a book, film, song or title", "#f2a3c7", "#a3216a", "bold italic"),
    LabelLook("LAW", "a", "a law, treaty or article", "#b9c4d0", "#44535f", "bold underline"),
    LabelLook("LANGUAGE", "u", "a language", "#c8c39a", "#5f5a1e", "italic"),
    LabelLook("DATE", "d", "a date or period", "#9aa5b1", "#5b6570", "italic"),
    LabelLook("TIME", "i", "a time of day", "#9aa5b1", "#5b6570", "italic"),
    LabelLook("MONEY", "m", "an amount of money", "#9aa5b1", "#5b6570", "italic"),
    LabelLook("PERCENT", "c", "a percentage", "#9aa5b1", "#5b6570", "italic"),
    LabelLook("QUANTITY", "q", "a measured quantity", "#9aa5b1", "#5b6570", "italic"),
)
"""The built-in labels, in menu order."""

SELECTOR_LOOKS: Final = {
    label: LabelLook(label, "", words, "#9aa5b1", "#5b6570", "italic")
    for label, words in {
        "EMAIL": "an e-mail address",
        "PHONE": "a phone number",
        "IBAN": "a bank account",
        "LEI": "the identifier of a legal entity",
        "IMO": "the number of a ship",
        "CRYPTO": "an address of a crypto currency",
    }.items()
}
"""Labels of what rules find by a check digit or a strict form. No menu offers them before a document has them."""

_UNKNOWN: Final = LabelLook("", "", "a label of another pipeline", "#b9c4d0", "#44535f", "underline")
_CUES: Final = ("underline", "bold underline", "bold italic", "italic underline")
LIGHT_BACKGROUND: Final = "#efe9dc"
"""The darkest background of names in the light theme: that of nested names."""
_looks: dict[str, LabelLook] = {look.label: look for look in DEFAULT_LOOKS}


def all_looks() -> tuple[LabelLook, ...]:
    """Return the looks of all labels, in menu order."""
    return tuple(_looks.values())


def look_of(label: str) -> LabelLook:
    """Return the look of a label; unknown labels share a neutral one."""
    return _looks.get(label) or SELECTOR_LOOKS.get(label, _UNKNOWN)


def letter_of(label: str) -> str:
    """Return the one-letter abbreviation of a label."""
    return look_of(label).key or label[:1].lower() or "?"


def apply_label_settings(settings: Iterable[LabelSetting]) -> tuple[str, ...]:
    """Reset all looks to the built-in labels and apply the user's settings to them.

    Returns:
        Problems with the settings, each one line for the user. The default applies instead.
    """
    _looks.clear()
    _looks.update((look.label, look) for look in DEFAULT_LOOKS)
    label_settings = tuple(settings)
    for number, setting in enumerate(label_settings):
        look = _looks.get(setting.label)
        if look is None:
            cue = _CUES[number % len(_CUES)]
            words = f"{setting.label.lower().replace('_', ' ')}, your own label"
            look = LabelLook(setting.label, "", words, _UNKNOWN.dark, _UNKNOWN.light, cue)
        _looks[setting.label] = _with_setting(look, setting)
    return tuple(_assign_keys(label_settings))


def _with_setting(look: LabelLook, setting: LabelSetting) -> LabelLook:
    look = replace(look, words=setting.words or look.words)
    if setting.light or setting.color:
        light = setting.light or _on_light(setting.color)
        look = replace(look, dark=setting.color or look.dark, light=light, has_own_colors=True)
    return look


def _on_light(color: str) -> str:
    """Return a color for dark backgrounds darkened until it is readable on a light one."""
    from reader.display.colors.contrast import darken

    return darken(color, LIGHT_BACKGROUND)


def _assign_keys(settings: Iterable[LabelSetting]) -> Iterable[str]:
    """Assign the user's keys to labels; yield a problem for each key that another label has."""
    keys = {setting.label: setting.key for setting in settings if setting.key}
    owners = {look.key: label for label, look in _looks.items() if look.key and label not in keys}
    for label, key in keys.items():
        if key in owners:
            yield f"{CONFIG_FILE}: labels.{label}: the key {key!r} already belongs to {owners[key]}"
            key = _looks[label].key if _looks[label].key not in owners else ""
        if key:
            owners[key] = label
        _looks[label] = replace(_looks[label], key=key)
