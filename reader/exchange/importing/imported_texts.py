"""The texts of imported documents, saved in the data directory so that they open like any document."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reader.directories import data_dir
from reader.document import Document
from reader.document.loaders.saved_text import saved_text
from reader.exchange.file_names import file_name

FOLDER: Final = "imported"
"""The name of the folder in the data directory."""
_DIGEST_DIGITS: Final = 12


def path_for(document: Document) -> Path:
    """Return the path under which the text of a document is saved; the same text has the same path."""
    digest = document.digest.removeprefix("sha256:")[:_DIGEST_DIGITS]
    return data_dir() / FOLDER / f"{file_name(document.title)[:60].strip()} {digest}.txt"


def save_text(document: Document, path: Path, notice: str) -> bool:
    """Save the text of a document, which the caller then flushes to disk. Return whether the file is new.

    Raises:
        OSError: The file cannot be written.
    """
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    try:
        temporary.write_bytes(saved_text(document.text, document.title, notice))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True
