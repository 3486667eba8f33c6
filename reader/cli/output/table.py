"""Tables: aligned columns for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from reader.display.cells import cells, displayed, fit

COLUMN_GAP = "  "


def align_columns(
    rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), widest: Sequence[int] = ()
) -> list[list[str]]:
    """Pad the entries of a table so that its columns line up, also with wide characters.

    Args:
        rows: Rows of the same length. The last column is not padded.
        right: Indices of the columns to align right, such as numbers.
        widest: The maximum width of each column in cells; 0, or no entry, for no limit.
    """
    if not rows:
        return []
    limits = [*widest, *[0] * (len(rows[0]) - len(widest))]
    cut = [
        [fit(displayed(text), limit) if limit else displayed(text) for text, limit in zip(row, limits, strict=True)]
        for row in rows
    ]
    widths = [max(map(cells, column)) for column in zip(*cut, strict=True)]
    last = len(widths) - 1
    return [
        [
            " " * (width - cells(text)) + text
            if index in right
            else text + " " * (width - cells(text) if index < last else 0)
            for index, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in cut
    ]


def share_width(wanted_widths: Sequence[int], width: int) -> list[int]:
    """Divide `width` cells among columns. Narrow columns get their full width; the others share the remainder."""
    widths = [0] * len(wanted_widths)
    remaining = width
    for count, index in enumerate(sorted(range(len(wanted_widths)), key=wanted_widths.__getitem__)):
        widths[index] = min(wanted_widths[index], remaining // (len(wanted_widths) - count))
        remaining -= widths[index]
    return widths


def print_rows(rows: Iterable[str]) -> None:
    """Print rows for people."""
    for row in rows:
        sys.stdout.write(row.rstrip(" ") + "\n")


def print_json(value: Any) -> None:
    """Print a value as JSON for programs: UTF-8, without control characters."""
    from reader.exchange.jsonl import escape_unsafe

    _use_utf8()
    sys.stdout.write(escape_unsafe(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def print_json_array(values: Iterable[Any]) -> None:
    """Print values as a JSON array, each as soon as it comes."""
    from reader.exchange.jsonl import escape_unsafe

    _use_utf8()
    separator = "[\n"
    for value in values:
        lines = escape_unsafe(json.dumps(value, ensure_ascii=False, indent=2)).splitlines()
        sys.stdout.write(separator + "\n".join(f"  {line}" for line in lines))
        separator = ",\n"
    sys.stdout.write("[]\n" if separator.startswith("[") else "\n]\n")


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as CSV for programs: UTF-8, a header, LF line endings, no control characters, no formulas."""
    from reader.document.sanitize import sanitize
    from reader.exchange.lists.csv_cells import spreadsheet_cell

    _use_utf8()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([spreadsheet_cell(sanitize(cell)) if isinstance(cell, str) else cell for cell in row])


def _use_utf8() -> None:
    """Write UTF-8 with LF line endings, whatever the locale."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
