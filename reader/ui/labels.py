"""How each label looks: its key, its words, its colors, and a cue that is not color."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


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

    @property
    def css_name(self) -> str:
        """The label as part of a style class or theme variable: "work-of-art"."""
        return self.label.lower().replace("_", "-")


LOOKS: Final = (
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

_UNKNOWN: Final = LabelLook("", "?", "a label of another pipeline", "#b9c4d0", "#44535f", "underline")
_BY_LABEL: Final = {look.label: look for look in LOOKS}


def look_of(label: str) -> LabelLook:
    """Return how a label looks; an unknown label looks like nothing in particular."""
    return _BY_LABEL.get(label, _UNKNOWN)
