"""CoNLL-2003 columns: token, part of speech, chunk and label, one token per line, one blank line between sentences.

Parts of speech and chunks are not known and written as "_". Each document begins with a `-DOCSTART-` line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.annotation_tools.tokens import sentences_of, token_range, words_of
from reader.exchange.flat_mentions import flat_mentions

if TYPE_CHECKING:
    from reader.exchange.annotated_document import AnnotatedDocument, Exportable


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write the columns in IOB2: every mention begins with `B-`. See `ExportFormat.write`."""
    write_columns(readings, out, decided=decided, always_begins=True)


def write_columns(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool, always_begins: bool) -> None:
    """Write the columns.

    Args:
        readings: The readings, written in order.
        out: The file.
        decided: Whether to leave out the mentions that no person decided about.
        always_begins: Whether every mention begins with `B-` (IOB2), or only one that follows a mention with the same
            label (IOB1).
    """
    for document in annotated_documents(readings, decided=decided):
        out.write(b"-DOCSTART- _ _ O\n\n")
        out.write(_columns(document, always_begins=always_begins).encode())
        out.flush()


def _columns(document: AnnotatedDocument, *, always_begins: bool) -> str:
    mentions = flat_mentions(document.mentions)
    labels: dict[int, str] = {}
    tokens = words_of(document, mentions)
    previous_end, previous_label = -1, ""
    for mention in mentions:
        indexes = token_range(tokens, mention)
        begins = always_begins or (indexes.start == previous_end and mention.label == previous_label)
        for index in indexes:
            prefix = "B" if begins and index == indexes.start else "I"
            labels[tokens[index].start] = f"{prefix}-{mention.label}"
        previous_end, previous_label = indexes.stop, mention.label
    text = document.text
    return "".join(
        "".join(f"{text[start:end]} _ _ {labels.get(start, 'O')}\n" for start, end in sentence) + "\n"
        for sentence in sentences_of(document, mentions)
    )
