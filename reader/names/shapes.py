"""How a line of each table is made up, and what is wrong with one that is not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

_LABELS: Final = (
    "PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE",
)  # fmt: skip


class Cell(NamedTuple):
    """A cell of a line."""

    what: str
    needed: bool = False
    one_of: tuple[str, ...] = ()
    """What it may hold; anything where nothing stands here."""


_OTHERS: Final = Cell("other names")
_LABELLED: Final = (Cell("label", needed=True, one_of=_LABELS), Cell("name", needed=True), _OTHERS)

SHAPES: Final[Mapping[str, tuple[Cell, ...]]] = MappingProxyType(
    {
        "countries.psv": (Cell("name", needed=True), _OTHERS, Cell("demonyms"), Cell("capital")),
        "organizations.psv": _LABELLED,
        "places.psv": _LABELLED,
        "groups.psv": _LABELLED,
        "parents.psv": (Cell("body", needed=True), Cell("what it belongs to", needed=True)),
        "titles.psv": (
            Cell("kind", needed=True, one_of=("honorific", "rank", "office")),
            Cell("title", needed=True),
            Cell("gender", one_of=("f", "m")),
            Cell("other forms"),
        ),
        "suffixes.psv": (
            Cell("suffix", needed=True),
            Cell("same as", needed=True),
            Cell("kind", needed=True, one_of=("generation", "degree")),
        ),
        "particles.psv": (
            Cell("particle", needed=True),
            Cell("binding", needed=True, one_of=("surname", "patronym")),
            Cell("in capitals", one_of=("anywhere", "inside")),
        ),
        "given_names.psv": (Cell("gender", needed=True, one_of=("m", "f", "b")), Cell("given names", needed=True)),
        "nicknames.psv": (Cell("given name", needed=True), Cell("pet forms", needed=True)),
        "spellings.psv": (Cell("word", needed=True), Cell("form", needed=True)),
        "confusables.psv": (Cell("spelling", needed=True), Cell("sound", needed=True)),
        **dict.fromkeys(
            (
                "legal_forms.txt",
                "descriptors.txt",
                "heads.txt",
                "place_words.txt",
                "sides.txt",
                "stop_words.txt",
                "common_words.txt",
                "kinship.txt",
            ),
            (Cell("word", needed=True),),
        ),
    }
)
"""Every table → the cells of its lines, in order; cells that are not needed may be left out at the end."""


def fault_of(table: str, line: str) -> str:
    """Return what is wrong with a line of a table, in a few words; "" where nothing is."""
    shape = SHAPES[table]
    cells = [cell.strip() for cell in line.split("|")]
    if "\ufffd" in line:
        return "is not UTF-8"
    if len(cells) > len(shape):
        return f"has {len(cells)} cells where there are {len(shape)} ({'|'.join(cell.what for cell in shape)})"
    for number, (what, needed, one_of) in enumerate(shape):
        cell = cells[number] if number < len(cells) else ""
        if needed and not cell:
            return f"has no {what} ({'|'.join(cell.what for cell in shape)})"
        if cell and one_of and cell not in one_of:
            return f"has “{cell}” as its {what}, which is one of {', '.join(one_of)}"
    return ""
