"""Whether the file of a document is still there, and whether it is as it was."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

from reader.collection.listing.listed_document import ListedDocument
from reader.document.loading import split_address
from reader.structures.named_tuple import NamedTuple

_MOST_BYTES: Final = 1 << 26
"""The size up to which a file with a new time of change is read, to find out whether its bytes have changed, too."""


class SourceState(StrEnum):
    """What is to be said about the source of a document."""

    MISSING = "missing"
    """There is no such file any more."""
    PIPED = "piped"
    """It came from standard input: no file was ever there."""
    CHANGED = "changed"
    """The file has other bytes than when it was last opened or indexed."""
    CLOSED = "closed"
    """The file cannot be read: no permission, or a folder has its name."""


HAVE_NO_FILE: Final = (SourceState.MISSING, SourceState.PIPED)
"""The states of documents that open only if their text was kept."""


class FileFacts(NamedTuple):
    """What the store and the index know of a file."""

    digests: frozenset[str] = frozenset()
    """The digests of its bytes, whenever it was opened or indexed."""
    mtime: int = 0
    """When it had changed last as it was indexed, in nanoseconds; 0 if it was not."""
    size: int = -1
    """Its size in bytes as it was indexed; -1 if it was not."""


def source_state(
    document: ListedDocument, facts_of: Callable[[ListedDocument], FileFacts] | None = None
) -> SourceState | None:
    """Return the state of the source of a document, None if nothing is wrong with it or nothing can be known.

    Args:
        document: The document.
        facts_of: Returns what is known of its file; None to find out only whether it can be read.
    """
    if document.is_on_web:
        return None
    if document.is_unnamed:
        return SourceState.PIPED
    try:
        path = split_address(document.source)[0]
        status = os.stat(path)  # noqa: PTH116 - a path object for each of many files would take most of the time
    except (FileNotFoundError, NotADirectoryError):
        return SourceState.MISSING
    except (OSError, ValueError):
        return SourceState.CLOSED
    if Path(path).is_dir() or not os.access(path, os.R_OK):
        return SourceState.CLOSED
    if facts_of is None or document.sample:
        return None
    facts = facts_of(document)
    if (status.st_mtime_ns, status.st_size) == (facts.mtime, facts.size) or not facts.digests:
        return None
    if not os.path.isfile(path) or status.st_size > _MOST_BYTES:  # noqa: PTH113 - as above
        return None
    return None if _digest_of(path) in facts.digests else SourceState.CHANGED


def _digest_of(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
