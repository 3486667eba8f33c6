"""Actions that several screens share."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.contexts import contexts_of
from reader.ui.screens.base.command_screen import CommandScreen


def toggle_theme(screen: CommandScreen[Any]) -> None:
    """Switch between the dark and the light theme, and remember it for the next start."""
    from reader.settings import save_theme
    from reader.ui.base.themes import opposite, use_theme

    theme = opposite(screen.app.current_theme)
    use_theme(screen.app, theme)
    save_theme(theme)


async def pick_theme(screen: CommandScreen[Any]) -> None:
    """Let the user choose a theme, and remember it for the next start."""
    from reader.settings import save_theme
    from reader.ui.base.themes import name_of_theme, theme_named, theme_names, use_theme
    from reader.ui.dialogs.base.choice import Choice

    names = theme_names()
    current = name_of_theme(screen.app.current_theme)
    choices = [Choice(name, "dark" if theme_named(name).dark else "light") for name in names]
    index = await screen.prompts.ask_choice("Which colors?", choices, names.index(current))
    if index is not None:
        use_theme(screen.app, names[index])
        save_theme(names[index])


async def open_palette(screen: CommandScreen[Any]) -> None:
    """Let the user find a command by what it does, and run it."""
    from reader.ui.dialogs.choosing.palette import commands_to_offer, matching_commands

    commands = commands_to_offer(screen.context, screen.can_run, screen.can_enter)
    matching = partial(matching_commands, commands, screen.keymap, screen.context)
    chosen = await screen.prompts.ask_among("Which command?", matching)
    if chosen:
        command = commands[chosen[0]]
        if command.context not in contexts_of(screen.context):
            screen.enter(command.context)
        await screen.run_command(command)


async def show_help(screen: CommandScreen[Any]) -> None:
    """Show the keys."""
    from reader.ui.dialogs.help import HelpScreen

    await screen.ask(HelpScreen(screen.keymap, screen.context, screen.can_run))


def go_back(screen: CommandScreen[Any]) -> None:
    """Go back to the screen below, without a result."""
    screen.leave(None)


COMMON_ACTIONS: Final = ActionTable[CommandScreen[Any]](
    plain={"theme": toggle_theme, "choose-theme": pick_theme, "palette": open_palette, "help": show_help},
)
"""For every screen."""

GO_BACK_ACTIONS: Final = ActionTable[CommandScreen[Any]](plain={"cancel": go_back, "quit": go_back})
"""For screens that Escape and the key for quitting leave without a result."""
