"""The user's own editor, for a text that the app edits."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Final

from reader.directories import cache_dir
from reader.document import one_line
from reader.ui.terminal.endings import ENDINGS

_FALLBACK: Final = "vi"


class EditorError(Exception):
    """The editor did not do its work. The message is one line for the user."""


def editor_command() -> str:
    """Return the command of the user's editor: `VISUAL`, else `EDITOR`, else `vi`."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or _FALLBACK


def edit_outside(text: str, suspended: Callable[[], AbstractContextManager[None]]) -> str:
    """Let the user edit a text in their editor, and return what they wrote.

    The text is in a file that only the user can read, in the cache directory. The file is deleted, unless it has text
    that is not returned.

    Args:
        text: The text.
        suspended: Gives the terminal to the editor for as long as it runs.

    Raises:
        EditorError: The editor is missing or failed, or the file cannot be written or read.
    """
    editor = editor_command()
    editor_name = one_line(editor)
    try:
        words = shlex.split(editor)
        folder = cache_dir()
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(".md", "note-", folder)  # with mode 0600
    except (OSError, ValueError) as error:
        raise EditorError(f"cannot start {editor_name}: {_reason(error)}") from None
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        with suspended():  # nothing may be raised in it, or the terminal would not be taken back
            problem = _run([*words, name], editor_name)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise EditorError(f"cannot write {path}: {_reason(error)}") from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return _read_back(path, text, problem)


def _read_back(path: Path, text: str, problem: str) -> str:
    """Return what the file has now, and delete it; keep it if there is a problem and its text is new."""
    try:
        data = path.read_bytes()
        written = data.decode("utf-8")
    except OSError as error:
        raise EditorError(problem or f"cannot read what the editor wrote: {_reason(error)}") from None
    except UnicodeDecodeError:
        raise EditorError(f"what the editor wrote is not UTF-8: it is in {path}") from None
    written = written.replace("\r\n", "\n")
    if not text.endswith("\n"):
        written = written.removesuffix("\n")  # which editors add
    if problem and written != text:
        raise EditorError(f"{problem}; what it wrote is in {path}")
    path.unlink(missing_ok=True)
    if problem:
        raise EditorError(problem)
    return written


def _run(command: list[str], editor_name: str) -> str:
    """Run an editor that has the terminal; return what went wrong.

    Ctrl+C is meant for it, and Ctrl+Z stops it together with this program.
    """
    with ENDINGS.of_suspended_app():
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        try:
            status = subprocess.run(command, check=False).returncode
        except (OSError, ValueError) as error:
            return f"cannot start {editor_name}: {_reason(error)}"
        finally:
            with suppress(TypeError):  # it was not set by Python
                signal.signal(signal.SIGTSTP, before)
    if status < 0:
        return f"{editor_name} was ended by signal {-status}"
    return f"{editor_name} ended with exit code {status}" if status else ""


def _reason(error: Exception) -> str:
    return one_line(getattr(error, "strerror", None) or str(error))
