"""Reads gzip, xz and bzip2 files, within a limit of size and memory."""

from __future__ import annotations

import re
from typing import Final, Protocol

from reader.document.document import DocumentError
from reader.document.raw_source import Member, RawSource
from reader.document.sources.local_files import MAX_BYTES, too_large

_SUFFIX: Final = re.compile(r"\.(?:gz|gzip|xz|bz2)$", re.IGNORECASE)
_TAR_SUFFIX: Final = re.compile(r"\.(?:tgz|txz|tbz2?)$", re.IGNORECASE)
_MAX_MEMORY: Final = 256 * 1024 * 1024
"""Bytes that xz may use for its dictionary."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def list_members(raw: RawSource) -> tuple[Member, ...]:
    """Return the one member: the file without the suffix."""
    return (Member(_member_name(raw.name)),)


def read_member(raw: RawSource, name: str) -> RawSource | None:
    """Return the unpacked file, or None for another name."""
    if name != _member_name(raw.name):
        return None
    try:
        data = _decompress(raw.data)
    except DocumentError:
        raise
    except Exception as error:  # zlib.error, LZMAError, OSError, EOFError
        raise raw.error("the compressed data is damaged") from error
    if len(data) > MAX_BYTES:
        too_large(f"{raw.source} unpacked", 0, MAX_BYTES)
    return RawSource(data, raw.source, name)


def _member_name(name: str) -> str:
    return _TAR_SUFFIX.sub(".tar", _SUFFIX.sub("", name)) or "content"


def _decompress(data: bytes) -> bytes:
    """Unpack all streams in a file, until the limit is passed."""
    pieces: list[bytes] = []
    length = 0
    while data and length <= MAX_BYTES:
        decompressor = _decompressor(data)
        piece = decompressor.decompress(data, MAX_BYTES + 1 - length)
        if not decompressor.eof and length + len(piece) <= MAX_BYTES:
            raise EOFError
        pieces.append(piece)
        length += len(piece)
        rest = decompressor.unused_data.lstrip(b"\0")
        if len(rest) >= len(data):
            break
        data = rest
    return b"".join(pieces)


def _decompressor(data: bytes) -> _Decompressor:
    if data.startswith(b"\x1f\x8b"):
        import zlib

        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    if data.startswith(b"BZh"):
        import bz2

        return bz2.BZ2Decompressor()
    import lzma

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MAX_MEMORY)
