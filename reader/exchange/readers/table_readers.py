"""Reads the tables of mentions and of aliases that this program exports as CSV. They do not have the text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from reader.exchange.format import ExchangeError
from reader.exchange.importing.imported_annotations import AnnotationDraft
from reader.exchange.importing.source_files import SourceFile

_REQUIRED_OF_MENTIONS: Final = ("text", "label")
_REQUIRED_OF_ALIASES: Final = ("entity", "label", "alias")
_FORMULA_STARTS: Final = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def mention_drafts(file: SourceFile) -> Iterator[AnnotationDraft]:
    """Yield a draft for each document of a table of mentions.

    Raises:
        ExchangeError: It is not such a table.
    """
    drafts: dict[tuple[str, str], AnnotationDraft] = {}
    for row in _rows(file, _REQUIRED_OF_MENTIONS):
        draft = _draft_for(drafts, row)
        entity, name = row.get("entity_id") or row.get("entity", ""), row.get("entity", "")
        quote, sentence = row["text"], row.get("sentence", "")
        prefix, _, suffix = sentence.partition(quote) if quote and sentence.count(quote) == 1 else ("", "", "")
        draft.add(
            _offset(row, "start"),
            _offset(row, "end"),
            row["label"],
            entity=entity,
            machine={"no": True, "yes": False}.get(row.get("decided", "")),
            score=row.get("score") or row.get("confidence"),
            note=row.get("note", ""),
            tags=_tags(row),
            quote=quote,
            prefix=prefix.lstrip("…"),
            suffix=suffix.rstrip("…"),
        )
        if entity:
            draft.name_entity(entity, name)
    yield from drafts.values()


def alias_drafts(file: SourceFile) -> Iterator[AnnotationDraft]:
    """Yield a draft for each document of a table of aliases. An alias that no person decided about counts as found.

    Raises:
        ExchangeError: It is not such a table.
    """
    drafts: dict[tuple[str, str], AnnotationDraft] = {}
    for row in _rows(file, _REQUIRED_OF_ALIASES):
        draft = _draft_for(drafts, row)
        if row.get("decided") == "0":
            draft.omit("aliases that no person decided about")
            continue
        entity = row.get("entity_id") or f"{row['label']} {row['entity']}"
        notes = [note for note in row.get("notes", "").split(" / ") if note]
        draft.name_entity(entity, row["entity"], label=row["label"], names=[row["alias"]], notes=notes, tags=_tags(row))
    yield from drafts.values()


def _draft_for(drafts: dict[tuple[str, str], AnnotationDraft], row: Mapping[str, str]) -> AnnotationDraft:
    key = (row.get("digest", ""), row.get("source", ""))
    if key not in drafts:
        drafts[key] = AnnotationDraft(None, row.get("document", ""), key[1], key[0])
    return drafts[key]


_LONGEST_CELL: Final = 131_072
"""Code points; cells of these tables hold names and short texts."""


def _rows(file: SourceFile, required: tuple[str, ...]) -> Iterator[dict[str, str]]:
    rows = csv.reader(io.StringIO(file.decoded(), newline=""))
    try:
        header = next(rows, [])
        if missing := [name for name in required if name not in header]:
            raise ExchangeError(f"{file.name} has no column “{missing[0]}”")
        for row in rows:
            if max(map(len, row), default=0) > _LONGEST_CELL:  # the module's own limit is one for the whole program
                raise ExchangeError(
                    f"{file.name}: line {rows.line_num}: a cell of more than {_LONGEST_CELL:,} characters"
                )
            if row:
                yield dict(zip(header, map(_cell_text, row), strict=False)) | dict.fromkeys(header[len(row) :], "")
    except csv.Error as error:
        raise ExchangeError(f"{file.name}: line {rows.line_num}: {error}") from None


def _cell_text(cell: str) -> str:
    """Return the text of a cell, without the mark that keeps spreadsheets from running it."""
    return cell[1:] if cell.startswith(_FORMULA_STARTS) else cell


def _offset(row: Mapping[str, str], side: str) -> int:
    text = row.get(f"{side}_code_point") or row.get(side) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1


def _tags(row: Mapping[str, str]) -> list[str]:
    return [tag for tag in row.get("tags", "").split("; ") if tag]
