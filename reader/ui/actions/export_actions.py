"""Exporting the document and its annotations from the app."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import Final

from reader.document import one_line
from reader.reading import Reading
from reader.ui.actions.workspace import Workspace
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.dialogs.choice import Choice
from reader.ui.keys.action_table import ActionTable


async def export_document(workspace: Workspace) -> None:
    """Ask for a format and a path, and write the document there. A file is replaced only if the user agrees."""
    from reader.exchange.file_names import file_name
    from reader.exchange.registry import FORMATS

    names = list(FORMATS)
    choices = [Choice(f"{name}: {FORMATS[name].description}", FORMATS[name].suffix) for name in names]
    chosen = await workspace.prompts.ask_among(
        "Export as",
        lambda typed: [
            (index, choice)
            for index, choice in enumerate(choices)
            if all(word in choice.text.casefold() for word in typed.casefold().split())
        ],
    )
    if chosen is None:
        return
    file_format = FORMATS[names[chosen[0]]]
    suggested = f"{file_name(workspace.reading.document.title)}{file_format.suffix}"
    kind = "new folder" if file_format.is_folder else "file"
    typed = await workspace.prompts.ask_line(f"Export as {file_format.name} to this {kind}", suggested)
    if typed is None or not typed.strip():
        return
    path, is_file = await run_in_thread(_look_at, typed.strip())
    if is_file and not file_format.is_folder:
        answers = [Choice("keep the file", key="k"), Choice("replace it", key="r")]
        if await workspace.prompts.ask_choice(f"{one_line(str(path))} exists already.", answers) != 1:
            workspace.show_message("nothing was exported")
            return
    workspace.show_message(f"exporting as {file_format.name} …")
    # In a thread: some formats need the tokens of spaCy, which takes a second to load.
    workspace.show_message(await run_in_thread(_write, copy(workspace.reading), file_format.name, path))


def _look_at(typed: str) -> tuple[Path, bool]:
    """Return the path that was typed, and whether it is a file."""
    path = Path(typed)
    with suppress(RuntimeError):  # there is no such user
        path = path.expanduser()
    return path, path.is_file()


def _write(reading: Reading, format_name: str, path: Path) -> str:
    """Write the document; return the message about it."""
    from reader.exchange.atomic_files import atomic_writer
    from reader.exchange.format import ExchangeError
    from reader.exchange.registry import FORMATS

    file_format = FORMATS[format_name]
    try:
        if file_format.is_folder:
            path.mkdir(parents=True, exist_ok=True)
            if any(path.iterdir()):
                return f"{one_line(str(path))} is not empty: name a new folder, so that no other file is replaced"
            file_format.write_folder([reading], path, decided=False)
        else:
            with atomic_writer(path) as out:
                file_format.write([reading], out, decided=False)
    except ExchangeError as error:
        return f"cannot export as {format_name}: {error}"
    except OSError as error:
        return f"cannot write {one_line(str(error.filename or path))}: {error.strerror or error}"
    omitted = f"; the format leaves out {', '.join(file_format.omits)}" if file_format.omits else ""
    return f"exported to {one_line(str(path.absolute()))}{omitted}"


EXPORT_ACTIONS: Final = ActionTable[Workspace](plain={"export": export_document})
