"""A screen whose commands ask for labels, choices, ticks and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.ui.actions.last_annotation import Annotation
from reader.ui.dialogs.choice import Choice
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import CommandedScreen, Result

if TYPE_CHECKING:
    from textual.geometry import Region

    from reader.display.occurrences import Occurrence
    from reader.ui.dialogs.label_menu import Chosen, Way
    from reader.ui.dialogs.picker import Filter


class AskingScreen(CommandedScreen[Result]):
    """What `handlers.desk.Desk` promises of questions."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(keymap)
        self.last_label = ""
        """The label given last; Enter in the label menu gives it again."""
        self.last_annotation: Annotation | None = None
        """What was annotated last."""

    @property
    def labels_in_use(self) -> Iterable[str]:
        """The labels that names here have."""
        return ()

    async def ask_label(self, title: str, current: str = "") -> str | None:
        """Ask for a label; the cursor stands on the current one, or the one given last."""
        chosen = await self.ask_mark(title, current)
        return chosen.label if chosen else None

    async def ask_mark(
        self, title: str, current: str = "", ways: Sequence[Way] = (), *, beside: bool = False
    ) -> Chosen | None:
        """Ask for a label, and which of two ways to mark it, where there are two."""
        from reader.ui.dialogs.label_menu import LabelMenu

        menu = LabelMenu(title, current or self.last_label, self.labels_in_use, ways)
        chosen = await self.ask(menu.start_with(int(beside)))
        if chosen:
            self.last_label = chosen.label
        return chosen

    async def ask_places(
        self, title: str, text: str, label: str, places: Sequence[Occurrence], cursor: int = 0
    ) -> Sequence[int] | None:
        """Ask at which of some places to do something; return their indices."""
        from reader.ui.dialogs.preview import Preview

        return await self.ask(Preview(title, text, label, places, cursor))

    async def ask_choice(
        self, title: str, choices: Sequence[Choice], cursor: int = 0, near: Region | None = None
    ) -> int | None:
        """Ask for one of some choices, beside a place of the screen if it is about one."""
        from reader.ui.dialogs.popup import PopUp
        from reader.ui.dialogs.question import Question

        question = Question(title, choices, cursor=cursor) if near is None else PopUp(title, choices, near)
        answer = await self.ask(question)
        return answer[0] if answer else None

    async def ask_ticks(
        self, title: str, choices: Sequence[Choice], ticked: Sequence[int] = ()
    ) -> tuple[int, ...] | None:
        """Ask which of some choices are meant."""
        from reader.ui.dialogs.question import Question

        return await self.ask(Question(title, choices, ticking=True, ticked=ticked))

    async def ask_among(self, title: str, choices: Filter) -> tuple[int, str] | None:
        """Ask for one of many choices, by typing."""
        from reader.ui.dialogs.picker import Picker

        return await self.ask(Picker(title, choices))

    async def ask_text(self, title: str, value: str = "") -> str | None:
        """Ask for several lines of text."""
        from reader.ui.dialogs.editor import Editor

        return await self.ask(Editor(title, value))

    async def ask_tags(self, title: str, value: str, known: Sequence[str]) -> str | None:
        """Ask for tags, separated by commas."""
        from reader.ui.dialogs.editor import TagPrompt

        return await self.ask(TagPrompt(title, value, known))

    async def ask_line(self, title: str, value: str = "") -> str | None:
        """Ask for a line of text."""
        from reader.ui.dialogs.question import Prompt

        return await self.ask(Prompt(title, value))
