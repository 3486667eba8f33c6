"""The files of the knowledge tables: where they are, and how their lines are read.

A file of the same name in the folder `names` of the user's configuration directory adds lines to a table of the
program. Malformed lines in it are ignored, and `problems` reports them.

`|` separates the cells of a line, `;` the items of a cell. An item that starts with `?` is weak: good enough for a
suggestion, but not for a merge.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from reader.directories import config_dir
from reader.names.tables.table_columns import TABLE_COLUMNS, line_fault
from reader.structures.named_tuple import NamedTuple

_DATA: Final = Path(__file__).parent.parent / "data"
_WEAK: Final = "?"


class Problem(NamedTuple):
    """A line or file of the user that is ignored, and the reason."""

    path: Path
    line: int
    """The line number from 1, or 0 for the whole file."""
    fault: str

    def __str__(self) -> str:
        location = f"{self.path}, line {self.line}" if self.line else str(self.path)
        return f"{location}: {self.fault}"


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a table without comments and blank lines, those of the program before those of the user."""
    yield from (line for _, line in _numbered((_DATA / name).read_text(encoding="utf-8")))
    try:
        user_lines = _read_user_file(config_dir() / "names" / name)
    except OSError:
        return
    yield from (line for _, line in user_lines if not line_fault(name, line))


def user_tables() -> list[tuple[str, int]]:
    """Return the names of the user's tables that can be read, each with its number of well-formed lines."""
    folder = config_dir() / "names"
    line_counts: list[tuple[str, int]] = []
    for name in sorted(TABLE_COLUMNS):
        try:
            count = sum(not line_fault(name, line) for _, line in _read_user_file(folder / name))
        except OSError:
            continue
        line_counts.append((name, count))
    return line_counts


def problems() -> list[Problem]:
    """Return the problems of the user's tables, one for each line or file that is ignored."""
    folder = config_dir() / "names"
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        return [Problem(folder, 0, f"cannot be read: {error.strerror}")]
    return [problem for path in paths for problem in _problems(path)]


def _problems(path: Path) -> Iterator[Problem]:
    if path.name not in TABLE_COLUMNS:
        yield Problem(path, 0, f"is not one of the tables: {', '.join(sorted(TABLE_COLUMNS))}")
        return
    try:
        user_lines = _read_user_file(path)
    except OSError as error:
        yield Problem(path, 0, f"cannot be read: {error.strerror}")
        return
    for number, line in user_lines:
        if fault := line_fault(path.name, line):
            yield Problem(path, number, fault)


def _read_user_file(path: Path) -> list[tuple[int, str]]:
    """Return the lines of a user's file with their numbers. Bytes that are not UTF-8 become U+FFFD."""
    return list(_numbered(path.read_text(encoding="utf-8-sig", errors="replace")))


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a table and their numbers from 1, without comments and blank lines."""
    for number, line in enumerate(text.splitlines(), 1):
        if (stripped := line.strip()) and line[0] != "#":
            yield number, stripped


def rows(name: str, width: int) -> Iterator[list[str]]:
    """Yield the lines of a table as lists of `width` cells. Cells that a line omits are empty."""
    for line in lines(name):
        cells = [cell.strip() for cell in line.split("|")]
        yield cells[:width] + [""] * (width - len(cells))


def items(cell: str) -> tuple[str, ...]:
    """Return the items of a cell."""
    return tuple(item for piece in cell.split(";") if (item := piece.strip())) if cell else ()


def strong(cell: str) -> tuple[str, ...]:
    """Return the items of a cell that are not weak."""
    all_items = items(cell)
    return tuple(item for item in all_items if not item.startswith(_WEAK)) if _WEAK in cell else all_items


def weak(cell: str) -> tuple[str, ...]:
    """Return the weak items of a cell, without the question mark."""
    return tuple(item[1:] for item in items(cell) if item.startswith(_WEAK)) if _WEAK in cell else ()


@cache
def stamp() -> str:
    """Return a short digest of all tables; it changes when a table of the user does."""
    digest = hashlib.sha256()
    for folder in (_DATA, config_dir() / "names"):
        tables = (path for path in folder.glob("*.*") if path.name in TABLE_COLUMNS)
        for path in sorted(path for path in tables if os.access(path, os.R_OK)):
            digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()[:12]
