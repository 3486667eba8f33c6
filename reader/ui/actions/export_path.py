"""The path that an export is offered."""

from __future__ import annotations

from pathlib import Path

from reader.exchange import FORMATS
from reader.exchange.file_names import file_name
from reader.reading import Reading


def default_path(reading: Reading, format_name: str) -> Path:
    """Return a path for an export that is not taken: beside the file of the document, or else in the current folder."""
    source, suffix = reading.document.source, FORMATS[format_name].suffix
    file = Path(source.partition("::")[0])
    is_file = source not in ("", "-") and not source.startswith(("http://", "https://")) and _is_file(file)
    folder, stem = (file.parent, file.stem) if is_file else (Path(), file_name(reading.document.title))
    if "::" in source:
        stem = f"{stem} {file_name(reading.document.title)}"
    stem = stem if suffix and suffix != file.suffix else f"{stem}-{format_name}"
    number = 1
    path = folder / f"{stem}{suffix}"
    while _exists(path):
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False
