"""The menu of commands for the text under the cursor."""

from __future__ import annotations

from typing import Final

from textual.geometry import Region

from reader.display.words import word_at
from reader.document import one_line
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import COMMANDS_BY_ID

_FOR_MENTION: Final = (
    "open-entity", "confirm-mention", "confirm-entity", "retag-mention", "retag-entity", "resize-mention",
    "attach-mention", "remove-mention", "remove-name", "annotate-all", "note-mention", "note-entity",
)  # fmt: skip
_FOR_TEXT: Final = ("add-mention", "annotate-all", "select-sentence", "note-mention")
_FOR_SELECTION: Final = ("add-mention", "add-beside", "annotate-all", "note-mention")
_QUOTE_LENGTH: Final = 80
"""Code points of the text that the title quotes."""
_MOTION_LETTERS: Final = "jk"
"""Letters that move the cursor of the menu and so choose nothing."""


async def open_menu(workspace: Workspace) -> None:
    """Offer the commands that apply to the selection, the mention or the word under the cursor; run the chosen one."""
    mention = workspace.current_mention or workspace.reading.mention_at(workspace.article.cursor)
    selection = workspace.article.selection
    ids = _FOR_SELECTION if selection else _FOR_MENTION if mention else _FOR_TEXT
    commands = [COMMANDS_BY_ID[command_id] for command_id in ids if workspace.can_run(COMMANDS_BY_ID[command_id])]
    choices = []
    for command in commands:
        key = next(iter(workspace.keymap.keys_of(command)), "")
        choices.append(
            Choice(command.about, command.words, key if len(key) == 1 and key not in _MOTION_LETTERS else "")
        )
    text = workspace.reading.document.text
    span = selection or mention
    title = f"“{one_line(text[span.start : span.end], _QUOTE_LENGTH)}”" if span else "Here"
    index = await workspace.prompts.ask_choice(title, choices, target=_menu_region(workspace))
    if index is not None:
        await workspace.run_command(commands[index])


def _menu_region(workspace: Workspace) -> Region:
    """Return the region beside which the menu opens: the pointer, or else the selection, mention or word."""
    article = workspace.article
    menu_position, article.menu_position = article.menu_position, None
    if menu_position is not None:
        return Region(menu_position.x, menu_position.y, 1, 1)
    mention = workspace.current_mention or workspace.reading.mention_at(article.cursor)
    if span := article.selection or mention:
        return article.region_of(span.start, span.end)
    return article.region_of(*word_at(workspace.reading.document.text, article.cursor))


MENU_ACTIONS: Final = ActionTable[Workspace](plain={"menu": open_menu})
