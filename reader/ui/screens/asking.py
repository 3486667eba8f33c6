"""A screen whose commands ask for labels, choices, ticks and names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.ui.dialogs import Choice, Prompt, Question
from reader.ui.keymap import Keymap
from reader.ui.labels import LOOKS
from reader.ui.screens.commanded import CommandedScreen, Result

if TYPE_CHECKING:
    from reader.ui.picker import Filter


class AskingScreen(CommandedScreen[Result]):
    """What `handlers.desk.Desk` promises of questions."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(keymap)
        self.last_label = ""
        """The label given last; Enter in the label menu gives it again."""

    async def ask_label(self, title: str, current: str = "") -> str | None:
        """Ask for a label; the cursor stands on the current one, or the one given last."""
        labels = [look.label for look in LOOKS]
        choices = [Choice(look.label, look.words, look.key, look.label) for look in LOOKS]
        likely = current or self.last_label
        chosen = await self.ask_choice(title, choices, labels.index(likely) if likely in labels else 0)
        if chosen is None:
            return None
        self.last_label = labels[chosen]
        return self.last_label

    async def ask_choice(self, title: str, choices: Sequence[Choice], cursor: int = 0) -> int | None:
        """Ask for one of some choices."""
        answer = await self.ask(Question(title, choices, cursor=cursor))
        return answer[0] if answer else None

    async def ask_ticks(
        self, title: str, choices: Sequence[Choice], ticked: Sequence[int] = ()
    ) -> tuple[int, ...] | None:
        """Ask which of some choices are meant."""
        return await self.ask(Question(title, choices, ticking=True, ticked=ticked))

    async def ask_among(self, title: str, choices: Filter) -> tuple[int, str] | None:
        """Ask for one of many choices, by typing."""
        from reader.ui.picker import Picker

        return await self.ask(Picker(title, choices))

    async def ask_text(self, title: str, value: str = "") -> str | None:
        """Ask for several lines of text."""
        from reader.ui.editor import Editor

        return await self.ask(Editor(title, value))

    async def ask_tags(self, title: str, value: str, known: Sequence[str]) -> str | None:
        """Ask for tags, separated by commas."""
        from reader.ui.editor import TagPrompt

        return await self.ask(TagPrompt(title, value, known))

    async def ask_line(self, title: str, value: str = "") -> str | None:
        """Ask for a line of text."""
        return await self.ask(Prompt(title, value))
