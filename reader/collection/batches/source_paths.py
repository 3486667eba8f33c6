"""Turns arguments into sources: folders and patterns become the files in them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

_WILDCARDS: Final = frozenset("*?[")
_ANY_FOLDERS: Final = "**"


class SourcePaths:
    """The sources that arguments name, in order. Each iteration walks the folders again, so that no list is kept.

    A folder stands for the files in it and in its folders, sorted by path, without hidden ones. Links to folders are
    not followed, and the directories of this program are left out, unless they are named. A folder in it that cannot
    be read stands for itself, so that it is reported. A pattern such as `reports/**/*.pdf` stands for the files that
    match it. Everything else stands for itself.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = arguments

    def __iter__(self) -> Iterator[str]:
        for argument in self._arguments:
            yield from _expand(argument)

    def count(self) -> int:
        """Return the number of sources now."""
        return sum(1 for _ in self)

    @property
    def many(self) -> bool:
        """Whether the arguments may stand for several sources, even if they stand for one now."""
        return len(self._arguments) != 1 or _is_folder(self._arguments[0]) or any(_files(self._arguments[0]))


def _expand(argument: str) -> Iterator[str]:
    """Yield the files of a folder or pattern; the argument itself if it is neither, or if there are none."""
    is_empty = True
    for path in _files(argument):
        is_empty = False
        yield path
    if is_empty:
        yield argument


def _files(argument: str) -> Iterator[str]:
    try:
        if _is_folder(argument):
            yield from _files_below(argument)
        elif not _WILDCARDS.isdisjoint(argument) and "://" not in argument and not Path(argument).exists():
            yield from _matching_files(argument)
    except (OSError, ValueError):
        return


def _is_folder(argument: str) -> bool:
    return os.path.isdir(argument)  # noqa: PTH112 - returns False for what is no file name


def _matching_files(pattern: str) -> Iterator[str]:
    """Yield the files that match a pattern, sorted. `**` stands for any folders, but for no links to folders."""
    import glob

    parts = pattern.split("/")
    if _ANY_FOLDERS not in parts:
        yield from filter(_is_document_file, sorted(glob.iglob(pattern)))  # noqa: PTH207 - keeps paths as written
        return
    depth = parts.index(_ANY_FOLDERS)
    start = "".join(f"{part}/" for part in parts[:depth])
    starts = glob.glob(start) if start and not _WILDCARDS.isdisjoint(start) else [start]  # noqa: PTH207 - as above
    yield from sorted(
        path.removeprefix("" if start else "./")
        for folder in starts
        if _is_folder(folder or ".")
        for path in _files_below(folder or "./")
        if _matches(path[len(folder or "./") :].split("/"), parts[depth:])
    )


def _matches(parts: Sequence[str], patterns: Sequence[str]) -> bool:
    """Return whether the parts of a path match those of a pattern."""
    if not patterns or not parts:
        return not parts and all(pattern == _ANY_FOLDERS for pattern in patterns)
    if patterns[0] == _ANY_FOLDERS:
        return _matches(parts, patterns[1:]) or _matches(parts[1:], patterns)
    return fnmatchcase(parts[0], patterns[0]) and _matches(parts[1:], patterns[1:])


def _files_below(folder: str) -> Iterator[str]:
    """Yield the files in a folder and in its folders, and those of its folders that cannot be read."""
    unreadable: list[str] = []
    own = _own_directories()
    for parent, folders, names in os.walk(folder, onerror=lambda error: unreadable.append(str(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if own:
            folders[:] = [name for name in folders if _identity(os.path.join(parent, name)) not in own]  # noqa: PTH118 - as below
        for name in sorted(names):
            path = os.path.join(parent, name)  # noqa: PTH118 - keeps the folder as it is written
            if not name.startswith(".") and _is_document_file(path):
                yield path
    yield from unreadable


def _own_directories() -> frozenset[tuple[int, int]]:
    """Return the identities of the directories in which this program keeps its data."""
    from reader.directories import cache_dir, config_dir, data_dir

    identities = (_identity(str(directory)) for directory in (data_dir(), cache_dir(), config_dir()))
    return frozenset(identity for identity in identities if identity is not None)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - called for every folder
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_document_file(path: str) -> bool:
    """Return whether a path is neither a folder nor a pipe, socket or device. A broken link may be reported later."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - called for every file
    except OSError:
        return True
