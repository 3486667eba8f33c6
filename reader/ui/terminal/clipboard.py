"""Copies text to the clipboard: by the terminal, by a tool of the system, or else into a file."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from textual.app import App

from reader.directories import data_dir
from reader.document.sanitize import sanitize

_FILE: Final = "clipboard.txt"
_MOST_BY_TERMINAL: Final = 74_000
"""Bytes that are sent to the terminal: many take no more than 100,000 in base 64."""
_TOOL_SECONDS: Final = 2.0
"""Seconds after which a tool that does not answer is given up."""
_TERMINALS_WITHOUT: Final = frozenset({"linux", "dumb", "vt100", "vt220", "cons25"})
"""Values of TERM of terminals that ignore OSC 52."""


async def copy_text(app: App[Any], text: str) -> str:
    """Copy a text; return how, for the message: "" for the clipboard, or the file into which it was written.

    The terminal is asked by OSC 52, which also works over ssh, but never says whether it did. So a tool of the system
    is used too where there is one, and where neither can work, the text goes into a file.

    Raises:
        OSError: Not even the file can be written.
    """
    content = sanitize(text)
    data = content.encode("utf-8", "replace")
    by_terminal = len(data) <= _MOST_BY_TERMINAL and terminal_has_clipboard(os.environ)
    if by_terminal:
        app.copy_to_clipboard(content)
    by_tool = False
    for command in clipboard_tools(os.environ, sys.platform):
        if await _run_tool(command, data):
            by_tool = True
            break
    if by_terminal or by_tool:
        return ""
    path = data_dir() / _FILE
    await asyncio.to_thread(_write, path, data)
    return str(path)


def terminal_has_clipboard(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal may know OSC 52. Within tmux, only tmux itself can tell: its tool is used."""
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    return not environment.get("TMUX") and environment.get("TERM", "") not in _TERMINALS_WITHOUT


def clipboard_tools(environment: Mapping[str, str], platform: str) -> list[Sequence[str]]:
    """Return the commands that copy their input to the clipboard and are installed, the best first."""
    tools: list[Sequence[str]] = []
    if platform == "darwin":
        tools.append(("pbcopy",))
    if environment.get("WAYLAND_DISPLAY"):
        tools.append(("wl-copy",))
    if environment.get("DISPLAY"):
        tools += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    if environment.get("WSL_DISTRO_NAME"):
        tools.append(("clip.exe",))
    if environment.get("TMUX"):
        tools.append(("tmux", "load-buffer", "-w", "-"))
    return [tool for tool in tools if shutil.which(tool[0])]


async def _run_tool(command: Sequence[str], data: bytes) -> bool:
    """Return whether a tool took the text."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,  # a tool that stays to serve the clipboard would keep a pipe open
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(data), _TOOL_SECONDS)
    except (TimeoutError, OSError):
        with suppress(ProcessLookupError):
            process.kill()
        return False
    return process.returncode == 0


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
