"""The files of the knowledge tables: where they stand and how their lines are read.

A file of the same name in the folder `names` of the user's configuration directory adds lines to the program's own.
In a list, cells are separated by `|`, items of a cell by `;`; an item after `?` is weak: good for a suggestion only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from reader.directories import config_dir

_DATA: Final = Path(__file__).parent / "data"
_WEAK: Final = "?"


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a table, the user's own after those of the program, without comments and blank lines."""
    for folder in (_DATA, config_dir() / "names"):
        try:
            text = (folder / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def rows(name: str, width: int) -> Iterator[list[str]]:
    """Yield the lines of a table as so many cells each, empty ones added where a line has fewer."""
    for line in lines(name):
        cells = [cell.strip() for cell in line.split("|")]
        if cells[0]:
            yield cells[:width] + [""] * (width - len(cells))


def items(cell: str) -> tuple[str, ...]:
    """Return the items of a cell."""
    return tuple(part for part in (piece.strip() for piece in cell.split(";")) if part)


def strong(cell: str) -> tuple[str, ...]:
    """Return the items of a cell that are not weak."""
    return tuple(part for part in items(cell) if not part.startswith(_WEAK))


def weak(cell: str) -> tuple[str, ...]:
    """Return the weak items of a cell, without their mark."""
    return tuple(part[1:] for part in items(cell) if part.startswith(_WEAK))


@cache
def stamp() -> str:
    """Return a short digest of all tables; it changes when the user's own tables do."""
    digest = hashlib.sha256()
    for folder in (_DATA, config_dir() / "names"):
        for path in sorted(folder.glob("*.*")) if folder.is_dir() else ():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
