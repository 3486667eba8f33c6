"""The commands of a context as help, palette and the page of keys list them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reader.ui.keys.commands import COMMANDS, COMMANDS_BY_ID, Command
from reader.ui.keys.contexts import Context

_OTHER_MEANINGS: Final[dict[Context, dict[str, str]]] = {
    Context.COLLECTION: {
        "next-pane": "Go to the next list: documents, entities, passages, review",
        "previous-pane": "Go to the previous list",
        "search": "Search the texts: words, phrases, and names near words",
        "undo": "Take back the last answer, or bring back the document that was forgotten last",
        "cancel": "Clear the filter, or go back",
    }
}
"""What commands of `Context.ANYWHERE` do in another context, by id."""


def listed_commands(context: Context) -> tuple[Command, ...]:
    """Return the commands of a context, in the order of the table, then those from anywhere that mean more in it."""
    meanings = _OTHER_MEANINGS.get(context, {})
    return (
        *(command for command in COMMANDS if command.context is context),
        *(replace(COMMANDS_BY_ID[command_id], about=about) for command_id, about in meanings.items()),
    )
