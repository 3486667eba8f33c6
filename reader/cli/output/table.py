"""Tables: for people in aligned columns, for programs as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from reader.display.cells import cells, displayed, fit

GAP = "  "


def align(rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), most: Sequence[int] = ()) -> list[list[str]]:
    """Pad the cells of a table so that its columns stand below each other, however wide their characters are.

    Args:
        rows: All of one length. The last column is not padded.
        right: Indexes of columns that stand to the right: numbers.
        most: The most terminal cells of each column; 0 or nothing is as many as it takes.
    """
    if not rows:
        return []
    limits = [*most, *[0] * (len(rows[0]) - len(most))]
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


def shared_out(wanted: Sequence[int], room: int) -> list[int]:
    """Share `room` cells out among columns that want so many each: the modest get all, the others equal parts."""
    given = [0] * len(wanted)
    left = room
    for place, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[index] = min(wanted[index], left // (len(wanted) - place))
        left -= given[index]
    return given


def put(rows: Iterable[str]) -> None:
    """Print rows for people."""
    for row in rows:
        sys.stdout.write(row.rstrip(" ") + "\n")


def put_json(value: Any) -> None:
    """Print a value as JSON for programs: UTF-8, nothing in it that could steer a terminal."""
    from reader.exchange.jsonl import harmless

    use_utf8()
    sys.stdout.write(harmless(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def put_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as CSV for programs: UTF-8, a header, lines that end in LF."""
    use_utf8()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    sys.stdout.write(out.getvalue())


def use_utf8() -> None:
    """Write UTF-8 with LF, whatever the locale says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
