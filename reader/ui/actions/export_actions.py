"""Exports the document: asks for the format and the path, and starts writing."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

from reader.document.sanitize import one_line
from reader.reading import Reading
from reader.ui.background_export import BackgroundExport
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.prompts import Prompts
from reader.ui.keys.action_table import ActionTable


class ExportingScreen(Protocol):
    """A screen whose document can be exported."""

    @property
    def reading(self) -> Reading:
        """The document, its mentions and entities."""

    @property
    def prompts(self) -> Prompts:
        """Asks for format and path."""

    @property
    def background_export(self) -> BackgroundExport:
        """Writes the export."""

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""


async def export(screen: ExportingScreen) -> None:
    """Ask for the format and the path of an export, and start it. No file is replaced without a question."""
    from reader.exchange import FORMATS
    from reader.ui.actions.export_path import default_path

    background_export = screen.background_export
    if background_export.is_running:
        screen.show_message("the last export is still being written")
        return
    formats = tuple(FORMATS.values())
    last_name, last_decided = background_export.last_choice
    cursor = next((index for index, entry in enumerate(formats) if entry.name == last_name), 0)
    choice = await screen.prompts.ask_export(screen.reading.document.title, formats, cursor, decided=last_decided)
    if choice is None:
        return
    file_format = formats[choice.option]
    background_export.last_choice = file_format.name, choice.decided
    answer = str(default_path(screen.reading, file_format.name))
    while True:
        asked = "New folder for the export" if file_format.is_folder else "File for the export"
        answer = await screen.prompts.ask_line(asked, answer) or ""
        if not answer.strip():
            screen.show_message("nothing was exported")
            return
        path = _path_of(answer)
        replaces = await _may_write(screen, path, is_folder=file_format.is_folder)
        if replaces is not None:
            background_export.start(file_format.name, path, decided=choice.decided, replaces=replaces)
            return


async def _may_write(screen: ExportingScreen, path: Path, *, is_folder: bool) -> bool | None:
    """Return whether a file is to be replaced; None to ask for another path."""
    if _is_free(path, is_folder=is_folder):
        return False
    choices = [Choice("another path", key="a")]
    if not is_folder and _is_file(path):
        choices.append(Choice("replace the file", key="r"))
    answer = await screen.prompts.ask_choice(f"{one_line(str(path))} exists.", choices)
    return True if answer == 1 else None


def _path_of(text: str) -> Path:
    try:
        return Path(text.strip()).expanduser()
    except RuntimeError:  # "~name" of a user who does not exist
        return Path(text.strip())


def _is_free(path: Path, *, is_folder: bool) -> bool:
    """Return whether an export can be written without replacing anything; what else is wrong, the export says."""
    try:
        return not path.exists() or (is_folder and path.is_dir() and not any(path.iterdir()))
    except (OSError, ValueError):
        return True


def _is_file(path: Path) -> bool:
    return path.is_file()


EXPORT_ACTIONS: Final = ActionTable[ExportingScreen](plain={"export": export})
