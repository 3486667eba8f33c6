"""Reads gzip, xz and bzip2 files, within a limit of size and memory."""

from __future__ import annotations

import re
from typing import Final, Protocol

from reader.document.raw_source import Member, RawSource
from reader.document.sources.local_files import MAX_BYTES, too_large
from reader.structures.lazy_pattern import lazy_pattern

_SUFFIX: Final = lazy_pattern(r"\.(?:gz|gzip|xz|bz2)$", re.IGNORECASE)
_TAR_SUFFIX: Final = lazy_pattern(r"\.(?:tgz|txz|tbz2?)$", re.IGNORECASE)
_MAGIC: Final = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
"""How a stream begins."""
_MAX_MEMORY: Final = 256 * 1024 * 1024
"""Bytes that xz may use for its dictionary."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class CompressedFile:
    """A container of one member: the file without the suffix."""

    def __init__(self, raw: RawSource) -> None:
        self._raw = raw
        self._name = _TAR_SUFFIX.sub(".tar", _SUFFIX.sub("", raw.name)) or "content"

    def members(self) -> tuple[Member, ...]:
        """Return the one member."""
        return (Member(self._name),)

    def read(self, name: str) -> RawSource | None:
        """Return the unpacked file, or None for another name."""
        raw = self._raw
        if name != self._name:
            return None
        try:
            data, has_more = _decompress(raw.data)
        except EOFError as error:
            raise raw.error("the compressed data is cut off; get the file again") from error
        except Exception as error:  # zlib.error, LZMAError, OSError
            raise raw.error("the compressed data is damaged; get the file again") from error
        if len(data) > MAX_BYTES:
            too_large(f"{raw.source} unpacked", 0, MAX_BYTES)
        member = raw.member(data, name)
        return member.with_notice("left out: data after the end of the compressed file") if has_more else member


def open_container(raw: RawSource) -> CompressedFile:
    """Return the compressed file."""
    return CompressedFile(raw)


def _decompress(data: bytes) -> tuple[bytes, bool]:
    """Unpack all streams in a file, until the limit is passed. Return whether other data follows them."""
    pieces: list[bytes] = []
    length = 0
    while data and length <= MAX_BYTES:
        decompressor = _decompressor(data)
        piece = decompressor.decompress(data, MAX_BYTES + 1 - length)
        if not decompressor.eof and length + len(piece) <= MAX_BYTES:
            raise EOFError
        pieces.append(piece)
        length += len(piece)
        remainder = decompressor.unused_data.lstrip(b"\0")
        if remainder and not remainder.startswith(_MAGIC):
            return b"".join(pieces), True
        data = remainder
    return b"".join(pieces), False


def _decompressor(data: bytes) -> _Decompressor:
    if data.startswith(b"\x1f\x8b"):
        import zlib

        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    if data.startswith(b"BZh"):
        import bz2

        return bz2.BZ2Decompressor()
    import lzma

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MAX_MEMORY)
