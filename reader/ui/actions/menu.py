"""What can be done with what stands under the cursor."""

from __future__ import annotations

from typing import Final

from textual.geometry import Region

from reader.display.words import word_at
from reader.ui.actions.workspace import Desk
from reader.ui.dialogs.choice import Choice
from reader.ui.keys.commands import COMMANDS

_WITH_MENTION: Final = (
    "open-entity", "confirm-mention", "confirm-entity", "retag-mention", "retag-entity", "resize-mention",
    "attach-mention", "remove-mention", "remove-name", "annotate-all", "note-mention", "note-entity",
)  # fmt: skip
_WITHOUT: Final = ("add-mention", "annotate-all", "select-sentence", "note-mention")
_WITH_SELECTION: Final = ("add-mention", "add-beside", "annotate-all", "note-mention")


def _place(desk: Desk) -> Region:
    """Return where the menu opens: at the pointer, or beside what is selected or under the cursor."""
    article = desk.article
    pointed, article.menu_position = article.menu_position, None
    if pointed is not None:
        return Region(pointed.x, pointed.y, 1, 1)
    if span := article.selection or desk.meant or desk.reading.mention_at(article.cursor):
        return article.region_of(span.start, span.end)
    return article.region_of(*word_at(desk.reading.document.text, article.cursor))


class Menu:
    """The menu of commands."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def do_menu(self, count: int) -> None:
        """Offer what can be done here."""
        del count
        desk = self._desk
        here = desk.meant or desk.reading.mention_at(desk.article.cursor)
        names = _WITH_SELECTION if desk.article.selection else _WITH_MENTION if here else _WITHOUT
        commands = [each for name in names for each in COMMANDS if each.id == name and desk.can_give(each)]
        keys = [next(iter(desk.keymap.keys_of(each)), "") for each in commands]
        rows = [
            Choice(each.about, each.words, key if len(key) == 1 and key not in "jk" else "")
            for each, key in zip(commands, keys, strict=True)
        ]
        text = desk.reading.document.text
        span = desk.article.selection or here
        title = f"“{' '.join(text[span.start : span.end].split())}”" if span else "Here"
        chosen = await desk.ask_choice(title, rows, near=_place(desk))
        if chosen is not None:
            await desk.carry_out(commands[chosen])
