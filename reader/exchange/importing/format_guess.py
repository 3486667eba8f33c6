"""Guesses the format of files to import from what is in them."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence
from typing import Any, Final

from reader.exchange.importing.source_files import SourceFile
from reader.structures.lazy_pattern import lazy_pattern

_HEAD: Final = 1 << 16
"""Bytes of a file that are looked at. A JSON array is read in full."""
_KEYS: Final = lazy_pattern(r'"([@%\w]+)"\s*:')
_TAGGED_ROW: Final = lazy_pattern(r"\S+(?:[ \t]\S+)*[ \t](?:O|[BIESLU]-\S+)", re.MULTILINE)


def guess_format(files: Sequence[SourceFile]) -> str:
    """Return the name of the import format of files; "" if they are of none."""
    if any(file.suffix == ".ann" for file in files):
        return "brat"
    guesses = [_guess_file(file) for file in files]
    return next(filter(None, guesses), "")


def _guess_file(file: SourceFile) -> str:
    head = file.data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _is_docbin(file.data):
        return "docbin"
    if head.startswith(b"#FORMAT=WebAnno TSV"):
        return "webanno"
    if head.startswith(b"<") and (b"http://www.omg.org/XMI" in head or b"typeSystemDescription" in head):
        return "uima"
    text = head.decode("utf-8", "ignore")
    if text[:1] in ("{", "["):
        return _guess_json(file, text)
    first_line = text.partition("\n")[0]
    columns = set(first_line.strip().split(","))
    if columns >= {"entity", "label", "alias"}:
        return "aliases"
    if columns >= {"text", "label"}:
        return "csv"
    rows = [line for line in text.split("\n")[:200] if line.strip() and not line.startswith(("#", "-DOCSTART-"))]
    tagged = sum(_TAGGED_ROW.fullmatch(line.rstrip("\r")) is not None for line in rows[:-1] or rows)
    return "conll" if rows and tagged > 0.9 * len(rows[:-1] or rows) else ""


def _guess_json(file: SourceFile, head: str) -> str:
    """Return the format of JSON by the keys of its first object."""
    keys = _first_keys(file, head)
    if {"schema", "document"} <= keys:
        return "jsonl"
    if keys & {"%TYPES", "%FEATURE_STRUCTURES", "%VIEWS"}:
        return "uima"
    if keys & {"@context", "motivation", "target"} or ({"rows"} <= keys and "target" in head):
        return "web-annotation"
    if "data" in keys and keys & {"annotations", "predictions", "completions"}:
        return "label-studio"
    if "annotator" in keys and "text" in keys:
        return "label-studio"
    if "text" in keys and keys & {"spans", "_input_hash", "_task_hash", "answer"}:
        return "prodigy"
    if keys & {"text", "data"} and keys & {"label", "labels", "entities"}:
        return "doccano"
    return ""


def _first_keys(file: SourceFile, head: str) -> set[str]:
    """Return the keys of the first object of a file, or those in its beginning if it cannot be parsed that far."""
    value: Any = None
    first_line = head.partition("\n")[0]
    for data in (first_line, head if head.startswith("{") else "", file.data):
        try:
            value = json.loads(data)
            break
        except (ValueError, RecursionError):
            continue
    if isinstance(value, list):
        value = next(iter(value), None)
    return set(value) if isinstance(value, dict) else set(_KEYS.findall(head))


def _is_docbin(data: bytes) -> bool:
    if data[:1] != b"\x78":
        return False
    try:
        start = zlib.decompressobj().decompress(data[:_HEAD], 4096)
    except zlib.error:
        return False
    return b"attrs" in start or b"version" in start
