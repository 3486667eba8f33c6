"""Reads JSON from other programs: any value may be missing or of another type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reader.exchange.format import ExchangeError
from reader.exchange.importing.source_files import SourceFile


def json_value(file: SourceFile) -> Any:
    """Return the value of a JSON file.

    Raises:
        ExchangeError: It is not JSON.
    """
    return _parsed(file.decoded(), file.name)


def json_lines(file: SourceFile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the object of each line, with words for messages that say where it is; or the objects of a JSON array.

    Raises:
        ExchangeError: A line is not a JSON object.
    """
    text = file.decoded()
    if text.lstrip().startswith("["):
        for number, value in enumerate(list_of(_parsed(text, file.name)), 1):
            yield f"item {number}", _object(value, f"item {number}")
        return
    is_empty = True
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            is_empty = False
            yield f"line {number}", _object(_parsed(line, f"line {number}"), f"line {number}")
    if is_empty:
        raise ExchangeError("the file is empty")


def list_of(value: Any) -> list[Any]:
    """Return a value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def objects_of(value: Any) -> list[dict[str, Any]]:
    """Return the objects in a list."""
    return [item for item in list_of(value) if isinstance(item, dict)]


def object_of(value: Any) -> dict[str, Any]:
    """Return a value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def strings_of(value: Any) -> list[str]:
    """Return the strings in a list."""
    return [item for item in list_of(value) if isinstance(item, str)]


def key_of(value: Any) -> str:
    """Return an id, which may be a number or a string, as a string; "" if it is neither."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def _object(value: Any, position: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ExchangeError(f"{position} is not a JSON object")
    return value


def _parsed(text: str, position: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ExchangeError(f"{position} is not JSON") from None
