"""Reads tokens in columns, as in CoNLL-2003: in IOB1, IOB2 or BIOES, with any number of columns.

The text is put together from the tokens: one sentence per line, without a space before closing punctuation.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from reader.exchange.format import ExchangeError
from reader.exchange.importing.imported_annotations import AnnotationDraft, ImportedAnnotations
from reader.exchange.importing.source_files import SourceFile
from reader.structures.lazy_pattern import lazy_pattern

_TAG: Final = lazy_pattern(r"O|[BIESLUMW][-_].+")
_CHUNKS: Final = frozenset(
    (
        "NP",
        "VP",
        "PP",
        "ADVP",
        "SBAR",
        "ADJP",
        "PRT",
        "CONJP",
        "INTJ",
        "LST",
        "UCP",
        "NAC",
        "NX",
        "PRN",
        "QP",
        "AP",
        "PC",
    )
)
"""Labels of chunks, whose column looks like one of names."""
_NO_SPACE_BEFORE: Final = lazy_pattern(r"[,.;:!?%)\]}’”»]+|(?:n['’]t|['’](?:s|re|ve|ll|d|m))", re.IGNORECASE)
_NO_SPACE_AFTER: Final = lazy_pattern(r"[(\[{“«$£€¿¡]+")
_DOCUMENT_START: Final = "-DOCSTART-"


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each document: a `-DOCSTART-` line begins one, otherwise a file is one.

    Raises:
        ExchangeError: A file has no column with tags such as B-PER and O.
    """
    for file in files:
        documents = list(_documents(file.decoded()))
        rows = [row for document in documents for sentence in document for row in sentence]
        columns = tag_columns(rows)
        if not columns:
            raise ExchangeError(f"{file.name}: no column with tags such as B-PER and O")
        has_numbers = _has_token_numbers(documents) and min(columns) > 1
        for number, document in enumerate(documents, 1):
            title = file.stem if len(documents) == 1 else f"{file.stem} {number}"
            yield _annotations(document, 1 if has_numbers else 0, columns, title)


def tag_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns in which all rows have a tag; columns of chunks only if there is no other one."""
    width = min(map(len, rows), default=0)
    columns = [index for index in range(1, width) if all(_TAG.fullmatch(row[index]) for row in rows)]
    names = [column for column in columns if not {row[column][2:] for row in rows} - {""} <= _CHUNKS]
    tagged = [column for column in names if any(row[column] != "O" for row in rows)]
    return tagged or names or columns[-1:]


def _documents(text: str) -> Iterator[list[list[tuple[str, ...]]]]:
    """Yield the documents, as sentences of rows."""
    document: list[list[tuple[str, ...]]] = []
    sentence: list[tuple[str, ...]] = []
    for line in (*text.replace("\r\n", "\n").split("\n"), ""):
        row = _row(line)
        if line.startswith("#") and not _TAG.fullmatch(row[-1]):
            continue  # a comment
        starts_document = bool(row) and row[0].startswith(_DOCUMENT_START)
        if (not line.strip() or starts_document) and sentence:
            document.append(sentence)
            sentence = []
        if starts_document and document:
            yield document
            document = []
        if row and not starts_document:
            sentence.append(row)
    if document:
        yield document


def _row(line: str) -> tuple[str, ...]:
    """Return the cells of a line; equal cells are one object, as a large file has few different ones."""
    if not line.strip():
        return ()
    cells = line.strip("\r\n").split("\t") if "\t" in line else filter(None, line.split(" "))
    return tuple(map(sys.intern, cells))


def _has_token_numbers(documents: Sequence[Sequence[Sequence[Sequence[str]]]]) -> bool:
    """Return whether the first column counts the tokens of each sentence."""
    return all(
        row[0] == str(number)
        for document in documents
        for sentence in document
        for number, row in enumerate(sentence, 1)
    )


def _annotations(
    sentences: Sequence[Sequence[Sequence[str]]], token_column: int, columns: Sequence[int], title: str
) -> ImportedAnnotations:
    text, spans = _joined(sentences, token_column)
    draft = AnnotationDraft(text, title)
    for column in columns:
        for sentence, token_spans in zip(sentences, spans, strict=True):
            for first, last, label in _tagged_tokens([row[column] for row in sentence]):
                draft.add(token_spans[first][0], token_spans[last][1], label)
    return draft.finish()


def _joined(sentences: Sequence[Sequence[Sequence[str]]], token_column: int) -> tuple[str, list[list[tuple[int, int]]]]:
    """Return the text of sentences, and the spans of their tokens in it."""
    parts: list[str] = []
    spans: list[list[tuple[int, int]]] = []
    offset = 0
    for sentence in sentences:
        token_spans: list[tuple[int, int]] = []
        previous = ""
        for row in sentence:
            token = row[token_column]
            if previous and not (_NO_SPACE_BEFORE.fullmatch(token) or _NO_SPACE_AFTER.fullmatch(previous)):
                parts.append(" ")
                offset += 1
            parts.append(token)
            token_spans.append((offset, offset + len(token)))
            offset += len(token)
            previous = token
        parts.append("\n")
        offset += 1
        spans.append(token_spans)
    return "".join(parts), spans


def _tagged_tokens(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the indexes of the first and last token of each name, and its label, in any of the schemes."""
    first, label = -1, ""
    for index, tag in enumerate((*tags, "O")):
        prefix, tag_label = tag[:1], tag[2:]
        continues = first >= 0 and prefix in "IMEL" and tag_label == label
        if first >= 0 and not continues:
            yield first, index - 1, label
            first = -1
        if prefix != "O" and not continues:
            first, label = index, tag_label
        if first >= 0 and prefix in "ESLUW":
            yield first, index, label
            first = -1
