"""The dark and the light theme, with the variables that define the colors of labels."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

from reader.display.labels import DEFAULT_LOOKS, SELECTOR_LOOKS


def _variables(*, dark: bool) -> dict[str, str]:
    looks = (*DEFAULT_LOOKS, *SELECTOR_LOOKS.values())
    colors = {f"entity-{look.css_name}": look.dark if dark else look.light for look in looks}
    fixed = (
        {
            "entity-other": "#b9c4d0",
            "text-faint": "#7d848e",
            "rule": "#2b3038",
            "match": "#4a4425",
            "noted": "#262b33",
            "listed": "#4a2f2a",
            "selection": "#594a34",
            "cursor-row": "#23272f",
            "scrollbar": "#2f353e",
            "scrollbar-background": "#15181d",
            "scrollbar-hover": "#4a525e",
            "scrollbar-active": "#5b6573",
            "scrollbar-background-hover": "#15181d",
            "scrollbar-background-active": "#15181d",
        }
        if dark
        else {
            "entity-other": "#44535f",
            "text-faint": "#6f6a60",
            "rule": "#ddd6c8",
            "match": "#f6e6a6",
            "noted": "#efe6d3",
            "listed": "#f3d9cf",
            "selection": "#e6d3b3",
            "cursor-row": "#efe9dc",
            "scrollbar": "#d6cebd",
            "scrollbar-background": "#fbf8f1",
            "scrollbar-hover": "#b9af9b",
            "scrollbar-active": "#a2977f",
            "scrollbar-background-hover": "#fbf8f1",
            "scrollbar-background-active": "#fbf8f1",
        }
    )
    return colors | fixed


DARK: Final = Theme(
    name="reader-dark",
    dark=True,
    primary="#d7a65f",
    secondary="#82aaff",
    accent="#d7a65f",
    foreground="#d6d3cb",
    background="#15181d",
    surface="#15181d",
    panel="#1b1f25",
    success="#8fcf9f",
    warning="#e6c07b",
    error="#f58a8a",
    variables=_variables(dark=True),
)

LIGHT: Final = Theme(
    name="reader-light",
    dark=False,
    primary="#9a5b00",
    secondary="#1d4fc4",
    accent="#9a5b00",
    foreground="#2a2824",
    background="#fbf8f1",
    surface="#fbf8f1",
    panel="#f3eee2",
    success="#17703a",
    warning="#855300",
    error="#b3261e",
    variables=_variables(dark=False),
)

THEMES: Final = (DARK, LIGHT)
"""The first one is the default."""
