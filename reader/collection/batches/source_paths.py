"""Turns arguments into sources: folders and patterns become the files in them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

_WILDCARDS: Final = frozenset("*?[")


class SourcePaths:
    """The sources that arguments name, in order. Iterating walks the folders anew, so that no list is kept.

    A folder stands for the files in it and in its folders, sorted by path, without hidden ones. A pattern such as
    `reports/**/*.pdf` stands for the files that match it. Everything else stands for itself.
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
            import glob

            for path in sorted(glob.iglob(argument, recursive=True)):  # noqa: PTH207 - keeps paths as they are written
                if _is_document_file(path):
                    yield path
    except (OSError, ValueError):
        return


def _is_folder(argument: str) -> bool:
    return os.path.isdir(argument)  # noqa: PTH112 - returns False for what is no file name


def _files_below(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(parent, name)  # noqa: PTH118 - keeps the folder as it is written
            if not name.startswith(".") and _is_document_file(path):
                yield path


def _is_document_file(path: str) -> bool:
    """Return whether a path is neither a folder nor a pipe, socket or device. A broken link may be reported later."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - called for every file
    except OSError:
        return True
