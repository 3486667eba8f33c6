"""Completes the path of a file while it is typed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

from reader.structures.named_tuple import NamedTuple
from reader.ui.base.abandoned_work import run_in_thread

_MOST_ENTRIES: Final = 5_000
"""Entries of a folder that are looked at."""
_PATTERN_SIGNS: Final = frozenset("*?[")
_MEMBER_MARK: Final = "::"


class PathCompletion(NamedTuple):
    """How a path can go on."""

    text: str
    """The path as far as all candidates agree."""
    candidates: tuple[str, ...] = ()
    """The whole paths as they would be typed; those of folders end with a slash."""


def expanded_path(typed: str) -> str:
    """Return a typed path with the home directory in the place of "~"; a web address as it is."""
    try:
        return str(Path(typed).expanduser()) if typed.startswith("~") else typed
    except RuntimeError:
        return typed


def is_address(typed: str) -> bool:
    """Return whether a text is the address of a page rather than a path."""
    return "://" in typed


def path_problem(typed: str, *, takes_patterns: bool = False) -> str:
    """Return why a typed path or address can stand for nothing, "" if it may stand for something.

    Args:
        typed: The path or address.
        takes_patterns: Whether it may be a pattern, such as `reports/*.pdf`.
    """
    if is_address(typed) or (takes_patterns and not _PATTERN_SIGNS.isdisjoint(typed)):
        return ""
    path = expanded_path(typed)
    if "\0" in path:
        return "a path cannot contain a null character"
    if os.path.lexists(path) or os.path.lexists(path.partition(_MEMBER_MARK)[0]):
        return ""
    folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120 - keeps links
    if not os.path.isdir(folder):  # noqa: PTH112 - returns False for what is no file name
        return f"there is no folder {folder}"
    return f"there is no {os.path.basename(path) or path} in {folder}"  # noqa: PTH119 - as above


def folder_of(typed: str) -> str:
    """Return the folder of which a typed path needs the entries, "" if it needs none."""
    if is_address(typed) or _MEMBER_MARK in typed or typed == "~":
        return ""
    return expanded_path(os.path.split(typed)[0]) or "."


def complete_path(typed: str, entries: Iterable[str]) -> PathCompletion:
    """Return how a typed path can go on. Hidden files are offered once a dot is typed.

    Args:
        typed: The path.
        entries: The names in its folder, those of folders with a slash.
    """
    if typed == "~":
        return PathCompletion("~/", ("~/",))
    if not folder_of(typed):
        return PathCompletion(typed)
    name = os.path.split(typed)[1]
    names = [entry for entry in entries if entry.startswith(name)]
    if not names:
        names = [entry for entry in entries if entry.lower().startswith(name.lower())]
    if not name.startswith("."):
        names = [entry for entry in names if not entry.startswith(".")]
    lead = typed[: len(typed) - len(name)]
    names.sort(key=str.casefold)
    agreed = os.path.commonprefix(names) if names else name  # noqa: RUF071 - letters count
    text = lead + agreed if len(agreed) >= len(name) else typed
    return PathCompletion(text, tuple(lead + entry for entry in names))


def read_folder(folder: str) -> tuple[str, ...]:
    """Return the names in a folder, those of folders with a slash; none if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return tuple(entry.name + "/" * _is_folder(entry) for entry in islice(entries, _MOST_ENTRIES))
    except (OSError, ValueError):
        return ()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


class PathCompleter:
    """Completes paths. A folder is read in a thread, and once as long as the path stays in it."""

    def __init__(self) -> None:
        self._folders: dict[str, asyncio.Task[tuple[str, ...]]] = {}
        """What is in folders, or will be. A folder that does not answer holds up no other one."""

    def known(self, typed: str) -> PathCompletion | None:
        """Return how a typed path can go on, None if its folder was not read yet."""
        folder = folder_of(typed)
        if not folder:
            return complete_path(typed, ())
        reading = self._folders.get(folder)
        return complete_path(typed, reading.result()) if reading is not None and reading.done() else None

    async def complete(self, typed: str) -> PathCompletion:
        """Return how a typed path can go on, once its folder was read."""
        folder = folder_of(typed)
        if not folder:
            return complete_path(typed, ())
        if folder not in self._folders:
            self._folders = {other: reading for other, reading in self._folders.items() if not reading.done()}
            self._folders[folder] = asyncio.ensure_future(run_in_thread(read_folder, folder))
        return complete_path(typed, await asyncio.shield(self._folders[folder]))
