"""Defines the columns of each table of names, and checks a line of a table against them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from reader.structures.named_tuple import NamedTuple

_LABELS: Final = (
    "PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE",
)  # fmt: skip


class Column(NamedTuple):
    """One column of a table."""

    title: str
    required: bool = False
    one_of: tuple[str, ...] = ()
    """The allowed values; empty if every value is allowed."""


_OTHER_NAMES: Final = Column("other names")
_LABELED_NAMES: Final = (Column("label", required=True, one_of=_LABELS), Column("name", required=True), _OTHER_NAMES)

TABLE_COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "countries.psv": (Column("name", required=True), _OTHER_NAMES, Column("demonyms"), Column("capital")),
        "country_parts.psv": (Column("country", required=True), Column("parts", required=True)),
        "states.psv": (Column("country", required=True), Column("states", required=True)),
        "countries_by_language.psv": (
            Column("language", required=True),
            Column("country", required=True),
            Column("names"),
            Column("demonyms"),
        ),
        "languages.psv": (
            Column("language", required=True),
            Column(
                "kind",
                required=True,
                one_of=("article", "preposition", "name", "title", "office", "plural", "ending", "people"),
            ),
            Column("words", required=True),
        ),
        "organizations.psv": _LABELED_NAMES,
        "places.psv": _LABELED_NAMES,
        "groups.psv": _LABELED_NAMES,
        "parents.psv": (Column("body", required=True), Column("parent", required=True)),
        "titles.psv": (
            Column("kind", required=True, one_of=("honorific", "rank", "office")),
            Column("title", required=True),
            Column("gender", one_of=("f", "m")),
            Column("other forms"),
        ),
        "suffixes.psv": (
            Column("suffix", required=True),
            Column("same as", required=True),
            Column("kind", required=True, one_of=("generation", "degree")),
        ),
        "particles.psv": (
            Column("particle", required=True),
            Column("binding", required=True, one_of=("surname", "patronym")),
            Column("in capitals", one_of=("anywhere", "inside")),
        ),
        "given_names.psv": (
            Column("gender", required=True, one_of=("m", "f", "b")),
            Column("given names", required=True),
        ),
        "occupations.psv": (Column("field", required=True), Column("words", required=True)),
        "surnames.psv": (
            Column("frequency", required=True, one_of=("often", "sometimes")),
            Column("surnames", required=True),
        ),
        "name_variants.psv": (Column("given name", required=True), Column("variants", required=True)),
        "nicknames.psv": (Column("given name", required=True), Column("pet forms", required=True)),
        "spellings.psv": (Column("word", required=True), Column("form", required=True)),
        "confusables.psv": (Column("spelling", required=True), Column("sound", required=True)),
        **dict.fromkeys(
            (
                "legal_forms.txt",
                "descriptors.txt",
                "heads.txt",
                "place_words.txt",
                "sides.txt",
                "given_name_titles.txt",
                "family_first.txt",
                "frequent_given_names.txt",
                "two_surname_given_names.txt",
                "stop_words.txt",
                "common_words.txt",
                "kinship.txt",
            ),
            (Column("word", required=True),),
        ),
    }
)
"""The columns of every table, by file name. A line may leave out optional columns at its end."""


def line_fault(table: str, line: str) -> str:
    """Return what is wrong with a line of a table, such as "has no label", or "" if the line is valid."""
    columns = TABLE_COLUMNS[table]
    titles = "|".join(column.title for column in columns)
    cells = [cell.strip() for cell in line.split("|")]
    if "\ufffd" in line:
        return "is not UTF-8"
    if len(cells) > len(columns):
        return f"has {len(cells)} cells instead of {len(columns)} ({titles})"
    for number, column in enumerate(columns):
        cell = cells[number] if number < len(cells) else ""
        if column.required and not cell:
            return f"has no {column.title} ({titles})"
        if cell and column.one_of and cell not in column.one_of:
            return f"has “{cell}” as its {column.title}, which must be one of {', '.join(column.one_of)}"
    return ""
