"""What an action gets: the reading, its panes, and the means to ask the user and to show what changed."""

from __future__ import annotations

from typing import Any, Protocol

from textual.app import App
from textual.widget import Widget

from reader.annotate import Decision
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.actions.last_annotation import Annotation
from reader.ui.article.pane import Article
from reader.ui.article.search_line import Search
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.base.line_use import LineUse
from reader.ui.dialogs.prompts import Prompts
from reader.ui.keys.commands import Command
from reader.ui.keys.key_reader import KeyReader
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.details import Details
from reader.ui.panels.entity_list import EntityList


class Workspace(Protocol):
    """The reading screen, as its actions see it."""

    reading: Reading
    article: Article
    entity_list: EntityList
    details: Details
    text_search: Search
    keymap: Keymap
    prompts: Prompts
    last_annotation: Annotation | None
    """What the command `repeat` does again."""

    @property
    def app(self) -> App[Any]:
        """The app."""

    @property
    def focused(self) -> Widget | None:
        """The widget that has the focus."""

    @property
    def no_names(self) -> str:
        """Why there are no names, as long as there are none."""

    @property
    def pinned(self) -> bool:
        """Whether the selected entity stays selected when the cursor moves to a mention of another one."""

    @property
    def current_mention(self) -> Mention | None:
        """The mention that the user went to last, while the cursor is still on it."""

    @property
    def message(self) -> str:
        """The message that is shown."""

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line about the command."""

    def select(self, entity: Entity | None, mention: Mention | None = None) -> None:
        """Select an entity, and one of its mentions, in every pane."""

    def set_pinned(self, *, pinned: bool) -> None:
        """Pin the selected entity, or let the selection follow the cursor again."""

    def decide(self, *decisions: Decision, at: tuple[int, int] | None = None) -> str:
        """Record decisions as one step, show the result and a message about it, and return that message.

        Args:
            decisions: What to record.
            at: The span of a mention to select afterwards, if there is one; else the selection stays.
        """

    def focus_pane(self, pane: Article | RowList) -> None:
        """Show a pane and give it the focus."""

    def refresh_bars(self) -> None:
        """Show the current state in the bars."""

    def read_keys(self, reader: KeyReader) -> None:
        """Give the next keys to a command."""

    async def open_line(self, use: LineUse, return_to: Article | RowList) -> None:
        """Open the line at the foot of the screen; afterwards a pane has the focus."""

    def can_run(self, command: Command) -> bool:
        """Return whether the screen has an action for a command."""

    async def run_command(self, command: Command) -> None:
        """Run a command as part of another one."""
