"""How each label looks: its key, its words, its colors, and a cue that is not color."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from reader.settings import CONFIG_FILE, LabelSetting


@dataclass(frozen=True, slots=True)
class LabelLook:
    """The look of one label, in the app and in print alike."""

    label: str
    key: str
    """The letter that picks it in the label menu, and stands for it where there is no room for more."""
    words: str
    """What it is, for people."""
    dark: str
    """Color on a dark ground, as #rrggbb."""
    light: str
    """Color on a light ground."""
    cue: str
    """Text style that tells it apart without color: "underline", "bold", "italic" or two of them."""
    chosen: bool = False
    """Whether the user chose its colors: they hold under every theme."""

    @property
    def css_name(self) -> str:
        """The label as part of a style class or theme variable: "work-of-art"."""
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
"""In the order in which they are offered."""

_UNKNOWN: Final = LabelLook("", "", "a label of another pipeline", "#b9c4d0", "#44535f", "underline")
_CUES: Final = ("underline", "bold underline", "bold italic", "italic underline")
LIGHT_GROUND: Final = "#efe9dc"
"""The darkest ground of the light theme on which names stand: that of the row under the cursor."""
_in_force: dict[str, LabelLook] = {look.label: look for look in DEFAULT_LOOKS}


def all_looks() -> tuple[LabelLook, ...]:
    """Return the labels in force, in the order in which they are offered."""
    return tuple(_in_force.values())


def look_of(label: str) -> LabelLook:
    """Return how a label looks; an unknown label looks like nothing in particular."""
    return _in_force.get(label, _UNKNOWN)


def letter_of(label: str) -> str:
    """Return the letter that stands for a label where there is no room for more."""
    return look_of(label).key or label[:1].lower() or "?"


def apply_label_settings(said: Iterable[LabelSetting]) -> tuple[str, ...]:
    """Put the labels of a program run in force: ours, with what the user says of labels.

    Returns:
        What could not be used, each one line for the user; the default holds there.
    """
    _in_force.clear()
    _in_force.update((look.label, look) for look in DEFAULT_LOOKS)
    wanted = tuple(said)
    for number, setting in enumerate(wanted):
        before = _in_force.get(setting.label)
        if before is None:
            cue = _CUES[number % len(_CUES)]
            words = f"{setting.label.lower().replace('_', ' ')}, a label of yours"
            before = LabelLook(setting.label, "", words, _UNKNOWN.dark, _UNKNOWN.light, cue)
        _in_force[setting.label] = _changed(before, setting)
    return tuple(_give_keys(wanted))


def _changed(look: LabelLook, said: LabelSetting) -> LabelLook:
    look = replace(look, words=said.words or look.words)
    if said.light or said.color:
        light = said.light or _on_light(said.color)
        look = replace(look, dark=said.color or look.dark, light=light, chosen=True)
    return look


def _on_light(color: str) -> str:
    """Return a color that was chosen for a dark ground such that it can be read on a light one."""
    from reader.display.contrast import darken

    return darken(color, LIGHT_GROUND)


def _give_keys(said: Iterable[LabelSetting]) -> Iterable[str]:
    """Give the labels the keys that the user says, where no other label holds them; yield where one does."""
    wanted = {setting.label: setting.key for setting in said if setting.key}
    held = {look.key: label for label, look in _in_force.items() if look.key and label not in wanted}
    for label, key in wanted.items():
        if key in held:
            yield f"{CONFIG_FILE}: labels.{label}: the key {key!r} is already that of {held[key]}"
            key = _in_force[label].key if _in_force[label].key not in held else ""
        if key:
            held[key] = label
        _in_force[label] = replace(_in_force[label], key=key)
