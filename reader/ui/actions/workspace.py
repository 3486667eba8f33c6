"""What a handler of commands needs of the screen that it works on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from reader.annotate import Decision
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.actions.last_annotation import Annotation
from reader.ui.article.pane import Article
from reader.ui.article.resizing import Resizing
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.choice import Choice
from reader.ui.keys.commands import Command
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.details import Details
from reader.ui.panels.entity_list import EntityList

if TYPE_CHECKING:
    from textual.geometry import Region

    from reader.display.occurrences import Occurrence
    from reader.ui.dialogs.label_menu import Chosen, Way
    from reader.ui.dialogs.picker import Filter


class Desk(Protocol):
    """The panes of one reading, and what can be asked and said there."""

    reading: Reading
    article: Article
    entity_list: EntityList
    details: Details
    keymap: Keymap
    last_label: str
    """The label given last; Enter in the label menu gives it again."""
    last_annotation: Annotation | None
    """What was annotated last."""

    @property
    def meant(self) -> Mention | None:
        """The mention that was gone to last, as long as the cursor has not moved since."""

    @property
    def message(self) -> str:
        """What was said last."""

    def select(self, entity: Entity | None, mention: Mention | None = None) -> None:
        """Let an entity stand out in every pane."""

    def focus_pane(self, pane: Article | RowList) -> None:
        """Bring a pane up and give it the focus."""

    def resize(self, state: Resizing | None) -> None:
        """Show how far a mention whose edges are being moved reaches; None ends that."""

    def toggle_zen(self) -> None:
        """Show nothing but the article, or everything again."""

    def say(self, message: str, *, alarm: bool = False) -> None:
        """Show one line as the last action."""

    def decide(self, *decisions: Decision) -> None:
        """Keep a decision as one step, and show what follows from it."""

    async def ask_label(self, title: str, current: str = "") -> str | None:
        """Ask for a label."""

    async def ask_mark(
        self, title: str, current: str = "", ways: Sequence[Way] = (), *, beside: bool = False
    ) -> Chosen | None:
        """Ask for a label, and which of two ways to mark it, where there are two."""

    async def ask_places(
        self, title: str, text: str, label: str, places: Sequence[Occurrence], cursor: int = 0
    ) -> Sequence[int] | None:
        """Ask at which of some places of a text to do something; return their indices."""

    async def ask_choice(
        self, title: str, choices: Sequence[Choice], cursor: int = 0, near: Region | None = None
    ) -> int | None:
        """Ask for one of some choices, beside a place of the screen if it is about one; return its index."""

    async def ask_ticks(
        self, title: str, choices: Sequence[Choice], ticked: Sequence[int] = ()
    ) -> tuple[int, ...] | None:
        """Ask which of some choices are meant; return their indices."""

    async def ask_among(self, title: str, choices: Filter) -> tuple[int, str] | None:
        """Ask for one of many choices, by typing; return its number and what was typed."""

    async def ask_text(self, title: str, value: str = "") -> str | None:
        """Ask for several lines of text."""

    async def ask_tags(self, title: str, value: str, known: Sequence[str]) -> str | None:
        """Ask for tags, separated by commas; some are offered."""

    def can_give(self, command: Command) -> bool:
        """Tell whether a command can be given."""

    async def carry_out(self, command: Command) -> None:
        """Carry a command out as part of another."""

    async def ask_line(self, title: str, value: str = "") -> str | None:
        """Ask for a line of text."""
