"""The files of the knowledge tables: where they stand and how their lines are read.

A file of the same name in the folder `names` of the user's configuration directory adds lines to the program's own;
a malformed line there is left out, and `problems` says so. In a list, cells are separated by `|`, items of a cell by
`;`; an item after `?` is weak: good for a suggestion only.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from reader.directories import config_dir
from reader.names.shapes import SHAPES, fault_of

_DATA: Final = Path(__file__).parent / "data"
_WEAK: Final = "?"


class Problem(NamedTuple):
    """A line of the user's own that is left out."""

    path: Path
    line: int
    """Counted from 1; 0 for the whole file."""
    what: str

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else str(self.path)
        return f"{place}: {self.what}"


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a table, the user's own after those of the program, without comments and blank lines."""
    yield from (line for _, line in _numbered((_DATA / name).read_text(encoding="utf-8")))
    try:
        own = _own(config_dir() / "names" / name)
    except OSError:
        return
    yield from (line for _, line in own if not fault_of(name, line))


def own_tables() -> list[tuple[str, int]]:
    """Return the names of the user's own tables that can be read, and how many lines each adds."""
    folder = config_dir() / "names"
    found: list[tuple[str, int]] = []
    for name in sorted(SHAPES):
        try:
            count = sum(not fault_of(name, line) for _, line in _own(folder / name))
        except OSError:
            continue
        found.append((name, count))
    return found


def problems() -> list[Problem]:
    """Return what is wrong with the user's own tables, one entry a line that is left out."""
    folder = config_dir() / "names"
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        return [Problem(folder, 0, f"cannot be read: {error.strerror}")]
    return [problem for path in paths for problem in _problems(path)]


def _problems(path: Path) -> Iterator[Problem]:
    if path.name not in SHAPES:
        yield Problem(path, 0, f"is none of the tables, which are {', '.join(sorted(SHAPES))}")
        return
    try:
        own = _own(path)
    except OSError as error:
        yield Problem(path, 0, f"cannot be read: {error.strerror}")
        return
    for number, line in own:
        if fault := fault_of(path.name, line):
            yield Problem(path, number, fault)


def _own(path: Path) -> list[tuple[int, str]]:
    return list(_numbered(path.read_text(encoding="utf-8-sig", errors="replace")))


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if (stripped := line.strip()) and line[0] != "#":
            yield number, stripped


def rows(name: str, width: int) -> Iterator[list[str]]:
    """Yield the lines of a table as so many cells each, empty ones added where a line has fewer."""
    for line in lines(name):
        cells = [cell.strip() for cell in line.split("|")]
        yield cells[:width] + [""] * (width - len(cells))


def items(cell: str) -> tuple[str, ...]:
    """Return the items of a cell."""
    return tuple(part for piece in cell.split(";") if (part := piece.strip())) if cell else ()


def strong(cell: str) -> tuple[str, ...]:
    """Return the items of a cell that are not weak."""
    found = items(cell)
    return tuple(part for part in found if not part.startswith(_WEAK)) if _WEAK in cell else found


def weak(cell: str) -> tuple[str, ...]:
    """Return the weak items of a cell, without their mark."""
    return tuple(part[1:] for part in items(cell) if part.startswith(_WEAK)) if _WEAK in cell else ()


@cache
def stamp() -> str:
    """Return a short digest of all tables; it changes when the user's own tables do."""
    digest = hashlib.sha256()
    for folder in (_DATA, config_dir() / "names"):
        for path in sorted(path for path in folder.glob("*.*") if path.name in SHAPES and os.access(path, os.R_OK)):
            digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()[:12]
