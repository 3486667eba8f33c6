"""Asks the user questions: opens a dialog and returns the answer. Dialogs are imported when they are first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from reader.ui.dialogs.base.choice import Choice

if TYPE_CHECKING:
    from textual.geometry import Region

    from reader.display.occurrences import Occurrence
    from reader.exchange import ExportFormat
    from reader.ui.dialogs.base.dialog import Dialog
    from reader.ui.dialogs.choosing.export_dialog import ExportChoice
    from reader.ui.dialogs.choosing.label_menu import LabelChoice, MarkMode
    from reader.ui.dialogs.choosing.picker import ChoiceFilter

Answer = TypeVar("Answer")


class AskingScreen(Protocol):
    """A screen that can show a dialog above itself."""

    @property
    def labels_in_use(self) -> Iterable[str]:
        """Labels to offer besides the configured ones."""

    async def ask(self, dialog: Dialog[Answer]) -> Answer | None:
        """Show a dialog; return its answer, None if it was left without one."""


class Prompts:
    """The questions that commands ask, over one screen. Every answer is None if the user left the dialog."""

    def __init__(self, screen: AskingScreen) -> None:
        self._screen = screen
        self.last_label = ""
        """The label chosen last. Enter in the label menu chooses it again."""

    async def ask_label(self, title: str, current: str = "") -> str | None:
        """Ask for a label. The cursor is on the current one, or else on the one chosen last."""
        chosen = await self.ask_mark(title, current)
        return chosen.label if chosen else None

    async def ask_mark(
        self, title: str, current: str = "", modes: Sequence[MarkMode] = (), *, beside: bool = False
    ) -> LabelChoice | None:
        """Ask for a label, and in which mode to mark a name, if there are two."""
        from reader.ui.dialogs.choosing.label_menu import LabelMenu

        menu = LabelMenu(title, current or self.last_label, self._screen.labels_in_use, modes, beside=beside)
        chosen = await self._screen.ask(menu)
        if chosen:
            self.last_label = chosen.label
        return chosen

    async def ask_occurrences(
        self, title: str, text: str, label: str, occurrences: Sequence[Occurrence], cursor: int = 0
    ) -> Sequence[int] | None:
        """Ask which occurrences in a text to mark; return their indices."""
        from reader.ui.dialogs.choosing.preview import Preview

        return await self._screen.ask(Preview(title, text, label, occurrences, cursor))

    async def ask_choice(
        self, title: str, choices: Sequence[Choice], cursor: int = 0, target: Region | None = None
    ) -> int | None:
        """Ask for one of several choices; return its index.

        Args:
            title: The question.
            choices: The choices.
            cursor: The index of the choice under the cursor.
            target: The region of the screen that the question is about; the dialog opens beside it.
        """
        from reader.ui.dialogs.choosing.popup import PopUp
        from reader.ui.dialogs.choosing.question import Question

        question = Question(title, choices, cursor=cursor) if target is None else PopUp(title, choices, target)
        answer = await self._screen.ask(question)
        return answer[0] if answer else None

    async def ask_ticks(
        self, title: str, choices: Sequence[Choice], ticked: Iterable[int] = ()
    ) -> tuple[int, ...] | None:
        """Ask the user to tick choices; return the indices of the ticked ones."""
        from reader.ui.dialogs.choosing.question import Question

        return await self._screen.ask(Question(title, choices, ticking=True, ticked=ticked))

    async def ask_among(self, title: str, choices: ChoiceFilter, cursor: int = 0) -> tuple[int, str] | None:
        """Ask for one of many choices by typing; return its number and what was typed.

        Args:
            title: The question.
            choices: Returns the choices that match what was typed.
            cursor: The index of the choice under the cursor at first.
        """
        from reader.ui.dialogs.choosing.picker import Picker

        return await self._screen.ask(Picker(title, choices, cursor))

    async def ask_text(self, title: str, value: str = "") -> str | None:
        """Ask for several lines of text."""
        from reader.ui.dialogs.editor import Editor

        return await self._screen.ask(Editor(title, value))

    async def ask_tags(self, title: str, value: str, suggestions: Sequence[str]) -> str | None:
        """Ask for tags, separated by commas."""
        from reader.ui.dialogs.editor import TagPrompt

        return await self._screen.ask(TagPrompt(title, value, suggestions))

    async def ask_export(
        self, title: str, formats: Sequence[ExportFormat], cursor: int, *, decided: bool
    ) -> ExportChoice | None:
        """Ask for the format of an export.

        Args:
            title: The title of the document.
            formats: The formats.
            cursor: The index of the format under the cursor.
            decided: Whether to offer first to write only decided mentions.
        """
        from reader.ui.dialogs.choosing.export_dialog import ExportDialog, ExportOption

        options = [ExportOption(entry.name, entry.description, entry.suffix, entry.omits) for entry in formats]
        return await self._screen.ask(ExportDialog(f"Export “{title}” as", options, cursor=cursor, decided=decided))

    async def ask_line(
        self, title: str, value: str = "", *, advice: Sequence[str] = (), changed: Callable[[str], None] | None = None
    ) -> str | None:
        """Ask for one line of text.

        Args:
            title: The question.
            value: The text that the line begins with.
            advice: What can be typed, in a few lines.
            changed: What to do with the text after every change.
        """
        from reader.ui.dialogs.line_prompt import Prompt

        return await self._screen.ask(Prompt(title, value, advice=advice, changed=changed))

    async def ask_path(self, title: str, *, takes_patterns: bool = False) -> str | None:
        """Ask for the path of a file or folder, or an address. A path exists, unless it is a pattern.

        Args:
            title: The question.
            takes_patterns: Whether it may be a pattern, such as `reports/*.pdf`.
        """
        from reader.ui.dialogs.path_prompt import PathPrompt

        return await self._screen.ask(PathPrompt(title, takes_patterns=takes_patterns))
