"""CoNLL-2003 columns in IOB1, the scheme of the original data; see `conll`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from reader.exchange.annotation_tools.conll import write_columns

if TYPE_CHECKING:
    from reader.exchange.annotated_document import Exportable


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write the columns in IOB1: `B-` only follows a mention with the same label. See `ExportFormat.write`."""
    write_columns(readings, out, decided=decided, always_begins=False)
