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
    csv.writer(line, lineterminator="\n").writerow([_cell(value) for value in values])
    out.write(line.getvalue().encode("utf-8", "replace"))


def _cell(value: object) -> str:
    """Return a value as a cell. A spreadsheet would run text that looks like a formula, so "'" makes it text."""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text
