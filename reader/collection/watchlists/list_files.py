"""Read a watchlist from a file: lines of names, CSV, or JSON lines, with FollowTheMoney entities among them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from reader.collection.watchlists.watchlist import ListedEntity, Watchlist, WatchlistError
from reader.document.encoding import decode, looks_binary
from reader.document.sanitize import one_line

_MAX_BYTES: Final = 2 << 30
_LONGEST_NAME: Final = 300
"""Code points. No name is longer; a longer field is some other text."""
_NAME_COLUMNS: Final = ("name", "caption", "full_name", "fullname", "full name")
_ALIAS_COLUMNS: Final = ("aliases", "alias", "aka", "also known as", "other_names", "other names", "weak_aliases")
_ID_COLUMNS: Final = ("id", "identifier", "entity_id", "uid", "ref", "reference")
_TYPE_COLUMNS: Final = ("schema", "type", "kind", "entity_type")
_ALIAS_PROPERTIES: Final = ("name", "alias", "weakAlias", "previousName", "abbreviation")
"""The properties of a FollowTheMoney entity that hold names."""
_SEPARATORS: Final = ";|"


def read_list(path: Path, name: str = "") -> Watchlist:
    """Read a watchlist.

    Args:
        path: A file of one name per line, a CSV file with a column "name", or JSON lines. Lines that begin with "#"
            are comments in a file of lines.
        name: The name of the list; by default that of the file.

    Raises:
        WatchlistError: The file cannot be read, or no name is in it.
    """
    try:
        if path.is_file() and path.stat().st_size > _MAX_BYTES:
            raise WatchlistError(f"{path} is larger than {_MAX_BYTES >> 30} GiB")
        data = path.read_bytes()
    except OSError as error:
        raise WatchlistError(f"cannot read {path}: {error.strerror or error}") from None
    if looks_binary(data):
        raise WatchlistError(f"{path} is no text")
    decoded = decode(data)
    skipped: Counter[str] = Counter()
    entities = _merge(_entities(decoded.text, path, skipped), skipped)
    if not entities:
        raise WatchlistError(f"{path} has no names")
    return Watchlist(
        name or path.stem,
        entities,
        str(path),
        skipped=(
            *((f"{path}: {decoded.notice}",) if decoded.notice else ()),
            *(f"left out {reason}: {count:,}" for reason, count in skipped.items()),
        ),
    )


def _entities(text: str, path: Path, skipped: Counter[str]) -> Iterator[ListedEntity]:
    if text.lstrip()[:1] == "{":
        yield from _json_entities(text, path, skipped)
    elif (columns := _columns(text)) is not None:
        yield from _csv_entities(text, path, columns, skipped)
    elif path.suffix.lower() in (".csv", ".tsv"):
        raise WatchlistError(f"{path} has no column “name”; its first line must name the columns")
    else:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield ListedEntity(f"line {number}", line)


def _merge(entities: Iterable[ListedEntity], skipped: Counter[str]) -> tuple[ListedEntity, ...]:
    """Clean the names, leave out those that cannot be searched for, and join the entities that have one id."""
    by_id: dict[str, ListedEntity] = {}
    for entity in entities:
        names = list(dict.fromkeys(filter(None, (_clean(name, skipped) for name in entity.names))))
        if not names:
            continue
        id = one_line(entity.id.strip(), 100)
        if (first := by_id.get(id)) is not None:
            names = list(dict.fromkeys((*first.names, *names)))
        by_id[id] = ListedEntity(id, names[0], tuple(names[1:]), one_line(entity.type.strip(), 40))
    return tuple(by_id.values())


def _clean(name: str, skipped: Counter[str]) -> str:
    """Return a name as one line without unsafe characters; "" if it cannot be searched for."""
    cleaned = one_line(" ".join(name.split()))
    if not cleaned:
        skipped["empty names"] += 1
    elif len(cleaned) > _LONGEST_NAME:
        skipped[f"names of more than {_LONGEST_NAME} characters"] += 1
    elif sum(map(str.isalnum, cleaned)) < 2:
        skipped["names of one letter"] += 1
    else:
        return cleaned
    return ""


def _columns(text: str) -> tuple[str, dict[str, int]] | None:
    """Return the delimiter of a CSV text and the indices of its columns; None if no column is called a name."""
    header = text.lstrip("\n").split("\n", 1)[0]
    for delimiter in (",", ";", "\t", "|"):
        cells = next(csv.reader([header], delimiter=delimiter), [])
        columns = {cell.strip().casefold(): index for index, cell in reversed([*enumerate(cells)])}
        if (len(cells) > 1 or header.strip().casefold() == "name") and any(name in columns for name in _NAME_COLUMNS):
            return delimiter, columns
    return None


def _csv_entities(
    text: str, path: Path, layout: tuple[str, dict[str, int]], skipped: Counter[str]
) -> Iterator[ListedEntity]:
    delimiter, columns = layout
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    name_column = next(columns[name] for name in _NAME_COLUMNS if name in columns)
    id_column = next((columns[name] for name in _ID_COLUMNS if name in columns), None)
    type_column = next((columns[name] for name in _TYPE_COLUMNS if name in columns), None)
    alias_columns = [columns[name] for name in _ALIAS_COLUMNS if name in columns]
    first_line = 1
    try:
        next(rows, None)
        first_line = rows.line_num + 1
        for row in rows:
            first_line = rows.line_num + 1
            if len(row) <= name_column:
                if any(map(str.strip, row)):
                    skipped["rows without a name"] += 1
                continue
            aliases = tuple(alias for column in alias_columns for alias in _split(_cell(row, column)))
            id = _cell(row, id_column).strip() or f"line {rows.line_num}"
            yield ListedEntity(id, row[name_column], aliases, _cell(row, type_column))
    except csv.Error as error:
        is_of_quotes = "expected after" in str(error) or "unexpected end" in str(error)
        reason = "a quotation mark is missing, or one too many" if is_of_quotes else str(error)
        lines = f"lines {first_line} to {rows.line_num}" if first_line < rows.line_num else f"line {rows.line_num}"
        raise WatchlistError(f"{path}, {lines}: {reason}") from None


def _cell(row: list[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _split(cell: str) -> list[str]:
    """Return the names in one cell, which semicolons or vertical bars separate."""
    separator = next((separator for separator in _SEPARATORS if separator in cell), None)
    return [name for name in (cell.split(separator) if separator else [cell]) if name.strip()]


def _json_entities(text: str, path: Path, skipped: Counter[str]) -> Iterator[ListedEntity]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise WatchlistError(f"{path}, line {number}: not valid JSON") from None
        if not isinstance(value, dict):
            raise WatchlistError(f"{path}, line {number}: not a JSON object")
        names = _json_names(value)
        if names:
            id = value.get("id")
            id = f"line {number}" if id is None or id == "" else id
            type_name = value.get("schema") or value.get("type") or ""
            yield ListedEntity(str(id), names[0], tuple(names[1:]), str(type_name))
        else:
            skipped["entries without a name"] += 1


def _json_names(value: Mapping[str, Any]) -> list[str]:
    """Return the names of a FollowTheMoney entity, or of an object with "name" and "aliases"."""
    properties = value.get("properties")
    if isinstance(properties, dict):
        names = [name for key in _ALIAS_PROPERTIES for name in _strings(properties.get(key))]
        caption = value.get("caption")
        return [caption, *names] if names and isinstance(caption, str) and caption in names else names
    return [name for key in ("name", "caption", "aliases", "alias") for name in _strings(value.get(key))]


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str) and item.strip()]
