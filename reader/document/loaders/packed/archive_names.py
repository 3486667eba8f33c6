"""Decides which files of an archive are documents, and names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Final, TypeVar

from reader.document.encoding import looks_binary
from reader.document.signatures import refused_kind

MAX_FILES: Final = 20_000
HEAD: Final = 1024
"""Bytes of a file that tell whether it is a document."""
_UNPACKED_LATER: Final = (b"PK\x03\x04", b"\x1f\x8b", b"\xfd7zXZ\0", b"BZh", b"%PDF-", b"\xd0\xcf\x11\xe0")
"""Starts of files that may hold documents, but are not text."""
_TAR_MARK: Final = b"ustar"

_Entry = TypeVar("_Entry")


def is_document(path: str, head: bytes) -> bool:
    """Return whether a file in an archive may be a document: neither hidden nor of a kind that cannot be opened."""
    parts = PurePosixPath(path).parts
    if not head or "__MACOSX" in parts or any(part.startswith(".") and part.strip(".") for part in parts):
        return False
    if head.startswith(_UNPACKED_LATER) or head.startswith(_TAR_MARK, 257):
        return True
    return not refused_kind(head, PurePosixPath(path).suffix.lower()) and not looks_binary(head)


def distinct_names(entries: Iterable[_Entry], path_of: Callable[[_Entry], str]) -> dict[str, _Entry]:
    """Return entries by names that are distinct and contain no member mark."""
    named: dict[str, _Entry] = {}
    for entry in entries:
        path = path_of(entry).replace("::", "__") or "unnamed"
        name, number = path, 1
        while name in named:
            number += 1
            name = f"{path} ({number})"
        named[name] = entry
    return named
