"""Cache of recognition results on disk: one file for each text, pipeline, version of the rules and tables of names."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from array import array
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from reader import directories
from reader.document import Document
from reader.names.tables import stamp
from reader.recognize.mention import Mention
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process.mention_codec import pack, unpack
from reader.structures.named_tuple import NamedTuple

RULES_VERSION: Final = 33
"""Increase it when a change to the rules can change results: older cached results are then recomputed."""

_FORMAT: Final = 1
_FOLDER: Final = "mentions"
_MAX_BYTES: Final = 64 * 1024 * 1024
"""The maximum total size of the cache files; the least recently used are deleted first."""
_PRUNE_INTERVAL: Final = 50
"""How many results a process stores before it adds up the sizes again: thousands of files take a while to list."""
_stored: Final = count()
"""Counts the results that this process has stored."""


class CachedResult(NamedTuple):
    """The mentions of a document and the pipeline that found them."""

    mentions: list[Mention]
    model_name: str
    model_version: str


def load(document: Document, model: ModelIdentity) -> CachedResult | None:
    """Return the cached result for a document; None if there is none or its file is damaged."""
    path = _path(document, model)
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        header = json.loads(head)
        if header["format"] != _FORMAT or header["checksum"] != zlib.crc32(body):
            return None
        mentions = unpack(json.loads(body), len(document.text))
        result = CachedResult(mentions, str(header["name"]), str(header["version"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    with suppress(OSError):
        os.utime(path)
    return result


def store(document: Document, model: ModelIdentity, mentions: Sequence[Mention]) -> None:
    """Cache a result. Does nothing if the cache cannot be written."""
    body = json.dumps(pack(mentions), separators=(",", ":")).encode()
    header = {"format": _FORMAT, "name": model.name, "version": model.version, "checksum": zlib.crc32(body)}
    path = _path(document, model)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_atomically(path, json.dumps(header).encode() + b"\n" + body)
        if next(_stored) % _PRUNE_INTERVAL == 0:
            prune(path.parent, _MAX_BYTES)


def prune(folder: Path, max_bytes: int) -> None:
    """Delete the least recently used files until the others have at most `max_bytes`."""
    files = []
    for path in folder.iterdir():
        with suppress(OSError):
            status = path.stat()
            files.append((status.st_mtime_ns, status.st_size, path))
    total = sum(size for _, size, _ in files)
    for _, size, path in sorted(files):
        if total <= max_bytes:
            break
        with suppress(OSError):
            path.unlink()
        total -= size


def _path(document: Document, model: ModelIdentity) -> Path:
    blocks = array("q")
    for block in document.blocks:
        blocks.extend((block.start, block.end))
    key = hashlib.sha256(f"{document.digest}\n{model.fingerprint}\n{RULES_VERSION}\n{stamp()}\n".encode())
    key.update(document.language.encode())
    key.update(" ".join(block.kind for block in document.blocks).encode())
    key.update(blocks.tobytes())
    return directories.cache_dir() / _FOLDER / f"{key.hexdigest()[:40]}.json"


def _write_atomically(path: Path, data: bytes) -> None:
    """Write a file completely or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
