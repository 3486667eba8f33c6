"""Reads tables of delimited text (CSV, TSV): one member per row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final

from reader.document.encoding import decode
from reader.document.loaders.records.record_container import Record, RecordContainer
from reader.document.raw_source import RawSource
from reader.structures.lazy_pattern import lazy_pattern

_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 65_536
"""Code points from which the delimiter is determined."""
_SAMPLE_ROWS: Final = 50
_LONGEST_NAME: Final = 60
"""Code points that the name of a column may have."""
_MAX_COLUMNS: Final = 4_096
"""Columns of a table. What a single row has beyond them is not read."""
_NUMBER: Final = lazy_pattern(r"[\d.,:/\s%$€£+-]+")
_MAX_CELL: Final = 2**31 - 1
"""Bytes; the module's own limit of 128 kB is less than an article may have."""


def open_container(raw: RawSource) -> RecordContainer:
    """Return the rows of a table. The first row has the names of the columns if it looks like that.

    Raises:
        DocumentError: There is no column of the name that the user chose, or there are too many columns.
    """
    decoded = decode(raw.data, raw.charset, chosen=raw.encoding)
    csv.field_size_limit(_MAX_CELL)
    text = decoded.text
    delimiter = _delimiter(text[:_SAMPLE])
    head = list(islice(_rows(text, delimiter), 2))
    if any(len(row) > _MAX_COLUMNS for row in head):
        raise raw.error(f"a table of more than {_MAX_COLUMNS:,} columns")
    names = _names(head)
    records = partial(_records, text, delimiter, names, bool(head) and names == head[0])
    return RecordContainer(raw, records, decoded.encoding, decoded.notice)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:  # a row that breaks the rules
            continue
        if row is None:
            return
        yield row


def _delimiter(sample: str) -> str:
    """Return the character that divides most rows into the same number of cells, more than one; else a comma."""
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(len(row) for row in islice(_rows(sample, delimiter), _SAMPLE_ROWS) if row)
        cells, rows = max(counts.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        score = 0.0 if cells < 2 else rows / sum(counts.values()) + cells / 1_000
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _names(head: list[list[str]]) -> list[str]:
    """Return the names of the columns: the first row if its cells look like names, else numbers."""
    if not head:
        return []
    first = head[0]
    filled = [cell.strip() for cell in first if cell.strip()]
    are_names = (
        len(head) > 1
        and bool(filled)
        and len(set(filled)) == len(filled)
        and all(len(cell) <= _LONGEST_NAME and not _NUMBER.fullmatch(cell) for cell in filled)
    )
    return first if are_names else [str(number) for number in range(1, max(map(len, head)) + 1)]


def _records(text: str, delimiter: str, names: list[str], has_header: bool) -> Iterator[Record]:
    labels = [name.strip() or str(number) for number, name in enumerate(names, 1)]
    for row in islice(_rows(text, delimiter), int(has_header), None):
        if len(labels) < len(row) <= _MAX_COLUMNS:
            labels += [str(number) for number in range(len(labels) + 1, len(row) + 1)]
        if row:
            yield dict(zip(labels, row, strict=False))
