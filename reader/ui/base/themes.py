"""The themes: our own, for high contrast and for color blindness too, and those of Textual; with colors of labels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme
from textual.widget import Widget

from reader.display.colors.contrast import contrast, darken, mixed_until
from reader.display.colors.labels import DEFAULT_LOOKS, LIGHT_BACKGROUND, SELECTOR_LOOKS

if TYPE_CHECKING:
    from textual.app import App

_LOOKS: Final = (*DEFAULT_LOOKS, *SELECTOR_LOOKS.values())
_LABELS_ON_DARK: Final = {look.css_name: look.dark for look in _LOOKS}
_LABELS_ON_LIGHT: Final = {look.css_name: look.light for look in _LOOKS}
_OKABE_ITO: Final = {
    "person": "#e69f00",
    "org": "#56b4e9",
    "gpe": "#1fb588",
    "loc": "#f0e442",
    "norp": "#cc79a7",
    "fac": "#e69f00",
    "event": "#e8743b",
    "product": "#56b4e9",
    "work-of-art": "#cc79a7",
    "law": "#c8ccd2",
    "language": "#c8ccd2",
}
"""Colors that people with any color blindness tell apart (Okabe and Ito, "Color universal design", 2008), green and
vermilion a little lighter, so that they are readable on a dark background. Labels of one color differ by their cue."""
_CURSOR_CONTRAST: Final = 1.6
"""The least contrast between the current row of a list and the others, also in a dialog."""
_CHOSEN: Final = {
    "dark": {
        "entity-other": "#b9c4d0", "text-faint": "#7d848e", "rule": "#2b3038", "match": "#4a4425", "noted": "#262b33",
        "listed": "#4a2f2a", "selection": "#594a34", "raised": "#23272f", "scrollbar": "#2f353e",
        "scrollbar-hover": "#4a525e", "scrollbar-active": "#5b6573",
    },
    "light": {
        "entity-other": "#44535f", "text-faint": "#6f6a60", "rule": "#ddd6c8", "match": "#f6e6a6", "noted": "#efe6d3",
        "listed": "#f3d9cf", "selection": "#e6d3b3", "raised": "#efe9dc", "scrollbar": "#d6cebd",
        "scrollbar-hover": "#b9af9b", "scrollbar-active": "#a2977f",
    },
}  # fmt: skip
"""The variables of our dark and light theme besides those of labels."""
_MIXED: Final = {
    "entity-other": ("foreground", 0.85), "text-faint": ("foreground", 0.62), "rule": ("foreground", 0.2),
    "match": ("warning", 0.3), "noted": ("foreground", 0.1), "listed": ("error", 0.25), "selection": ("accent", 0.35),
    "raised": ("foreground", 0.13), "scrollbar": ("foreground", 0.2), "scrollbar-hover": ("foreground", 0.35),
    "scrollbar-active": ("foreground", 0.45),
}  # fmt: skip
"""For other themes: which color is mixed into the background, and its share."""


def _variables(
    labels: Mapping[str, str], other_colors: Mapping[str, str], background: str, panel: str, foreground: str
) -> dict[str, str]:
    scrollbar_grounds = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")
    colors = {f"entity-{name}": color for name, color in labels.items()}
    colors["cursor-row"] = mixed_until(panel, foreground, lambda color: contrast(color, panel) >= _CURSOR_CONTRAST)
    return colors | dict(other_colors) | dict.fromkeys(scrollbar_grounds, background)


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
    variables=_variables(_LABELS_ON_DARK, _CHOSEN["dark"], "#15181d", "#1b1f25", "#d6d3cb"),
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
    variables=_variables(_LABELS_ON_LIGHT, _CHOSEN["light"], "#fbf8f1", "#f3eee2", "#2a2824"),
)

_OWN: Final = {"dark": DARK, "light": LIGHT}
"""The themes that are ready at the start. The others are made when they are chosen."""
OTHER_THEMES: Final = (
    "high-contrast-dark",
    "high-contrast-light",
    "color-blind-dark",
    "color-blind-light",
    *(name for name, theme in BUILTIN_THEMES.items() if not theme.ansi),
)
"""The names of the other themes."""


def theme_names() -> tuple[str, ...]:
    """Return the names of all themes, as settings have them."""
    return (*_OWN, *OTHER_THEMES)


@cache
def theme_named(name: str) -> Theme:
    """Return a theme.

    Raises:
        KeyError: There is none with this name.
    """
    if name in _OWN:
        return _OWN[name]
    if name.startswith("color-blind-"):
        return _color_blind(name, _OWN[name.removeprefix("color-blind-")])
    if name.startswith("high-contrast-"):
        return _high_contrast(name, _OWN[name.removeprefix("high-contrast-")])
    return _derived(BUILTIN_THEMES[name])


def use_theme(app: App[Any], name: str) -> None:
    """Use a theme in an app from now on.

    Raises:
        KeyError: There is none with this name.
    """
    theme = theme_named(name)
    app.register_theme(theme)
    app.theme = theme.name
    app.call_after_refresh(_draw_again, app)


def _draw_again(app: App[Any]) -> None:
    """Draw everything in the colors of the theme; Textual skips widgets of which only our variables have changed."""
    for screen in app.screen_stack:
        for widget in screen.walk_children(Widget):
            widget.notify_style_update()
            widget.refresh()


def name_of_theme(theme: Theme) -> str:
    """Return the name of a theme, as settings have it."""
    return theme.name.removeprefix("reader-")


def opposite(theme: Theme) -> str:
    """Return the name of the light theme that belongs to a dark one, or the other way round."""
    name = name_of_theme(theme)
    own, opposite_ending = ("-dark", "-light") if theme.dark else ("-light", "-dark")
    pair = name.removesuffix(own) + opposite_ending
    return pair if name.endswith(own) and pair in OTHER_THEMES else "light" if theme.dark else "dark"


def _color_blind(name: str, base: Theme) -> Theme:
    labels = _LABELS_ON_DARK | _OKABE_ITO
    if not base.dark:
        labels = {label: darken(color, LIGHT_BACKGROUND) for label, color in labels.items()}
    blue, vermilion = ("#56b4e9", "#e8743b") if base.dark else ("#0a5c91", "#a84300")
    return Theme(
        name=f"reader-{name}",
        dark=base.dark,
        primary=base.primary,
        secondary=blue,
        accent=base.accent,
        foreground=base.foreground,
        background=base.background,
        surface=base.surface,
        panel=base.panel,
        success=blue,
        warning=base.warning,
        error=vermilion,
        variables=base.variables | {f"entity-{label}": color for label, color in labels.items()},
    )


def _high_contrast(name: str, base: Theme) -> Theme:
    background, foreground = ("#000000", "#ffffff") if base.dark else ("#ffffff", "#000000")
    panel = "#1c1c1c" if base.dark else "#ececec"
    labels = _LABELS_ON_DARK if base.dark else {name: darken(c, "#e0e0e0", 7.0) for name, c in _LABELS_ON_LIGHT.items()}
    other_colors = {
        "text-faint": "#c4c4c4", "rule": "#8a8a8a", "raised": "#333333", "noted": "#2b2b2b",
    } if base.dark else {
        "text-faint": "#3d3d3d", "rule": "#6b6b6b", "raised": "#e0e0e0", "noted": "#ececec",
    }  # fmt: skip
    return Theme(
        name=f"reader-{name}",
        dark=base.dark,
        primary=foreground,
        secondary=foreground,
        accent="#ffd75f" if base.dark else "#7a3e00",
        foreground=foreground,
        background=background,
        surface=background,
        panel=panel,
        success="#9dff9d" if base.dark else "#00521f",
        warning="#ffd75f" if base.dark else "#6b4000",
        error="#ff9d9d" if base.dark else "#8f0b05",
        variables=_variables(
            labels, _CHOSEN["dark" if base.dark else "light"] | other_colors, background, panel, foreground
        ),
    )


def _derived(theme: Theme) -> Theme:
    """Return a theme of Textual with the variables that our styles need, mixed from its colors."""
    base = DARK if theme.dark else LIGHT
    background = Color.parse(theme.background or base.background or "#000000")
    colors = {
        "foreground": Color.parse(theme.foreground or base.foreground or "#ffffff"),
        "warning": Color.parse(theme.warning or base.warning or "#ffff00"),
        "error": Color.parse(theme.error or base.error or "#ff0000"),
        "accent": Color.parse(theme.accent or theme.primary),
    }
    other_colors = {name: background.blend(colors[color], share).hex6 for name, (color, share) in _MIXED.items()}
    panel = background.blend(colors["foreground"], 0.05).hex6
    labels = _LABELS_ON_DARK
    if not theme.dark:
        labels = {label: darken(color, other_colors["raised"]) for label, color in _LABELS_ON_LIGHT.items()}
    return Theme(
        name=theme.name,
        dark=theme.dark,
        primary=theme.primary,
        secondary=theme.secondary,
        accent=theme.accent,
        foreground=colors["foreground"].hex6,
        background=background.hex6,
        surface=background.hex6,
        panel=panel,
        success=theme.success,
        warning=theme.warning,
        error=theme.error,
        variables=_variables(labels, other_colors, background.hex6, panel, colors["foreground"].hex6),
    )
