"""Collect the tables of names for the pipeline's features, from the program and from `training/tables/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import reader.names

_OWN = Path(__file__).parent / "tables"
_SHIPPED = Path(reader.names.__file__).parent / "data"


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _pieces(cell: str) -> list[str]:
    return [piece.strip() for piece in cell.split(";") if piece.strip() and not piece.startswith("?")]


def _rows(name: str) -> Iterator[list[str]]:
    for line in _lines(_SHIPPED / name):
        yield [cell.strip() for cell in line.split("|")]


def tables() -> dict[str, list[str]]:
    """Return the names in each table. Tables whose key begins with "word:" have single words.

    See `reader.recognize.network.features`.
    """
    names_by_table: dict[str, set[str]] = {}

    def add(table: str, names: list[str]) -> None:
        names_by_table.setdefault(table, set()).update(names)

    for name, aliases, demonyms, capital, *_ in ([*row, *[""] * 4] for row in _rows("countries.psv")):
        add("country", [name, *_pieces(aliases)])
        add("demonym", _pieces(demonyms))
        add("place", _pieces(capital))
    for file in ("organizations.psv", "places.psv", "groups.psv"):
        for label, name, aliases, *_ in ([*row, "", ""] for row in _rows(file)):
            add({"GPE": "place", "LOC": "landscape", "NORP": "demonym"}.get(label, label), [name, *_pieces(aliases)])
    for row in _rows("given_names.psv"):
        add("given", _pieces(row[1]))
    for file, table in (("places.txt", "place"), ("landmarks.txt", "landscape"), ("organizations.txt", "ORG")):
        add(table, [piece for line in _lines(_OWN / file) for piece in _pieces(line)])
    for file, table in (("given_names.txt", "given"), ("surnames.txt", "surname")):
        add(table, [word for line in _lines(_OWN / file) for word in line.split()])
    for line in _lines(_OWN / "words.txt"):
        table, _, words = line.partition(":")
        add(f"word:{table}", words.split())
    return {table: sorted(names) for table, names in sorted(names_by_table.items())}
