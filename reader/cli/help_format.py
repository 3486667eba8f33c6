"""The layout of help: paragraphs and tables that fit the terminal."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_WIDEST: Final = 98
"""The most cells of a line. Longer lines are hard to read."""
_NARROWEST: Final = 20
"""The fewest cells of the last column of a table."""
_TABLE_ROW: Final = lazy_pattern(r"( +\S.*?  +)(\S.*)")


class HelpFormatter(argparse.HelpFormatter):
    """Fits the text before and after the options to the terminal.

    Lines that are not indented form paragraphs. Indented lines stay as they are, unless they have columns with two
    spaces between them: then the last column is wrapped within itself.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        self._width = min(self._width, _WIDEST)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "".join(f"{indent}{line}".rstrip() + "\n" for line in fitted(text.splitlines(), width - len(indent)))


def fitted(lines: Iterable[str], width: int) -> Iterator[str]:
    """Yield paragraphs and tables with lines of at most `width` cells. Indented text without columns stays."""
    for is_paragraph, group in groupby(lines, lambda line: bool(line) and not line.startswith(" ")):
        if is_paragraph:
            yield from textwrap.wrap(" ".join(group), width, break_on_hyphens=False, break_long_words=False)
            continue
        for line in group:
            row = _TABLE_ROW.fullmatch(line)
            if row is None or len(line) <= width:
                yield line
                continue
            last_column = max(width - len(row[1]), _NARROWEST)
            wrapped = textwrap.wrap(row[2], last_column, break_on_hyphens=False, break_long_words=False)
            yield row[1] + wrapped[0]
            yield from (" " * len(row[1]) + line for line in wrapped[1:])
