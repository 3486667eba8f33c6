"""Writes rows as CSV that spreadsheets open safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO, Final

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def write_row(out: BinaryIO, values: Iterable[object]) -> None:
    """Write one row in UTF-8."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([spreadsheet_cell(value) for value in values])
    out.write(line.getvalue().encode("utf-8", "replace"))


def spreadsheet_cell(value: object) -> str:
    """Return a value as a cell. A spreadsheet would run text that looks like a formula, so "'" makes it text."""
    text = str(value)
    is_formula = isinstance(value, str) and len(text) > 1 and text.startswith(_FORMULA_STARTS)
    return f"'{text}" if is_formula else text
